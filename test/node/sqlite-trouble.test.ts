import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';

import Database from 'libsql';

import { sqliteStore, type SqliteStoreOptions } from '../../src/server/sqlite.js';
import { until } from './until.js';

/** A store in a file, and another connection to it. */
const open = async (context: TestContext, options?: SqliteStoreOptions) => {
  const folder = await mkdtemp(join(tmpdir(), 'kyc-sqlite-'));
  const [database, other] = [0, 1].map(() => new Database(join(folder, 'kyc.db')));
  const store = sqliteStore(database!, options);
  context.after(async () => {
    await store.close();
    database!.close();
    other!.close();
    await rm(folder, { recursive: true });
  });
  return { folder, database: database!, other: other!, store };
};

const isOnDisk = async (folder: string, text: string): Promise<boolean> => {
  const files = (await readdir(folder)).map(async (name) => readFile(join(folder, name)));
  return (await Promise.all(files)).some((file) => file.includes(text));
};

describe('a store in SQLite, while another connection writes', () => {
  it('waits, and lets others in the process work meanwhile', async (context) => {
    const { other, store } = await open(context, { busyTimeout: 2000 });
    other.exec('BEGIN IMMEDIATE');
    const committed = store.commit([{ key: 'a', expected: 0, value: 'x' }]);
    // Only comes to it where the store does not hold this thread.
    setTimeout(() => other.exec('COMMIT'), 30);
    assert.equal(await committed, true);
    assert.equal((await store.get('a'))?.value, 'x');
  });

  it('gives up after the time it was given, and says why', async (context) => {
    const { other, store } = await open(context, { busyTimeout: 50 });
    other.exec('BEGIN IMMEDIATE');
    const committed = store.commit([{ key: 'a', expected: 0, value: 'x' }]);
    await assert.rejects(committed, { code: 'SQLITE_BUSY' });
    other.exec('COMMIT');
    assert.equal(await store.commit([{ key: 'a', expected: 0, value: 'x' }]), true);
  });
});

describe('a store in SQLite, on a disk', () => {
  it('says that it is full, does nothing of the commit, and goes on', async (context) => {
    const { database, store } = await open(context);
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as {
      page_count: number;
    };
    database.exec(`PRAGMA max_page_count = ${pages}`);
    const big = { key: 'big', expected: 0, value: 'x'.repeat(1_000_000) };
    const small = { key: 'small', expected: 0, value: 'x' };
    await assert.rejects(store.commit([small, big]), { code: 'SQLITE_FULL' });
    assert.equal(await store.get('small'), undefined);
    assert.equal(await store.commit([small]), true);
  });

  it('leaves no trace there of what has expired, though nothing is written', async (context) => {
    const { folder, store } = await open(context);
    const value = 'THE PICTURE'.repeat(10_000);
    const expires = Date.now() + 50;
    assert.ok(await store.commit([{ key: 'proof', expected: 0, value, expires }]));
    assert.equal(await isOnDisk(folder, 'THE PICTURE'), true);
    await until('the end of the entry', async () => (await store.get('proof')) === undefined);
    await store.due(Date.now(), 1);
    assert.equal(await isOnDisk(folder, 'THE PICTURE'), false);
  });
});
