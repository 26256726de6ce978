import { randomUUID } from 'node:crypto';

import { readJson, sendJson, type Exchange } from './http.js';
import { sessionOrigin, type Origins } from './origins.js';
import { describeRefusal, readReturnUrl, Refusal } from './refusal.js';
import { isFields, readSwitches } from './switches.js';
import { pagePath } from './session-page.js';
import type { NewSession, Session } from './sessions.js';

const readReference = (reference: unknown): string => {
  if (reference === undefined) return `sp-${randomUUID()}`;
  if (typeof reference !== 'string' || !/^[\w-]{6,250}$/.test(reference)) {
    throw new Refusal('reference', 'The reference must be 6 to 250 letters, digits, - or _.');
  }
  return reference;
};

const NO_REDIRECT = new Refusal('redirect_url', 'The redirect_url must be a valid URL.');

const readRequest = (body: unknown): NewSession => {
  if (!isFields(body)) throw new Refusal('', 'The request must be a JSON object.');
  return {
    vendor: 'shufti-pro',
    reference: readReference(body['reference']),
    callback: readReturnUrl(body['redirect_url'], NO_REDIRECT),
    switches: readSwitches(body['sandbox'], 'shufti-pro'),
  };
};

/**
 * `POST /`: 200 with `request.pending` and the `verification_url`, or 4xx with `request.invalid`.
 * Besides Shufti Pro's own fields the body may have `sandbox`, see `Switches`.
 */
export const createShuftiSession = async (
  exchange: Exchange,
  create: (from: NewSession) => Promise<Session>,
  origins: Origins,
): Promise<void> => {
  try {
    const session = await create(readRequest(await readJson(exchange)));
    sendJson(exchange, 200, {
      reference: session.reference,
      event: 'request.pending',
      verification_url: sessionOrigin(session.switches, origins) + pagePath(session),
    });
  } catch (error) {
    const [status, key, message] = describeRefusal(error, { switches: 'sandbox', body: '' });
    sendJson(exchange, status, {
      reference: '',
      event: 'request.invalid',
      error: { service: '', key, message },
    });
  }
};
