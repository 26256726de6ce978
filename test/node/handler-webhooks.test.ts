import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import {
  type DecidedSession,
  KycServerError,
  type KycStore,
  memoryStore,
} from '../../src/server/index.js';
import { type Merchant, startMerchant, veriffIdIn } from './merchant.js';
import { until } from './until.js';
import {
  clientsOf,
  shuftiCallback,
  type Signed,
  signVeriff,
  startVendor,
  type Vendor,
  veriffDecision,
  veriffEvent,
} from './vendor.js';

const DAY = '2026-11-01T10:00:00Z';
const NEXT_DAY = '2026-11-02T10:00:00Z';

describe('POST /webhooks/:provider', () => {
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

  it('makes the decision the state, and tells the merchant all of it', async () => {
    const session = await merchant.start('mia');
    const providerId = veriffIdIn(session);
    equal((await merchant.hook(veriffDecision(providerId, 'approved', DAY))).status, 204);
    const { version, ...status } = await merchant.status(session.id, 'mia');
    deepEqual(status, {
      id: session.id,
      provider: 'veriff',
      stage: 'submitted',
      decision: 'approved',
    });
    equal(version, 2);
    const [{ decision, ...told }] = merchant.told as [DecidedSession];
    deepEqual(told, { id: session.id, person: 'mia', provider: 'veriff', providerId });
    deepEqual([decision.word, decision.code, decision.at], ['approved', '9001', Date.parse(DAY)]);
    ok(JSON.stringify(decision.raw).includes('Mia'));
  });

  it('leaves nothing of the person in the store once the merchant was told', async () => {
    const providerId = veriffIdIn(await merchant.start('mia'));
    await merchant.hook(
      veriffDecision(providerId, 'approved', DAY, { reason: 'Mia Secret looks well' }),
    );
    equal(merchant.told[0]?.decision.reason, 'Mia Secret looks well');
    const progress = await store.get(`progress:veriff:${providerId}`);
    ok(progress && !progress.value.includes('Secret'));
    equal(await store.get(`outbox:veriff:${providerId}`), undefined);
  });

  it('remembers a session for as long as it lives, whenever something was heard of it', async (t) => {
    const brief = await startMerchant(vendor, { store, limits: { retention: 60_000 } });
    t.after(async () => brief.close());
    const session = await brief.start('mia');
    const id = veriffIdIn(session);
    await brief.hook(veriffEvent(id, 'started'));
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 24 * 3_600_000 });
    equal((await brief.status(session.id, 'mia')).stage, 'started');
    await brief.hook(veriffDecision(id, 'approved', DAY));
    equal(brief.told[0]?.person, 'mia');
  });

  it('moves the stage only forwards', async () => {
    const session = await merchant.start('mia');
    const id = veriffIdIn(session);
    const stages: string[] = [];
    for (const action of ['started', 'submitted', 'started'] as const) {
      equal((await merchant.hook(veriffEvent(id, action))).status, 204);
      stages.push((await merchant.status(session.id, 'mia')).stage);
    }
    deepEqual(stages, ['started', 'submitted', 'submitted']);
    deepEqual(merchant.told, []);
  });

  it('takes a repetition for nothing new', async () => {
    const session = await merchant.start('mia');
    const webhook = veriffDecision(veriffIdIn(session), 'approved', DAY);
    for (let i = 0; i < 5; i += 1) equal((await merchant.hook(webhook)).status, 204);
    equal((await merchant.status(session.id, 'mia')).version, 2);
    equal(merchant.told.length, 1);
  });

  it('keeps the later decision, in whichever order they come', async () => {
    const session = await merchant.start('mia');
    const id = veriffIdIn(session);
    await merchant.hook(veriffDecision(id, 'approved', NEXT_DAY));
    equal((await merchant.hook(veriffDecision(id, 'review', DAY))).status, 204);
    equal((await merchant.status(session.id, 'mia')).decision, 'approved');
    deepEqual(
      merchant.told.map(({ decision }) => decision.word),
      ['approved'],
    );
  });

  it('takes Shufti Pro callbacks likewise', async () => {
    const session = await merchant.start('mia', { provider: 'shufti-pro' });
    const reference = new URL(session.url!).pathname.split('/').at(-1)!;
    equal((await merchant.hook(shuftiCallback(reference, 'verification.accepted'))).status, 204);
    equal((await merchant.status(session.id, 'mia')).decision, 'approved');
    equal(merchant.told[0]?.person, 'mia');
  });

  it('stores and tells what it hears of sessions that were made elsewhere', async () => {
    const webhook = veriffDecision('of-the-back-office', 'declined', DAY);
    equal((await merchant.hook(webhook)).status, 204);
    const [{ id, person, providerId, decision }] = merchant.told as [DecidedSession];
    deepEqual(
      [id, person, providerId, decision.word],
      [undefined, undefined, 'of-the-back-office', 'declined'],
    );
  });

  it('asks the provider where the webhook only says that something changed', async () => {
    const session = await merchant.start('mia', { provider: 'shufti-pro' });
    const reference = new URL(session.url!).pathname.split('/').at(-1)!;
    vendor.decisions.set(reference, { event: 'verification.declined' });
    const webhook = shuftiCallback(reference, 'verification.status.changed');
    equal((await merchant.hook(webhook)).status, 204);
    equal((await merchant.status(session.id, 'mia')).decision, 'declined');
  });

  it('has it sent again where the provider cannot be asked', async () => {
    const session = await merchant.start('mia', { provider: 'shufti-pro' });
    const reference = new URL(session.url!).pathname.split('/').at(-1)!;
    vendor.trouble = () => 500;
    const answer = await merchant.hook(shuftiCallback(reference, 'verification.status.changed'));
    equal(answer.status, 503);
    ok(answer.headers.get('retry-after'));
  });

  it('has it sent again where the store fails, and tells nobody', async () => {
    const failing = await startMerchant(vendor, {
      store: {
        ...store,
        commit: async () => {
          throw new Error('disk of mia is full');
        },
      },
    });
    const answer = await failing.hook(veriffDecision('an-id', 'approved', DAY));
    equal(answer.status, 503);
    ok(!(await answer.text()).includes('mia'));
    deepEqual(failing.told, []);
    await failing.close();
  });

  it('answers 2xx although onDecision fails, and tells again until it does not', async () => {
    const words: string[] = [];
    const unlucky = await startMerchant(vendor, {
      store,
      limits: { retryDelay: 1 },
      onDecision: async ({ decision }) => {
        words.push(decision.word);
        if (words.length < 3) throw new Error('no database');
      },
    });
    equal((await unlucky.hook(veriffDecision('an-id', 'approved', DAY))).status, 204);
    await until('the third time', async () => {
      await unlucky.handler.deliverPending();
      return words.length >= 3;
    });
    equal(await unlucky.handler.deliverPending(), 0);
    deepEqual(words, ['approved', 'approved', 'approved']);
    equal(unlucky.failures.length, 2);
    await unlucky.close();
  });

  it('tells again by itself, without a request or a job', async () => {
    let times = 0;
    const unlucky = await startMerchant(vendor, {
      limits: { retryDelay: 1 },
      onDecision: async () => {
        times += 1;
        if (times === 1) throw new Error('no database');
      },
    });
    await unlucky.hook(veriffDecision('an-id', 'approved', DAY));
    await until('the second time', () => times === 2);
    await unlucky.close();
  });

  it('waits a while longer before each repetition', async () => {
    const unlucky = await startMerchant(vendor, {
      store,
      limits: { retryDelay: 60_000 },
      onDecision: () => {
        throw new Error('no database');
      },
    });
    await unlucky.hook(veriffDecision('an-id', 'approved', DAY));
    equal(await unlucky.handler.deliverPending(), 0);
    deepEqual(await store.due(Date.now() + 59_000, 10), []);
    deepEqual(await store.due(Date.now() + 61_000, 10), ['outbox:veriff:an-id']);
    await unlucky.close();
  });

  it('does not wait for an onDecision that hangs, and tells again later', async () => {
    let times = 0;
    const slow = await startMerchant(vendor, {
      limits: { decisionTimeout: 30, retryDelay: 1 },
      onDecision: async () => {
        times += 1;
        if (times === 1) await new Promise(() => undefined);
      },
    });
    equal((await slow.hook(veriffDecision('an-id', 'approved', DAY))).status, 204);
    await until('the second time', () => times === 2);
    await slow.close();
  });

  it('tells decisions of one session in order, also when the first is slow', async () => {
    const words: string[] = [];
    let release = (): void => undefined;
    const hold = new Promise<void>((resolve) => (release = resolve));
    const slow = await startMerchant(vendor, {
      store,
      onDecision: async ({ decision }) => {
        if (decision.word === 'review') await hold;
        words.push(decision.word);
      },
    });
    const first = slow.hook(veriffDecision('an-id', 'review', DAY));
    await until('the first', async () => store.get('outbox:veriff:an-id'));
    const second = await slow.hook(veriffDecision('an-id', 'approved', NEXT_DAY));
    equal(second.status, 204);
    release();
    await first;
    await until('both', () => words.length === 2);
    deepEqual(words, ['review', 'approved']);
    await slow.close();
  });

  const refused: readonly (readonly [string, number, string, () => RequestInit])[] = [
    ['no signature', 401, 'bad-signature', () => ({ headers: { 'X-Auth-Client': 'api-key' } })],
    [
      'a wrong signature',
      401,
      'bad-signature',
      () => ({
        headers: {
          ...veriffDecision('an-id', 'approved').headers,
          'X-HMAC-Signature': 'a'.repeat(64),
        },
      }),
    ],
    [
      'another client',
      401,
      'bad-signature',
      () => ({
        headers: { ...veriffDecision('an-id', 'approved').headers, 'X-Auth-Client': 'other' },
      }),
    ],
  ];
  for (const [name, status, code, init] of refused) {
    it(`refuses ${name} with ${status}, and stores nothing`, async () => {
      const { body, path } = veriffDecision('an-id', 'approved', DAY);
      const answer = await merchant.ask(path, { method: 'POST', body, ...init() });
      equal(answer.status, status);
      equal(((await answer.json()) as { error: { code: string } }).error.code, code);
      equal(await store.get('progress:veriff:an-id'), undefined);
      deepEqual(merchant.told, []);
    });
  }

  it('refuses a genuine body that it does not understand with 400', async () => {
    for (const body of ['', 'no JSON', '[]', '{"status":"success"}']) {
      equal((await merchant.hook(signVeriff(body))).status, 400, body);
    }
  });

  it('takes an id with half a character in it', async () => {
    const [client] = clientsOf(vendor.origin);
    const event = { providerId: 'an-id\ud800', stage: 'started', raw: {} } as const;
    const own = await startMerchant(vendor, {
      provider: {
        ...client,
        verifyWebhook: async () => ({ isAuthentic: true, isUnderstood: true, event }),
      },
    });
    const answer = await own.hook(veriffDecision('an-id', 'approved', DAY));
    await own.close();
    equal(answer.status, 204);
  });

  it('tells the merchant of what is genuine and not understood, always', async () => {
    await merchant.hook(signVeriff('{"status":"new"}'));
    await merchant.hook(signVeriff('{"status":"new"}'));
    deepEqual(
      merchant.failures.map((error) => (error as KycServerError).code),
      ['bad-answer', 'bad-answer'],
    );
  });

  it('tells the merchant of wrong signatures once a minute', async (t) => {
    const { body, path, headers } = veriffDecision('an-id', 'approved');
    const forged = { path, body: `${body} `, headers };
    await merchant.hook(forged);
    await merchant.hook(forged);
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 60_000 });
    await merchant.hook(forged);
    deepEqual(
      merchant.failures.map((error) => (error as KycServerError).code),
      ['bad-signature', 'bad-signature'],
    );
  });

  it('tells the merchant that a body was read before, and has it sent again', async () => {
    const { body, path, headers } = veriffDecision('an-id', 'approved');
    const request = new Request(`https://merchant.example${path}`, {
      method: 'POST',
      body,
      headers,
    });
    await request.text();
    equal((await merchant.handler(request)).status, 503);
    deepEqual(
      merchant.failures.map((error) => error instanceof KycServerError && error.code),
      ['bad-request'],
    );
  });

  it('refuses a body without end with 413', async () => {
    const { headers, path } = veriffDecision('an-id', 'approved');
    const body = `{"pad":"${'x'.repeat(1024 * 1024)}"}`;
    equal((await merchant.ask(path, { method: 'POST', headers, body })).status, 413);
  });

  it('needs nobody to be signed in, and asks nobody who it is', async () => {
    const curious = await startMerchant(vendor, {
      identify: () => {
        throw new Error('asked');
      },
    });
    equal((await curious.hook(veriffDecision('an-id', 'approved', DAY))).status, 204);
    await curious.close();
  });

  describe('after pictures that were wanted anew', () => {
    const wanted = (id: string, attemptId: string, at: string): Signed =>
      veriffDecision(id, 'resubmission_requested', at, { attemptId });

    it('is no news to a page that an earlier try, told of late, was handed in', async () => {
      const session = await merchant.start('mia');
      const id = veriffIdIn(session);
      await merchant.hook(wanted(id, 'try-1', DAY));
      const before = await merchant.status(session.id, 'mia');
      await merchant.hook(veriffEvent(id, 'submitted', 'try-1'));
      deepEqual(await merchant.status(session.id, 'mia'), before);
    });

    it('lets whoever sent them in wait again, in whatever order it is told', async () => {
      for (const order of [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
      ]) {
        const person = `mia ${order.join('')}`;
        const session = await merchant.start(person);
        const id = veriffIdIn(session);
        const told = [
          veriffEvent(id, 'submitted', 'try-1'),
          wanted(id, 'try-1', DAY),
          veriffEvent(id, 'submitted', 'try-2'),
        ];
        for (const at of order) await merchant.hook(told[at]!);
        equal((await merchant.status(session.id, person)).decision, 'pending', order.join());
        equal((await merchant.start(person)).url, undefined);
        await merchant.hook(wanted(id, 'try-2', NEXT_DAY));
        const { decision } = await merchant.status(session.id, person);
        equal(decision, 'resubmission-requested', order.join());
        equal((await merchant.start(person)).url, session.url);
      }
    });
  });
});
