import type { Decision } from '../provider.js';
import type { Write } from '../store.js';
import type { Kit } from './kit.js';
import { TRIES } from './once.js';
import { keyOf, randomId, read, type Kept, type SessionRecord } from './records.js';
import { inTime } from './time.js';

/**
 * `outbox:<provider>:<providerId>`: decisions of one session that the merchant has not heard of yet, the
 * oldest first. One at a time is told, so that they arrive in order; the lease says by whom.
 */
interface Outbox {
  readonly provider: string;
  readonly providerId: string;
  readonly session?: string | undefined;
  readonly queue: readonly Decision[];
  readonly attempts: number;
  readonly token: string;
  /** Until when the lease holds, or when the next try is. */
  readonly until: number;
}

/** How many due sessions are taken up in one go. */
const BATCH = 32;

const HOUR = 3_600_000;

const write = (key: string, { version }: Kept<Outbox>, box: Outbox): Write => ({
  key,
  expected: version,
  value: JSON.stringify(box),
  due: box.until,
});

/** Time for one try, and some for the store around it. */
const leaseEnd = ({ limits }: Kit): number => Date.now() + 3 * limits.decisionTimeout;

/** What a commit needs besides so that the merchant hears of a decision, and the lease to tell it. */
export const enqueue = async (
  kit: Kit,
  { provider, providerId, session }: Pick<Outbox, 'provider' | 'providerId' | 'session'>,
  decision: Decision,
): Promise<{ readonly write: Write; readonly key: string; readonly token: string | undefined }> => {
  const key = keyOf('outbox', provider, providerId);
  const kept = await read<Outbox>(kit.store, key);
  const { value } = kept;
  const queue = [...(value?.queue ?? []), decision];
  const held = value?.token && value.until > Date.now() ? value : undefined;
  // Whoever is at it finds the new one when it is done with the last.
  const { token, until } = held ?? { token: randomId(), until: leaseEnd(kit) };
  const box: Outbox = {
    provider,
    providerId,
    session,
    queue,
    attempts: value?.attempts ?? 0,
    token,
    until,
  };
  return { key, token: held ? undefined : token, write: write(key, kept, box) };
};

const tell = async (
  { store, onDecision, limits, report }: Kit,
  { provider, providerId, session }: Outbox,
  decision: Decision,
): Promise<boolean> => {
  try {
    const { value: record } = await read<SessionRecord>(store, keyOf('session', session ?? ''));
    const told = { id: record?.id, person: record?.person, provider, providerId, decision };
    await inTime(onDecision(told), limits.decisionTimeout);
    return true;
  } catch (error) {
    report(error, 'decision');
    return false;
  }
};

/** What the outbox is after a try. */
const after = (kit: Kit, box: Outbox, isTold: boolean): Outbox => {
  if (isTold) return { ...box, queue: box.queue.slice(1), attempts: 0, until: leaseEnd(kit) };
  const delay = Math.min(kit.limits.retryDelay * 2 ** box.attempts, HOUR);
  return { ...box, attempts: box.attempts + 1, token: '', until: Date.now() + delay };
};

/** Writes down how a try went, unless the lease has gone to another. */
const settle = async (
  kit: Kit,
  key: string,
  token: string,
  isTold: boolean,
): Promise<Outbox | undefined> => {
  for (let i = 0; i < TRIES; i += 1) {
    const kept = await read<Outbox>(kit.store, key);
    if (kept.value?.token !== token) return undefined;
    const box = after(kit, kept.value, isTold);
    const isDone = await kit.store.commit([
      box.queue.length > 0 ? write(key, kept, box) : { key, expected: kept.version },
    ]);
    if (isDone) return box.token === token && box.queue.length > 0 ? box : undefined;
  }
  return undefined;
};

/** Takes the lease of an outbox that nobody is at. */
const take = async (kit: Kit, key: string): Promise<string | undefined> => {
  const kept = await read<Outbox>(kit.store, key);
  const { value } = kept;
  if (!value || value.until > Date.now()) return undefined;
  const token = randomId();
  const box = { ...value, token, until: leaseEnd(kit) };
  return (await kit.store.commit([write(key, kept, box)])) ? token : undefined;
};

/**
 * Tells the merchant what is in an outbox, as far as that succeeds.
 *
 * @param lease - where the lease is held already
 * @returns how many decisions were told
 */
export const deliver = async (kit: Kit, key: string, lease?: string): Promise<number> => {
  const token = lease ?? (await take(kit, key));
  if (token === undefined) return 0;
  let box = (await read<Outbox>(kit.store, key)).value;
  let told = 0;
  while (box?.token === token) {
    const [head] = box.queue;
    if (!head) break;
    const isTold = await tell(kit, box, head);
    if (isTold) told += 1;
    box = await settle(kit, key, token, isTold);
  }
  return told;
};

/** Tells all that is due. */
export const deliverDue = async (kit: Kit): Promise<number> => {
  let told = 0;
  for (;;) {
    const due = await kit.store.due(Date.now(), BATCH);
    const counts = await Promise.all(due.map(async (key) => deliver(kit, key)));
    const count = counts.reduce((sum, each) => sum + each, 0);
    told += count;
    // Where none went well, the rest waits for its next time, too.
    if (due.length < BATCH || count === 0) return told;
  }
};
