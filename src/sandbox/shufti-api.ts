import { randomUUID } from 'node:crypto';

import { HttpError, readJson, sendJson, type Exchange } from './http.js';
import { InvalidInput, isFields, readSwitches } from './switches.js';
import type { NewSession, Session } from './sessions.js';

/** A refusal in Shufti Pro's form: the field that it is about, and what is wrong with it. */
class Refusal extends Error {
  readonly key: string;

  constructor(key: string, message: string) {
    super(message);
    this.key = key;
  }
}

const readReference = (reference: unknown): string => {
  if (reference === undefined) return `sp-${randomUUID()}`;
  if (typeof reference !== 'string' || !/^[\w-]{6,250}$/.test(reference)) {
    throw new Refusal('reference', 'The reference must be 6 to 250 letters, digits, - or _.');
  }
  return reference;
};

const readRedirect = (redirect: unknown): string | null => {
  if (redirect === undefined || redirect === null) return null;
  const url =
    typeof redirect === 'string' && URL.canParse(redirect) ? new URL(redirect) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new Refusal('redirect_url', 'The redirect_url must be a valid URL.');
  }
  return url.href;
};

const readRequest = (body: unknown): NewSession => {
  if (!isFields(body)) throw new Refusal('', 'The request must be a JSON object.');
  return {
    vendor: 'shufti-pro',
    reference: readReference(body['reference']),
    callback: readRedirect(body['redirect_url']),
    switches: readSwitches(body['sandbox'], 'shufti-pro'),
  };
};

const describe = (error: unknown): readonly [status: number, key: string, message: string] => {
  if (error instanceof Refusal) return [400, error.key, error.message];
  if (error instanceof InvalidInput) return [400, 'sandbox', error.message];
  if (error instanceof HttpError) return [error.status, '', error.message];
  throw error;
};

/**
 * `POST /`: 200 with `request.pending` and the `verification_url`, or 4xx with `request.invalid`.
 * Besides Shufti Pro's own fields the body may have `sandbox`, see `Switches`.
 */
export const createShuftiSession = async (
  exchange: Exchange,
  create: (from: NewSession) => Promise<Session>,
  origin: string,
): Promise<void> => {
  try {
    const session = await create(readRequest(await readJson(exchange)));
    sendJson(exchange, 200, {
      reference: session.reference,
      event: 'request.pending',
      verification_url: `${origin}/verification/process/${session.id}`,
    });
  } catch (error) {
    const [status, key, message] = describe(error);
    sendJson(exchange, status, {
      reference: '',
      event: 'request.invalid',
      error: { service: '', key, message },
    });
  }
};
