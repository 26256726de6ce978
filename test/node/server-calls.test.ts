import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';

import type { KycServerError } from '../../src/server/index.js';
import { shuftiPro, veriff, type KycServerErrorCode } from '../../src/server/index.js';
import {
  deadUrl,
  dig,
  errorOf,
  png,
  signedByShufti,
  startVendor,
  type Said,
} from './server-vendor.js';

const SECRETS = {
  apiKey: 'the-api-key-0001',
  sharedSecret: 'the-shared-secret-0002',
  clientId: 'the-client-id-0003',
  secretKey: 'the-secret-key-0004',
};

const json = (status: number, body: unknown, headers: Said['headers'] = {}): Said => ({
  status,
  headers,
  body: JSON.stringify(body),
});

const OK = json(200, { status: 'success', verification: null });

const beginVeriff = async (
  context: TestContext,
  answer: Parameters<typeof startVendor>[1],
  options: object = {},
) => {
  const { baseUrl, arrivals } = await startVendor(context, answer);
  const client = veriff({ ...SECRETS, baseUrl, retryDelay: 2, ...options });
  return { client, arrivals };
};

const beginShufti = async (
  context: TestContext,
  answer: Parameters<typeof startVendor>[1],
  options: object = {},
) => {
  const { baseUrl, arrivals } = await startVendor(context, answer);
  const client = shuftiPro({ ...SECRETS, baseUrl, retryDelay: 2, ...options });
  return { client, arrivals };
};

const CODES: readonly (readonly [status: number, code: KycServerErrorCode])[] = [
  [200, 'bad-answer'],
  [204, 'bad-answer'],
  [301, 'bad-answer'],
  [307, 'bad-answer'],
  [400, 'bad-request'],
  [401, 'unauthorised'],
  [402, 'payment-required'],
  [403, 'unauthorised'],
  [404, 'not-found'],
  [409, 'conflict'],
  [410, 'not-found'],
  [413, 'bad-request'],
  [422, 'bad-request'],
  [429, 'rate-limited'],
  [500, 'provider-down'],
  [503, 'provider-down'],
  [504, 'provider-down'],
  [524, 'provider-down'],
];

describe('an error by its HTTP status', () => {
  for (const [status, code] of CODES) {
    it(`${status} is ${code}`, async (context) => {
      const said = json(
        status,
        { status: 'fail', code: '1104', message: 'x' },
        { location: '/else' },
      );
      const { client, arrivals } = await beginVeriff(context, () => ({
        ...said,
        ...(status === 204 && { body: '' }),
      }));
      const error = await errorOf(() => client.createSession({}));
      assert.equal(error.code, code);
      assert.equal(error.status, status);
      assert.equal(error.providerCode, status < 300 ? undefined : '1104');
      assert.equal(arrivals.length, 1);
    });
  }

  it('is provider-down with the name of what happened where nobody listens', async () => {
    const client = veriff({ ...SECRETS, baseUrl: await deadUrl(), retries: 0 });
    const error = await errorOf(() => client.getDecision('a'));
    assert.equal(error.code, 'provider-down');
    assert.match(error.message, /\(ECONNREFUSED\)/);
  });

  it('is provider-down where the connection is cut in the middle', async (context) => {
    const cut = { body: '{"status":"success"', isCut: true };
    const { client, arrivals } = await beginVeriff(context, () => cut, { retries: 1 });
    assert.equal((await errorOf(() => client.getDecision('a'))).code, 'provider-down');
    assert.equal(arrivals.length, 2);
  });

  it('is bad-answer for what is not JSON, and for more than 4 MiB', async (context) => {
    const bodies = ['<html>', '{"status":"success"}', `"${'x'.repeat(4 * 1024 * 1024)}"`];
    const { client } = await beginVeriff(context, (_, count) => ({ body: bodies[count - 1]! }));
    for (const _ of bodies) {
      assert.equal((await errorOf(() => client.getDecision('a'))).code, 'bad-answer');
    }
  });
});

describe('the time to wait after too many calls', () => {
  const after = async (context: TestContext, header: string) => {
    const { client } = await beginVeriff(context, () => json(429, {}, { 'retry-after': header }));
    return (await errorOf(() => client.createSession({}))).retryAfter;
  };

  it('is read from seconds', async (context) => {
    assert.equal(await after(context, '7'), 7000);
    assert.equal(await after(context, '0'), 0);
  });

  it('is read from a date, and is never below zero', async (context) => {
    const wait = (await after(context, new Date(Date.now() + 60_000).toUTCString())) ?? NaN;
    assert.ok(wait > 50_000 && wait <= 60_000, String(wait));
    assert.equal(await after(context, new Date(0).toUTCString()), 0);
  });

  it('is absent where there is nothing that can be read', async (context) => {
    assert.equal(await after(context, 'soon'), undefined);
  });
});

describe('a repetition', () => {
  const down = json(503, {});

  it('is made of what only asks or deletes, until it succeeds', async (context) => {
    const { client, arrivals } = await beginVeriff(context, (_, count) => (count % 3 ? down : OK));
    await client.getDecision('a');
    assert.equal(arrivals.length, 3);
    await client.deleteSession('a');
    assert.equal(arrivals.length, 6);
  });

  it('is made twice at most', async (context) => {
    const { client, arrivals } = await beginVeriff(context, () => down);
    assert.equal((await errorOf(() => client.getDecision('a'))).code, 'provider-down');
    assert.equal(arrivals.length, 3);
  });

  it("is made of Shufti Pro's status", async (context) => {
    const { client, arrivals } = await beginShufti(context, (_, count) =>
      count < 3
        ? json(count === 1 ? 429 : 500, {}, { 'retry-after': '0' })
        : signedByShufti({ reference: 'abc123', event: 'review.pending' }, SECRETS.secretKey),
    );
    assert.equal((await client.getStatus('abc123')).event, 'review.pending');
    assert.equal(arrivals.length, 3);
  });

  it('is never made of what creates, uploads or submits', async (context) => {
    const first = await beginVeriff(context, () => down);
    const second = await beginShufti(context, () => down);
    const calls = [
      () => first.client.createSession({}),
      () => first.client.uploadMedia('a', { context: 'face', content: png() }),
      () => first.client.submit('a'),
      () => second.client.createAccessToken(),
      () => second.client.deleteRequest('abc123', 'no more'),
      () =>
        second.client.createVerification({
          reference: 'abc123',
          callback_url: 'https://m.example',
          face: {},
        }),
      () =>
        second.client.verifyOffsite({
          reference: 'abc123',
          callback_url: 'https://m.example',
          email: 'a@b.co',
          face: { proof: png() },
        }),
    ];
    for (const call of calls) assert.equal((await errorOf(call)).code, 'provider-down');
    assert.equal(first.arrivals.length, 3);
    assert.equal(second.arrivals.length, 4);
  });

  it('is not made where it would come to the same, or has to wait long', async (context) => {
    const said = [json(404, {}), json(401, {}), json(429, {}, { 'retry-after': '3600' })];
    const { client, arrivals } = await beginVeriff(context, (_, count) => said[count - 1]);
    for (const _ of said) await errorOf(() => client.getDecision('a'));
    assert.equal(arrivals.length, said.length);
  });
});

describe('the time that a call may take', () => {
  it('is over for a provider that does not answer', async (context) => {
    const { client, arrivals } = await beginVeriff(context, () => undefined, { timeout: 50 });
    assert.equal((await errorOf(() => client.getDecision('a'))).code, 'timeout');
    assert.equal(arrivals.length, 1);
  });

  it('counts the repetitions and the waits between them', async (context) => {
    const wait = json(503, {}, { 'retry-after': '9' });
    const { client } = await beginVeriff(context, () => wait, { timeout: 50 });
    assert.equal((await errorOf(() => client.getDecision('a'))).code, 'timeout');
  });

  it('is over when the caller says so: before, during and between calls', async (context) => {
    const before = await beginVeriff(context, () => undefined);
    const error = await errorOf(() =>
      before.client.createSession({}, { signal: AbortSignal.abort() }),
    );
    assert.equal(error.code, 'aborted');
    assert.equal(before.arrivals.length, 0);

    for (const said of [undefined, json(503, {}, { 'retry-after': '9' })]) {
      const controller = new AbortController();
      const { client } = await beginVeriff(context, () => {
        setImmediate(() => controller.abort(new Error('a private reason')));
        return said;
      });
      const aborted = await errorOf(() => client.getDecision('a', { signal: controller.signal }));
      assert.equal(aborted.code, 'aborted');
      assert.doesNotMatch(dig(aborted), /private/);
    }
  });
});

describe("an answer of Shufti Pro's", () => {
  const said = { reference: 'abc123', event: 'verification.accepted' };
  const good = signedByShufti(said, SECRETS.secretKey);

  it('is believed by either signature, over the bytes and not what they parse to', async (context) => {
    const { baseUrl } = await startVendor(context, () => good);
    const client = shuftiPro({
      ...SECRETS,
      baseUrl,
      secretKey: ['the-next-one', SECRETS.secretKey],
    });
    assert.equal((await client.getStatus('abc123')).event, 'verification.accepted');
    const parsed = {
      ...good,
      body: JSON.stringify(JSON.parse(`{"a":"\\/",${good.body!.slice(1)}`)),
    };
    const other = await beginShufti(context, () => parsed);
    assert.equal((await errorOf(() => other.client.getStatus('abc123'))).code, 'bad-signature');
  });

  it('is not believed without its signature, or with that of other bytes', async (context) => {
    for (const headers of [{}, { Signature: '' }, { Signature: '0'.repeat(64) }]) {
      const { client, arrivals } = await beginShufti(context, () => ({ ...good, headers }));
      const error = await errorOf(() => client.readDecision('abc123'));
      assert.equal(error.code, 'bad-signature');
      assert.equal(arrivals.length, 1);
    }
    const { client } = await beginShufti(context, () => ({ ...good, body: `${good.body} ` }));
    assert.equal((await errorOf(() => client.getStatus('abc123'))).code, 'bad-signature');
  });

  it('is not taken for the answer on another reference', async (context) => {
    const { client } = await beginShufti(context, () => good);
    assert.equal((await errorOf(() => client.getStatus('xyz123'))).code, 'bad-answer');
  });

  const EVENTS: readonly (readonly [string, number, KycServerErrorCode])[] = [
    ['request.unauthorized', 200, 'unauthorised'],
    ['request.unauthorized', 401, 'unauthorised'],
    ['request.invalid', 200, 'bad-request'],
    ['request.invalid', 400, 'bad-request'],
    ['request.invalid', 402, 'bad-request'],
    ['request.invalid', 409, 'conflict'],
    ['request.invalid', 429, 'rate-limited'],
  ];
  for (const [event, status, code] of EVENTS) {
    it(`with ${event} and ${status} is ${code}`, async (context) => {
      const error = { service: 'document', key: 'name', message: 'The name Johanna is too long.' };
      const answer = signedByShufti(
        { reference: 'abc123', event, error },
        SECRETS.secretKey,
        status,
      );
      const { client } = await beginShufti(context, () => answer);
      const thrown = await errorOf(() =>
        client.createVerification({
          reference: 'abc123',
          callback_url: 'https://m.example',
          document: { supported_types: ['passport'], name: '' },
        }),
      );
      assert.deepEqual([thrown.code, thrown.status, thrown.providerCode], [code, status, event]);
      assert.equal(thrown.path, code === 'bad-request' ? 'document.name' : undefined);
      assert.doesNotMatch(dig(thrown), /Johanna/);
    });
  }

  it('names no field that was not in the request', async (context) => {
    const error = { service: 'Johanna', key: 'constructor' };
    const body = { reference: 'abc123', event: 'request.invalid', error };
    const { client } = await beginShufti(context, () =>
      signedByShufti(body, SECRETS.secretKey, 400),
    );
    const thrown = await errorOf(() =>
      client.createVerification({
        reference: 'abc123',
        callback_url: 'https://m.example',
        face: {},
      }),
    );
    assert.equal(thrown.path, undefined);
  });

  it('says unauthorised without a signature too: a wrong secret could not verify one', async (context) => {
    const { client } = await beginShufti(context, () =>
      json(200, { event: 'request.unauthorized' }),
    );
    assert.equal((await errorOf(() => client.getStatus('abc123'))).code, 'unauthorised');
  });

  it('says that a reference is not known', async (context) => {
    const body = { reference: 'abc123', event: 'request.invalid', error: { key: 'reference' } };
    const { client } = await beginShufti(context, () =>
      signedByShufti(body, SECRETS.secretKey, 400),
    );
    assert.equal((await errorOf(() => client.getStatus('abc123'))).code, 'not-found');
    assert.equal(
      (await errorOf(() => client.deleteRequest('abc123', 'no more'))).code,
      'not-found',
    );
  });
});

describe('an option that cannot be used', () => {
  it('is refused at once, with its name', async () => {
    for (const baseUrl of [
      'http://api.example',
      'ftp://api.example',
      'https://user:pass@api.example',
      'https://api.example?x',
      'api.example',
      '',
    ]) {
      assert.equal((await errorOf(() => veriff({ ...SECRETS, baseUrl }))).path, 'baseUrl', baseUrl);
      assert.equal((await errorOf(() => shuftiPro({ ...SECRETS, baseUrl }))).path, 'baseUrl');
    }
    for (const value of ['', 'a b', 'a\nb', 'ü', undefined as unknown as string]) {
      for (const name of ['apiKey', 'sharedSecret']) {
        const error = await errorOf(() => veriff({ ...SECRETS, [name]: value }));
        assert.equal(error.path, name);
      }
      for (const name of ['clientId', 'secretKey']) {
        const error = await errorOf(() => shuftiPro({ ...SECRETS, [name]: value }));
        assert.equal(error.path, name);
      }
    }
  });
});

describe('what an error holds', () => {
  /** Of the person and of the account: none of it may be found in an error. */
  const PRIVATE = [
    ...Object.values(SECRETS),
    Buffer.from(`${SECRETS.clientId}:${SECRETS.secretKey}`).toString('base64'),
    'Johanna',
    '1981-02-03',
    'AB1234567',
    'johanna@merchant.example',
    'https://alchemy.veriff.com/v/secret',
    'iVBORw0KGgo',
  ];
  const request = {
    reference: 'abc123',
    callback_url: 'https://m.example/johanna',
    email: 'johanna@merchant.example',
    document: {
      proof: png(),
      supported_types: ['passport'],
      name: { first_name: 'Johanna' },
      dob: '1981-02-03',
      document_number: 'AB1234567',
    },
  };
  const person = { firstName: 'Johanna', idNumber: 'AB1234567', dateOfBirth: '1981-02-03' };

  it('is nothing of the account or the person, however a call fails', async (context) => {
    const echo = (status: number) => (arrival: { readonly body: Buffer }) => {
      const text = `${PRIVATE.join(' ')} ${arrival.body.toString()}`;
      return json(status, { code: text, event: text, message: text, url: text });
    };
    const errors: KycServerError[] = [];
    for (const answer of [
      ...[200, 302, 400, 401, 402, 404, 409, 429, 500].map(echo),
      () => ({ body: PRIVATE.join(' ') }),
      () => undefined,
    ]) {
      const options = { timeout: 200, retries: 0 };
      const first = await beginVeriff(context, answer, options);
      const second = await beginShufti(context, answer, options);
      errors.push(
        await errorOf(() => first.client.createSession({ person })),
        await errorOf(() => first.client.getDecision('a')),
        await errorOf(() => second.client.verifyOffsite(request as never)),
        await errorOf(() => second.client.getStatus('abc123')),
      );
    }
    const offline = { ...SECRETS, baseUrl: await deadUrl(), retries: 0 };
    errors.push(await errorOf(() => veriff(offline).createSession({ person })));
    errors.push(await errorOf(() => shuftiPro(offline).verifyOffsite(request as never)));
    const cause = { code: 'Johanna' };
    const fetch = () => Promise.reject(new TypeError(`failed: ${PRIVATE.join(' ')}`, { cause }));
    errors.push(await errorOf(() => veriff({ ...offline, fetch }).createSession({ person })));
    for (const error of errors) {
      for (const value of PRIVATE)
        assert.ok(!dig(error).includes(value), `${value}: ${dig(error)}`);
    }
  });

  it('is nothing of an input that is refused', async () => {
    const { client } = { client: shuftiPro(SECRETS) };
    const wrong = structuredClone(request) as Record<string, unknown>;
    for (const path of ['reference', 'email', 'callback_url', 'document', 'Johanna x']) {
      for (const value of ['Johanna', ['Johanna'], { Johanna: 1 }]) {
        const given = { ...wrong, [path]: value };
        const error = await errorOf(() => client.verifyOffsite(given as never));
        assert.ok(!error.message.includes('Johanna'));
        assert.doesNotMatch(dig(error).replace(/path=\S*/, ''), /Johanna x/);
      }
    }
    const veriffed = veriff(SECRETS);
    const error = await errorOf(() =>
      veriffed.createSession({ vendorData: 'Johanna'.repeat(200) }),
    );
    assert.equal(error.path, 'vendorData');
    assert.doesNotMatch(dig(error), /Johanna/);
  });
});

describe('a redirect', () => {
  it('is not followed: the secrets go nowhere else', async (context) => {
    const elsewhere = await startVendor(context, () => OK);
    const { client } = await beginVeriff(context, () =>
      json(307, {}, { location: elsewhere.baseUrl }),
    );
    assert.equal((await errorOf(() => client.getDecision('a'))).code, 'bad-answer');
    assert.equal(elsewhere.arrivals.length, 0);
  });
});
