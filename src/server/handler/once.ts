import type { KycStore, Write } from '../store.js';
import { wait } from '../wait.js';
import { later } from './answers.js';
import { put, randomId, read } from './records.js';
import { inTime } from './time.js';

/** What stands under the key of something that is to be done once. */
interface Slot {
  /** What it came to; absent while it is being done. */
  readonly done?: string;
  /** Who does it, and until when that is to be believed: a process may have died over it. */
  readonly token?: string;
  readonly until?: number;
}

/** What is left to do once the work itself is done: to write down what it came to. */
export interface Done<Answer> {
  readonly answer: Answer;
  readonly done: string;
  /** Asked again where another write came between. */
  readonly writes: () => Promise<readonly Write[]>;
}

/** Something that is to be done once, however many ask for it at the same time, at any process. */
export interface Task<Answer> {
  readonly key: string;
  /** Milliseconds that the work may take: soon after, it is taken from who does it. */
  readonly limit: number;
  /** When what was done is forgotten, in milliseconds since 1970. */
  readonly expires: number;
  /** The answer from what was done before; `undefined` where it has to be done anew. */
  readonly reuse: (done: string) => Promise<Answer | undefined>;
  /** All that it calls has to heed the signal. */
  readonly work: (options: { readonly signal: AbortSignal }) => Promise<Done<Answer>>;
}

/** How often a commit is tried that others come between. */
export const TRIES = 50;

/** Milliseconds between two looks at what another one does, should the word of its end get lost. */
const PATIENCE = 500;

/** Milliseconds for the signal to get through, and by how much the lease outlasts the work's limit. */
const GRACE = 1000;
const MARGIN = 10_000;

/** Whether somebody is at it. */
export const isHeld = async (store: KycStore, key: string): Promise<boolean> =>
  ((await read<Slot>(store, key)).value?.until ?? 0) > Date.now();

/** Waits for a change of the key, and not for long, not even for the watch to begin. */
const changeOf = async (store: KycStore, key: string, patience: number): Promise<void> => {
  let watching: Promise<(() => void) | undefined> | undefined;
  await wait(patience, (goOn) => {
    // It may only begin when a lost connection is back: whoever waits does not wait for that.
    watching = store.watch(key, goOn).catch(() => undefined);
  });
  void watching?.then((stop) => stop?.());
};

/** Keeps the slot for this one; answers with the version that it then has. */
const reserve = async (
  store: KycStore,
  { key, limit }: Task<unknown>,
  expected: number,
): Promise<number | undefined> => {
  const token = randomId();
  const lease = limit + MARGIN;
  const until = Date.now() + lease;
  // It goes by itself too, a good while after it counts no more.
  const slot = put(key, expected, { token, until } satisfies Slot, until + lease);
  if (!(await store.commit([slot]))) return undefined;
  const kept = await read<Slot>(store, key);
  return kept.value?.token === token ? kept.version : undefined;
};

/** Writes down what was done, unless it was taken over meanwhile. */
const settle = async <Answer>(
  store: KycStore,
  { key, expires }: Task<Answer>,
  version: number,
  { done, writes }: Done<Answer>,
): Promise<boolean> => {
  const slot = put(key, version, { done } satisfies Slot, expires);
  for (let i = 0; i < TRIES; i += 1) {
    if (await store.commit([...(await writes()), slot])) return true;
    if ((await read<Slot>(store, key)).version !== version) return false;
  }
  return false;
};

/**
 * Does something once. Who comes second waits for the first and gets its answer; who finds that the
 * first never came to an end does it anew.
 *
 * @throws Problem `busy` where nobody comes to an end
 */
export const once = async <Answer>(store: KycStore, task: Task<Answer>): Promise<Answer> => {
  const { key, limit, reuse, work } = task;
  const end = Date.now() + 2 * (limit + MARGIN);
  while (Date.now() < end) {
    const { value, version } = await read<Slot>(store, key);
    if (value?.done !== undefined) {
      const answer = await reuse(value.done);
      if (answer !== undefined) return answer;
    } else if (value?.until !== undefined && value.until > Date.now()) {
      await changeOf(store, key, Math.min(PATIENCE, value.until - Date.now() + 1));
      continue;
    }
    const mine = await reserve(store, task, version);
    if (mine === undefined) {
      // Where the store's clock is far ahead, no slot would ever be kept.
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    try {
      const done = await inTime(work({ signal: AbortSignal.timeout(limit) }), limit + GRACE);
      if (await settle(store, task, mine, done)) return done.answer;
    } catch (error) {
      await store.commit([{ key, expected: mine }]).catch(() => undefined);
      throw error;
    }
  }
  throw later('busy', 1000);
};
