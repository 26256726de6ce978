import type { Provider } from '../model/provider.js';
import type { Signal } from '../model/signals.js';
import { ownString } from '../model/own-string.js';

/**
 * The end events of Shufti Pro's page. Accepted, declined and under review are one and the same
 * here: the person's part is over, and whatever else the word says is for the merchant's server.
 */
const WORDS: ReadonlyMap<unknown, Signal> = new Map<unknown, Signal>([
  ['verification.accepted', 'finished'],
  ['verification.declined', 'finished'],
  ['review.pending', 'finished'],
  // All that comes when the session was created with `show_results: "0"`.
  ['request.received', 'finished'],
  ['verification.cancelled', 'canceled'],
  ['request.timeout', 'session-expired'],
  ['request.invalid', 'session-rejected'],
]);

/** `https://app.shuftipro.com/verification/process/<id>`: the id of the request. */
const requestId = (sessionUrl: URL): string | undefined =>
  /([^/]+)\/?$/.exec(sessionUrl.pathname)?.[1];

/**
 * Shufti Pro. Its page posts `{verification_status, request_id}` when the person's part is over,
 * and nothing before. Source: integrators' public code and the vendor's API documentation.
 */
export const shuftiPro: Provider = {
  id: 'shufti-pro',
  name: 'Shufti Pro',
  hosts: ['shuftipro.com', '.shuftipro.com'],
  origins: ['https://app.shuftipro.com', 'https://shuftipro.com'],
  // The microphone is for the video modes, which the URL does not tell apart.
  features: ['camera', 'microphone'],
  greets: false,
  read: (data, sessionUrl) => {
    const id = ownString(data, 'request_id');
    return id !== undefined && id === requestId(sessionUrl)
      ? WORDS.get(ownString(data, 'verification_status'))
      : undefined;
  },
};
