import { escapeHtml, send, type Exchange } from './http.js';
import { outcomesOf } from './outcomes.js';
import type { Parts } from './parts.js';
import { decidedAttempt, type Delivery, type Session } from './sessions.js';
import { SPECIMENS } from './specimens.js';

/** Where the sandbox's own page is. */
export const CONSOLE_PATH = '/_sandbox';

const CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The style of the page; it needs no file, since nothing of it is built. */
export const CONSOLE_STYLE = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif;
  background: Canvas; color: CanvasText; }
body { max-width: 70rem; margin: 0 auto; padding: 1rem; }
article { border-top: 1px solid; padding-block: 1rem; }
h2 { font-size: 1.1rem; margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0.5rem 0; }
dd { margin: 0; overflow-wrap: anywhere; }
form div { display: flex; flex-wrap: wrap; gap: 0.5rem; }
button { font: inherit; min-height: 2.75rem; padding: 0.25rem 1rem; cursor: pointer; }
ul.specimens { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 1rem; }
.specimens img { display: block; height: 8rem; width: auto; border: 1px solid; }
`;

const NAMES = { veriff: 'Veriff', 'shufti-pro': 'Shufti Pro' } as const;

const describeDelivery = ({ event, tries, status }: Delivery): string => {
  if (tries === 0) return `${event}: not sent yet`;
  const answer = status === null ? 'no answer' : `answered ${status}`;
  return `${event}: ${answer}${tries > 1 ? `, sent ${tries} times` : ''}`;
};

const term = (name: string, value: string): string =>
  `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`;

const articleOf = (session: Session): string => {
  const { vendor, reference, status, createdAt, deliveries } = session;
  // Not the session's own id: at Shufti Pro that is the secret part of its URL.
  const id = session.attempts[0]?.id ?? '';
  // Several may have one reference.
  const title = `${NAMES[vendor]} session ${reference === null ? '' : `${reference}, `}${id.slice(0, 8)}`;
  const buttons = outcomesOf(vendor).map(
    (outcome) => `<button name="decision" value="${outcome}">${outcome}</button>`,
  );
  const webhooks = deliveries.map(describeDelivery).join('; ');
  return `<article aria-labelledby="s-${escapeHtml(id)}">
  <h2 id="s-${escapeHtml(id)}">${escapeHtml(title)}</h2>
  <dl>
    ${term('Created', createdAt)}
    ${term('State', session.isDeleted ? 'deleted' : status)}
    ${term('Decision', decidedAttempt(session)?.outcome ?? 'none yet')}
    ${term('Webhooks', webhooks || 'none')}
  </dl>
  <form method="post" action="${CONSOLE_PATH}/sessions/${encodeURIComponent(id)}/decide">
    <div role="group" aria-labelledby="s-${escapeHtml(id)}">
        ${session.isDeleted ? '' : buttons.join('\n    ')}
    </div>
  </form>
</article>`;
};

/** Most sessions that the page shows. */
const MOST = 100;

const specimenList = (): string =>
  SPECIMENS.map((name) => {
    const words = name.replace(/\..*/, '').replaceAll('-', ' ');
    const path = `${CONSOLE_PATH}/specimens/${name}`;
    return `<li><a href="${path}" download><img src="${path}" alt="" /> ${escapeHtml(words)}</a></li>`;
  }).join('\n    ');

/** `GET /_sandbox`: every session, and a button for each thing that may become of it. */
export const sendConsole = (exchange: Exchange, { sessions }: Parts): void => {
  const shown = sessions.list().slice(0, MOST);
  const page = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <meta name="robots" content="noindex" />
  <title>Sandbox provider: sessions</title>
  <link rel="stylesheet" href="${CONSOLE_PATH}/style.css" />
</head>
<body>
<main>
  <h1>Sandbox provider</h1>
  <p>What becomes of a session is decided by itself, or here. Any decision may be followed by another one. <a href="${CONSOLE_PATH}">Show anew</a></p>
  ${shown.map(articleOf).join('\n') || '<p>There is no session yet.</p>'}
  <h2>Test documents</h2>
  <p>The genuine ones are accepted, the fake ones declined, by a mark in the file.</p>
  <ul class="specimens">
    ${specimenList()}
  </ul>
</main>
</body>
</html>
`;
  send(exchange, 200, page, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': CSP,
  });
};
