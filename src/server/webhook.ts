import { readBytes, readJson } from './body.js';
import type { Bytes } from './crypto.js';
import { KycServerError } from './errors.js';
import type { WebhookEvent, WebhookResult } from './provider.js';

/** Largest webhook, in bytes. */
const MAX_WEBHOOK = 1024 * 1024;

/** How one provider's webhooks are told from anybody else's, and read. */
export interface WebhookReader<Raw> {
  /** The signature, as the request has it. */
  readonly signature: string | null;
  /** Whether it names the client whose secrets are known. */
  readonly isOurs: boolean;
  readonly isGenuine: (body: Bytes, signature: string) => Promise<boolean>;
  /** What a genuine body says; `undefined` for what is not understood. */
  readonly read: (body: unknown) => WebhookEvent<Raw> | undefined;
}

const refused = <const Refusal extends string>(refusal: Refusal) =>
  ({ isAuthentic: false, isUnderstood: false, refusal }) as const;

/** A body that breaks off is as good as none; it cannot have been signed. */
const readBody = async (request: Request): Promise<Bytes | undefined> =>
  readBytes(request, MAX_WEBHOOK).catch(() => new Uint8Array());

/** Verifies a webhook over its raw bytes, and reads it only then. */
export const receiveWebhook = async <Raw>(
  request: Request,
  { signature, isOurs, isGenuine, read }: WebhookReader<Raw>,
): Promise<WebhookResult<Raw>> => {
  if (request.method !== 'POST') return refused('bad-method');
  if (request.bodyUsed) {
    throw new KycServerError('bad-request', 'The raw bytes are signed: hand on the body unread.');
  }
  if (!signature) return refused('no-signature');
  if (!isOurs) return refused('wrong-client');
  const body = await readBody(request);
  if (!body) return refused('too-large');
  if (!(await isGenuine(body, signature))) return refused('bad-signature');
  const event = read(readJson(body));
  return event
    ? { isAuthentic: true, isUnderstood: true, event }
    : { isAuthentic: true, isUnderstood: false, refusal: 'bad-body' };
};
