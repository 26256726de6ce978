import { ownString } from '../model/own-string.js';

/** What a callback page says to the page that waits: in a frame to its parent, else to other tabs. */
export interface ReturnMessage {
  readonly type: 'kyc-return';
  readonly state: string;
  /** The callback's whole query, for a hint; `''` where it could not come along. */
  readonly query: string;
}

/** Reads data of any kind; `undefined` for what is no such message. */
export const readReturnMessage = (data: unknown): ReturnMessage | undefined => {
  const type = ownString(data, 'type');
  const state = ownString(data, 'state');
  return type === 'kyc-return' && state !== undefined
    ? { type, state, query: ownString(data, 'query', 4096) ?? '' }
    : undefined;
};
