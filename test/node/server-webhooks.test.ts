import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, it } from 'node:test';

import {
  verifyShuftiProWebhook,
  verifyVeriffWebhook,
  type Decision,
  type WebhookResult,
} from '../../src/server/index.js';
import { errorOf } from './server-vendor.js';

const SECRET = 'aeebd8dc-f646-4bc2-b3a9-8f2f3a1d0c55';
const OTHER = '0d1b5d1e-9f0c-4a3e-8a39-1f5f7a3b7c11';
const API_KEY = '8e4d7bd5-1f2c-4a8e-9a3c-111111111111';

const hmac = (body: string | Buffer, secret = SECRET): string =>
  createHmac('sha256', secret).update(body).digest('hex');
const sha = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

type Bytes = string | Uint8Array<ArrayBuffer>;

const ask = (body: Bytes, headers: Readonly<Record<string, string>>, method = 'POST'): Request =>
  new Request('https://merchant.example/webhooks', {
    method,
    headers,
    ...(method === 'POST' && { body }),
  });

const toVeriff = (
  body: Bytes,
  signature: string,
  keys: Partial<Parameters<typeof verifyVeriffWebhook>[1]> = {},
): Promise<WebhookResult> =>
  verifyVeriffWebhook(ask(body, { 'x-auth-client': API_KEY, 'x-hmac-signature': signature }), {
    apiKey: API_KEY,
    sharedSecret: SECRET,
    ...keys,
  });

const toShufti = (
  body: Bytes,
  signature: string,
  secretKey: string | readonly string[] = SECRET,
): Promise<WebhookResult> =>
  verifyShuftiProWebhook(ask(body, { Signature: signature }), { secretKey });

/** The payload of Veriff's own example. */
const EXAMPLE =
  '{"verification":{"person":{"firstName":"John","lastName":"Smith"},"features":["selfid"],"timestamp":"2018-10-15T08:30:25.597Z"}}';

const BODIES: Readonly<Record<string, string>> = {
  "Veriff's example": EXAMPLE,
  'PHP escaped slashes': String.raw`{"reference":"17374217","verification_url":"https:\/\/shuftipro.com\/x"}`,
  'UTF-8': '{"name":"Zoë Ķ 王 नेहा 🪪"}',
  empty: '',
  'no JSON': 'hello',
};

/** How each provider signs, by an implementation that shares nothing with ours. */
const SCHEMES = {
  'Veriff HMAC': [hmac, toVeriff],
  'Veriff older': [
    (body: string | Buffer, secret = SECRET) => sha(body, secret),
    (body: Bytes, signature: string, keys: object = {}) =>
      verifyVeriffWebhook(ask(body, { 'x-auth-client': API_KEY, 'x-signature': signature }), {
        apiKey: API_KEY,
        sharedSecret: SECRET,
        signature: 'legacy',
        ...keys,
      }),
  ],
  'Shufti Pro older': [(body: string | Buffer, secret = SECRET) => sha(body, secret), toShufti],
  'Shufti Pro newer': [
    (body: string | Buffer, secret = SECRET) => sha(body, sha(secret)),
    toShufti,
  ],
} as const;

for (const [name, [sign, verify]] of Object.entries(SCHEMES)) {
  describe(`a webhook's signature: ${name}`, () => {
    const check = verify;

    for (const [kind, body] of Object.entries(BODIES)) {
      it(`is believed over ${kind}`, async () => {
        assert.equal((await check(body, sign(body))).isAuthentic, true);
        assert.equal((await check(body, sign(body).toUpperCase())).isAuthentic, true);
        assert.equal((await check(body, sign(body, OTHER))).isAuthentic, false);
        assert.equal((await check(`${body} `, sign(body))).isAuthentic, false);
      });
    }

    it('fails for a change of any one byte of the body', async () => {
      const body = Buffer.from('{"name":"Zoë","url":"https:\\/\\/x"}');
      const signature = sign(body);
      for (let at = 0; at < body.length; at++) {
        const changed = Uint8Array.from(body);
        changed[at]! ^= 1;
        const result = await check(changed, signature);
        assert.deepEqual(result, {
          isAuthentic: false,
          isUnderstood: false,
          refusal: 'bad-signature',
        });
      }
    });

    it('fails for a change of any one digit of the signature', async () => {
      const signature = sign(EXAMPLE);
      for (let at = 0; at < signature.length; at++) {
        const digit = signature[at] === '0' ? '1' : '0';
        const changed = signature.slice(0, at) + digit + signature.slice(at + 1);
        assert.equal((await check(EXAMPLE, changed)).isAuthentic, false, changed);
      }
    });

    it('fails for the wrong length, and for what is no hex', async () => {
      const signature = sign(EXAMPLE);
      const wrong = [signature.slice(1), `${signature}0`, signature.slice(0, 62), 'x'.repeat(64)];
      for (const text of [...wrong, `0x${signature}`, '0', signature + signature]) {
        assert.equal((await check(EXAMPLE, text)).isAuthentic, false, text);
      }
    });
  });
}

describe('several secrets', () => {
  it('are all good, wherever they stand, and no others', async () => {
    for (const secrets of [
      [SECRET, OTHER],
      [OTHER, SECRET],
    ]) {
      const veriff = await toVeriff(EXAMPLE, hmac(EXAMPLE), { sharedSecret: secrets });
      assert.equal(veriff.isAuthentic, true);
      assert.equal((await toShufti(EXAMPLE, sha(EXAMPLE, OTHER), secrets)).isAuthentic, true);
      const third = await toVeriff(EXAMPLE, hmac(EXAMPLE, 'third'), { sharedSecret: secrets });
      assert.equal(third.isAuthentic, false);
    }
  });

  it('may not be empty, nor may any of them be', async () => {
    for (const secrets of ['', [], [SECRET, ''], [undefined as unknown as string]]) {
      const error = await errorOf(() => toVeriff('', '', { sharedSecret: secrets }));
      assert.deepEqual([error.code, error.path], ['bad-request', 'sharedSecret']);
      assert.equal((await errorOf(() => toShufti('', '', secrets))).path, 'secretKey');
    }
  });
});

const refusalOf = async (result: Promise<WebhookResult>): Promise<unknown> => {
  const told = await result;
  return 'refusal' in told ? told.refusal : told;
};

describe('what is refused before a signature is looked at', () => {
  const keys = { apiKey: API_KEY, sharedSecret: SECRET };
  const good = { 'x-auth-client': API_KEY, 'x-hmac-signature': hmac('{}') };

  it('says which it was', async () => {
    const verify = (headers: Readonly<Record<string, string>>, method = 'POST') =>
      refusalOf(verifyVeriffWebhook(ask('{}', headers, method), keys));
    assert.equal(await verify(good, 'GET'), 'bad-method');
    assert.equal(await verify({ 'x-auth-client': API_KEY }), 'no-signature');
    assert.equal(await verify({ 'x-hmac-signature': hmac('{}') }), 'wrong-client');
    assert.equal(await verify({ ...good, 'x-auth-client': 'another' }), 'wrong-client');
    assert.equal(await verify(good), 'bad-body');
    assert.equal(
      await refusalOf(verifyShuftiProWebhook(ask('', {}), { secretKey: 'x' })),
      'no-signature',
    );
  });

  it('takes the scheme from the keys and never from the request', async () => {
    const legacy = { 'x-auth-client': API_KEY, 'x-signature': sha('{}', SECRET) };
    assert.equal(await refusalOf(verifyVeriffWebhook(ask('{}', legacy), keys)), 'no-signature');
    const swapped = { 'x-auth-client': API_KEY, 'x-hmac-signature': sha('{}', SECRET) };
    assert.equal(await refusalOf(verifyVeriffWebhook(ask('{}', swapped), keys)), 'bad-signature');
  });

  it('takes the other name of the header too', async () => {
    const headers = { 'x-auth-client': API_KEY, 'vrf-hmac-signature': hmac('{}') };
    assert.equal(await refusalOf(verifyVeriffWebhook(ask('{}', headers), keys)), 'bad-body');
  });

  it('reads no more than a mebibyte', async () => {
    const limit = 1024 * 1024;
    const most = 'x'.repeat(limit);
    assert.equal(await refusalOf(toVeriff(most, hmac(most))), 'bad-body');
    assert.equal(await refusalOf(toVeriff(`${most}x`, hmac(`${most}x`))), 'too-large');

    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const init = { method: 'POST', body: endless, duplex: 'half', headers: { Signature: 'x' } };
    const request = new Request('https://merchant.example', init);
    assert.equal(await refusalOf(verifyShuftiProWebhook(request, { secretKey: 'x' })), 'too-large');
    assert.ok(pulled < 2 * limit);
  });

  it('does not throw for a body that breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.error(new Error('gone')),
    });
    const init = { method: 'POST', body: broken, duplex: 'half', headers: good };
    const request = new Request('https://merchant.example', init);
    assert.equal(await refusalOf(verifyVeriffWebhook(request, keys)), 'bad-signature');
  });

  it('tells the developer whose body was read before', async () => {
    const request = ask('{}', good);
    await request.text();
    assert.match((await errorOf(() => verifyVeriffWebhook(request, keys))).message, /raw bytes/);
  });
});

const understood = async (result: Promise<WebhookResult>) => {
  const told = await result;
  assert.ok(told.isUnderstood, JSON.stringify(told));
  return told.event;
};

describe("what Veriff's webhooks say", () => {
  const hear = (body: unknown) => {
    const text = JSON.stringify(body);
    return toVeriff(text, hmac(text));
  };
  const decided = (verification: object) =>
    understood(hear({ status: 'success', verification: { id: 'a-1', ...verification } }));
  const at = '2026-11-01T10:00:00.000Z';

  const WORDS: readonly (readonly [status: string, code: number | null, word: Decision['word']])[] =
    [
      ['approved', 9001, 'approved'],
      ['declined', 9102, 'declined'],
      ['resubmission_requested', 9103, 'resubmission-requested'],
      ['expired', 9104, 'expired'],
      ['abandoned', 9104, 'abandoned'],
      ['review', 9121, 'review'],
      ['Approved', 9001, 'unknown'],
      ['constructor', 9001, 'unknown'],
      ['', 9001, 'unknown'],
      ['something_new', null, 'unknown'],
    ];
  for (const [status, code, word] of WORDS) {
    it(`reads "${status}" with ${code} as ${word}`, async () => {
      const event = await decided({ status, code, reason: 'why', decisionTime: at });
      assert.equal(event.providerId, 'a-1');
      assert.equal(event.decision?.word, word);
      assert.equal(event.decision.code, code === null ? undefined : String(code));
      assert.equal(event.decision.reason, 'why');
      assert.equal(event.decision.at, Date.parse(at));
      assert.deepEqual(event.decision.raw, event.raw);
    });
  }

  it('dates what ran out of time after anything that was decided before', async () => {
    const ranOut = await decided({ status: 'expired', decisionTime: null, acceptanceTime: at });
    assert.equal(ranOut.decision?.at, Date.parse('2026-11-08T10:00:00.000Z'));
    assert.equal((await decided({ status: 'expired' })).decision?.at, undefined);
    const other = await decided({ status: 'review', decisionTime: null, acceptanceTime: at });
    assert.equal(other.decision?.at, undefined);
  });

  it('tells the stage by events', async () => {
    const event = (code: number) =>
      understood(hear({ id: 'a-1', attemptId: 'b', feature: 'selfid', code, action: 'x' }));
    assert.equal((await event(7001)).stage, 'started');
    assert.equal((await event(7002)).stage, 'submitted');
    const other = await event(7999);
    assert.deepEqual(
      [other.stage, other.decision, other.providerId],
      [undefined, undefined, 'a-1'],
    );
  });

  it('does not understand what is neither', async () => {
    const bodies: readonly unknown[] = [
      null,
      [],
      'approved',
      {},
      { status: 'success', verification: null },
      { status: 'fail', verification: { id: 'a', status: 'approved' } },
      { status: 'success', verification: { status: 'approved' } },
      { status: 'success', verification: { id: '../x', status: 'approved' } },
      { status: 'success', verification: { id: 'a', status: 1 } },
      { id: 'a', code: '7001', action: 'started' },
    ];
    for (const body of bodies) {
      assert.equal(await refusalOf(hear(body)), 'bad-body', JSON.stringify(body));
    }
    const latin = Uint8Array.from([0x22, 0xe9, 0x22]);
    assert.equal(await refusalOf(toVeriff(latin, hmac(Buffer.from(latin)))), 'bad-body');
  });
});

describe("what Shufti Pro's webhooks say", () => {
  const hear = (body: unknown) => {
    const text = JSON.stringify(body).replaceAll('/', String.raw`\/`);
    return toShufti(text, sha(text, sha(SECRET)));
  };
  const EVENTS: readonly (readonly [string, string | undefined, string | undefined, boolean?])[] = [
    ['request.pending', 'pending', 'created'],
    ['request.invalid', 'unknown', undefined],
    ['request.unauthorized', 'unknown', undefined],
    ['request.timeout', 'expired', undefined],
    ['request.received', 'pending', 'submitted'],
    ['request.deleted', 'canceled', undefined],
    ['request.data.changed', undefined, undefined, true],
    ['review.pending', 'review', 'submitted'],
    ['verification.accepted', 'approved', 'submitted'],
    ['verification.declined', 'declined', 'submitted'],
    ['verification.cancelled', 'canceled', undefined],
    ['verification.status.changed', undefined, undefined, true],
    ['verification.approved', 'unknown', undefined],
    ['constructor', 'unknown', undefined],
  ];
  for (const [event, word, stage, isStale] of EVENTS) {
    it(`reads ${event} as ${word ?? 'a reason to ask'}`, async () => {
      const said = await understood(
        hear({ reference: 'abc123', event, declined_reason: 'why/so' }),
      );
      assert.equal(said.providerId, 'abc123');
      assert.equal(said.decision?.word, word);
      assert.equal(said.stage, stage);
      assert.equal(said.isStale, isStale);
      if (word) assert.deepEqual([said.decision?.code, said.decision?.reason], [event, 'why/so']);
    });
  }

  it('does not understand what names no reference or no event', async () => {
    for (const body of [null, {}, { event: 'verification.accepted' }, { reference: 'abc123' }]) {
      assert.equal(await refusalOf(hear(body)), 'bad-body');
    }
    const event = { event: 5, reference: 'abc123' };
    assert.equal(await refusalOf(hear(event)), 'bad-body');
  });
});
