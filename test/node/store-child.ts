/* A process of its own on a shared store: `store-child.ts PLACE increment KEY TIMES` or `… watch KEY`. */
import { argv } from 'node:process';

import { type Place, openStore } from './store-places.js';
import { increment } from './store-contract.js';

const [, , place, task, key = '', times] = argv;
const store = await openStore(place as Place);

if (task === 'increment') {
  console.log('ready');
  // Says after each that it is done: what was said must be in the store, whenever this is killed.
  for (let i = 1; i <= Number(times); i += 1) {
    await increment(store, key);
    console.log(String(i));
  }
} else {
  let end = (): void => undefined;
  const seen = new Promise<void>((resolve) => (end = resolve));
  const stop = await store.watch(key, end);
  console.log('ready');
  await seen;
  console.log((await store.get(key))?.value);
  stop();
}
await store.close();
