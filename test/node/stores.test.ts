import { memoryStore } from '../../src/server/memory.js';
import { withoutRedis } from './redis-server.js';
import { storeContract } from './store-contract.js';
import { newPlace, openStore } from './store-places.js';

storeContract({
  name: 'the store in memory',
  skip: false,
  prepare: async () => {
    const store = memoryStore();
    return { open: async () => store, remove: async () => undefined };
  },
});

for (const kind of ['sqlite', 'redis'] as const) {
  storeContract({
    name: kind === 'sqlite' ? 'the store in SQLite' : 'the store in Redis',
    skip: kind === 'redis' && withoutRedis,
    prepare: async () => {
      const { place, remove } = await newPlace(kind);
      return { place, remove, open: () => openStore(place) };
    },
  });
}
