import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';

import { shuftiPro } from '../../src/server/index.js';
import {
  errorOf,
  file,
  png,
  sha256,
  signedByShufti,
  startVendor,
  type Arrival,
} from './server-vendor.js';

const KEYS = { clientId: 'the-client', secretKey: 'the-secret-key' };
const BASIC = `Basic ${Buffer.from('the-client:the-secret-key').toString('base64')}`;
const URL = 'https://app.shuftipro.com/verification/process/1';
const REFERENCE = 'a'.repeat(32);

type Fields = Record<string, unknown>;

const read = (arrival: Arrival | undefined): Fields =>
  JSON.parse(arrival!.body.toString()) as Fields;

const begin = async (context: TestContext, event = 'request.pending', options: object = {}) => {
  const { baseUrl, arrivals } = await startVendor(context, (arrival) => {
    if (arrival.path.endsWith('/get/access/token')) {
      return signedByShufti({ access_token: `token-${arrivals.length}` }, KEYS.secretKey);
    }
    const { reference } = read(arrival);
    const body = { reference, event, verification_url: URL, declined_reason: 'why' };
    const said = signedByShufti(body, KEYS.secretKey);
    return { ...said, headers: { ...said.headers, date: 'Sun, 01 Nov 2026 10:00:00 GMT' } };
  });
  return { client: shuftiPro({ ...KEYS, baseUrl, ...options }), arrivals };
};

describe("Shufti Pro's calls", () => {
  it('go to their paths with the account’s name and key', async (context) => {
    const { client, arrivals } = await begin(context);
    const callback_url = 'https://m.example/hook';
    await client.createVerification({ reference: 'abc123', callback_url, face: {} });
    await client.verifyOffsite({
      reference: 'abc123',
      callback_url,
      email: 'a@b.co',
      face: { proof: png() },
    });
    await client.getStatus('abc123');
    await client.deleteRequest('abc123', 'no more');
    assert.equal(await client.createAccessToken(), 'token-5');
    assert.deepEqual(
      arrivals.map(({ method, path, headers }) => [method, path, headers.authorization]),
      ['/', '/', '/status', '/delete', '/get/access/token'].map((path) => ['POST', path, BASIC]),
    );
    assert.deepEqual(read(arrivals[2]), { reference: 'abc123' });
    assert.deepEqual(read(arrivals[3]), { reference: 'abc123', comment: 'no more' });
  });

  it('go below the path of the base, as in the document', async (context) => {
    const { baseUrl, arrivals } = await startVendor(context, () =>
      signedByShufti({ reference: 'abc123', event: 'review.pending' }, KEYS.secretKey),
    );
    await shuftiPro({ ...KEYS, baseUrl: `${baseUrl}/api/` }).getStatus('abc123');
    assert.equal(arrivals[0]!.path, '/api/status');
  });

  it('have a token of their own each where that is asked for', async (context) => {
    const { client, arrivals } = await begin(context, undefined, { authorization: 'bearer' });
    await client.getStatus('abc123');
    await client.getStatus('abc123');
    assert.deepEqual(
      arrivals.map(({ path, headers }) => [path, headers.authorization]),
      [
        ['/get/access/token', BASIC],
        ['/status', 'Bearer token-1'],
        ['/get/access/token', BASIC],
        ['/status', 'Bearer token-3'],
      ],
    );
  });

  it('fail where a session has no URL that could be framed', async (context) => {
    for (const verification_url of [undefined, '', 'javascript:alert(1)', 'http://x.example']) {
      const body = { reference: 'abc123', event: 'request.pending', verification_url };
      const { baseUrl } = await startVendor(context, () => signedByShufti(body, KEYS.secretKey));
      const error = await errorOf(() =>
        shuftiPro({ ...KEYS, baseUrl }).createVerification({
          reference: 'abc123',
          callback_url: 'https://m.example',
          face: {},
        }),
      );
      assert.equal(error.code, 'bad-answer');
    }
  });
});

describe('Shufti Pro as a provider of the handler', () => {
  const wish = {
    reference: REFERENCE,
    callbackUrl: 'https://m.example/back?state=1',
    webhookUrl: 'https://m.example/hook',
    language: 'de-AT',
  };

  it('opens a hosted session for face and document where nothing else is asked for', async (context) => {
    const { client, arrivals } = await begin(context);
    assert.deepEqual(await client.openHosted(wish), { providerId: REFERENCE, url: URL });
    assert.deepEqual(read(arrivals[0]), {
      reference: REFERENCE,
      language: 'DE',
      callback_url: wish.webhookUrl,
      redirect_url: wish.callbackUrl,
      face: { proof: '' },
      document: {
        proof: '',
        supported_types: ['passport', 'id_card', 'driving_license', 'credit_or_debit_card'],
      },
    });
  });

  it('asks for what the host wants, but keeps the references and URLs of the handler', async (context) => {
    const { client, arrivals } = await begin(context);
    const details = {
      country: 'EE',
      language: 'ET',
      face: {},
      reference: 'another1',
      callback_url: 'https://evil.example',
      redirect_url: 'https://evil.example',
    };
    await client.openHosted({ ...wish, language: 'tlh', details });
    assert.deepEqual(read(arrivals[0]), {
      reference: REFERENCE,
      country: 'EE',
      language: 'ET',
      callback_url: wish.webhookUrl,
      redirect_url: wish.callbackUrl,
      face: { proof: '' },
    });
    const wrong = await errorOf(() => client.openHosted({ ...wish, details: { country: 'XX' } }));
    assert.equal(wrong.path, 'country');
    const { webhookUrl: _, ...without } = wish;
    assert.equal((await errorOf(() => client.openHosted(without))).path, 'callback_url');
    assert.equal(arrivals.length, 1);
  });

  it('checks what is known of an off-site request when it begins, and sends it with the proofs', async (context) => {
    const { client, arrivals } = await begin(context, 'verification.declined');
    const details = {
      email: 'a@b.co',
      document: { supported_types: ['passport'], name: '' },
      address: { supported_types: ['tax_bill'] },
      consent: { supported_types: ['printed'], text: 'I agree' },
    };
    assert.equal((await errorOf(() => client.openCapture(wish))).path, 'email');
    const { providerId } = await client.openCapture({ ...wish, details });
    const contexts = [
      'face',
      'document',
      'document-additional',
      'address',
      'address-additional',
      'consent',
    ];
    const proofs = contexts.map((name, at) => ({ context: name, bytes: png(64 + at) }));
    for (const proof of proofs) {
      client.checkProof(proof);
      await client.sendProof(providerId, proof);
    }
    assert.equal(arrivals.length, 0);
    const decision = await client.submitCapture({ ...wish, details, providerId, proofs });
    assert.equal(decision?.word, 'declined');
    assert.equal(decision.code, 'verification.declined');
    assert.equal(decision.reason, 'why');
    const sent = (at: number): string =>
      `data:image/png;base64,${Buffer.from(png(64 + at)).toString('base64')}`;
    assert.deepEqual(read(arrivals[0]), {
      reference: REFERENCE,
      language: 'DE',
      callback_url: wish.webhookUrl,
      email: 'a@b.co',
      face: { proof: sent(0) },
      document: { ...details.document, proof: sent(1), additional_proof: sent(2) },
      address: { ...details.address, proof: sent(3), additional_proof: sent(4) },
      consent: { ...details.consent, proof: sent(5) },
    });
    assert.equal(arrivals.length, 1);
  });

  it('says nothing of a second proof that the person left out: empty, it would ask for it on-site', async (context) => {
    const { client, arrivals } = await begin(context, 'verification.accepted');
    const document = { supported_types: ['id_card'], additional_proof: '' };
    const details = { email: 'a@b.co', document };
    const { providerId } = await client.openCapture({ ...wish, details });
    const proofs = [{ context: 'document', bytes: png(64) }];
    const decision = await client.submitCapture({ ...wish, details, providerId, proofs });
    assert.equal(decision?.word, 'approved');
    const { document: sent } = read(arrivals[0]) as { document: object };
    assert.deepEqual(Object.keys(sent).sort(), ['proof', 'supported_types']);
  });

  it('refuses a proof that it would not take', async (context) => {
    const { client } = await begin(context);
    const bytes = png();
    for (const name of ['selfie', 'document-front', 'constructor', '']) {
      assert.equal(
        (await errorOf(() => client.checkProof({ context: name, bytes }))).path,
        'context',
      );
    }
    const gif = { context: 'face', bytes: file(99, 'GIF89a') };
    assert.equal((await errorOf(() => client.checkProof(gif))).path, 'bytes');
    const large = { context: 'face', bytes: png(16 * 1024 * 1024 + 1) };
    assert.equal((await errorOf(() => client.checkProof(large))).path, 'bytes');
  });

  it('dates by the provider’s clock what is settled, and nothing else', async (context) => {
    const at = Date.parse('2026-11-01T10:00:00Z');
    for (const [event, word, time] of [
      ['verification.accepted', 'approved', at],
      ['verification.declined', 'declined', at],
      ['review.pending', 'review', undefined],
      ['request.pending', 'pending', undefined],
      ['request.deleted', 'canceled', undefined],
      ['verification.status.changed', 'unknown', undefined],
      ['something.new', 'unknown', undefined],
    ] as const) {
      const { client } = await begin(context, event);
      const decision = await client.readDecision(REFERENCE);
      assert.deepEqual([decision.word, decision.at, decision.code], [word, time, event]);
    }
  });

  it('verifies webhooks with any of its own keys', async (context) => {
    const { client } = await begin(context, undefined, { secretKey: ['first', 'second'] });
    const body = '{"reference":"abc123","event":"verification.accepted"}';
    for (const [secret, isAuthentic] of [
      ['first', true],
      ['second', true],
      ['third', false],
    ] as const) {
      const headers = { Signature: sha256(body + secret) };
      const request = new Request('https://m.example', { method: 'POST', headers, body });
      assert.equal((await client.verifyWebhook(request)).isAuthentic, isAuthentic);
    }
  });
});
