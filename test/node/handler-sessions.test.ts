import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { memoryStore, type KycStore, type StartedSession } from '../../src/server/index.js';
import { type Merchant, startMerchant, veriffIdIn } from './merchant.js';
import { withoutRedis } from './redis-server.js';
import { newPlace, openStore } from './store-places.js';
import { until } from './until.js';
import { startVendor, type Vendor, veriffDecision, veriffEvent } from './vendor.js';

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
    ok(await store.commit([{ key: 'live:mia:veriff:hosted', expected: 0, value }]));
    const started = await merchant.start('mia');
    ok(started.url);
    ok(Date.now() >= until);
    equal(vendor.made(), 1);
  });

  const outcomes = [
    { decision: 'approved', isSame: true, hasUrl: false },
    { decision: 'review', isSame: true, hasUrl: false },
    { decision: 'something_new', isSame: true, hasUrl: false },
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
