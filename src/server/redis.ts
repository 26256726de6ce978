import { type KycStore, momentOf, type Write } from './store.js';

/** What is used of a connection that listens. */
export interface RedisSubscriber {
  /** `false` once it connects no more. */
  readonly isOpen?: boolean;
  on(event: 'error' | 'end', listener: () => void): unknown;
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: () => void): Promise<unknown>;
  unsubscribe(channel: string, listener: () => void): Promise<unknown>;
  destroy(): unknown;
}

/** What is used of a client of the `redis` package, a cluster's too. */
export interface RedisClient {
  eval(
    script: string,
    options: { readonly keys: string[]; readonly arguments: string[] },
  ): Promise<unknown>;
  duplicate(): RedisSubscriber;
}

/** Options of `redisStore`. */
export interface RedisStoreOptions {
  /** What all keys begin with, as one hash tag. Default `kyc`. */
  readonly prefix?: string;
}

const GET = `return redis.call('HMGET', KEYS[1], 'value', 'version')`;

/**
 * KEYS: the counter, the queue, then one entry for each write. ARGV: five for each write. One counter
 * for all keys, so that none gets a version twice.
 */
const COMMIT = `
for i = 3, #KEYS do
  local have = redis.call('HGET', KEYS[i], 'version') or '0'
  if have ~= ARGV[(i - 3) * 5 + 2] then return 0 end
end
for i = 3, #KEYS do
  local a = (i - 3) * 5
  local name, kind, value = ARGV[a + 1], string.sub(ARGV[a + 3], 1, 1), string.sub(ARGV[a + 3], 2)
  if kind == '-' then
    redis.call('DEL', KEYS[i])
  else
    redis.call('HSET', KEYS[i], 'value', value, 'version', redis.call('INCR', KEYS[1]))
    if ARGV[a + 4] == '' then redis.call('PERSIST', KEYS[i])
    else redis.call('PEXPIREAT', KEYS[i], ARGV[a + 4]) end
  end
  if kind == '-' or ARGV[a + 5] == '' then redis.call('ZREM', KEYS[2], name)
  else redis.call('ZADD', KEYS[2], ARGV[a + 5], name) end
  redis.call('PUBLISH', KEYS[i], '')
end
return 1`;

/** KEYS: the queue. What expired is still in it, and is sorted out by the caller. */
const DUE = `return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])`;

/** KEYS: the queue, then the entries of the names in ARGV. Answers with the names that still are. */
const ALIVE = `
local alive = {}
for i = 2, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 1 then alive[#alive + 1] = ARGV[i - 1]
  else redis.call('ZREM', KEYS[1], ARGV[i - 1]) end
end
return alive`;

/** A connection that listens, and what ends once it does for the first time. */
interface Opened {
  readonly connection: RedisSubscriber;
  readonly connected: Promise<unknown>;
}

/** Hands one connection to all who watch; opens it for the first one. */
class Listening {
  readonly #client: RedisClient;
  #opened: Opened | undefined;

  constructor(client: RedisClient) {
    this.#client = client;
  }

  /** Takes as long as it takes to connect: the client tries again without end. */
  readonly add = async (channel: string, changed: () => void): Promise<() => void> => {
    // Its own function, so that the same one may watch twice.
    const told = (): void => changed();
    const { connection, connected } = (this.#opened ??= this.#open());
    await connected;
    await connection.subscribe(channel, told);
    return () => {
      connection.unsubscribe(channel, told).catch(() => undefined);
    };
  };

  readonly end = async (): Promise<void> => {
    const opened = this.#opened;
    this.#opened = undefined;
    // Not once it is connected: that may never be.
    opened?.connection.destroy();
  };

  readonly #open = (): Opened => {
    const connection = this.#client.duplicate();
    const forget = (): void => {
      if (this.#opened === opened) this.#opened = undefined;
    };
    // It connects again by itself, unless it was told not to; whoever watches asks from time to time.
    connection.on('error', () => {
      if (connection.isOpen === false) forget();
    });
    connection.on('end', forget);
    const connect = async (): Promise<void> => {
      try {
        await connection.connect();
      } catch (error) {
        forget();
        throw error;
      }
      if (this.#opened === opened) return;
      // It was ended while it connected, and connected nevertheless.
      connection.destroy();
      throw new Error('The store was closed.');
    };
    // One turn later, so that `opened` is there.
    const opened: Opened = { connection, connected: Promise.resolve().then(connect) };
    return opened;
  };
}

// Nothing that a command could refuse: what was done before it would stay done.
const argumentsOf = ({ key, expected, value, expires, due }: Write): string[] => [
  key,
  String(expected),
  value === undefined ? '-' : `=${value}`,
  String(momentOf(expires) ?? ''),
  String(momentOf(due) ?? ''),
];

/**
 * A store in Redis 6.2 or later, for many machines. All keys carry one hash tag, so a cluster keeps
 * them together.
 *
 * @param client - a connected client of the `redis` package; it stays the caller's to close
 */
export const redisStore = (
  client: RedisClient,
  { prefix = 'kyc' }: RedisStoreOptions = {},
): KycStore => {
  const counter = `{${prefix}}:version`;
  const queue = `{${prefix}}:due`;
  const nameOf = (key: string): string => `{${prefix}}:entry:${key}`;
  const listening = new Listening(client);

  return {
    async get(key) {
      const [value, version] = (await client.eval(GET, {
        keys: [nameOf(key)],
        arguments: [],
      })) as readonly [string | null, string | null];
      return value === null ? undefined : { value, version: Number(version) };
    },

    async commit(writes) {
      const done = await client.eval(COMMIT, {
        keys: [counter, queue, ...writes.map(({ key }) => nameOf(key))],
        arguments: writes.flatMap(argumentsOf),
      });
      return done === 1;
    },

    async due(now, limit) {
      const names = (await client.eval(DUE, {
        keys: [queue],
        arguments: [String(now), String(limit)],
      })) as string[];
      if (names.length === 0) return [];
      return (await client.eval(ALIVE, {
        keys: [queue, ...names.map(nameOf)],
        arguments: names,
      })) as string[];
    },

    async watch(key, changed) {
      return listening.add(nameOf(key), changed);
    },

    close: listening.end,
  };
};
