import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';

import { createClient } from 'redis';

import { once } from '../../src/server/handler/once.js';
import { redisStore } from '../../src/server/redis.js';
import type { KycStore } from '../../src/server/store.js';
import { startRedis, withoutRedis } from './redis-server.js';
import { until } from './until.js';

const LIMIT = { timeout: 10_000 };

const open = async (
  context: TestContext,
  settings: readonly string[] = [],
  reconnectStrategy?: false,
) => {
  const { path, stop } = await startRedis(...settings);
  const client = createClient({
    socket: { path, tls: false, ...(reconnectStrategy === false && { reconnectStrategy }) },
  });
  client.on('error', () => undefined);
  await client.connect();
  const store = redisStore(client);
  context.after(async () => {
    await store.close();
    client.destroy();
    await stop();
  });
  return { client, store };
};

/** A Redis that takes no second connection: who wants to listen there tries again without end. */
const openFull = (context: TestContext) => open(context, ['--maxclients', '1']);

const write = async (store: KycStore, key: string): Promise<void> => {
  const expected = (await store.get(key))?.version ?? 0;
  assert.ok(await store.commit([{ key, expected, value: 'x' }]));
};

describe('a store in a Redis where nobody can listen', { skip: withoutRedis }, () => {
  it('lets who comes second have the answer of the first all the same', LIMIT, async (context) => {
    const { store } = await openFull(context);
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const told = { works: 0, watches: 0 };
    const watched: KycStore = {
      ...store,
      watch: async (key, changed) => {
        told.watches += 1;
        return store.watch(key, changed);
      },
    };
    const ask = async (): Promise<string> =>
      once(watched, {
        key: 'slot',
        limit: 60_000,
        expires: Date.now() + 60_000,
        reuse: async (done) => done,
        work: async () => {
          told.works += 1;
          await ended;
          return { answer: 'made', done: 'made', writes: async () => [] };
        },
      });
    const both = [ask(), ask()];
    await until('the second in waiting', () => told.watches > 0);
    end();
    assert.deepEqual(await Promise.all(both), ['made', 'made']);
    assert.equal(told.works, 1);
  });

  it('closes while it tries to connect, and listens no more', LIMIT, async (context) => {
    const { client, store } = await openFull(context);
    const watched = assert.rejects(store.watch('key', () => undefined));
    await store.close();
    await client.configSet('maxclients', '10');
    await watched;
    assert.match(await client.info('clients'), /^connected_clients:1\r$/m);
  });
});

describe('a store in a Redis that ended the connection', { skip: withoutRedis }, () => {
  it('listens by another one, where the first does not connect again', LIMIT, async (context) => {
    const { client, store } = await open(context, [], false);
    await store.watch('key', () => undefined);
    await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
    let isTold = false;
    await until('word by another connection', async () => {
      await store.watch('key', () => (isTold = true)).catch(() => undefined);
      await write(store, 'key');
      return isTold;
    });
  });
});
