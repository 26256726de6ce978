import { type Entry, type KycStore, momentOf, type Write } from './store.js';

/** A statement of better-sqlite3's synchronous API. */
export interface SqliteStatement {
  run(...values: unknown[]): unknown;
  get(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown[];
}

/** A database with better-sqlite3's synchronous API: better-sqlite3 itself, or libsql. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
}

/** Options of `sqliteStore`. */
export interface SqliteStoreOptions {
  /** Milliseconds between two looks for what other connections wrote. Default 250. */
  readonly pollInterval?: number;
  /** Milliseconds to wait for another connection's write; others run meanwhile. Default 5000. */
  readonly busyTimeout?: number;
}

interface Watcher {
  seen: number;
  readonly changed: () => void;
}

/** Milliseconds that may be waited in one go: meanwhile nothing else runs in this process. */
const AT_ONCE = 5;

/** Milliseconds between two tries to get past another connection, about. */
const PAUSE = 10;

/** Milliseconds between two looks for what lies on the disk and has expired. */
const SWEEP = 60_000;

const BUSY = (timeout: number): string => `PRAGMA busy_timeout = ${Math.trunc(timeout)};`;

// FULL: a webhook is answered 2xx only once its outcome would survive a power cut.
// secure_delete: a picture is to be gone when it is deleted.
const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;`;

// One counter for all keys, so that no key gets a version twice.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS kyc_entries (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    version INTEGER NOT NULL,
    expires INTEGER,
    due INTEGER
  );
  CREATE INDEX IF NOT EXISTS kyc_expires ON kyc_entries (expires) WHERE expires IS NOT NULL;
  CREATE INDEX IF NOT EXISTS kyc_due ON kyc_entries (due) WHERE due IS NOT NULL;
  CREATE TABLE IF NOT EXISTS kyc_counter (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER);
  INSERT OR IGNORE INTO kyc_counter VALUES (1, 0);`;

const prepare = (database: SqliteDatabase) => ({
  get: database.prepare(
    'SELECT value, version FROM kyc_entries WHERE key = ? AND (expires IS NULL OR expires > ?)',
  ),
  count: database.prepare('UPDATE kyc_counter SET version = version + 1 WHERE id = 1'),
  put: database.prepare(
    `INSERT OR REPLACE INTO kyc_entries (key, value, version, expires, due)
     VALUES (?, ?, (SELECT version FROM kyc_counter WHERE id = 1), ?, ?)`,
  ),
  remove: database.prepare('DELETE FROM kyc_entries WHERE key = ?'),
  sweep: database.prepare('DELETE FROM kyc_entries WHERE expires <= ?'),
  due: database.prepare(
    `SELECT key FROM kyc_entries WHERE due <= ? AND (expires IS NULL OR expires > ?)
     ORDER BY due LIMIT ?`,
  ),
});

/** Another connection writes. */
const isBusy = (error: unknown): boolean => {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return String(code).startsWith('SQLITE_BUSY') || String(message).includes('database is locked');
};

/** Tries until no other connection is in the way, and lets others in this process work meanwhile. */
const patiently = async <Result>(patience: number, work: () => Result): Promise<Result> => {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || Date.now() >= end) throw error;
    }
    // By chance, so that two do not meet again and again.
    await new Promise((resolve) => setTimeout(resolve, PAUSE * (0.5 + Math.random())));
  }
};

/**
 * The same for what has to be done before there is a store to give. Two that open a new file at once
 * are in each other's way where SQLite itself does not wait: on the change to WAL.
 */
const stubbornly = (patience: number, work: () => void): void => {
  const end = Date.now() + patience;
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() >= end) throw error;
    }
    Atomics.wait(nobody, 0, 0, PAUSE * (0.5 + Math.random()));
  }
};

/** Tells watchers of a key when its version is another one than they saw last. */
class Watching {
  readonly #watchers = new Set<Watcher & { readonly key: string }>();
  readonly #versionOf: (key: string) => number;
  readonly #interval: number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(versionOf: (key: string) => number, interval: number) {
    this.#versionOf = versionOf;
    this.#interval = interval;
  }

  readonly add = (key: string, changed: () => void): (() => void) => {
    const watcher = { key, changed, seen: this.#versionOf(key) };
    this.#watchers.add(watcher);
    this.#timer ??= setInterval(this.look, this.#interval);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.end();
    };
  };

  readonly look = (): void => {
    for (const watcher of [...this.#watchers]) {
      const version = this.#versionOf(watcher.key);
      if (version === watcher.seen) continue;
      watcher.seen = version;
      queueMicrotask(watcher.changed);
    }
  };

  readonly end = (): void => {
    this.#watchers.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
  };
}

/**
 * A store in an SQLite database, shared by all processes that open the same file. Makes its tables
 * (`kyc_entries`, `kyc_counter`) where they are missing, and sets the connection to WAL.
 *
 * @param database - one connection, given to this store alone: its transactions are the store's
 */
export const sqliteStore = (
  database: SqliteDatabase,
  { pollInterval = 250, busyTimeout = 5000 }: SqliteStoreOptions = {},
): KycStore => {
  database.exec(BUSY(busyTimeout));
  stubbornly(busyTimeout, () => database.exec(SETTINGS));

  /** Takes the write lock at once: a lock that is taken late can fail where waiting cannot help. */
  const transact = <Result>(work: () => Result): Result => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      try {
        database.exec('ROLLBACK');
      } catch {
        // Done by SQLite itself, as on a full disk. What counts is why.
      }
      throw error;
    }
  };

  stubbornly(busyTimeout, () => transact(() => database.exec(SCHEMA)));
  database.exec(BUSY(Math.min(busyTimeout, AT_ONCE)));
  const statements = prepare(database);
  const read = (key: string): Entry | undefined =>
    statements.get.get(key, Date.now()) as Entry | undefined;
  const versionOf = (key: string): number => read(key)?.version ?? 0;
  const watching = new Watching((key) => {
    try {
      return versionOf(key);
    } catch {
      // Busy, or closed under us: asked again at the next look.
      return -1;
    }
  }, pollInterval);

  const write = ({ key, value, expires, due }: Write): void => {
    if (value === undefined) {
      statements.remove.run(key);
      return;
    }
    statements.count.run();
    statements.put.run(key, value, momentOf(expires) ?? null, momentOf(due) ?? null);
  };

  const commit = (writes: readonly Write[]): boolean => {
    const fits = (): boolean => writes.every(({ key, expected }) => versionOf(key) === expected);
    // Looked at without the lock first: what is lost already need not wait for it.
    if (!fits()) return false;
    return transact(() => {
      if (!fits()) return false;
      statements.sweep.run(Date.now());
      writes.forEach(write);
      return true;
    });
  };

  let swept = 0;
  /** Takes off the disk what has expired, where nothing is written that would. */
  const sweep = (): void => {
    if (Date.now() - swept < SWEEP) return;
    try {
      statements.sweep.run(Date.now());
      // What was deleted is still in the log, from when it was written.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      swept = Date.now();
    } catch {
      // Busy, most likely: done the next time.
    }
  };

  return {
    async get(key) {
      const entry = await patiently(busyTimeout, () => read(key));
      return entry && { value: entry.value, version: entry.version };
    },

    async commit(writes) {
      const isDone = await patiently(busyTimeout, () => commit(writes));
      // Those of this process need not wait for the timer.
      if (isDone) watching.look();
      return isDone;
    },

    async due(now, limit) {
      sweep();
      const find = () => statements.due.all(now, Date.now(), limit) as { key: string }[];
      return (await patiently(busyTimeout, find)).map(({ key }) => key);
    },

    async watch(key, changed) {
      return watching.add(key, changed);
    },

    async close() {
      watching.end();
    },
  };
};
