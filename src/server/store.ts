/** A value as it stands in a store. */
export interface Entry {
  readonly value: string;
  /** Grows with every write of the key, and is never given to it twice, not even after a deletion. Never 0. */
  readonly version: number;
}

/** One write of a commit. */
export interface Write {
  readonly key: string;
  /** The version that the key must have; 0 for none. */
  readonly expected: number;
  /** Absent: the key is deleted. */
  readonly value?: string;
  /** When the entry is gone by itself, in milliseconds since 1970. Default: never, as with no finite number. */
  readonly expires?: number;
  /** When the key is due, in milliseconds since 1970: `due()` finds it from then on. Default: never, as with no finite number. */
  readonly due?: number;
}

/** The last moment that a `Date` can say, and what each store can count to. */
const LAST = 8.64e15;

/** A moment of a write as a whole number of milliseconds; `undefined` for never. */
export const momentOf = (at: number | undefined): number | undefined =>
  at !== undefined && Math.abs(at) <= LAST ? Math.ceil(at) : undefined;

/**
 * Where the handler keeps sessions: keys with versions, and commits that are all or nothing. Every
 * operation is atomic, across processes too where they share the store.
 */
export interface KycStore {
  get(key: string): Promise<Entry | undefined>;
  /**
   * Does every write, or none.
   *
   * @returns whether it was done; not if any key has another version than expected
   */
  commit(writes: readonly Write[]): Promise<boolean>;
  /** Keys that are due at `now`, the longest due first, no more than `limit`. */
  due(now: number, limit: number): Promise<readonly string[]>;
  /**
   * Calls `changed` soon after each write of the key, by any process; at times without one. It may
   * miss some while a connection is lost: whoever must know asks from time to time.
   *
   * @returns what ends it
   */
  watch(key: string, changed: () => void): Promise<() => void>;
  /** Lets go of what the store itself opened. Not of what it was given. */
  close(): Promise<void>;
}
