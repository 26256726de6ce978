import { later } from './answers.js';
import type { Kit } from './kit.js';
import { TRIES } from './once.js';
import { deletionsOf, hashOf, keyOf, read, type SessionRecord } from './records.js';

const tryToForget = async ({ store }: Kit, live: string): Promise<boolean> => {
  const { value, version } = await read<{ readonly done?: string }>(store, live);
  // Where one is being made only now there is nothing to forget yet.
  const id = value?.done;
  if (id === undefined) return true;
  const { value: session } = await read<SessionRecord>(store, keyOf('session', id));
  const proofs = await read<readonly string[]>(store, keyOf('proofs', id));
  const all = [keyOf('session', id), keyOf('url', id), keyOf('submit', id), keyOf('proofs', id)];
  for (const context of proofs.value ?? []) all.push(keyOf('proof', id, context));
  if (session) {
    const { provider, providerId } = session;
    for (const key of ['progress', 'outbox', 'look'] as const)
      all.push(keyOf(key, provider, providerId));
  }
  return store.commit([{ key: live, expected: version }, ...(await deletionsOf(store, all))]);
};

/** Deletes what is kept of a person's live sessions. */
export const forget = async (kit: Kit, person: string): Promise<void> => {
  for (const provider of kit.providers.keys()) {
    for (const flow of ['hosted', 'capture'] as const) {
      const live = keyOf('live', await hashOf(person), provider, flow);
      let isDone = false;
      for (let i = 0; i < TRIES && !isDone; i += 1) isDone = await tryToForget(kit, live);
      if (!isDone) throw later('busy', 1000);
    }
  }
};
