import { type Entry, type KycStore, momentOf, type Write } from './store.js';

interface Kept extends Entry {
  readonly expires: number;
  readonly due: number | undefined;
}

/** Milliseconds between two looks for what has expired unasked. */
const SWEEP = 60_000;

/**
 * A store in this process's memory, for tests and for trying things out: gone with the process, and
 * not shared with another.
 */
export const memoryStore = (): KycStore => {
  const entries = new Map<string, Kept>();
  const watchers = new Map<string, Set<() => void>>();
  // One counter for all keys, so that no key gets a version twice.
  let version = 0;
  let swept = 0;

  const live = (key: string): Kept | undefined => {
    const entry = entries.get(key);
    if (!entry || entry.expires > Date.now()) return entry;
    entries.delete(key);
    return undefined;
  };

  const sweep = (): void => {
    if (Date.now() - swept < SWEEP) return;
    swept = Date.now();
    for (const key of [...entries.keys()]) live(key);
  };

  const write = ({ key, value, expires, due }: Write): void => {
    if (value === undefined) entries.delete(key);
    else {
      const [end = Infinity, from] = [momentOf(expires), momentOf(due)];
      entries.set(key, { value, version: ++version, expires: end, due: from });
    }
    for (const changed of watchers.get(key) ?? []) queueMicrotask(changed);
  };

  return {
    async get(key) {
      const entry = live(key);
      return entry && { value: entry.value, version: entry.version };
    },

    async commit(writes) {
      sweep();
      if (writes.some(({ key, expected }) => (live(key)?.version ?? 0) !== expected)) return false;
      writes.forEach(write);
      return true;
    },

    async due(now, limit) {
      return [...entries.keys()]
        .map((key) => ({ key, due: live(key)?.due ?? Infinity }))
        .filter(({ due }) => due <= now)
        .sort((one, other) => one.due - other.due)
        .slice(0, limit)
        .map(({ key }) => key);
    },

    async watch(key, changed) {
      // Its own function, so that the same one may watch twice.
      const told = (): void => changed();
      const set = watchers.get(key) ?? new Set();
      watchers.set(key, set.add(told));
      return () => {
        set.delete(told);
        if (set.size === 0 && watchers.get(key) === set) watchers.delete(key);
      };
    },

    async close() {
      watchers.clear();
    },
  };
};
