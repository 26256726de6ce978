import type { DecisionWord } from '../../model/decisions.js';
import type { SessionStage, SessionStatus } from '../../model/status.js';
import { sha256, toHex, utf8 } from '../crypto.js';
import { rankOf } from '../decisions.js';
import type { Decision } from '../provider.js';
import type { Entry, KycStore, Write } from '../store.js';

/** How a session is run: on a page of the provider's, or with proofs that the merchant's page collects. */
export type Flow = 'hosted' | 'capture';

/** `session:<id>`: what does not change of a session. */
export interface SessionRecord {
  readonly id: string;
  readonly person: string;
  readonly provider: string;
  readonly providerId: string;
  readonly flow: Flow;
  readonly state: string;
  readonly reference: string;
  readonly language?: string | undefined;
  /** When the session URL is good no more, in milliseconds since 1970. */
  readonly expires: number;
}

/** A decision without what is personal. */
export type KeptDecision = Omit<Decision, 'raw' | 'reason'>;

/** `progress:<provider>:<providerId>`: what was heard of a session, whoever made it. */
export interface ProgressRecord {
  /** Grows with every change that a page can see, or the merchant. */
  readonly version: number;
  readonly stage: SessionStage;
  readonly decision?: KeptDecision;
  /** The person's tries that were handed in, and those that were decided on. */
  readonly submitted?: readonly string[];
  readonly judged?: readonly string[];
  /** Absent where this handler did not make the session. */
  readonly session?: string;
  /** When this is forgotten; news may put it off, but never bring it on. */
  readonly until?: number;
}

/** A record as it stands in the store; version 0 where it does not. */
export interface Kept<Value> {
  readonly value: Value | undefined;
  readonly version: number;
}

/**
 * `url`: the session URL alone, so that it can go before the session does. `look` stands for as long as
 * the provider is not to be asked again.
 */
type Kind =
  | 'session'
  | 'url'
  | 'live'
  | 'progress'
  | 'outbox'
  | 'look'
  | 'rate'
  | 'media'
  | 'proofs'
  | 'proof'
  | 'submit';

/** Parts of keys are made safe, so that none reaches into another's. Half a pair has no UTF-8. */
export const keyOf = (...parts: readonly [kind: Kind, ...names: readonly string[]]): string =>
  parts.map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd'))).join(':');

/** A person's id may be an address: keys, which stores log, do not show it. JSON keeps half pairs apart. */
export const hashOf = async (person: string): Promise<string> =>
  toHex(await sha256(utf8(JSON.stringify(person))));

/** The value in an entry, which only the handler itself has written. */
export const valueOf = <Value>(entry: Entry | undefined): Kept<Value> => ({
  value: entry && (JSON.parse(entry.value) as Value),
  version: entry?.version ?? 0,
});

export const read = async <Value>(store: KycStore, key: string): Promise<Kept<Value>> =>
  valueOf<Value>(await store.get(key));

/** The write of a record. */
export const put = (key: string, expected: number, record: unknown, expires: number): Write => ({
  key,
  expected,
  value: JSON.stringify(record),
  expires,
});

/** The version of a key, whatever stands there; 0 where nothing does. */
export const versionOf = async (store: KycStore, key: string): Promise<number> =>
  (await store.get(key))?.version ?? 0;

/** What deletes those of the keys that stand. */
export const deletionsOf = async (
  store: KycStore,
  all: readonly string[],
): Promise<readonly Write[]> => {
  const writes = all.map(async (key) => ({ key, expected: await versionOf(store, key) }));
  return (await Promise.all(writes)).filter(({ expected }) => expected !== 0);
};

/** Whether nothing more is to come: neither from the provider nor from the person. */
export const isOver = (word: DecisionWord): boolean => rankOf(word) >= rankOf('canceled');

/** What a page is told. Whoever has sent in again what was wanted anew waits like at first. */
export const wordOf = (progress: ProgressRecord | undefined): DecisionWord => {
  const { decision, submitted = [], judged = [] } = progress ?? {};
  const isSentAgain =
    decision?.word === 'resubmission-requested' && submitted.some((one) => !judged.includes(one));
  return isSentAgain ? 'pending' : (decision?.word ?? 'pending');
};

export const statusOf = (
  { id, provider }: SessionRecord,
  progress: ProgressRecord | undefined,
): SessionStatus => ({
  id,
  provider,
  stage: progress?.stage ?? 'created',
  decision: wordOf(progress),
  version: progress?.version ?? 1,
});

/** Random bits as hex. 128 of them make 32 letters and digits. */
export const randomId = (bytes = 16): string =>
  toHex(crypto.getRandomValues(new Uint8Array(bytes)));
