import { escapeHtml, send, sendNoContent, sendText, type Exchange } from './http.js';
import type { Origins } from './origins.js';
import { CONFIG_ID, ROOT_ID, type PageConfig } from './pages/config.js';
import { attemptOf, isOpen, type Session } from './sessions.js';

/** Where a session's page lives on either origin, as the vendors have it. */
export const pagePath = ({ vendor, token }: Session): string =>
  vendor === 'veriff' ? `/v/${token}` : `/verification/process/${token}`;

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What goes wrong on the page: what was asked for, or that the session ran out of time meanwhile. */
const faultOf = (session: Session): PageConfig['fault'] => {
  const outcome = attemptOf(session).outcome;
  const ranOut = outcome === 'expired' || outcome === 'abandoned';
  if (ranOut && session.vendor === 'shufti-pro') return 'request-timeout';
  return session.switches.fault ?? null;
};

const configOf = (session: Session, { hopOrigin }: Origins, hopped: boolean): PageConfig => ({
  vendor: session.vendor,
  requestId: session.id,
  api: `/api/sessions/${session.id}`,
  embedder: session.embedder,
  submitted: !isOpen(session),
  fault: faultOf(session),
  pilot: session.switches.pilot ?? false,
  verdict: session.switches.verdict ?? 'request.received',
  callback: session.callback,
  hop: session.switches.fault === 'hop-script' && !hopped ? hopOrigin + pagePath(session) : null,
});

const documentOf = (config: PageConfig): string => {
  // `<` is the one character that could end the script element early.
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>Verify your identity – Sandbox provider</title>
    <link rel="stylesheet" href="/assets/page.css" />
    <script type="application/json" id="${escapeHtml(CONFIG_ID)}">${json}</script>
    <script type="module" src="/assets/page.js"></script>
  </head>
  <body>
    <div id="${escapeHtml(ROOT_ID)}"></div>
    <noscript>This page needs JavaScript to use the camera.</noscript>
  </body>
</html>
`;
};

/**
 * The origin that a framed page speaks to: the framing page's, as the browser tells it in
 * `Referer`. Taken from a frame's load alone and never from our own origins, so it outlasts hops
 * and reloads within the frame; a frame elsewhere takes over.
 */
const readEmbedder = (
  { request }: Exchange,
  { origin, hopOrigin }: Origins,
): string | undefined => {
  const { referer } = request.headers;
  const destination = request.headers['sec-fetch-dest'] ?? 'iframe';
  if (destination !== 'iframe' || referer === undefined || !URL.canParse(referer)) return undefined;
  const url = new URL(referer);
  const isPage = url.protocol === 'https:' || url.protocol === 'http:';
  return isPage && url.origin !== origin && url.origin !== hopOrigin ? url.origin : undefined;
};

/** Answers a request for a session's page, with the faults that show in HTTP. */
export const sendSessionPage = (exchange: Exchange, session: Session, origins: Origins): void => {
  const hopped = exchange.url.origin !== origins.origin;
  if (!hopped && exchange.request.method === 'GET') session.pageRequests += 1;
  session.embedder = readEmbedder(exchange, origins) ?? session.embedder;
  const page = documentOf(configOf(session, origins, hopped));
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': CSP };
  switch (session.switches.fault) {
    case 'hang':
      return;
    case 'socket':
      exchange.request.socket.destroy();
      return;
    case 'http-204':
      sendNoContent(exchange);
      return;
    case 'download':
      send(exchange, 200, 'A file, as this session was asked to be.\n', {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': 'attachment; filename="session.bin"',
      });
      return;
    case 'http-404':
      sendText(exchange, 404, 'Not found, as this session was asked to be.');
      return;
    case 'http-500':
      sendText(exchange, 500, 'Broken, as this session was asked to be.');
      return;
    case 'hop-302':
      if (!hopped) {
        sendText(exchange, 302, 'Moved.', { Location: origins.hopOrigin + pagePath(session) });
        return;
      }
      break;
    case 'x-frame-options':
      send(exchange, 200, page, { ...headers, 'X-Frame-Options': 'DENY' });
      return;
    case 'frame-ancestors':
      send(exchange, 200, page, {
        ...headers,
        'Content-Security-Policy': `${CSP}; frame-ancestors 'none'`,
      });
      return;
    default:
  }
  send(exchange, 200, page, headers);
};
