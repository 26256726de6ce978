import { createHash } from 'node:crypto';
import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { memoryStore, type KycStore, type StartedSession } from '../../src/server/index.js';
import { type Merchant, startMerchant, veriffIdIn } from './merchant.js';
import { withoutRedis } from './redis-server.js';
import { newPlace, openStore } from './store-places.js';
import { until } from './until.js';
import { startVendor, type Vendor, veriffDecision, veriffEvent } from './vendor.js';

const liveKey = (person: string): string =>
  `live:${createHash('sha256').update(JSON.stringify(person)).digest('hex')}:veriff:hosted`;

describe('POST /sessions', () => {
  let vendor: Vendor;
  let merchant: Merchant;
  let store: KycStore;
  before(async () => {
    vendor = await startVendor();
  });
  after(async () => vendor.close());
  beforeEach(async () => {
    vendor.asked.length = 0;
    vendor.trouble = () => undefined;
    store = memoryStore();
    merchant = await startMerchant(vendor, { store });
  });
  afterEach(async () => merchant.close());

  it('makes a session at the provider, with the state in its callback URL', async () => {
    const answer = await merchant.post('/sessions', 'mia', { language: 'de-AT' });
    const { id, url, provider, state, status } = (await answer.json()) as StartedSession;
    equal(answer.status, 201);
    match(id, /^[\da-f]{32}$/);
    match(state, /^[\w-]{22,128}$/);
    match(url!, /^https:\/\/magic\.veriff\.me\/v\//);
    deepEqual(
      { provider, status },
      {
        provider: 'veriff',
        status: { id, provider: 'veriff', stage: 'created', decision: 'pending', version: 1 },
      },
    );
    const { verification } = vendor.asked[0]!.body as { verification: Record<string, string> };
    const callback = new URL(verification['callback']!);
    equal(callback.searchParams.get('kyc-state'), state);
    equal(callback.searchParams.get('from'), 'kyc');
    equal(verification['lang'], 'de-AT');
    match(verification['vendorData']!, /^[\da-f]{32}$/);
  });

  it('goes to the provider that the page names, and tells it where its webhooks go', async () => {
    const { provider, url } = await merchant.start('mia', { provider: 'shufti-pro' });
    equal(provider, 'shufti-pro');
    match(url!, /^https:\/\/app\.shuftipro\.com\//);
    equal(
      vendor.asked[0]?.body['callback_url'],
      'https://merchant.example/kyc/webhooks/shufti-pro',
    );
  });

  it('gives the same person the live session back, and another person another', async () => {
    const first = await merchant.start('mia');
    const again = await merchant.post('/sessions', 'mia');
    equal(again.status, 200);
    deepEqual(await again.json(), first);
    notEqual((await merchant.start('noa')).id, first.id);
    equal(vendor.made(), 2);
  });

  it('keeps a session for each provider and each flow', async () => {
    const ids = [
      await merchant.start('mia'),
      await merchant.start('mia', { provider: 'shufti-pro' }),
      await merchant.start('mia', { flow: 'capture' }),
    ].map(({ id }) => id);
    equal(new Set(ids).size, 3);
  });

  it('mixes up no people whose names are made to look like keys', async () => {
    const first = await merchant.start('a:veriff:hosted');
    const second = await merchant.start('a%3Averiff%3Ahosted');
    notEqual(first.id, second.id);
  });

  it('makes one session of many clicks at once', async () => {
    vendor.trouble = async () => wait(30, undefined);
    const all = await Promise.all(Array.from({ length: 20 }, () => merchant.start('mia')));
    equal(new Set(all.map(({ id }) => id)).size, 1);
    equal(new Set(all.map(({ url }) => url)).size, 1);
    equal(vendor.made(), 1);
  });

  for (const kind of ['sqlite', 'redis'] as const) {
    const skip = kind === 'redis' && withoutRedis;
    it(`makes one session of many clicks at two servers on one ${kind}`, { skip }, async () => {
      const { place, remove } = await newPlace(kind);
      const stores = await Promise.all([openStore(place), openStore(place)]);
      const merchants = await Promise.all(
        stores.map(async (each) => startMerchant(vendor, { store: each })),
      );
      vendor.trouble = async () => wait(30, undefined);
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, i) => merchants[i % 2]!.start('mia')),
      );
      equal(new Set(all.map(({ id }) => id)).size, 1);
      equal(vendor.made(), 1);
      await Promise.all(merchants.map(async (each) => each.close()));
      await Promise.all(stores.map(async (each) => each.close()));
      await remove();
    });
  }

  it('takes over from a server that died while it asked the provider', async () => {
    const until = Date.now() + 150;
    const value = JSON.stringify({ token: 'of the dead', until });
    ok(await store.commit([{ key: liveKey('mia'), expected: 0, value }]));
    const started = await merchant.start('mia');
    ok(started.url);
    ok(Date.now() >= until);
    equal(vendor.made(), 1);
  });

  const outcomes = [
    { decision: 'approved', isSame: true, hasUrl: false },
    { decision: 'review', isSame: true, hasUrl: false },
    { decision: 'something_new', isSame: true, hasUrl: true },
    { decision: 'resubmission_requested', isSame: true, hasUrl: true },
    { decision: 'declined', isSame: false, hasUrl: true },
    { decision: 'expired', isSame: false, hasUrl: true },
    { decision: 'abandoned', isSame: false, hasUrl: true },
  ];
  for (const { decision, isSame, hasUrl } of outcomes) {
    it(`gives ${isSame ? 'the same' : 'a new'} session ${hasUrl ? 'with' : 'without'} its URL after ${decision}`, async () => {
      const first = await merchant.start('mia');
      await merchant.hook(veriffDecision(veriffIdIn(first), decision, '2026-11-01T10:00:00Z'));
      const next = await merchant.start('mia');
      equal(next.id === first.id, isSame);
      equal(next.url !== undefined, hasUrl);
      if (isSame) equal(next.url ?? first.url, first.url);
    });
  }

  it('keeps the URL while the person has only begun, and hides it once they handed in', async () => {
    const first = await merchant.start('mia');
    await merchant.hook(veriffEvent(veriffIdIn(first), 'started'));
    equal((await merchant.start('mia')).url, first.url);
    await merchant.hook(veriffEvent(veriffIdIn(first), 'submitted'));
    const later = await merchant.start('mia');
    deepEqual([later.id, later.url, later.status.stage], [first.id, undefined, 'submitted']);
  });

  it('lets the URL go from the store with the last decision', async () => {
    const first = await merchant.start('mia');
    equal((await store.get(`url:${first.id}`))?.value, first.url);
    await merchant.hook(veriffDecision(veriffIdIn(first), 'approved', '2026-11-01T10:00:00Z'));
    equal(await store.get(`url:${first.id}`), undefined);
  });

  it('makes a new session when the URL is good no more', async (t) => {
    const first = await merchant.start('mia');
    // Only the clock is moved: all else is as it is.
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 7 * 24 * 3_600_000 + 1 });
    notEqual((await merchant.start('mia')).id, first.id);
  });

  it('locks nobody out for good whose decision never comes', async (t) => {
    for (const decision of [undefined, 'something_new']) {
      const person = String(decision);
      const first = await merchant.start(person);
      const id = veriffIdIn(first);
      await merchant.hook(veriffEvent(id, 'submitted'));
      if (decision) await merchant.hook(veriffDecision(id, decision, '2026-11-01T10:00:00Z'));
      const waiting = await merchant.start(person);
      deepEqual([waiting.id, waiting.url], [first.id, undefined]);
      t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 8 * 24 * 3_600_000 - 60_000 });
      equal((await merchant.start(person)).id, first.id);
      t.mock.timers.setTime(Date.now() + 120_000);
      notEqual((await merchant.start(person)).id, first.id);
      t.mock.timers.reset();
    }
  });

  it('shows no person in the names of keys, and mixes up no half characters', async () => {
    const names: string[] = [];
    const people = ['mia@example.com', 'a\ud800', 'a\ud801'];
    const ids = new Set<string>();
    for (const person of people) {
      const other = await startMerchant(vendor, {
        identify: () => person,
        store: {
          ...store,
          commit: async (writes) => {
            names.push(...writes.map(({ key }) => key));
            return store.commit(writes);
          },
        },
      });
      ids.add((await other.start('')).id);
      await other.close();
    }
    equal(ids.size, 3);
    deepEqual(
      names.filter((key) => key.includes('mia')),
      [],
    );
  });

  it('waits no longer for the merchant’s details than for the provider, and makes none then', async () => {
    let go = (): void => undefined;
    let isDone = false;
    const slow = await startMerchant(vendor, {
      limits: { providerTimeout: 20 },
      details: async () => {
        await new Promise<void>((resolve) => (go = resolve));
        setImmediate(() => (isDone = true));
        return {};
      },
    });
    equal((await slow.post('/sessions', 'mia')).status, 500);
    go();
    await until('the details', () => isDone);
    equal(vendor.made(), 0);
    await slow.close();
  });

  it('asks a store whose clock is far ahead no more than now and then', async () => {
    let commits = 0;
    const ahead = await startMerchant(vendor, {
      limits: { providerTimeout: 1 },
      store: {
        ...store,
        commit: async (writes) => {
          const isSlot = writes.some(({ key }) => key.startsWith('live:'));
          if (isSlot) commits += 1;
          return isSlot || store.commit(writes);
        },
      },
    });
    const answer = ahead.post('/sessions', 'mia').catch(() => undefined);
    await wait(200);
    ok(commits > 1 && commits <= 11, String(commits));
    await ahead.close();
    await answer;
  });

  it('forgets a person on the merchant’s word, and nobody else', async () => {
    const values: string[] = [];
    const mia = await merchant.start('mia');
    const capture = await merchant.start('mia', { provider: 'shufti-pro', flow: 'capture' });
    const noa = await merchant.start('noa');
    await merchant.ask(`/sessions/${capture.id}/media?context=face`, {
      method: 'POST',
      body: Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]),
      headers: { 'X-Person': 'mia', 'Content-Type': 'image/jpeg', 'Idempotency-Key': 'a' },
    });
    ok(await store.get(`proof:${capture.id}:face`));
    await merchant.handler.forget('mia');
    for (const id of [mia.id, capture.id]) {
      for (const kind of ['session', 'url', 'proofs', 'submit']) {
        values.push((await store.get(`${kind}:${id}`))?.value ?? '');
      }
    }
    values.push((await store.get(`proof:${capture.id}:face`))?.value ?? '');
    values.push((await store.get(`progress:veriff:${veriffIdIn(mia)}`))?.value ?? '');
    equal(values.join(''), '');
    notEqual((await merchant.start('mia')).id, mia.id);
    equal((await merchant.start('noa')).id, noa.id);
    await merchant.handler.forget('nobody');
  });

  it('refuses the eleventh new session of an hour, and says when the next may be', async () => {
    for (let i = 0; i < 10; i += 1) {
      const session = await merchant.start('mia');
      await merchant.hook(veriffDecision(veriffIdIn(session), 'declined', '2026-11-01T10:00:00Z'));
    }
    const answer = await merchant.post('/sessions', 'mia');
    equal(answer.status, 429);
    const seconds = Number(answer.headers.get('retry-after'));
    ok(seconds > 3500 && seconds <= 3600, String(seconds));
    equal(vendor.made(), 10);
    ok((await merchant.start('noa')).url);
  });

  it('refuses the sixty-first request of a minute', async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 60; i += 1) statuses.add((await merchant.post('/sessions', 'mia')).status);
    deepEqual([...statuses], [201, 200]);
    equal((await merchant.post('/sessions', 'mia')).status, 429);
    equal(vendor.made(), 1);
  });

  const troubles = [
    { vendorSays: 500, status: 503, code: 'provider-down', retryAfter: '7' },
    { vendorSays: 429, status: 503, code: 'provider-down', retryAfter: '7' },
    { vendorSays: 401, status: 502, code: 'provider-refused', retryAfter: null },
    { vendorSays: 402, status: 502, code: 'provider-refused', retryAfter: null },
    { vendorSays: 400, status: 502, code: 'provider-refused', retryAfter: null },
  ];
  for (const { vendorSays, status, code, retryAfter } of troubles) {
    it(`answers ${status} ${code} where the provider says ${vendorSays}, and the next try goes on`, async () => {
      vendor.trouble = () => vendorSays;
      const answer = await merchant.post('/sessions', 'mia');
      const { error } = (await answer.json()) as { error: { code: string; message: string } };
      deepEqual([answer.status, error.code], [status, code]);
      equal(answer.headers.get('retry-after'), retryAfter);
      ok(!JSON.stringify(error).includes('private'));
      equal(merchant.failures.length, 1);
      vendor.trouble = () => undefined;
      ok((await merchant.start('mia')).url);
    });
  }

  it('answers 503 where the provider does not answer in time', async () => {
    const quick = await startMerchant(vendor, { limits: { providerTimeout: 50 } });
    let answered = false;
    vendor.trouble = async () => {
      await wait(200);
      answered = true;
      return undefined;
    };
    equal((await quick.post('/sessions', 'mia')).status, 503);
    await until('the vendor', () => answered);
    await quick.close();
  });

  const bad: readonly (readonly [string, unknown])[] = [
    ['an unknown provider', { provider: 'nobody' }],
    ['a provider that is no text', { provider: ['veriff'] }],
    ['an unknown flow', { flow: 'magic' }],
    ['a language that is none', { language: 'de_AT; drop' }],
    ['a list', []],
    ['null', null],
  ];
  for (const [name, body] of bad) {
    it(`refuses ${name} with 400, and asks nobody`, async () => {
      equal((await merchant.post('/sessions', 'mia', body)).status, 400);
      equal(vendor.asked.length, 0);
    });
  }
});
