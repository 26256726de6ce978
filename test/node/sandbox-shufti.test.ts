import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';

import { createSandbox, SANDBOX_KEYS, specimens, type Sandbox } from '../../src/sandbox/index.js';
import { isProofToken } from '../../src/sandbox/shufti-words.js';
import { at, callShufti, dataUri, shuftiNewer, shuftiOlder, type Json } from './sandbox-support.js';

let sandbox: Sandbox;

before(async () => {
  sandbox = await createSandbox({ decision: 'none' });
});

after(() => sandbox.close());

const ref = (): string => `test-${randomUUID()}`;

const GENUINE = {
  face: { proof: dataUri(specimens['genuine-face.jpg']) },
  document: {
    proof: dataUri(specimens['genuine-identity-card.jpg']),
    supported_types: ['id_card'],
    name: { first_name: '', last_name: 'Lovelace' },
    dob: '',
    document_number: 'ABC-1',
  },
  address: {
    proof: dataUri(specimens['genuine-identity-card.jpg']),
    supported_types: ['id_card'],
    full_address: '',
  },
  consent: {
    proof: dataUri(specimens['genuine-consent-note.png']),
    supported_types: ['handwritten'],
    text: 'I agree to the terms',
  },
  phone: { phone_number: '+15550100' },
  background_checks: { name: { first_name: 'Ada', last_name: 'Lovelace' }, dob: '1990-12-10' },
};

const statusOf = async (reference: string, on = sandbox): Promise<Json> =>
  (await callShufti(on, '/status', { reference })).body;

describe("Shufti Pro's on-site requests", () => {
  it('are pending, with the page to send the person to, under either address', async () => {
    for (const path of ['/', '/api/', '/api']) {
      const reference = ref();
      const { status, body } = await callShufti(sandbox, path, {
        reference,
        email: 'ada@example.com',
        country: 'GB',
        face: { proof: '' },
      });
      assert.deepEqual(
        [status, body['reference'], body['event'], body['error'], body['email'], body['country']],
        [200, reference, 'request.pending', '', 'ada@example.com', 'GB'],
      );
      assert.match(String(body['verification_url']), /\/verification\/process\//);
      const asked = path === '/' ? '/status' : '/api/status';
      const answer = await callShufti(sandbox, asked, { reference });
      assert.equal(answer.body['event'], 'request.pending');
    }
  });

  for (const [outcome, event] of [
    ['approved', 'verification.accepted'],
    ['declined', 'verification.declined'],
    ['review', 'review.pending'],
    ['expired', 'request.timeout'],
    ['abandoned', 'request.timeout'],
    ['canceled', 'verification.cancelled'],
  ] as const) {
    it(`that are ${outcome} have the status ${event}`, async () => {
      const reference = ref();
      await callShufti(sandbox, '/', { reference, face: {} });
      sandbox.decide(reference, outcome);
      const body = await statusOf(reference);
      assert.equal(body['event'], event);
      assert.equal(at(body, 'verification_result', 'face'), RESULTS[outcome]);
      assert.equal(typeof body['declined_reason'], outcome === 'declined' ? 'string' : 'undefined');
    });
  }

  const RESULTS: Readonly<Record<string, number | undefined>> = { approved: 1, declined: 0 };

  it('are never asked for again with better pictures', async () => {
    const reference = ref();
    await callShufti(sandbox, '/', { reference, face: {} });
    assert.throws(() => sandbox.decide(reference, 'resubmission'), /never "resubmission"/);
  });
});

describe("Shufti Pro's off-site requests", () => {
  let byFiles: Sandbox;

  before(async () => {
    byFiles = await createSandbox();
  });

  after(() => byFiles.close());

  it('of all six services are accepted at once for genuine files, with what was read', async () => {
    const { status, body } = await callShufti(byFiles, '/', { reference: ref(), ...GENUINE });
    assert.deepEqual([status, body['event']], [200, 'verification.accepted']);
    const result = body['verification_result'] as Json;
    assert.deepEqual(Object.keys(result).sort(), Object.keys(GENUINE).sort());
    assert.deepEqual([result['face'], result['phone'], result['background_checks']], [1, 1, 1]);
    assert.equal(at(result, 'document', 'document'), 1);
    assert.equal(at(result, 'consent', 'consent'), 1);
    const data = body['verification_data'] as Json;
    assert.equal(at(data, 'document', 'dob'), '1990-01-31', 'empty: read from the document');
    assert.equal(at(data, 'document', 'document_number'), 'ABC-1', 'given: as it was given');
    assert.deepEqual(at(data, 'address', 'selected_type'), ['id_card']);
    assert.equal(JSON.stringify(body).includes('base64'), false, 'no proof comes back');
  });

  for (const [service, fake] of [
    ['face', 'fake-face.jpg'],
    ['document', 'fake-identity-card.jpg'],
    ['address', 'fake-identity-card.jpg'],
    ['consent', 'fake-consent-note.png'],
  ] as const) {
    it(`are declined for a fake ${service}, and only that service fails`, async () => {
      const { body } = await callShufti(byFiles, '/', {
        reference: ref(),
        ...GENUINE,
        [service]: { ...GENUINE[service], proof: dataUri(specimens[fake]) },
      });
      assert.equal(body['event'], 'verification.declined');
      assert.equal(typeof body['declined_reason'], 'string');
      const passed = Object.entries(body['verification_result'] as Json)
        .filter(([, result]) => !JSON.stringify(result).includes('0'))
        .map(([name]) => name);
      assert.deepEqual(
        passed.sort(),
        Object.keys(GENUINE)
          .filter((name) => name !== service)
          .sort(),
      );
    });
  }

  it('are declined where a specimen shows something else than was asked for', async () => {
    const { body } = await callShufti(byFiles, '/', {
      reference: ref(),
      face: { proof: GENUINE.consent.proof },
    });
    assert.equal(body['event'], 'verification.declined');
  });

  it('are accepted with files of one’s own', async () => {
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xd9]).toString('base64');
    const { body } = await callShufti(byFiles, '/', { reference: ref(), face: { proof: jpeg } });
    assert.equal(body['event'], 'verification.accepted');
  });

  it('are only received where the person shall see no result, and decided later', async () => {
    const reference = ref();
    const { body } = await callShufti(sandbox, '/', {
      reference,
      show_results: '0',
      face: GENUINE.face,
    });
    assert.equal(body['event'], 'request.received');
    sandbox.decide(reference, 'approved');
    assert.equal((await statusOf(reference))['event'], 'verification.accepted');
  });

  it('give their proofs back under addresses that hold a token', async () => {
    const reference = ref();
    await callShufti(byFiles, '/', { reference, face: GENUINE.face });
    const url = String(at(await statusOf(reference, byFiles), 'proof', 'face', 'proof'));
    const answer = await fetch(url);
    assert.equal(answer.headers.get('Content-Type'), 'image/jpeg');
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), specimens['genuine-face.jpg']);
    assert.equal((await fetch(url.slice(0, -1))).status, 403);
    assert.equal((await fetch(url.replace(/\?.*/, ''))).status, 403);
    const [, expires = ''] = /access_token=(\d+)\./.exec(url) ?? [];
    const [, id = '', token = ''] = /storage\/([^/]+)\/.*access_token=(.*)/.exec(url) ?? [];
    const { secretKey } = SANDBOX_KEYS.shuftiPro;
    assert.ok(isProofToken(id, token, secretKey, Number(expires) - 1));
    assert.ok(!isProofToken(id, token, secretKey, Number(expires)), 'no longer');
    const minutes = (Number(expires) - Date.now()) / 60_000;
    assert.ok(minutes > 14 && minutes <= 15, 'a quarter of an hour');
    assert.equal((await fetch(url.replace(expires, String(Number(expires) + 1)))).status, 403);
  });

  it('may be some forty megabytes, and not a hundred', async () => {
    const jpeg = Buffer.alloc(16 * 1024 * 1024);
    jpeg.set([0xff, 0xd8, 0xff]);
    const proof = jpeg.toString('base64');
    const { status } = await callShufti(byFiles, '/', {
      reference: ref(),
      face: { proof },
      document: { proof, supported_types: ['passport'] },
    });
    assert.equal(status, 200);
    const large = await fetch(byFiles.origin, {
      method: 'POST',
      body: new Uint8Array(65 * 1024 * 1024),
    });
    assert.equal(large.status, 413);
    assert.equal(at(await large.json(), 'event'), 'request.invalid');
  });
});

describe("what Shufti Pro's requests are refused for", () => {
  const mp4 = Buffer.from('\0\0\0\x18ftypisom and so on', 'latin1').toString('base64');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const refused: readonly (readonly [string, Json, string, string])[] = [
    ['no reference', { reference: undefined, face: {} }, '', 'reference'],
    ['a short reference', { reference: 'abc', face: {} }, '', 'reference'],
    ['no service', {}, '', ''],
    ['a country that is none', { country: 'Britain', face: {} }, '', 'country'],
    ['an e-mail that is none', { email: 'me and you', face: {} }, '', 'email'],
    ['a callback_url that is none', { callback_url: 'ftp://a.test', face: {} }, '', 'callback_url'],
    ['an unknown mode', { verification_mode: 'none', face: {} }, '', 'verification_mode'],
    [
      'an unknown document',
      { document: { supported_types: ['x'] } },
      'document',
      'supported_types',
    ],
    ['a birth to come', { document: { dob: tomorrow } }, 'document', 'dob'],
    ['a day that is none', { document: { issue_date: '2020-02-30' } }, 'document', 'issue_date'],
    [
      'a document long expired',
      { document: { expiry_date: '2001-01-01' } },
      'document',
      'expiry_date',
    ],
    ['a name with digits', { document: { name: { first_name: 'R2D2' } } }, 'document', 'name'],
    ['consent to nothing', { consent: {} }, 'consent', 'text'],
    ['proof that is no base64', { face: { proof: 'data:image/png;base64,%%' } }, 'face', 'proof'],
    ['proof that is a text', { face: { proof: 'aGVsbG8=' } }, 'face', 'proof'],
    [
      'a clip where pictures are wanted',
      { verification_mode: 'image_only', face: { proof: mp4 } },
      'face',
      'proof',
    ],
    [
      'a picture where clips are wanted',
      { verification_mode: 'video_only', face: GENUINE.face },
      'face',
      'proof',
    ],
    [
      'a proof for two types',
      { document: { proof: GENUINE.document.proof, supported_types: ['passport', 'id_card'] } },
      'document',
      'supported_types',
    ],
    [
      'a picture over 16 MB',
      {
        face: {
          proof: Buffer.concat([
            Buffer.from([0xff, 0xd8, 0xff]),
            Buffer.alloc(16 * 1024 * 1024),
          ]).toString('base64'),
        },
      },
      'face',
      'proof',
    ],
  ];
  for (const [what, content, service, key] of refused) {
    it(what, async () => {
      const { status, body } = await callShufti(sandbox, '/', { reference: ref(), ...content });
      assert.deepEqual(
        [status, body['event'], at(body, 'error', 'service'), at(body, 'error', 'key')],
        [400, 'request.invalid', service, key],
      );
    });
  }

  it('a reference for the second time, by a known client', async () => {
    const reference = ref();
    assert.equal((await callShufti(sandbox, '/', { reference, face: {} })).status, 200);
    assert.equal((await callShufti(sandbox, '/', { reference, face: {} })).status, 409);
    assert.equal((await callShufti(sandbox, '/', { reference, face: {} }, null)).status, 200);
  });

  it('a clip is taken where it may be one', async () => {
    const request = { reference: ref(), verification_mode: 'video_only', face: { proof: mp4 } };
    assert.equal((await callShufti(sandbox, '/', request)).status, 200);
  });
});

describe("Shufti Pro's other calls", () => {
  it('delete a request, once, with a comment', async () => {
    const reference = ref();
    await callShufti(sandbox, '/', { reference, face: GENUINE.face });
    const refused = await callShufti(sandbox, '/delete', { reference });
    assert.deepEqual([refused.status, at(refused.body, 'error', 'key')], [400, 'comment']);
    const call = (): ReturnType<typeof callShufti> =>
      callShufti(sandbox, '/delete', { reference, comment: 'no longer needed' });
    const { status, body } = await call();
    assert.deepEqual([status, body], [200, { reference, event: 'request.deleted' }]);
    assert.deepEqual(await statusOf(reference), { reference, event: 'request.deleted' });
    assert.equal((await call()).status, 400);
    assert.throws(() => sandbox.decide(reference, 'approved'), /deleted/);
  });

  it('answer 404 for a reference that is not there', async () => {
    for (const path of ['/status', '/delete']) {
      const { status, body } = await callShufti(sandbox, path, {
        reference: ref(),
        comment: 'gone?',
      });
      assert.deepEqual([status, body['event']], [404, 'request.invalid']);
    }
  });

  it('give a token that is good for one call', async () => {
    const issue = await callShufti(sandbox, '/get/access/token', {});
    const token = `Bearer ${String(issue.body['access_token'])}`;
    const request = { reference: ref(), face: {} };
    assert.equal((await callShufti(sandbox, '/', request, token)).status, 200);
    assert.equal((await callShufti(sandbox, '/status', request, token)).status, 401);
  });

  it('give no token for a token', async () => {
    const issue = await callShufti(sandbox, '/get/access/token', {});
    const token = `Bearer ${String(issue.body['access_token'])}`;
    assert.equal((await callShufti(sandbox, '/get/access/token', {}, token)).status, 401);
  });

  it('need credentials, and check those that need none', async () => {
    const reference = ref();
    await callShufti(sandbox, '/', { reference, face: {} });
    const wrong = `Basic ${Buffer.from('me:mine').toString('base64')}`;
    for (const path of ['/status', '/delete', '/get/access/token']) {
      for (const authorization of [null, wrong, 'Bearer x', 'Digest x', 'Basic']) {
        const { status, body, raw, headers } = await callShufti(
          sandbox,
          path,
          { reference },
          authorization,
        );
        assert.deepEqual([status, body['event']], [401, 'request.unauthorized'], path);
        assert.equal(headers.get('Signature'), shuftiNewer(raw), 'refusals are signed too');
      }
    }
    assert.equal((await callShufti(sandbox, '/', { face: {} }, wrong)).status, 401);
    assert.equal((await callShufti(sandbox, '/', { face: {} }, null)).status, 200);
  });

  it('have a creation need credentials too where the sandbox is strict', async (t) => {
    const strict = await createSandbox({ strict: true });
    t.after(() => strict.close());
    const request = { reference: ref(), face: {} };
    assert.equal((await callShufti(strict, '/', request, null)).status, 401);
    assert.equal((await callShufti(strict, '/', request)).status, 200);
  });
});

describe("Shufti Pro's signatures", () => {
  for (const [scheme, sign, other] of [
    ['newer', shuftiNewer, shuftiOlder],
    ['older', shuftiOlder, shuftiNewer],
  ] as const) {
    it(`in the ${scheme} scheme are over the bytes that are sent, which PHP escaped`, async (t) => {
      const own = await createSandbox({ shuftiSignature: scheme });
      t.after(() => own.close());
      const { raw, headers } = await callShufti(own, '/', {
        reference: ref(),
        background_checks: { name: { first_name: 'Zoë' } },
      });
      assert.match(raw, /http:\\\/\\\//);
      assert.equal(headers.get('Signature'), sign(raw));
      assert.notEqual(headers.get('Signature'), other(raw));
      assert.notEqual(headers.get('Signature'), sign(raw.replaceAll('\\/', '/')));
    });
  }

  it('are over escapes of whatever is no ASCII', async () => {
    const reference = ref();
    await callShufti(sandbox, '/', {
      reference,
      document: { name: { first_name: 'Zoë' }, supported_types: ['id_card'] },
    });
    sandbox.decide(reference, 'approved');
    const { raw, headers } = await callShufti(sandbox, '/status', { reference });
    assert.match(raw, /Zo\\u00eb/);
    assert.equal(headers.get('Signature'), shuftiNewer(raw));
  });
});

describe("Shufti Pro's errors on demand", () => {
  for (const status of [400, 401, 402, 403, 404, 409, 429] as const) {
    it(`answer ${status} once, signed`, async () => {
      sandbox.answerNext({ status, vendor: 'shufti-pro' });
      const answer = await callShufti(sandbox, '/', { reference: ref(), face: {} });
      const event = status === 401 ? 'request.unauthorized' : 'request.invalid';
      assert.deepEqual([answer.status, answer.body['event']], [status, event]);
      assert.equal(answer.headers.get('Signature'), shuftiNewer(answer.raw));
      assert.equal(answer.headers.get('Retry-After'), status === 429 ? '1' : null);
      assert.equal((await callShufti(sandbox, '/', { reference: ref(), face: {} })).status, 200);
    });
  }

  it('refuse the client with 200, as the vendor may', async () => {
    sandbox.answerNext({ status: 401, sentAs: 200, vendor: 'shufti-pro' });
    const { status, body } = await callShufti(sandbox, '/status', { reference: ref() });
    assert.deepEqual([status, body['event']], [200, 'request.unauthorized']);
  });
});
