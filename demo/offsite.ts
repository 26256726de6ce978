import type { SessionStatus, StartedSession } from '../src/model/status.js';
import { isAwaited, type DecisionWord } from '../src/model/decisions.js';
import { byId } from './dom.js';

/** What a merchant's own page would say of each word. */
const WORDS: Readonly<Record<DecisionWord, string>> = {
  pending: 'Sent in. It is being checked.',
  review: 'Sent in. Somebody looks at it.',
  unknown: 'Sent in. It is being checked.',
  'resubmission-requested': 'Better pictures, please.',
  approved: 'Verified.',
  declined: 'Not verified.',
  expired: 'That took too long.',
  abandoned: 'That took too long.',
  canceled: 'Called off.',
};

const KINDS = ['face', 'document', 'consent'] as const;

const form = byId('files', HTMLFormElement);
const outcome = byId('outcome', HTMLElement);
const ownFile = byId('own-file', HTMLInputElement);

/** Lists the sandbox's specimens of each kind, the genuine one first. */
export const offerFiles = async (): Promise<void> => {
  const answer = await fetch('/demo-api/specimens');
  const names = (await answer.json()) as readonly string[];
  for (const kind of KINDS) {
    const own = names.filter((name) => name.includes(kind === 'document' ? 'card' : kind));
    byId(kind, HTMLSelectElement).replaceChildren(
      ...own.map((name) => new Option(name.replace(/\.\w+$/, '').replaceAll('-', ' '), name)),
    );
  }
};

const contentOf = async (kind: (typeof KINDS)[number]): Promise<Blob> => {
  const [own] = ownFile.files ?? [];
  if (kind === 'document' && own) return own;
  const name = byId(kind, HTMLSelectElement).value;
  return (await fetch(`/demo-api/specimens/${name}`)).blob();
};

const post = async (path: string, body: BodyInit, headers: HeadersInit): Promise<unknown> => {
  const answer = await fetch(`/kyc${path}`, { method: 'POST', body, headers });
  // A proof that was taken needs no words.
  const content: unknown = answer.status === 204 ? undefined : await answer.json();
  if (answer.ok) return content;
  const { error } = content as { readonly error: { readonly message: string } };
  throw new Error(error.message);
};

const JSON_TYPE = { 'content-type': 'application/json' };

/** Shows each word that the server says, until nothing more is to be waited for. */
const follow = (id: string): Promise<void> =>
  new Promise((resolve) => {
    const source = new EventSource(`/kyc/sessions/${id}/events`);
    source.addEventListener('status', ({ data }: MessageEvent<string>) => {
      const { decision } = JSON.parse(data) as SessionStatus;
      outcome.textContent = WORDS[decision];
      outcome.dataset['decision'] = decision;
      if (isAwaited(decision)) return;
      source.close();
      resolve();
    });
  });

const send = async (): Promise<void> => {
  outcome.textContent = 'Sending …';
  const wish = { provider: 'shufti-pro', flow: 'capture' };
  const started = await post('/sessions', JSON.stringify(wish), JSON_TYPE);
  const { id, status } = started as StartedSession;
  if (status.stage === 'submitted') {
    outcome.textContent = `${WORDS[status.decision]} Be somebody else to begin anew.`;
    return;
  }
  for (const kind of KINDS) {
    const content = await contentOf(kind);
    await post(`/sessions/${id}/media?context=${kind}`, content, {
      'content-type': content.type,
      'idempotency-key': crypto.randomUUID(),
    });
  }
  await post(`/sessions/${id}/submit`, '{}', JSON_TYPE);
  await follow(id);
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  delete outcome.dataset['decision'];
  form.toggleAttribute('aria-busy', true);
  send()
    .catch((error: unknown) => {
      outcome.textContent = error instanceof Error ? error.message : String(error);
    })
    .finally(() => form.removeAttribute('aria-busy'));
});
