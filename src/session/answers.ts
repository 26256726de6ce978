import { DECISIONS, type DecisionWord } from '../model/decisions.js';
import { ownString } from '../model/own-string.js';
import type { SessionStage, SessionStatus, StartedSession } from '../model/status.js';

/** A session URL holds a token of the provider's, and those are long. */
const LONGEST_URL = 8192;

/** What an id is made of. It goes into a path, where `..` would mean something else. */
const ID = /^[\w-]{1,128}$/;

const STAGES: readonly SessionStage[] = ['created', 'started', 'submitted'];

const own = (data: unknown, key: string): unknown =>
  typeof data === 'object' && data !== null
    ? (Object.getOwnPropertyDescriptor(data, key)?.value as unknown)
    : undefined;

/** A session's id that may be asked for, or `undefined`. */
export const readId = (id: string | undefined): string | undefined =>
  id !== undefined && ID.test(id) ? id : undefined;

/** A word that is not known is `unknown`: never taken for a better one. */
const readWord = (data: unknown): DecisionWord => {
  const word = ownString(data, 'decision');
  return DECISIONS.find((each) => each === word) ?? 'unknown';
};

/** Reads what a server says of a session; `undefined` for what is no such thing. */
export const readStatus = (data: unknown): SessionStatus | undefined => {
  const id = readId(ownString(data, 'id'));
  const version = own(data, 'version');
  if (id === undefined || typeof version !== 'number' || !Number.isFinite(version))
    return undefined;
  const stage = ownString(data, 'stage');
  return {
    id,
    provider: ownString(data, 'provider') ?? '',
    stage: STAGES.find((each) => each === stage) ?? 'created',
    decision: readWord(data),
    version,
  };
};

/** The same out of JSON. */
export const parseStatus = (text: string): SessionStatus | undefined => {
  try {
    return readStatus(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** Reads the answer to `POST /sessions`; `undefined` for what is no such thing. */
export const readStartedSession = (data: unknown): StartedSession | undefined => {
  const status = readStatus(own(data, 'status'));
  const url = ownString(data, 'url', LONGEST_URL);
  if (status === undefined || ownString(data, 'id') !== status.id) return undefined;
  return {
    id: status.id,
    provider: ownString(data, 'provider') ?? status.provider,
    state: ownString(data, 'state') ?? '',
    status,
    ...(url && { url }),
  };
};

/** The code that a server gave its refusal, for the developer; `''` where it gave none. */
export const readErrorCode = (data: unknown): string => {
  const code = ownString(own(data, 'error'), 'code', 64) ?? '';
  return /^[\w-]+$/.test(code) ? code : '';
};
