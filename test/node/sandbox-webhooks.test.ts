import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import {
  createSandbox,
  SANDBOX_KEYS,
  SHUFTI_EVENTS,
  specimens,
  type Sandbox,
} from '../../src/sandbox/index.js';
import {
  at,
  callShufti,
  callVeriff,
  dataUri,
  hmacOf,
  legacyOf,
  openMerchant,
  shuftiNewer,
  type Json,
  type Merchant,
  type Received,
} from './sandbox-support.js';

let sandbox: Sandbox;
let merchant: Merchant;

before(async () => {
  sandbox = await createSandbox({
    decisionAfter: 0,
    webhooks: { retryAfter: 5, tries: 4, late: 150, timeout: 500 },
  });
});

beforeEach(async () => {
  merchant = await openMerchant();
  sandbox.setWebhooks({ veriff: merchant.url });
});

afterEach(() => merchant.close());

after(() => sandbox.close());

/** Creates a session, and has it handed in as its own page would. */
const runVeriff = async (
  switches: Json = {},
  scheme: 'hmac' | 'legacy' = 'hmac',
): Promise<string> => {
  const body = { verification: { vendorData: 'user-1' }, sandbox: switches };
  const created = await callVeriff(sandbox, 'POST', '/v1/sessions', body, scheme);
  const id = String(at(created.body, 'verification', 'id'));
  await handIn(id);
  return id;
};

const handIn = async (id: string, face = specimens['genuine-face.jpg']): Promise<void> => {
  const api = `${sandbox.origin}/api/sessions/${id}`;
  const post = (path: string, init: RequestInit): Promise<Response> =>
    fetch(api + path, { method: 'POST', ...init });
  await post('/events', { body: '{"event":"started"}' });
  const headers = { 'Content-Type': 'image/jpeg' };
  const card = specimens['genuine-identity-card.jpg'];
  await post('/media?context=document-front', { headers, body: new Uint8Array(card) });
  await post('/media?context=face', { headers, body: new Uint8Array(face) });
  assert.equal((await post('/submit', {})).status, 200);
};

const word = ({ body }: Received): unknown =>
  body['action'] ?? at(body, 'verification', 'status') ?? body['event'];

const words = (received: readonly Received[]): readonly unknown[] => received.map(word);

describe("Veriff's webhooks", () => {
  it('tell of the start, the submission and the decision, signed over their bytes', async () => {
    const id = await runVeriff();
    const received = await merchant.got(3);
    assert.deepEqual(words(received), ['started', 'submitted', 'approved']);
    for (const { headers, raw } of received) {
      assert.equal(headers['x-auth-client'], SANDBOX_KEYS.veriff.apiKey);
      assert.equal(headers['x-hmac-signature'], hmacOf(raw));
      assert.equal(headers['x-signature'], undefined);
      assert.equal(headers['content-type'], 'application/json');
    }
    const [started, submitted, decision] = received.map(({ body }) => body);
    assert.deepEqual([started!['code'], submitted!['code']], [7001, 7002]);
    assert.deepEqual([started!['id'], started!['vendorData']], [id, 'user-1']);
    assert.equal(decision!['status'], 'success');
    assert.equal(at(decision, 'verification', 'code'), 9001);
    assert.equal(at(decision, 'verification', 'attemptId'), started!['attemptId']);
    assert.match(String(at(decision, 'verification', 'decisionTime')), /^\d{4}-.*Z$/);
    const answer = await callVeriff(sandbox, 'GET', `/v1/sessions/${id}/decision`);
    assert.deepEqual(answer.body['verification'], decision!['verification']);
  });

  it('carry the older signature too for whoever signs so', async () => {
    await runVeriff({}, 'legacy');
    for (const { headers, raw } of await merchant.got(3)) {
      assert.equal(headers['x-signature'], legacyOf(raw));
      assert.equal(headers['x-hmac-signature'], hmacOf(raw));
    }
  });

  it('tell of a decline for what is in the files', async () => {
    const { body } = await callVeriff(sandbox, 'POST', '/v1/sessions', { verification: {} });
    await handIn(String(at(body, 'verification', 'id')), specimens['fake-face.jpg']);
    const [, , decision] = await merchant.got(3);
    assert.equal(at(decision!.body, 'verification', 'code'), 9102);
    assert.equal(typeof at(decision!.body, 'verification', 'reasonCode'), 'string');
  });

  for (const decision of ['declined', 'resubmission', 'review'] as const) {
    it(`tell of ${decision} where the session was told to end so`, async () => {
      await runVeriff({ decision });
      const status = decision === 'resubmission' ? 'resubmission_requested' : decision;
      assert.deepEqual(words(await merchant.got(3)), ['started', 'submitted', status]);
    });
  }

  for (const decision of ['expired', 'abandoned'] as const) {
    it(`tell of ${decision} without a submission`, async () => {
      await callVeriff(sandbox, 'POST', '/v1/sessions', {
        verification: {},
        sandbox: { decision },
      });
      assert.deepEqual(words(await merchant.got(1)), [decision]);
    });
  }

  it('go by the files after a resubmission', async () => {
    const id = await runVeriff({ decision: 'resubmission' });
    await merchant.got(3);
    await handIn(id);
    const received = await merchant.got(6);
    assert.deepEqual(words(received).slice(3), ['started', 'submitted', 'approved']);
    assert.notEqual(received[5]!.body['attemptId'], received[0]!.body['attemptId']);
  });

  it('tell of the end of a review, for the same attempt and at a later time', async () => {
    const id = await runVeriff({ decision: 'review' });
    await merchant.got(3);
    sandbox.decide(id, 'approved');
    const [, , review, approved] = await merchant.got(4);
    const read = (each: Received | undefined, name: string): unknown =>
      at(each?.body, 'verification', name);
    assert.deepEqual([read(review, 'code'), read(approved, 'code')], [9121, 9001]);
    assert.equal(read(review, 'attemptId'), read(approved, 'attemptId'));
    assert.ok(String(read(review, 'decisionTime')) <= String(read(approved, 'decisionTime')));
  });
});

describe("Shufti Pro's callbacks", () => {
  const runShufti = async (more: Json = {}): Promise<string> => {
    const reference = `test-${randomUUID()}`;
    const { status, body } = await callShufti(sandbox, '/', {
      reference,
      callback_url: merchant.url,
      face: {},
      document: { supported_types: ['id_card'] },
      ...more,
    });
    assert.equal(status, 200);
    const url = String(body['verification_url']);
    if (url !== '') await handIn(url.split('/').at(-1) ?? '');
    return reference;
  };

  it('tell of the request and of the decision, signed over their bytes as PHP wrote them', async () => {
    const reference = await runShufti();
    const received = await merchant.got(2);
    assert.deepEqual(words(received), ['request.pending', 'verification.accepted']);
    for (const { headers, raw, body } of received) {
      assert.equal(headers['signature'], shuftiNewer(raw));
      assert.equal(body['reference'], reference);
    }
    assert.equal(at(received[1]!.body, 'verification_result', 'face'), 1);
  });

  it('tell that it was received where no result is shown', async () => {
    await runShufti({ show_results: '0' });
    assert.deepEqual(words(await merchant.got(3)), [
      'request.pending',
      'request.received',
      'verification.accepted',
    ]);
  });

  it('only say that something changed once a decision is another one', async () => {
    const reference = await runShufti({ sandbox: { decision: 'review' } });
    await merchant.got(2);
    sandbox.decide(reference, 'approved');
    const received = await merchant.got(3);
    assert.deepEqual(words(received).slice(1), ['review.pending', 'verification.status.changed']);
    const { body } = await callShufti(sandbox, '/status', { reference });
    assert.equal(body['event'], 'verification.accepted');
  });

  it('tell of a cancel by the person', async () => {
    const { body } = await callShufti(sandbox, '/', {
      reference: `test-${randomUUID()}`,
      callback_url: merchant.url,
      face: {},
    });
    const id = String(body['verification_url']).split('/').at(-1) ?? '';
    await fetch(`${sandbox.origin}/api/sessions/${id}/events`, {
      method: 'POST',
      body: '{"event":"canceled"}',
    });
    assert.deepEqual(words(await merchant.got(2)), ['request.pending', 'verification.cancelled']);
  });

  it('tell of the result of an off-site request, and of its deletion', async () => {
    const face = { proof: dataUri(specimens['fake-face.jpg']) };
    const reference = await runShufti({ face, document: undefined });
    await callShufti(sandbox, '/delete', { reference, comment: 'asked for' });
    const received = await merchant.got(2);
    assert.deepEqual(words(received), ['verification.declined', 'request.deleted']);
    assert.equal(typeof received[0]!.body['declined_reason'], 'string');
  });

  it('say each of the twelve events on demand, and change nothing by it', async () => {
    const reference = `test-${randomUUID()}`;
    await callShufti(sandbox, '/', { reference, callback_url: merchant.url, face: {} });
    for (const event of SHUFTI_EVENTS) {
      const answer = await fetch(`${sandbox.origin}/_sandbox/sessions/${reference}/callback`, {
        method: 'POST',
        body: JSON.stringify({ event }),
      });
      assert.equal(answer.status, 200);
    }
    const received = await merchant.got(13);
    assert.deepEqual(words(received).slice(1), SHUFTI_EVENTS);
    for (const { headers, raw } of received) assert.equal(headers['signature'], shuftiNewer(raw));
    const { body } = await callShufti(sandbox, '/status', { reference });
    assert.equal(body['event'], 'request.pending');
  });

  it('go to no address that a web page asks for', async () => {
    const reference = `test-${randomUUID()}`;
    await fetch(sandbox.origin, {
      method: 'POST',
      headers: { Origin: 'https://a.test' },
      body: JSON.stringify({ reference, callback_url: merchant.url }),
    });
    sandbox.decide(reference, 'approved');
    // Whatever was to come would come before this.
    await callShufti(sandbox, '/', {
      reference: `test-${randomUUID()}`,
      callback_url: merchant.url,
      face: {},
    });
    const [only] = await merchant.got(1);
    assert.notEqual(only!.body['reference'], reference);
    assert.equal(merchant.received.length, 1);
  });
});

describe('a webhook that is not taken', () => {
  it('is sent again, the same bytes, until it is', async () => {
    merchant.answerNext(500, 302, 404);
    await callVeriff(sandbox, 'POST', '/v1/sessions', {
      verification: {},
      sandbox: { decision: 'expired' },
    });
    const received = await merchant.got(4);
    assert.equal(new Set(received.map(({ raw }) => raw)).size, 1);
    assert.ok(received[3]!.at - received[2]!.at >= 15, 'later each time');
  });

  it('is given up after so many tries, and the session tells so', async () => {
    merchant.answerNext(500, 500, 500, 500);
    const { body } = await callVeriff(sandbox, 'POST', '/v1/sessions', {
      verification: {},
      sandbox: { decision: 'expired' },
    });
    const id = String(at(body, 'verification', 'id'));
    await merchant.got(4);
    sandbox.decide(id, 'approved');
    const received = await merchant.got(5);
    assert.equal(word(received[4]!), 'approved');
    const answer = await fetch(`${sandbox.origin}/_sandbox/sessions/${id}`);
    const inspection: unknown = await answer.json();
    assert.equal(at(inspection, 'webhooks', 0, 'tries'), 4);
    assert.equal(at(inspection, 'webhooks', 0, 'event'), 'expired');
  });

  it('does not keep the sandbox from closing', async () => {
    const own = await createSandbox({
      decisionAfter: 0,
      webhooks: { veriff: 'http://127.0.0.1:9/', retryAfter: 60_000 },
    });
    await callVeriff(own, 'POST', '/v1/sessions', {
      verification: {},
      sandbox: { decision: 'expired' },
    });
    await own.close();
  });
});

describe('webhooks that go wrong on demand', () => {
  it('come twice', async () => {
    await runVeriff({ webhooks: 'twice' });
    const all = ['started', 'started', 'submitted', 'submitted', 'approved', 'approved'];
    assert.deepEqual(words(await merchant.got(6)), all);
  });

  it('come late', async () => {
    const before = Date.now();
    await callVeriff(sandbox, 'POST', '/v1/sessions', {
      verification: {},
      sandbox: { decision: 'expired', webhooks: 'late' },
    });
    const [only] = await merchant.got(1);
    assert.ok(only!.at - before >= 150);
  });

  it('come the last one first', async () => {
    await runVeriff({ webhooks: 'out-of-order' });
    assert.deepEqual(words(await merchant.got(3)), ['approved', 'submitted', 'started']);
  });

  it('come out of order across a review as well', async () => {
    const id = await runVeriff({ webhooks: 'out-of-order', decision: 'none' });
    sandbox.decide(id, 'review');
    sandbox.decide(id, 'declined');
    const all = ['declined', 'review', 'submitted', 'started'];
    assert.deepEqual(words(await merchant.got(4)), all);
  });

  it('come with a signature that is as long, and wrong', async () => {
    await runVeriff({ webhooks: 'badly-signed' });
    for (const { headers, raw } of await merchant.got(3)) {
      assert.match(String(headers['x-hmac-signature']), /^[\da-f]{64}$/);
      assert.notEqual(headers['x-hmac-signature'], hmacOf(raw));
    }
  });

  it('do not come', async () => {
    await runVeriff({ webhooks: 'none' });
    await callVeriff(sandbox, 'POST', '/v1/sessions', {
      verification: {},
      sandbox: { decision: 'abandoned' },
    });
    assert.deepEqual(words(await merchant.got(1)), ['abandoned']);
  });

  it('are known words', async () => {
    const body = { verification: {}, sandbox: { webhooks: 'upside-down' } };
    assert.equal((await callVeriff(sandbox, 'POST', '/v1/sessions', body)).body['code'], '1104');
  });
});

describe('where webhooks go', () => {
  it('is an http(s) address, or there is no sandbox', async () => {
    for (const veriff of ['ftp://a.test', 'a.test', 'javascript:1'])
      await assert.rejects(createSandbox({ webhooks: { veriff } }), /webhooks\.veriff must be/);
    assert.throws(() => sandbox.setWebhooks({ shuftiPro: 'file:///x' }), /webhooks\.shuftiPro/);
  });

  it('is one address for requests of Shufti Pro that name none', async () => {
    sandbox.setWebhooks({ shuftiPro: merchant.url });
    await callShufti(sandbox, '/', { reference: `test-${randomUUID()}`, face: {} });
    assert.deepEqual(words(await merchant.got(1)), ['request.pending']);
  });
});
