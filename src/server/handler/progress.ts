import type { DecisionWord } from '../../model/decisions.js';
import type { SessionStage, SessionStatus } from '../../model/status.js';
import { supersedes } from '../decisions.js';
import type { Decision } from '../provider.js';
import type { Write } from '../store.js';
import { later } from './answers.js';
import type { Kit } from './kit.js';
import { TRIES } from './once.js';
import { deliver, enqueue } from './outbox.js';
import {
  isOver,
  type KeptDecision,
  keyOf,
  put,
  read,
  type ProgressRecord,
  type SessionRecord,
  statusOf,
  versionOf,
  wordOf,
} from './records.js';

/** What was heard of a session, from the provider alone. */
export interface News {
  readonly stage?: SessionStage;
  /** The try that got so far. */
  readonly attempt?: string;
  readonly decision?: Decision;
}

const STAGES: readonly SessionStage[] = ['created', 'started', 'submitted'];

const furthest = (...stages: readonly SessionStage[]): SessionStage =>
  STAGES.filter((stage) => stages.includes(stage)).at(-1) ?? 'created';

/** Who was judged has sent in what there was to judge. */
const impliedBy = (decision: Decision | undefined): SessionStage => {
  const judged: readonly DecisionWord[] = [
    'approved',
    'declined',
    'review',
    'resubmission-requested',
  ];
  return decision && judged.includes(decision.word) ? 'submitted' : 'created';
};

/** What is personal is told to the merchant, and not kept. */
const withoutPerson = ({ raw: _, reason: __, ...decision }: Decision): KeptDecision => decision;

/** A set that only grows ends the same in any order. Nobody tries more often than this. */
const withOne = (known: readonly string[] = [], one: string | undefined): readonly string[] =>
  one === undefined || known.includes(one) ? known : [...known, one].slice(-50);

/** What was known, with the news; the very same where they bring nothing. */
const merge = (
  present: ProgressRecord | undefined,
  { stage = 'created', attempt, decision }: News,
): { readonly record: ProgressRecord; readonly isDecided: boolean } | undefined => {
  const known = present?.decision;
  // `pending` without a date says what is said of a session of which nothing was heard.
  const isNothing = decision?.word === 'pending' && decision.at === undefined && !known;
  const isDecided = decision !== undefined && !isNothing && supersedes(decision, known);
  const reached = furthest(present?.stage ?? 'created', stage, impliedBy(decision));
  const submitted = withOne(present?.submitted, stage === 'submitted' ? attempt : undefined);
  const judged = withOne(present?.judged, decision?.attempt);
  const tries = submitted.length + judged.length;
  const knownTries = (present?.submitted?.length ?? 0) + (present?.judged?.length ?? 0);
  if (!isDecided && reached === present?.stage && tries === knownTries) return undefined;
  const record = {
    ...present,
    version: present?.version ?? 0,
    stage: reached,
    ...(tries > 0 && { submitted, judged }),
    ...(isDecided && { decision: withoutPerson(decision) }),
  };
  // A try that is told of late is no news: a page takes the same word anew for being asked once more.
  const isNews = isDecided || reached !== present?.stage || wordOf(record) !== wordOf(present);
  return { record: { ...record, version: record.version + Number(isNews) }, isDecided };
};

/** The session URL is a secret of no more use once all is over: gone with the commit that says so. */
const dropUrl = async ({ store }: Kit, session: string | undefined): Promise<readonly Write[]> => {
  if (session === undefined) return [];
  const key = keyOf('url', session);
  const expected = await versionOf(store, key);
  return expected === 0 ? [] : [{ key, expected }];
};

const tryToAdvance = async (
  kit: Kit,
  provider: string,
  providerId: string,
  news: News,
): Promise<(() => Promise<unknown>) | undefined> => {
  const key = keyOf('progress', provider, providerId);
  const { value, version } = await read<ProgressRecord>(kit.store, key);
  const merged = merge(value, news);
  if (!merged) return async () => undefined;
  const { isDecided } = merged;
  // What was promised when the session was made holds: it outlives its URL, whatever is heard before.
  const until = Math.max(value?.until ?? 0, Date.now() + kit.limits.retention);
  const record: ProgressRecord = { ...merged.record, until };
  const writes = [put(key, version, record, until)];
  const { decision } = news;
  if (!decision || !isDecided) {
    return (await kit.store.commit(writes)) ? async () => undefined : undefined;
  }
  if (isOver(decision.word)) writes.push(...(await dropUrl(kit, record.session)));
  // `pending` says that there is no decision.
  const id = { provider, providerId, session: record.session };
  const box = decision.word === 'pending' ? undefined : await enqueue(kit, id, decision);
  if (box) writes.push(box.write);
  if (!(await kit.store.commit(writes))) return undefined;
  return async () => box?.token !== undefined && deliver(kit, box.key, box.token);
};

/**
 * Advances a session by what was heard of it, once that is in the store together with the duty to tell
 * the merchant.
 *
 * @returns what tells the merchant
 * @throws Problem `busy` where too many come between; nothing was stored then
 */
export const advance = async (
  kit: Kit,
  provider: string,
  providerId: string,
  news: News,
): Promise<() => Promise<unknown>> => {
  for (let i = 0; i < TRIES; i += 1) {
    const tellAll = await tryToAdvance(kit, provider, providerId, news);
    if (tellAll) return tellAll;
  }
  throw later('busy', 1000);
};

/** What is known of a session. */
export const progressOf = async (
  { store }: Kit,
  { provider, providerId }: SessionRecord,
): Promise<ProgressRecord | undefined> =>
  (await read<ProgressRecord>(store, keyOf('progress', provider, providerId))).value;

/** Nothing to ask for: it is over, or the person has handed in nothing. */
const isIdle = ({ flow }: SessionRecord, progress: ProgressRecord | undefined): boolean => {
  const word = wordOf(progress);
  if (isOver(word)) return true;
  return flow === 'capture' && progress?.stage !== 'submitted';
};

export const statusNow = async (kit: Kit, session: SessionRecord): Promise<SessionStatus> =>
  statusOf(session, await progressOf(kit, session));

/** Reports what the provider, or its client, failed with, and passes it on. */
export const reported =
  (kit: Kit) =>
  (error: unknown): never => {
    kit.report(error, 'provider');
    throw error;
  };

/** A time limit for one call to the provider. */
export const within = ({ limits }: Kit): { readonly signal: AbortSignal } => ({
  signal: AbortSignal.timeout(limits.providerTimeout),
});

/**
 * Asks the provider where a decision is awaited and nobody has asked for a while, at any process: the
 * webhooks of some merchants cannot reach them. That it fails is no trouble of the page's.
 */
export const refresh = async (kit: Kit, session: SessionRecord): Promise<void> => {
  const { provider, providerId } = session;
  const key = keyOf('look', provider, providerId);
  const client = kit.providers.get(provider);
  try {
    if (!client || isIdle(session, await progressOf(kit, session))) return;
    const expires = Date.now() + kit.limits.look;
    if (!(await kit.store.commit([put(key, 0, 1, expires)]))) return;
    const decision = await client.readDecision(providerId, within(kit));
    const tellAll = await advance(kit, provider, providerId, { decision });
    void tellAll().catch((error: unknown) => kit.report(error, 'store'));
  } catch (error) {
    kit.report(error, 'provider');
  }
};
