import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';
import { createClient } from 'redis';

import type { KycStore } from '../../src/server/store.js';
import { redisStore } from '../../src/server/redis.js';
import { sqliteStore } from '../../src/server/sqlite.js';
import { startRedis } from './redis-server.js';

/** Where a store keeps things, as a text that another process can be told. */
export type Place = `sqlite:${string}` | `redis:${string}`;

/** A new connection to a place; `close` lets go of all of it. */
export const openStore = async (place: Place): Promise<KycStore> => {
  const at = place.slice(place.indexOf(':') + 1);
  if (place.startsWith('sqlite:')) {
    const database = new Database(at);
    const store = sqliteStore(database, { pollInterval: 20 });
    return {
      ...store,
      close: async () => {
        await store.close();
        database.close();
      },
    };
  }
  const client = createClient({ socket: { path: at, tls: false } });
  client.on('error', () => undefined);
  await client.connect();
  const store = redisStore(client);
  return {
    ...store,
    close: async () => {
      await store.close();
      client.destroy();
    },
  };
};

/** A new, empty place of a kind. */
export const newPlace = async (
  kind: 'sqlite' | 'redis',
): Promise<{ readonly place: Place; readonly remove: () => Promise<void> }> => {
  if (kind === 'redis') {
    const { path, stop } = await startRedis();
    return { place: `redis:${path}`, remove: stop };
  }
  const folder = await mkdtemp(join(tmpdir(), 'kyc-sqlite-'));
  return {
    place: `sqlite:${join(folder, 'kyc.db')}`,
    remove: () => rm(folder, { recursive: true }),
  };
};
