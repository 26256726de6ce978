import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import {
  type KycHandlerOptions,
  type KycStore,
  memoryStore,
  type SessionStatus,
  type StartedSession,
} from '../../src/server/index.js';
import { as, type Merchant, startMerchant } from './merchant.js';
import { until } from './until.js';
import { type Asked, startVendor, type Vendor, veriffDecision } from './vendor.js';

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);
const OTHER_JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 9, 9, 9, 9]);

describe('proofs that the merchant’s page collects', () => {
  let vendor: Vendor;
  let merchant: Merchant;
  let store: KycStore;
  let session: StartedSession;
  const begin = async (
    provider: 'veriff' | 'shufti-pro',
    options: Partial<KycHandlerOptions> = {},
  ): Promise<void> => {
    store = memoryStore();
    merchant = await startMerchant(vendor, { store, ...options });
    session = await merchant.start('mia', { provider, flow: 'capture' });
    vendor.asked.length = 0;
  };
  before(async () => {
    vendor = await startVendor();
  });
  after(async () => vendor.close());
  beforeEach(() => {
    vendor.trouble = () => undefined;
  });
  afterEach(async () => merchant.close());

  const send = async (
    context: string,
    key: string | undefined,
    body: Uint8Array<ArrayBuffer> = JPEG,
    type = 'image/jpeg',
  ): Promise<Response> =>
    merchant.ask(`/sessions/${session.id}/media?context=${context}`, {
      method: 'POST',
      body,
      headers: {
        ...as('mia'),
        'Content-Type': type,
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
    });
  const submit = async (): Promise<Response> =>
    merchant.post(`/sessions/${session.id}/submit`, 'mia');
  const sent = (): readonly Asked[] => vendor.asked.filter(({ path }) => path.endsWith('/media'));

  it('are not taken where the merchant has not asked for it', async () => {
    merchant = await startMerchant(vendor, { without: 'capture' });
    session = await merchant.start('mia');
    vendor.asked.length = 0;
    for (const answer of [await send('face', 'a'), await submit()]) {
      equal(answer.status, 404);
    }
    const refusal = await merchant.post('/sessions', 'mia', { flow: 'capture' });
    equal(refusal.status, 400);
    equal(((await refusal.json()) as { error: { code: string } }).error.code, 'no-capture');
    equal(vendor.asked.length, 0);
  });

  it('begin with a session that has no URL', async () => {
    await begin('veriff');
    equal(session.url, undefined);
    deepEqual((await merchant.start('mia', { flow: 'capture' })).id, session.id);
  });

  it('go to Veriff as they come, each once, and are handed in once', async () => {
    await begin('veriff');
    equal((await send('face', 'a')).status, 204);
    equal((await send('document-front', 'b', OTHER_JPEG)).status, 204);
    equal((await send('face', 'a')).status, 204);
    deepEqual(
      sent().map(({ body }) => (body as { image: { context: string } }).image.context),
      ['face', 'document-front'],
    );
    const answers = [await submit(), await submit()];
    deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    const [one, two] = await Promise.all(
      answers.map(async (each) => each.json() as Promise<SessionStatus>),
    );
    deepEqual(one, two);
    equal(one?.stage, 'submitted');
    equal(vendor.asked.filter(({ method }) => method === 'PATCH').length, 1);
  });

  it('are sent once also when the same one comes twice at once', async () => {
    await begin('veriff');
    vendor.trouble = async () => wait(30, undefined);
    const answers = await Promise.all(Array.from({ length: 8 }, async () => send('face', 'a')));
    ok(answers.every(({ status }) => status === 204));
    equal(sent().length, 1);
  });

  it('are sent again after a failure, with the same key', async () => {
    await begin('veriff');
    vendor.trouble = () => 503;
    equal((await send('face', 'a')).status, 503);
    vendor.trouble = () => undefined;
    equal((await send('face', 'a')).status, 204);
  });

  it('are bad ones where the provider will not take them, and the merchant is told', async () => {
    await begin('veriff');
    for (const status of [400, 413]) {
      vendor.trouble = () => status;
      const answer = await send('face', 'a');
      equal(answer.status, 400);
      equal(((await answer.json()) as { error: { code: string } }).error.code, 'bad-proof');
    }
    equal(merchant.failures.length, 2);
    vendor.trouble = () => 401;
    equal((await send('face', 'a')).status, 502);
    vendor.trouble = () => undefined;
    equal((await send('face', 'a')).status, 204);
  });

  const arriving = (body: BodyInit): Request =>
    new Request(`${merchant.base}/sessions/${session.id}/media?context=face`, {
      method: 'POST',
      body,
      headers: { ...as('mia'), 'Content-Type': 'image/jpeg', 'Idempotency-Key': 'a' },
      duplex: 'half',
    } as RequestInit);

  it('leave nothing behind where the line breaks on their way, and come again', async () => {
    await begin('veriff');
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(JPEG),
      pull: (controller) => controller.error(new Error('aborted')),
    });
    equal((await merchant.handler(arriving(broken))).status, 503);
    deepEqual(merchant.failures, []);
    equal(sent().length, 0);
    equal((await send('face', 'a')).status, 204);
  });

  it('are missed aloud where somebody else has read them', async () => {
    await begin('veriff');
    const request = arriving(JPEG);
    await request.arrayBuffer();
    equal((await merchant.handler(request)).status, 500);
    equal(merchant.failures.length, 1);
  });

  it('are refused where one key stands for two of them', async () => {
    await begin('veriff');
    equal((await send('face', 'a')).status, 204);
    equal((await send('face', 'a', OTHER_JPEG)).status, 409);
    equal((await send('document-front', 'a')).status, 409);
    equal(sent().length, 1);
  });

  it('wait in the store for Shufti Pro, go all at once, and are gone with that', async () => {
    await begin('shufti-pro');
    equal((await send('face', 'a')).status, 204);
    equal((await send('face', 'b', OTHER_JPEG)).status, 204);
    equal(vendor.asked.length, 0);
    ok(await store.get(`proof:${session.id}:face`));
    const status = (await (await submit()).json()) as SessionStatus;
    deepEqual([status.stage, status.decision], ['submitted', 'approved']);
    const face = vendor.asked[0]?.body['face'] as { proof: string };
    ok(face.proof.endsWith(Buffer.from(OTHER_JPEG).toString('base64')), 'the one that came last');
    equal(await store.get(`proof:${session.id}:face`), undefined);
    equal(await store.get(`proofs:${session.id}`), undefined);
    equal(merchant.told[0]?.decision.word, 'approved');
    equal((await submit()).status, 200);
    equal(vendor.asked.length, 1);
  });

  it('wait no longer than an hour', async (t) => {
    await begin('shufti-pro', { limits: { proofLife: 24 * 3_600_000 } });
    equal((await send('face', 'a')).status, 204);
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 3_600_001 });
    equal(await store.get(`proof:${session.id}:face`), undefined);
  });

  it('are no more than so many', async () => {
    await begin('shufti-pro', { limits: { proofs: 1 } });
    equal((await send('face', 'a')).status, 204);
    equal((await send('document', 'b')).status, 409);
    equal((await send('face', 'c')).status, 204);
  });

  it('are no more than so many in an hour, however often they come, and are not read then', async () => {
    await begin('veriff', { limits: { proofsPerHour: 2, proofSize: 1000 } });
    equal((await send('face', 'a')).status, 204);
    equal((await send('face', 'b', OTHER_JPEG)).status, 204);
    const answer = await send('face', 'c', new Uint8Array(2000));
    equal(answer.status, 429);
    ok(Number(answer.headers.get('retry-after')) > 3500);
    equal(sent().length, 2);
  });

  for (const provider of ['shufti-pro', 'veriff'] as const) {
    it(`are refused while the others are being handed in to ${provider}`, async () => {
      await begin(provider);
      equal((await send('face', 'a')).status, 204);
      vendor.asked.length = 0;
      let go = (): void => undefined;
      const hold = new Promise<undefined>((resolve) => (go = () => resolve(undefined)));
      vendor.trouble = async () => hold;
      const submitted = submit();
      await until('the submission', () => vendor.asked.length === 1);
      equal((await send(provider === 'veriff' ? 'document-front' : 'document', 'b')).status, 409);
      go();
      equal((await submitted).status, 200);
      equal(vendor.asked.length, 1);
    });
  }

  it('are sent none where one that was taken has expired, until it came again', async (t) => {
    const document = { supported_types: ['passport'] };
    const details = { email: 'mia@example.com', face: {}, document, verification_mode: 'any' };
    await begin('shufti-pro', { limits: { proofLife: 60_000 }, details: () => details });
    equal((await send('document', 'a')).status, 204);
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 40_000 });
    equal((await send('face', 'b')).status, 204);
    t.mock.timers.setTime(Date.now() + 40_000);
    equal((await submit()).status, 409);
    equal(vendor.asked.length, 0);
    equal((await send('document', 'a')).status, 204);
    equal((await submit()).status, 200);
    ok('document' in vendor.asked[0]!.body);
  });

  it('come back from the store as they were, each byte', async () => {
    await begin('shufti-pro');
    const bytes = new Uint8Array(100_001).map((_, i) => i % 256);
    bytes.set(JPEG);
    equal((await send('face', 'a', bytes)).status, 204);
    equal((await submit()).status, 200);
    const face = vendor.asked[0]?.body['face'] as { proof: string };
    ok(face.proof.endsWith(`,${Buffer.from(bytes).toString('base64')}`));
  });

  it('come too late after the submission', async () => {
    await begin('veriff');
    await submit();
    equal((await send('face', 'a')).status, 409);
    equal(sent().length, 0);
  });

  it('may come again where the provider asks for better ones', async () => {
    await begin('veriff');
    await submit();
    const entry = await store.get(`session:${session.id}`);
    const { providerId } = JSON.parse(entry!.value) as { providerId: string };
    await merchant.hook(
      veriffDecision(providerId, 'resubmission_requested', '2026-11-01T10:00:00Z'),
    );
    equal((await send('face', 'a')).status, 204);
    equal((await submit()).status, 200);
    equal((await submit()).status, 200);
    equal(vendor.asked.filter(({ method }) => method === 'PATCH').length, 2);
  });

  it('are not handed in where the provider says that something is missing', async () => {
    await begin('veriff');
    vendor.trouble = ({ method }) => (method === 'PATCH' ? 400 : undefined);
    equal((await submit()).status, 409);
    vendor.trouble = () => undefined;
    equal((await submit()).status, 200);
  });

  it('count as handed in where the provider says that they were, its first answer being lost', async () => {
    await begin('veriff', { limits: { look: 1 } });
    vendor.trouble = ({ method }) => (method === 'PATCH' ? 503 : undefined);
    equal((await submit()).status, 503);
    vendor.trouble = ({ method }) => (method === 'PATCH' ? 409 : undefined);
    const answer = await submit();
    equal(answer.status, 200);
    equal(((await answer.json()) as SessionStatus).stage, 'submitted');
    vendor.trouble = () => undefined;
    await until('a look', async () => {
      await merchant.status(session.id, 'mia');
      return vendor.asked.some(({ path }) => path.endsWith('/decision'));
    });
  });

  it('belong to no session of the hosted flow', async () => {
    await begin('veriff');
    const hosted = await merchant.start('mia');
    notEqual(hosted.id, session.id);
    session = hosted;
    equal((await send('face', 'a')).status, 409);
    equal((await submit()).status, 409);
  });

  const bad: readonly (readonly [string, number, () => Promise<Response>])[] = [
    ['no key', 400, async () => send('face', undefined)],
    ['a key that is too long', 400, async () => send('face', 'x'.repeat(129))],
    ['no context', 400, async () => send('', 'a')],
    ['a context that reaches elsewhere', 400, async () => send('../decision', 'a')],
    ['a context that the provider does not know', 400, async () => send('left-foot', 'a')],
    ['another type', 415, async () => send('face', 'a', JPEG, 'text/html')],
    ['a file that is not what it says', 400, async () => send('face', 'a', new Uint8Array(64))],
    ['an empty file', 400, async () => send('face', 'a', new Uint8Array())],
    ['a file that is too large', 413, async () => send('face', 'a', new Uint8Array(2000))],
  ];
  for (const [name, status, work] of bad) {
    it(`are refused with ${status}: ${name}`, async () => {
      await begin('shufti-pro', { limits: { proofSize: 1000 } });
      equal((await work()).status, status);
      equal(vendor.asked.length, 0);
      equal(await store.get(`proofs:${session.id}`), undefined);
    });
  }
});
