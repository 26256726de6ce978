import { STATE_PARAMETER } from '../model/state.js';

export { STATE_PARAMETER };

/** 128 bits in base64url; a UUID's 36 characters fit too. */
const STATE = /^[\w-]{22,128}$/;

/**
 * The callback URL of one session, for the call that creates it. To be made on the server, with a
 * state of its own for every session.
 *
 * @param base - where the person shall land: an absolute URL of the page that has `<kyc-return>`
 * @param state - at least 128 random bits, as 22 to 128 characters of `A-Z a-z 0-9 _ -`, for example
 *   `randomBytes(24).toString('base64url')`; to be kept with the session and given to the page as
 *   `sessionState`
 * @throws TypeError where the base is no absolute http or https URL, or the state is no such text
 */
export const callbackUrl = (base: string, state: string): string => {
  const url = new URL(base);
  if (!/^https?:$/.test(url.protocol)) throw new TypeError('The base is no http or https URL.');
  if (!STATE.test(state)) throw new TypeError('The state needs 22 to 128 characters A-Za-z0-9_-.');
  url.searchParams.set(STATE_PARAMETER, state);
  return url.href;
};

/** The state in a callback's query; `undefined` where there is none, or more than one. */
export const stateIn = (query: string): string | undefined => {
  const [state, ...more] = new URLSearchParams(query).getAll(STATE_PARAMETER);
  return state && more.length === 0 ? state : undefined;
};
