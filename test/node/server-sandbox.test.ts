import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';

import {
  createSandbox,
  SANDBOX_KEYS,
  specimens,
  type Outcome,
  type Sandbox,
} from '../../src/sandbox/index.js';
import {
  KycServerError,
  shuftiPro,
  veriff,
  type DecisionWord,
  type KycProvider,
  type ShuftiOffsiteVerification,
  type ShuftiProOptions,
  type VeriffOptions,
  type WebhookResult,
} from '../../src/server/index.js';
import { openMerchant, type Merchant, type Received } from './sandbox-support.js';

let sandbox: Sandbox;
let merchant: Merchant;

before(async () => {
  merchant = await openMerchant();
  sandbox = await createSandbox({ decision: 'none', decisionAfter: 0 });
  sandbox.setWebhooks({ veriff: merchant.url });
});

after(async () => {
  await sandbox.close();
  await merchant.close();
});

const FACE = { context: 'face', bytes: specimens['genuine-face.jpg'] };
const CARD = specimens['genuine-identity-card.jpg'];

/** Settings that make nobody wait: what is tested here is what is said, not when. */
const QUICK = { retryDelay: 1 } as const;

const ofVeriff = (more: Partial<VeriffOptions> = {}) =>
  veriff({ ...SANDBOX_KEYS.veriff, baseUrl: sandbox.origin, ...QUICK, ...more });

const ofShufti = (more: Partial<ShuftiProOptions> = {}) =>
  shuftiPro({ ...SANDBOX_KEYS.shuftiPro, baseUrl: sandbox.origin, ...QUICK, ...more });

const reference = (): string => randomUUID().replaceAll('-', '');

const asRequest = ({ headers, raw }: Received): Request =>
  new Request('https://merchant.test/webhooks', {
    method: 'POST',
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
    body: raw,
  });

/** The webhooks about one session, as the kit verified them, once there are so many. */
const heard = async (
  provider: KycProvider,
  id: string,
  count: number,
): Promise<readonly WebhookResult[]> => {
  for (let most = 1; ; most += 1) {
    const own = (await merchant.got(most)).filter(({ raw }) => raw.includes(id));
    if (own.length < count) continue;
    return Promise.all(own.map((each) => provider.verifyWebhook(asRequest(each))));
  }
};

const failing =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof KycServerError && error.code === code;

/** A person who hands in at the sandbox's own page, whose calls these are. */
const runPage = async (url: string | undefined): Promise<void> => {
  const key = new URL(url ?? '').pathname.split('/').at(-1) ?? '';
  const told = await fetch(`${sandbox.origin}/_sandbox/sessions/${key}`);
  const { id } = (await told.json()) as { id: string };
  const api = `${sandbox.origin}/api/sessions/${id}`;
  const headers = { 'Content-Type': 'image/jpeg' };
  const post = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(api + path, { method: 'POST', ...init });
  await post('/events', { body: '{"event":"started"}' });
  await post('/media?context=document-front', { headers, body: new Uint8Array(CARD) });
  await post('/media?context=face', { headers, body: new Uint8Array(FACE.bytes) });
  assert.equal((await post('/submit')).status, 200);
};

const WORDS: Readonly<Record<Outcome, DecisionWord>> = {
  approved: 'approved',
  declined: 'declined',
  resubmission: 'resubmission-requested',
  review: 'review',
  expired: 'expired',
  abandoned: 'abandoned',
  canceled: 'canceled',
};

const decisionIn = (result: WebhookResult | undefined): string | undefined =>
  result?.isUnderstood ? result.event.decision?.word : undefined;

describe("the kit's Veriff client and the sandbox", () => {
  for (const signature of ['hmac', 'legacy'] as const) {
    it(`go through every call, ${signature}-signed, and agree on every webhook`, async () => {
      const client = ofVeriff({ signature });
      const { id, url } = await client.createSession({
        callback: 'https://merchant.test/return',
        person: { firstName: 'Ada' },
        vendorData: 'user-1',
      });
      assert.ok(url.startsWith(sandbox.origin));
      await client.uploadMedia(id, { context: 'face', content: FACE.bytes });
      await client.uploadMedia(id, { context: 'document-front', content: CARD });
      assert.equal((await client.getDecision(id)).verification, null);
      assert.equal((await client.readDecision(id)).word, 'pending');
      await client.submit(id);
      await assert.rejects(client.submit(id), failing('conflict'));
      const late = { context: 'face', content: FACE.bytes };
      await assert.rejects(client.uploadMedia(id, late), failing('conflict'));
      const { images } = await client.listMedia(id);
      assert.deepEqual(
        (images ?? []).map(({ context }) => context),
        ['face', 'document-front'],
      );
      sandbox.decide(id, 'approved');
      const { verifications } = await client.getAttempts(id);
      assert.deepEqual(
        verifications.map(({ status }) => status),
        ['approved'],
      );
      const decision = await client.readDecision(id);
      assert.deepEqual([decision.word, decision.code], ['approved', '9001']);
      const results = await heard(client, id, 3);
      assert.deepEqual(
        results.map((result) => result.isUnderstood && (result.event.stage ?? decisionIn(result))),
        ['started', 'submitted', 'approved'],
      );
      await client.deleteSession(id);
      await assert.rejects(client.getDecision(id), failing('not-found'));
    });
  }

  for (const outcome of [
    'approved',
    'declined',
    'resubmission',
    'review',
    'expired',
    'abandoned',
  ] as const) {
    it(`mean the same by ${outcome}, in the webhook and in the answer`, async () => {
      const client = ofVeriff();
      sandbox.prepare('veriff', { decision: outcome });
      const session = await client.openHosted({
        reference: reference(),
        callbackUrl: 'https://merchant.test/return',
      });
      const isRun = !['expired', 'abandoned'].includes(outcome);
      if (isRun) await runPage(session.url);
      const results = await heard(client, session.providerId, isRun ? 3 : 1);
      assert.equal(decisionIn(results.at(-1)), WORDS[outcome]);
      assert.equal((await client.readDecision(session.providerId)).word, WORDS[outcome]);
    });
  }

  it('run a capture to its decision by what is in the files', async (t) => {
    const client = ofVeriff();
    for (const [name, word] of [
      ['genuine-face.jpg', 'approved'],
      ['fake-face.jpg', 'declined'],
    ] as const) {
      const byFiles = await createSandbox({
        decisionAfter: 0,
        webhooks: { veriff: merchant.url },
      });
      t.after(() => byFiles.close());
      const own = ofVeriff({ baseUrl: byFiles.origin });
      const wish = { reference: reference(), callbackUrl: 'https://merchant.test/return' };
      const { providerId } = await own.openCapture(wish);
      await own.sendProof(providerId, { context: 'face', bytes: specimens[name] });
      await own.submitCapture({ ...wish, providerId, proofs: [] });
      const results = await heard(client, providerId, 3);
      assert.equal(decisionIn(results.at(-1)), word);
    }
  });

  it('see that a webhook is badly signed', async () => {
    const client = ofVeriff();
    sandbox.prepare('veriff', { decision: 'expired', webhooks: 'badly-signed' });
    const { id } = await client.createSession({});
    assert.deepEqual(await heard(client, id, 1), [
      { isAuthentic: false, isUnderstood: false, refusal: 'bad-signature' },
    ]);
  });

  it('know a stranger: another key, another secret', async () => {
    const { id } = await ofVeriff().createSession({});
    for (const wrong of [{ apiKey: randomUUID() }, { sharedSecret: 'other' }])
      await assert.rejects(ofVeriff(wrong).getDecision(id), failing('unauthorised'));
  });
});

const OFFSITE: Omit<ShuftiOffsiteVerification, 'reference'> = {
  email: 'ada@example.com',
  country: 'GB',
  callback_url: 'http://127.0.0.1:9/',
  face: { proof: specimens['genuine-face.jpg'] },
  document: { proof: CARD, supported_types: ['id_card'], name: '', dob: '' },
  address: { proof: CARD, supported_types: ['id_card'], full_address: '' },
  consent: {
    proof: specimens['genuine-consent-note.png'],
    supported_types: ['handwritten'],
    text: 'I agree to the terms',
  },
  phone: { phone_number: '+15550100' },
  background_checks: { name: { first_name: 'Ada', last_name: 'Lovelace' }, dob: '1990-12-10' },
};

describe("the kit's Shufti Pro client and the sandbox", () => {
  for (const authorization of ['basic', 'bearer'] as const) {
    it(`go through every call, with ${authorization} authorization`, async () => {
      const client = ofShufti({ authorization });
      const ref = reference();
      const { verification_url: url } = await client.createVerification({
        reference: ref,
        callback_url: merchant.url,
        face: {},
        document: { supported_types: ['id_card', 'passport'] },
      });
      assert.equal((await client.getStatus(ref)).event, 'request.pending');
      await runPage(url);
      sandbox.decide(ref, 'approved');
      assert.equal((await client.readDecision(ref)).word, 'approved');
      const { proof } = await client.getStatus(ref);
      const { face } = proof as { face: { proof: string } };
      assert.equal((await fetch(face.proof)).status, 200);
      const results = await heard(client, ref, 2);
      assert.deepEqual(results.map(decisionIn), ['pending', 'approved']);
      await client.deleteRequest(ref, 'no longer needed');
      assert.equal((await client.readDecision(ref)).word, 'canceled');
      assert.match(await client.createAccessToken(), /^[\w-]{20,}$/);
      await assert.rejects(client.getStatus(reference()), failing('not-found'));
    });
  }

  for (const outcome of [
    'approved',
    'declined',
    'review',
    'expired',
    'abandoned',
    'canceled',
  ] as const) {
    it(`mean the same by ${outcome}, in the callback and in the answer`, async () => {
      const client = ofShufti();
      const ref = reference();
      await client.openHosted({
        reference: ref,
        callbackUrl: 'https://merchant.test/return',
        webhookUrl: merchant.url,
      });
      sandbox.decide(ref, outcome);
      const word = outcome === 'abandoned' ? 'expired' : WORDS[outcome];
      const results = await heard(client, ref, 2);
      assert.equal(decisionIn(results.at(-1)), word);
      assert.equal((await client.readDecision(ref)).word, word);
    });
  }

  it('read anew what a callback only says to have changed', async () => {
    const client = ofShufti();
    const ref = reference();
    const wish = { reference: ref, callbackUrl: 'https://merchant.test/return' };
    await client.openHosted({ ...wish, webhookUrl: merchant.url });
    sandbox.decide(ref, 'review');
    sandbox.decide(ref, 'approved');
    const last = (await heard(client, ref, 3)).at(-1);
    assert.equal(last?.isUnderstood && last.event.isStale, true);
    assert.equal((await client.readDecision(ref)).word, 'approved');
  });

  for (const shuftiSignature of ['newer', 'older'] as const) {
    it(`verify off-site, all six services, by what is in the files (${shuftiSignature} signature)`, async (t) => {
      const byFiles = await createSandbox({ shuftiSignature });
      t.after(() => byFiles.close());
      const client = ofShufti({ baseUrl: byFiles.origin });
      const accepted = await client.verifyOffsite({ reference: reference(), ...OFFSITE });
      assert.equal(accepted.word, 'approved');
      const results = accepted.raw.verification_result as object;
      assert.equal(Object.keys(results).length, 6);
      for (const [service, fake] of [
        ['face', 'fake-face.jpg'],
        ['document', 'fake-identity-card.jpg'],
        ['address', 'fake-identity-card.jpg'],
        ['consent', 'fake-consent-note.png'],
      ] as const) {
        const declined = await client.verifyOffsite({
          reference: reference(),
          ...OFFSITE,
          [service]: { ...OFFSITE[service], proof: specimens[fake] },
        });
        assert.equal(declined.word, 'declined', service);
        assert.ok(declined.reason);
      }
    });
  }

  it('run a capture whose proofs are kept until its submission', async (t) => {
    const byFiles = await createSandbox();
    t.after(() => byFiles.close());
    const client = ofShufti({ baseUrl: byFiles.origin });
    for (const [name, word] of [
      ['genuine-face.jpg', 'approved'],
      ['fake-face.jpg', 'declined'],
    ] as const) {
      const ref = reference();
      const wish = {
        reference: ref,
        callbackUrl: 'https://merchant.test/return',
        webhookUrl: merchant.url,
        details: { email: 'ada@example.com', document: { supported_types: ['id_card'] } },
      };
      const { providerId } = await client.openCapture(wish);
      const decision = await client.submitCapture({
        ...wish,
        providerId,
        proofs: [
          { context: 'face', bytes: specimens[name] },
          { context: 'document', bytes: CARD },
          { context: 'document-additional', bytes: CARD },
        ],
      });
      assert.equal(decision?.word, word);
      assert.equal(decisionIn((await heard(client, ref, 1))[0]), word);
    }
  });

  it('know a stranger: another id, another secret', async () => {
    for (const wrong of [{ clientId: 'other' }, { secretKey: 'other' }])
      await assert.rejects(ofShufti(wrong).createAccessToken(), failing('unauthorised'));
  });
});

describe('errors on demand, as the kit tells them', () => {
  const calls = {
    veriff: () => ofVeriff({ retries: 0 }).createSession({}),
    'shufti-pro': () =>
      ofShufti({ retries: 0 }).createVerification({
        reference: reference(),
        callback_url: merchant.url,
        face: {},
      }),
  } as const;
  for (const vendor of ['veriff', 'shufti-pro'] as const) {
    for (const [status, code] of [
      [400, 'bad-request'],
      [401, 'unauthorised'],
      [402, vendor === 'veriff' ? 'payment-required' : 'bad-request'],
      [403, 'unauthorised'],
      [404, 'not-found'],
      [409, 'conflict'],
      [429, 'rate-limited'],
      [500, 'provider-down'],
      [504, 'provider-down'],
      [524, 'provider-down'],
    ] as const) {
      it(`${vendor}: ${status} is ${code}`, async () => {
        sandbox.answerNext({ status, vendor, ...(status === 429 && { retryAfter: 7 }) });
        await assert.rejects(calls[vendor](), (error: unknown) => {
          assert.ok(error instanceof KycServerError);
          assert.deepEqual([error.code, error.status], [code, status]);
          assert.equal(error.retryAfter, status === 429 ? 7000 : undefined);
          return true;
        });
        await calls[vendor]();
      });
    }
  }

  it('a provider that is down for a moment is asked again, where that is safe', async () => {
    const client = ofVeriff();
    const { id } = await client.createSession({});
    sandbox.answerNext({ status: 503, vendor: 'veriff', times: 2 });
    assert.equal((await client.readDecision(id)).word, 'pending');
  });
});
