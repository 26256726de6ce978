import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';

import { createSandbox, SANDBOX_KEYS, specimens, type Sandbox } from '../../src/sandbox/index.js';
import { at, callVeriff, dataUri, hmacOf, legacyOf, type Json } from './sandbox-support.js';

let sandbox: Sandbox;

before(async () => {
  sandbox = await createSandbox({ decision: 'none' });
});

after(() => sandbox.close());

const { apiKey } = SANDBOX_KEYS.veriff;

const create = async (verification: Json = {}, on = sandbox): Promise<string> => {
  const { status, body } = await callVeriff(on, 'POST', '/v1/sessions', { verification });
  assert.equal(status, 201);
  return String(at(body, 'verification', 'id'));
};

const genuineFace = dataUri(specimens['genuine-face.jpg']);

const upload = (
  id: string,
  context = 'face',
  content: unknown = genuineFace,
): ReturnType<typeof callVeriff> =>
  callVeriff(sandbox, 'POST', `/v1/sessions/${id}/media`, { image: { context, content } });

const submit = (id: string, status: unknown = 'submitted'): ReturnType<typeof callVeriff> =>
  callVeriff(sandbox, 'PATCH', `/v1/sessions/${id}`, { verification: { status } });

const decisionOf = async (id: string): Promise<unknown> =>
  (await callVeriff(sandbox, 'GET', `/v1/sessions/${id}/decision`)).body['verification'];

describe("Veriff's calls about a session", () => {
  it('go from the upload by the submission to a decision', async () => {
    const id = await create({ vendorData: 'user-1', person: { firstName: 'Ada' } });
    const { status, body } = await upload(id);
    assert.equal(status, 200);
    assert.equal(at(body, 'image', 'context'), 'face');
    assert.equal(at(body, 'image', 'size'), specimens['genuine-face.jpg'].length);
    assert.equal(at(body, 'image', 'mimetype'), 'image/jpeg');
    assert.equal(at(body, 'image', 'sessionId'), id);
    const patched = await submit(id);
    assert.deepEqual(
      [patched.status, at(patched.body, 'verification', 'status')],
      [200, 'submitted'],
    );
    assert.equal(await decisionOf(id), null);
    sandbox.decide(id, 'approved');
    const decision = await decisionOf(id);
    assert.deepEqual(
      ['id', 'code', 'status', 'reason', 'vendorData'].map((name) => at(decision, name)),
      [id, 9001, 'approved', null, 'user-1'],
    );
    assert.equal(at(decision, 'person', 'firstName'), 'Ada');
    assert.equal(at(decision, 'person', 'lastName'), 'SPECIMEN');
    assert.equal(at(decision, 'document', 'type'), 'ID_CARD');
  });

  for (const [outcome, code, status] of [
    ['declined', 9102, 'declined'],
    ['resubmission', 9103, 'resubmission_requested'],
    ['review', 9121, 'review'],
    ['expired', 9104, 'expired'],
    ['abandoned', 9104, 'abandoned'],
  ] as const) {
    it(`tell of ${outcome} with ${code}`, async () => {
      const id = await create();
      sandbox.decide(id, outcome);
      const decision = await decisionOf(id);
      assert.deepEqual([at(decision, 'code'), at(decision, 'status')], [code, status]);
      assert.equal(
        at(decision, 'reason') === null,
        !['declined', 'resubmission'].includes(outcome),
      );
    });
  }

  it('know no canceled session', async () => {
    const id = await create();
    assert.throws(() => sandbox.decide(id, 'canceled'), /never "canceled"/);
    assert.equal(await decisionOf(id), null);
  });

  it('list an attempt for each submission, the session being open again after a resubmission', async () => {
    const id = await create();
    await upload(id);
    await submit(id);
    assert.equal((await upload(id)).status, 409);
    sandbox.decide(id, 'resubmission');
    assert.equal((await upload(id)).status, 200);
    assert.equal((await submit(id)).status, 200);
    assert.equal(at(await decisionOf(id), 'code'), 9103, 'the last decision stands until the next');
    sandbox.decide(id, 'approved');
    const { body } = await callVeriff(sandbox, 'GET', `/v1/sessions/${id}/attempts`);
    const attempts = body['verifications'] as readonly Json[];
    assert.deepEqual(
      attempts.map(({ status }) => status),
      ['resubmission_requested', 'approved'],
    );
    assert.equal(at(await decisionOf(id), 'attemptId'), attempts[1]!['id']);
    assert.notEqual(attempts[0]!['id'], attempts[1]!['id']);
  });

  it('list the pictures, and give each to whoever signs its id', async () => {
    const id = await create();
    await upload(id);
    await upload(id, 'document-front', dataUri(specimens['genuine-identity-card.jpg']));
    const { body } = await callVeriff(sandbox, 'GET', `/v1/sessions/${id}/media`);
    const images = body['images'] as readonly Json[];
    assert.deepEqual(
      images.map(({ context }) => context),
      ['face', 'document-front'],
    );
    const url = String(images[0]!['url']);
    assert.equal((await fetch(url)).status, 401);
    const signature = hmacOf(String(images[0]!['id']));
    const file = await fetch(url, {
      headers: { 'X-AUTH-CLIENT': apiKey, 'X-HMAC-SIGNATURE': signature },
    });
    assert.deepEqual(new Uint8Array(await file.arrayBuffer()), specimens['genuine-face.jpg']);
  });

  it('forget a session that is deleted, with its pictures', async () => {
    const id = await create();
    const { body } = await upload(id);
    const deleted = await callVeriff(sandbox, 'DELETE', `/v1/sessions/${id}`);
    assert.deepEqual(
      [deleted.status, deleted.body],
      [200, { status: 'success', verification: { id } }],
    );
    assert.equal((await callVeriff(sandbox, 'GET', `/v1/sessions/${id}/decision`)).status, 404);
    const media = String(at(body, 'image', 'id'));
    const answer = await fetch(`${sandbox.origin}/v1/media/${media}`, {
      headers: { 'X-AUTH-CLIENT': apiKey, 'X-HMAC-SIGNATURE': hmacOf(media) },
    });
    assert.equal(answer.status, 404);
  });

  it('answer 404 for a session that is not there, or another vendor’s', async () => {
    const answer = await fetch(sandbox.origin, { method: 'POST', body: '{}' });
    const reference = String(at(await answer.json(), 'reference'));
    for (const id of [randomUUID(), reference]) {
      for (const path of ['', '/media', '/decision', '/attempts'])
        assert.equal(
          (await callVeriff(sandbox, path ? 'GET' : 'DELETE', `/v1/sessions/${id}${path}`)).status,
          404,
        );
      assert.equal((await upload(id)).status, 404);
      assert.equal((await submit(id)).status, 404);
    }
  });
});

describe("what Veriff's calls refuse", () => {
  const refused: readonly (readonly [string, unknown, number, string | undefined])[] = [
    ['no image', {}, 400, '1403'],
    ['an unknown context', { image: { context: 'knee', content: genuineFace } }, 400, '1402'],
    ['no content', { image: { context: 'face' } }, 400, '1400'],
    [
      'bad base64',
      { image: { context: 'face', content: 'data:image/png;base64,??' } },
      400,
      '1401',
    ],
    ['base64 cut short', { image: { context: 'face', content: 'AAAAA' } }, 400, '1401'],
    [
      'a text that is labelled as a picture',
      { image: { context: 'face', content: 'data:image/png;base64,aGVsbG8=' } },
      400,
      '1104',
    ],
    [
      'more than 24 MB',
      { image: { context: 'face', content: 'A'.repeat(24 * 1024 * 1024 + 4) } },
      413,
      undefined,
    ],
  ];
  for (const [what, content, status, code] of refused) {
    it(`an upload with ${what}`, async () => {
      const id = await create();
      const answer = await callVeriff(sandbox, 'POST', `/v1/sessions/${id}/media`, content);
      assert.deepEqual([answer.status, answer.body['code']], [status, code]);
      assert.equal(answer.body['status'], 'fail');
    });
  }

  it('bare base64 is taken, and so is a PDF', async () => {
    const id = await create();
    assert.equal((await upload(id, 'face', genuineFace.split(',')[1])).status, 200);
    const pdf = Buffer.from('%PDF-1.7 and so on').toString('base64');
    const { body } = await upload(id, 'document-front', pdf);
    assert.equal(at(body, 'image', 'mimetype'), 'application/pdf');
  });

  it('a submission of nothing, with another status, or for the second time', async () => {
    const id = await create();
    assert.equal((await submit(id)).body['code'], '1400');
    await upload(id);
    assert.equal((await submit(id, 'approved')).body['code'], '1303');
    assert.equal(
      (await callVeriff(sandbox, 'PATCH', `/v1/sessions/${id}`, {})).body['code'],
      '1102',
    );
    assert.equal((await submit(id)).status, 200);
    assert.deepEqual([(await submit(id)).status, (await submit(id)).body['code']], [409, '1304']);
  });
});

describe("Veriff's signatures", () => {
  const call = (id: string, headers: Record<string, string>): Promise<Response> =>
    fetch(`${sandbox.origin}/v1/sessions/${id}/decision`, { headers });

  it('are made of the documented bytes: a known key, body and digest', async (t) => {
    const other = await createSandbox({
      keys: {
        veriff: { apiKey: randomUUID(), sharedSecret: 'abcdef12-abcd-abcd-abcd-abcdef012345' },
      },
    });
    t.after(() => other.close());
    const send = (body: string, signature: string): Promise<Response> =>
      fetch(`${other.origin}/v1/sessions`, {
        method: 'POST',
        body,
        headers: { 'X-AUTH-CLIENT': other.keys.veriff.apiKey, 'X-HMAC-SIGNATURE': signature },
      });
    // `printf '{"verification":{}}' | openssl dgst -sha256 -hmac <secret>`
    const known = '762e8088e60a503ebac7f50b149b1d4143bc19ea55e51d861e1f012e16a9b810';
    assert.equal((await send('{"verification":{}}', known)).status, 201);
    assert.equal((await send('{"verification":{} }', known)).status, 401);
  });

  const wrong: readonly (readonly [string, (id: string) => Record<string, string>, string])[] = [
    ['no key', (id) => ({ 'X-HMAC-SIGNATURE': hmacOf(id) }), '1801'],
    [
      'a key that is no UUID',
      (id) => ({ 'X-AUTH-CLIENT': 'me', 'X-HMAC-SIGNATURE': hmacOf(id) }),
      '1802',
    ],
    [
      'another key',
      (id) => ({ 'X-AUTH-CLIENT': randomUUID(), 'X-HMAC-SIGNATURE': hmacOf(id) }),
      '1803',
    ],
    ['no signature', () => ({ 'X-AUTH-CLIENT': apiKey }), '1815'],
    [
      'a signature of another id',
      () => ({ 'X-AUTH-CLIENT': apiKey, 'X-HMAC-SIGNATURE': hmacOf('x') }),
      '1818',
    ],
    [
      'an older signature of another id',
      () => ({ 'X-AUTH-CLIENT': apiKey, 'X-SIGNATURE': legacyOf('x') }),
      '1813',
    ],
    [
      'a signature that is too short',
      (id) => ({ 'X-AUTH-CLIENT': apiKey, 'X-HMAC-SIGNATURE': hmacOf(id).slice(1) }),
      '1812',
    ],
    [
      'the older scheme in the newer header',
      (id) => ({ 'X-AUTH-CLIENT': apiKey, 'X-HMAC-SIGNATURE': legacyOf(id) }),
      '1818',
    ],
  ];
  for (const [what, headersOf, code] of wrong) {
    it(`refuse ${what} with 401 and ${code}`, async () => {
      const id = await create();
      const answer = await call(id, headersOf(id));
      assert.equal(answer.status, 401);
      assert.equal(at(await answer.json(), 'code'), code);
    });
  }

  for (const [scheme, header, sign] of [
    ['hmac', 'x-hmac-signature', hmacOf],
    ['legacy', 'x-signature', legacyOf],
  ] as const) {
    it(`in the ${scheme} scheme are taken, and given back over the answer`, async () => {
      const id = await create();
      const answer = await callVeriff(
        sandbox,
        'GET',
        `/v1/sessions/${id}/decision`,
        undefined,
        scheme,
      );
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get(header), sign(answer.raw));
      const uploaded = await callVeriff(
        sandbox,
        'POST',
        `/v1/sessions/${id}/media`,
        { image: { context: 'face', content: genuineFace } },
        scheme,
      );
      assert.equal(uploaded.status, 200);
    });
  }

  it('are taken under the other name of the header', async () => {
    const id = await create();
    const headers = { 'X-AUTH-CLIENT': apiKey, 'VRF-HMAC-SIGNATURE': hmacOf(id) };
    assert.equal((await call(id, headers)).status, 200);
  });

  it('of a creation are checked where they are sent, and not needed', async () => {
    const post = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${sandbox.origin}/v1/sessions`, {
        method: 'POST',
        headers,
        body: '{"verification":{}}',
      });
    assert.equal((await post({})).status, 201);
    assert.equal((await post({ 'X-AUTH-CLIENT': apiKey })).status, 201);
    assert.equal((await post({ 'X-AUTH-CLIENT': randomUUID() })).status, 401);
    assert.equal(
      (await post({ 'X-AUTH-CLIENT': apiKey, 'X-HMAC-SIGNATURE': hmacOf('x') })).status,
      401,
    );
  });

  it('are not asked of a creation even where keys are', async (t) => {
    const strict = await createSandbox({ strict: true });
    t.after(() => strict.close());
    const post = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${strict.origin}/v1/sessions`, {
        method: 'POST',
        headers,
        body: '{"verification":{}}',
      });
    assert.equal((await post({})).status, 401);
    assert.equal((await post({ 'X-AUTH-CLIENT': apiKey })).status, 201);
  });
});

describe("Veriff's errors on demand", () => {
  for (const status of [400, 401, 402, 403, 404, 409, 413] as const) {
    it(`answer ${status} once, in the vendor’s form`, async () => {
      const id = await create();
      sandbox.answerNext({ status, vendor: 'veriff' });
      const answer = await callVeriff(sandbox, 'GET', `/v1/sessions/${id}/decision`);
      assert.deepEqual([answer.status, answer.body['status']], [status, 'fail']);
      assert.equal(await decisionOf(id), null);
    });
  }

  it('answer 429 as often as asked for, and say when to come back', async () => {
    const id = await create();
    sandbox.answerNext({ status: 429, times: 2, retryAfter: 7 });
    for (let count = 0; count < 2; count += 1) {
      const answer = await callVeriff(sandbox, 'GET', `/v1/sessions/${id}/decision`);
      assert.deepEqual([answer.status, answer.headers.get('Retry-After')], [429, '7']);
    }
    assert.equal(await decisionOf(id), null);
  });

  it('answer 503 as a gateway does', async () => {
    sandbox.answerNext({ status: 503, vendor: 'veriff' });
    const answer = await fetch(`${sandbox.origin}/v1/sessions`, { method: 'POST', body: '{}' });
    assert.equal(answer.status, 503);
    assert.match(await answer.text(), /^<html>/);
  });

  it('are not for the other vendor', async () => {
    sandbox.answerNext({ status: 402, vendor: 'veriff' });
    assert.equal((await fetch(sandbox.origin, { method: 'POST', body: '{}' })).status, 200);
    const answer = await fetch(`${sandbox.origin}/v1/sessions`, { method: 'POST', body: '{}' });
    assert.equal(answer.status, 402);
  });

  it('are refused where they make no sense', () => {
    assert.throws(() => sandbox.answerNext({ status: 200 }), /status must be one of/);
    assert.throws(() => sandbox.answerNext({ status: 429, times: -1 }), /whole number/);
  });
});
