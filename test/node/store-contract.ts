import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import type { KycStore } from '../../src/server/store.js';
import type { Place } from './store-places.js';
import { until } from './until.js';

/** What the contract is tried against. */
export interface Candidate {
  readonly name: string;
  /** Why it cannot be tried here. */
  readonly skip: string | false;
  /** Makes an empty place; answers with what opens one more connection to it. */
  readonly prepare: () => Promise<{
    readonly open: () => Promise<KycStore>;
    /** Absent where no other process can share it. */
    readonly place?: Place;
    readonly remove: () => Promise<void>;
  }>;
}

/** Adds one to the number under a key, however many others do so at the same time. */
export const increment = async (store: KycStore, key: string): Promise<void> => {
  for (;;) {
    const { value, version } = (await store.get(key)) ?? { value: '0', version: 0 };
    if (await store.commit([{ key, expected: version, value: String(Number(value) + 1) }])) return;
  }
};

const child = (place: Place, ...args: readonly string[]): ChildProcess =>
  spawn(
    execPath,
    ['--import=tsx', fileURLToPath(new URL('store-child.ts', import.meta.url)), place, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );

/** The lines that a process prints, one a call; `undefined` at the end. */
const linesOf = (process: ChildProcess): (() => Promise<string | undefined>) => {
  const lines = createInterface(process.stdout!)[Symbol.asyncIterator]() as AsyncIterator<
    string,
    undefined
  >;
  return async () => {
    const line: IteratorResult<string, undefined> = await lines.next();
    return line.value;
  };
};

/** For tests that wait for what another process says. */
const LIMIT = { timeout: 20_000 };

/** What every store has to keep to. */
export const storeContract = ({ name, skip, prepare }: Candidate): void => {
  describe(name, { skip }, () => {
    let prepared: Awaited<ReturnType<typeof prepare>>;
    let store: KycStore;
    let other: KycStore;
    before(async () => {
      prepared = await prepare();
      [store, other] = await Promise.all([prepared.open(), prepared.open()]);
    });
    after(async () => {
      await store.close();
      await other.close();
      await prepared.remove();
    });

    let keys = 0;
    const newKey = (): string => `key:${(keys += 1)}`;
    const versionOf = async (key: string): Promise<number> => (await store.get(key))?.version ?? 0;
    const put = async (key: string, value: string, more: object = {}): Promise<boolean> =>
      store.commit([{ key, expected: await versionOf(key), value, ...more }]);

    it('knows nothing of a key that was never written', async () => {
      equal(await store.get(newKey()), undefined);
    });

    it('gives back any text as it was', async () => {
      const texts = ['', 'naïve – 漢字 🪪 "quoted" \\ \n', "'; DROP TABLE kyc_entries; --"];
      for (const text of [...texts, 'x'.repeat(2_000_000)]) {
        const key = newKey();
        ok(await put(key, text));
        equal((await other.get(key))?.value, text);
      }
    });

    it('gives each write of a key a version that is higher, also after a deletion', async () => {
      const key = newKey();
      const versions: number[] = [0];
      for (const value of ['a', 'b', undefined, 'c', undefined, 'd']) {
        const expected = await versionOf(key);
        ok(await store.commit([{ key, expected, ...(value !== undefined && { value }) }]));
        if (value !== undefined) versions.push(await versionOf(key));
      }
      deepEqual(
        versions,
        [...new Set(versions)].sort((one, next) => one - next),
      );
    });

    it('refuses a write that expects another version, or none, or one', async () => {
      const key = newKey();
      equal(await store.commit([{ key, expected: 7, value: 'x' }]), false);
      ok(await put(key, 'a'));
      const version = await versionOf(key);
      equal(await store.commit([{ key, expected: 0, value: 'x' }]), false);
      ok(await put(key, 'b'));
      equal(await store.commit([{ key, expected: version, value: 'x' }]), false);
      equal(await store.commit([{ key, expected: version }]), false);
      equal((await store.get(key))?.value, 'b');
    });

    it('does all writes of a commit or none, whichever of them does not fit', async () => {
      const [one, two, three] = [newKey(), newKey(), newKey()];
      ok(await put(two, 'kept'));
      const writes = [
        { key: one, expected: 0, value: 'x' },
        { key: two, expected: await versionOf(two), value: 'x' },
        { key: three, expected: 0, value: 'x' },
      ];
      for (const wrong of [0, 1, 2]) {
        const spoilt = writes.map((write, i) =>
          i === wrong ? { ...write, expected: 999 } : write,
        );
        equal(await store.commit(spoilt), false);
        equal(await store.get(one), undefined);
        equal((await store.get(two))?.value, 'kept');
        equal(await store.get(three), undefined);
      }
      ok(await store.commit(writes));
      equal((await store.get(three))?.value, 'x');
    });

    it('lets an entry go when it expires, and counts on from its version', async () => {
      const key = newKey();
      ok(await put(key, 'a', { expires: Date.now() + 60 }));
      const version = await versionOf(key);
      notEqual(version, 0);
      await until('the end of the entry', async () => (await other.get(key)) === undefined);
      equal(await store.commit([{ key, expected: version, value: 'x' }]), false);
      ok(await store.commit([{ key, expected: 0, value: 'b' }]));
      ok((await versionOf(key)) > version);
    });

    it('never shows what has expired already', async () => {
      const key = newKey();
      ok(await put(key, 'a', { expires: Date.now() - 1 }));
      equal(await store.get(key), undefined);
    });

    it('keeps an entry that was written again without an end', async () => {
      const [kept, gone] = [newKey(), newKey()];
      const expires = Date.now() + 60;
      ok(await put(kept, 'a', { expires }));
      ok(await put(kept, 'b'));
      ok(await put(gone, 'a', { expires }));
      await until('the end of the other', async () => (await store.get(gone)) === undefined);
      equal((await store.get(kept))?.value, 'b');
    });

    it('takes what is no finite number for never, and does the rest of the commit', async () => {
      const never = [Infinity, -Infinity, NaN, Number.MAX_VALUE];
      for (const at of never) {
        const [one, two] = [newKey(), newKey()];
        ok(
          await store.commit([
            { key: one, expected: 0, value: 'x', due: at },
            { key: two, expected: 0, value: 'x', expires: at },
          ]),
        );
        equal((await other.get(one))?.value, 'x');
        equal((await other.get(two))?.value, 'x');
      }
      deepEqual(await store.due(Date.now(), 10), []);
    });

    it('takes a fraction of a millisecond', async () => {
      const key = newKey();
      ok(await put(key, 'x', { expires: Date.now() + 3_600_000.5, due: 1000.5 }));
      deepEqual(await store.due(1001, 10), [key]);
      ok(await put(key, 'x'));
    });

    it('finds what is due, the longest due first, and no more than was asked for', async () => {
      const [late, early, never, future] = [newKey(), newKey(), newKey(), newKey()];
      ok(await put(late, 'x', { due: 2000 }));
      ok(await put(early, 'x', { due: 1000 }));
      ok(await put(never, 'x'));
      ok(await put(future, 'x', { due: Date.now() + 3_600_000 }));
      deepEqual(await other.due(2000, 10), [early, late]);
      deepEqual(await other.due(1999, 10), [early]);
      deepEqual(await other.due(Date.now(), 1), [early]);
      deepEqual(await other.due(999, 10), []);
      for (const key of [late, early, future]) ok(await put(key, 'x'));
    });

    it('forgets that a key was due once it is written without, deleted or expired', async () => {
      const [again, deleted, expired] = [newKey(), newKey(), newKey()];
      const expires = Date.now() + 60;
      for (const key of [again, deleted]) ok(await put(key, 'x', { due: 1 }));
      ok(await put(expired, 'x', { due: 1, expires }));
      equal((await store.due(1, 10)).length, 3);
      ok(await put(again, 'y'));
      ok(await store.commit([{ key: deleted, expected: await versionOf(deleted) }]));
      await until('the end of the entry', async () => (await store.get(expired)) === undefined);
      deepEqual(await store.due(1, 10), []);
    });

    it('loses no write of many at once over two connections', async () => {
      const key = newKey();
      const all = [store, other].flatMap((one) => Array.from({ length: 40 }, () => one));
      await Promise.all(all.map((one) => increment(one, key)));
      equal((await store.get(key))?.value, '80');
    });

    it('lets one of many that reserve the same key at once have it', async () => {
      const key = newKey();
      const won = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          (i % 2 ? store : other).commit([{ key, expected: 0, value: String(i) }]),
        ),
      );
      equal(won.filter(Boolean).length, 1);
      equal((await store.get(key))?.value, String(won.indexOf(true)));
    });

    it('tells all who watch a key of writes by either connection, and of its deletion', async () => {
      const key = newKey();
      const heard = [0, 0, 0];
      const ends = await Promise.all([
        store.watch(key, () => (heard[0]! += 1)),
        store.watch(key, () => (heard[1]! += 1)),
        other.watch(key, () => (heard[2]! += 1)),
      ]);
      const change = async (who: KycStore, value?: string): Promise<void> => {
        const seen = [...heard];
        const expected = await versionOf(key);
        ok(await who.commit([{ key, expected, ...(value !== undefined && { value }) }]));
        await until('word of the change', () => heard.every((count, i) => count > seen[i]!));
      };
      await change(store, 'a');
      await change(other, 'b');
      await change(store);
      ends.forEach((end) => end());
    });

    it('tells nobody who has ended the watch, and goes on for the others', async () => {
      const [key, another] = [newKey(), newKey()];
      const heard = { ended: 0, going: 0, another: 0 };
      const end = await store.watch(key, () => (heard.ended += 1));
      const ends = [
        await store.watch(key, () => (heard.going += 1)),
        await store.watch(another, () => (heard.another += 1)),
      ];
      end();
      ok(await put(key, 'a'));
      await until('word of the change', () => heard.going > 0);
      deepEqual([heard.ended, heard.another], [0, 0]);
      ends.forEach((each) => each());
    });

    it('tells another process', LIMIT, async (t) => {
      if (!prepared.place) {
        t.skip('is not shared');
        return;
      }
      const key = newKey();
      const watching = child(prepared.place, 'watch', key);
      const line = linesOf(watching);
      equal(await line(), 'ready');
      ok(await put(key, 'told'));
      equal(await line(), 'told');
      await once(watching, 'exit');
    });

    it(
      'loses nothing that was acknowledged when one of two processes is killed',
      LIMIT,
      async (t) => {
        if (!prepared.place) {
          t.skip('is not shared');
          return;
        }
        const key = newKey();
        const times = 150;
        const [victim, survivor] = ['100000', String(times)].map((count) =>
          child(prepared.place!, 'increment', key, count),
        ) as [ChildProcess, ChildProcess];
        const [victimSays, survivorSays] = [linesOf(victim), linesOf(survivor)];
        let acknowledged = 0;
        while (acknowledged < 50) acknowledged = Number(await victimSays()) || 0;
        victim.kill('SIGKILL');
        for (let said = await victimSays(); said !== undefined; said = await victimSays())
          acknowledged = Number(said) || acknowledged;
        while ((await survivorSays()) !== undefined);
        const counted = Number((await store.get(key))?.value) - times;
        // What it did last it may have had no time to say.
        ok(counted === acknowledged || counted === acknowledged + 1, `${counted}/${acknowledged}`);
      },
    );
  });
};
