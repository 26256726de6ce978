import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';

import { veriff, type VeriffSignature } from '../../src/server/index.js';
import { errorOf, file, png, startVendor, type Said } from './server-vendor.js';

const API_KEY = 'the-api-key';
const SECRET = 'the-shared-secret';
const ID = 'f04bdb47-d3be-4b28-b028-a1c68aea7f4d';
const MIB = 1024 * 1024;

const CREATED = {
  status: 'success',
  verification: {
    id: ID,
    url: 'https://alchemy.veriff.com/v/token',
    vendorData: null,
    host: 'https://alchemy.veriff.com',
    status: 'created',
    sessionToken: 'token',
  },
};

const say = (body: unknown, status = 200): Said => ({ status, body: JSON.stringify(body) });

const begin = async (
  context: TestContext,
  said: Said = say(CREATED, 201),
  signature?: VeriffSignature,
) => {
  const { baseUrl, arrivals } = await startVendor(context, () => said);
  const client = veriff({
    apiKey: API_KEY,
    sharedSecret: [SECRET, 'the-next-one'],
    baseUrl,
    ...(signature && { signature }),
  });
  return { client, arrivals };
};

const SCHEMES = {
  hmac: [
    'x-hmac-signature',
    (bytes: Buffer) => createHmac('sha256', SECRET).update(bytes).digest('hex'),
  ],
  legacy: [
    'x-signature',
    (bytes: Buffer) => createHash('sha256').update(bytes).update(SECRET).digest('hex'),
  ],
} as const;

for (const scheme of ['hmac', 'legacy'] as const) {
  const [header, sign] = SCHEMES[scheme];

  describe(`Veriff's calls, signed by the ${scheme} scheme`, () => {
    it('go to their paths, and are signed over exactly what is sent, or over the id', async (context) => {
      const all = {
        status: 'success',
        verification: { ...CREATED.verification, status: 'approved', code: 9001 },
        verifications: [],
        images: [],
      };
      const { client, arrivals } = await begin(context, say(all), scheme);
      await client.createSession({ person: { firstName: 'Zoë 王' }, vendorData: 'a/b' });
      await client.uploadMedia(ID, { context: 'document-front', content: png() });
      await client.submit(ID);
      await client.getDecision(ID);
      await client.getAttempts(ID);
      await client.listMedia(ID);
      await client.deleteSession(ID);
      assert.deepEqual(
        arrivals.map(({ method, path }) => `${method} ${path}`),
        [
          'POST /v1/sessions',
          `POST /v1/sessions/${ID}/media`,
          `PATCH /v1/sessions/${ID}`,
          `GET /v1/sessions/${ID}/decision`,
          `GET /v1/sessions/${ID}/attempts`,
          `GET /v1/sessions/${ID}/media`,
          `DELETE /v1/sessions/${ID}`,
        ],
      );
      for (const { headers, body } of arrivals) {
        assert.equal(headers['x-auth-client'], API_KEY);
        assert.equal(headers[header], sign(body.length > 0 ? body : Buffer.from(ID)));
      }
      const bodies = arrivals.slice(0, 3).map(({ body }) => JSON.parse(body.toString()) as unknown);
      assert.deepEqual(bodies, [
        { verification: { person: { firstName: 'Zoë 王' }, vendorData: 'a/b' } },
        {
          image: {
            context: 'document-front',
            content: `data:image/png;base64,${Buffer.from(png()).toString('base64')}`,
          },
        },
        { verification: { status: 'submitted' } },
      ]);
    });
  });
}

describe("a session of Veriff's", () => {
  it("is created as the document's example is", async (context) => {
    const { client, arrivals } = await begin(context);
    const verification = {
      callback: 'https://this.is.your.redirect.url',
      person: { firstName: 'John', lastName: 'Smith' },
      lang: 'en',
      features: ['selfid'],
      timestamp: '2016-05-19T08:30:25.597Z',
    };
    const session = await client.createSession(verification);
    assert.deepEqual(session, CREATED.verification);
    assert.equal(arrivals[0]!.body.toString(), JSON.stringify({ verification }));
  });

  const ROWS: readonly (readonly [
    string,
    (value: unknown) => object,
    readonly unknown[],
    readonly unknown[],
  ])[] = [
    [
      'callback',
      (callback) => ({ callback }),
      ['https://m.example', 'http://localhost:1/x'],
      ['http://m.example', 'x', '', 'javascript:1'],
    ],
    [
      'vendorData',
      (vendorData) => ({ vendorData }),
      ['x', 'x'.repeat(1000)],
      ['', 'x'.repeat(1001)],
    ],
    ['endUserId', (endUserId) => ({ endUserId }), ['x'], ['']],
    ['lang', (lang) => ({ lang }), ['en', 'es-MX', 'zh-hans'], ['english', '', 'e', 'en_GB']],
    ['features', (features) => ({ features }), [['selfid'], []], ['selfid']],
    [
      'timestamp',
      (timestamp) => ({ timestamp }),
      ['2016-05-19T08:30:25.597Z'],
      ['2016-05-19', 'now', '2016-13-19T08:30:25Z'],
    ],
    ['person.firstName', (firstName) => ({ person: { firstName } }), ['Zoë'], ['']],
    [
      'person.dateOfBirth',
      (dateOfBirth) => ({ person: { dateOfBirth } }),
      ['1990-12-31'],
      ['1990-02-30', ''],
    ],
    [
      'document.type',
      (type) => ({ document: { type } }),
      ['PASSPORT', 'ID_CARD', 'RESIDENCE_PERMIT', 'DRIVERS_LICENSE'],
      ['passport', ''],
    ],
    ['document.country', (country) => ({ document: { country } }), ['EE'], ['XX', 'ee', 'EST', '']],
    ['document.number', (number) => ({ document: { number } }), ['1'], ['']],
  ];
  for (const [path, put, good, bad] of ROWS) {
    it(`${path} is sent when it is good, and else nothing is`, async (context) => {
      const { client, arrivals } = await begin(context);
      for (const value of good) await client.createSession(put(value));
      for (const value of [...bad, null, 7]) {
        const error = await errorOf(() => client.createSession(put(value)));
        assert.deepEqual([error.code, error.path], ['bad-request', path], String(value));
      }
      assert.equal(arrivals.length, good.length);
    });
  }

  it('has no field that nobody knows, unless the host names it', async (context) => {
    const { client, arrivals } = await begin(context);
    const request = { vendordata: 'x' } as never;
    assert.equal((await errorOf(() => client.createSession(request))).path, 'vendordata');
    assert.equal(arrivals.length, 0);
    const more = await startVendor(context, () => say(CREATED));
    const options = { apiKey: API_KEY, sharedSecret: SECRET, extraFields: ['consents'] };
    await veriff({ ...options, baseUrl: more.baseUrl }).createSession({ consents: [] } as never);
    const sent = JSON.parse(more.arrivals[0]!.body.toString()) as unknown;
    assert.deepEqual(sent, { verification: { consents: [] } });
  });

  it('is refused where its URL or its id is not what a session has', async (context) => {
    for (const wrong of [
      { url: 'http://alchemy.veriff.com' },
      { url: 'javascript:alert(1)' },
      { url: null },
      { id: '../../other' },
      { id: '' },
    ]) {
      const body = { ...CREATED, verification: { ...CREATED.verification, ...wrong } };
      const { client } = await begin(context, say(body, 201));
      assert.equal((await errorOf(() => client.createSession({}))).code, 'bad-answer');
    }
  });

  it('is never looked for under an id that would lead elsewhere', async (context) => {
    const { client, arrivals } = await begin(context);
    for (const id of ['', '..', 'a/b', 'a?b', 'a#b', '%2e', 'a b']) {
      assert.equal((await errorOf(() => client.getDecision(id))).path, 'sessionId');
      assert.equal((await errorOf(() => client.deleteSession(id))).path, 'sessionId');
    }
    assert.equal(arrivals.length, 0);
  });
});

describe('a picture for Veriff', () => {
  it('is of a type that Veriff takes, by its bytes, and no larger than it takes', async (context) => {
    const { client, arrivals } = await begin(context);
    const good = [
      png(),
      file(9, '\xff\xd8\xff'),
      file(9, '%PDF-1.4'),
      file(99, 'RIFF\0\0\0\0WEBP'),
      file(99, '\0\0\0\x18ftypheic'),
      file(99, '\0\0\0\x18ftypmif1\0\0\0\0mif1heic'),
      Buffer.from(png()).toString('base64'),
      png(18 * MIB),
    ];
    for (const content of good) await client.uploadMedia(ID, { context: 'face', content });
    const bad = [
      png(18 * MIB + 1),
      file(99, '\0\0\0\x20ftypisom'),
      file(99, '\0\0\0\x18ftypmif1\0\0\0\0mif1avif'),
      file(99, 'GIF89a'),
      '***',
      5,
    ];
    for (const content of bad) {
      const call = () => client.uploadMedia(ID, { context: 'face', content: content as string });
      assert.deepEqual(
        [(await errorOf(call)).code, (await errorOf(call)).path],
        ['bad-request', 'content'],
      );
    }
    for (const context of ['', 'Face', 'a b', '-x']) {
      const error = await errorOf(() => client.uploadMedia(ID, { context, content: png() }));
      assert.equal(error.path, 'context');
    }
    assert.equal(arrivals.length, good.length);
  });
});

describe('Veriff as a provider of the handler', () => {
  const wish = {
    reference: 'a'.repeat(32),
    callbackUrl: 'https://m.example/back?state=1',
    language: 'et',
    details: { person: { firstName: 'Zoë' }, vendorData: 'mine', callback: 'https://evil.example' },
  };

  it('opens a hosted session whose callback is the handler’s own', async (context) => {
    const { client, arrivals } = await begin(context);
    const opened = await client.openHosted(wish);
    assert.deepEqual(opened, { providerId: ID, url: CREATED.verification.url });
    const { verification } = JSON.parse(arrivals[0]!.body.toString()) as { verification: unknown };
    assert.deepEqual(verification, {
      callback: wish.callbackUrl,
      person: { firstName: 'Zoë' },
      vendorData: 'mine',
      lang: 'et',
    });
  });

  it('takes proofs one by one, and then the submission', async (context) => {
    const { client, arrivals } = await begin(context);
    const { providerId, ...others } = await client.openCapture(wish);
    assert.deepEqual(others, {});
    const proof = { context: 'face', bytes: png() };
    client.checkProof(proof);
    await client.sendProof(providerId, proof);
    assert.equal(await client.submitCapture({ ...wish, providerId, proofs: [] }), undefined);
    assert.deepEqual(
      arrivals.map(({ method }) => method),
      ['POST', 'POST', 'PATCH'],
    );
    const error = await errorOf(() => client.checkProof({ ...proof, bytes: file(9, 'GIF89a') }));
    assert.equal(error.code, 'bad-request');
  });

  it('reads that there is no decision yet, and which there is', async (context) => {
    const none = await begin(context, say({ status: 'success', verification: null }));
    assert.equal((await none.client.readDecision(ID)).word, 'pending');
    const body = {
      status: 'success',
      verification: { id: ID, status: 'declined', code: 9102, reason: 'why', decisionTime: null },
    };
    const { client } = await begin(context, say(body));
    const decision = await client.readDecision(ID);
    assert.deepEqual(decision, { word: 'declined', code: '9102', reason: 'why', raw: body });
    const wrong = await begin(context, say({ status: 'success', verification: { id: ID } }));
    assert.equal((await errorOf(() => wrong.client.readDecision(ID))).code, 'bad-answer');
  });

  it('does not believe a decision on another session', async (context) => {
    const other = { id: ID.replace('f0', '0f'), status: 'approved', code: 9001 };
    const { client } = await begin(context, say({ status: 'success', verification: other }));
    assert.equal((await errorOf(() => client.readDecision(ID))).code, 'bad-answer');
    assert.equal((await errorOf(() => client.getDecision(ID))).code, 'bad-answer');
  });

  it('does not believe a list of files that names another session', async (context) => {
    const of = (sessionId: string) => [{ id: 'a' }, { id: 'b', sessionId }];
    const other = ID.replace('f0', '0f');
    for (const list of ['images', 'videos']) {
      const { client } = await begin(context, say({ status: 'success', [list]: of(ID) }));
      assert.deepEqual((await client.listMedia(ID))[list], of(ID));
      const wrong = await begin(context, say({ status: 'success', [list]: of(other) }));
      assert.equal((await errorOf(() => wrong.client.listMedia(ID))).code, 'bad-answer');
    }
  });

  it('verifies webhooks with any of its own secrets', async (context) => {
    const { client } = await begin(context);
    const body = JSON.stringify({ id: ID, code: 7001, action: 'started' });
    for (const [secret, isAuthentic] of [
      [SECRET, true],
      ['the-next-one', true],
      ['another', false],
    ] as const) {
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      const headers = { 'x-auth-client': API_KEY, 'x-hmac-signature': signature };
      const request = new Request('https://m.example', { method: 'POST', headers, body });
      assert.equal((await client.verifyWebhook(request)).isAuthentic, isAuthentic);
    }
  });
});
