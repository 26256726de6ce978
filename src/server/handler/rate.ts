import type { Write } from '../store.js';
import { later } from './answers.js';
import type { Kit } from './kit.js';
import { TRIES } from './once.js';
import { hashOf, keyOf, put, read } from './records.js';

interface Count {
  readonly count: number;
  readonly until: number;
}

/** A rate that each person may not exceed: so many in a window of time, which begins with the first. */
export interface Rate {
  readonly kind: string;
  readonly most: number;
  /** In milliseconds. */
  readonly window: number;
}

/**
 * The write that counts one more.
 *
 * @throws Problem `rate-limited` where that is one too many
 */
export const countOne = async (
  { store }: Kit,
  { kind, most, window }: Rate,
  person: string,
): Promise<Write> => {
  const key = keyOf('rate', kind, await hashOf(person));
  const { value, version } = await read<Count>(store, key);
  const now = Date.now();
  const { count, until } = value && value.until > now ? value : { count: 0, until: now + window };
  if (count >= most) throw later('rate-limited', until - now);
  return put(key, version, { count: count + 1, until } satisfies Count, until);
};

/** Counts one more, at once. */
export const limitRate = async (kit: Kit, rate: Rate, person: string): Promise<void> => {
  for (let i = 0; i < TRIES; i += 1) {
    if (await kit.store.commit([await countOne(kit, rate, person)])) return;
  }
  throw later('rate-limited', 1000);
};
