import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';

import { FAULTS, createSandbox, faultsOf, type Sandbox } from '../../src/sandbox/index.js';

let sandbox: Sandbox;

before(async () => {
  sandbox = await createSandbox();
});

after(() => sandbox.close());

type Json = Readonly<Record<string, unknown>>;

const post = (path: string, body?: unknown, init: RequestInit = {}): Promise<Response> =>
  fetch(sandbox.origin + path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });

const postPicture = (
  path: string,
  body: Uint8Array<ArrayBuffer>,
  type = 'image/jpeg',
): Promise<Response> => post(path, undefined, { body, headers: { 'Content-Type': type } });

const veriff = async (
  verification: Json = {},
  sandboxed?: Json,
): Promise<{ id: string; url: string }> => {
  const answer = await post('/v1/sessions', { verification, sandbox: sandboxed });
  assert.equal(answer.status, 201);
  return ((await answer.json()) as { verification: { id: string; url: string } }).verification;
};

const inspect = async (key: string): Promise<Json> =>
  (await (await fetch(`${sandbox.origin}/_sandbox/sessions/${key}`)).json()) as Json;

const picture = new TextEncoder().encode('a picture');

describe("creating a session by Veriff's call", () => {
  it('answers with id, url and token in the vendor’s form', async () => {
    const answer = await post('/v1/sessions', {
      verification: { vendorData: 'user-1', callback: 'https://a.test/back' },
    });
    assert.equal(answer.status, 201);
    const { status, verification } = (await answer.json()) as {
      status: string;
      verification: Json;
    };
    assert.equal(status, 'success');
    assert.match(String(verification['id']), /^[\da-f-]{36}$/);
    assert.equal(
      verification['url'],
      `${sandbox.origin}/v/${String(verification['sessionToken'])}`,
    );
    assert.equal(verification['vendorData'], 'user-1');
    assert.equal(verification['host'], sandbox.origin);
    assert.equal(verification['status'], 'created');
  });

  const refused: readonly (readonly [what: string, body: unknown, code: string])[] = [
    ['no JSON', '{', '1104'],
    ['an empty body', '', '1104'],
    ['null', null, '1102'],
    ['an array', [], '1102'],
    ['no verification', {}, '1102'],
    ['a verification that is no object', { verification: 'x' }, '1102'],
    ['vendorData that is no string', { verification: { vendorData: 1 } }, '1501'],
    ['too long vendorData', { verification: { vendorData: 'x'.repeat(1001) } }, '1500'],
    ['a script for a callback', { verification: { callback: 'javascript:alert(1)' } }, '1302'],
    ['a callback that is no URL', { verification: { callback: 7 } }, '1302'],
    ['an unknown fault', { verification: {}, sandbox: { fault: 'fire' } }, '1104'],
    [
      'a fault named like a member of Object',
      { verification: {}, sandbox: { fault: 'constructor' } },
      '1104',
    ],
    ["Shufti Pro's fault", { verification: {}, sandbox: { fault: 'request-timeout' } }, '1104'],
    ['a pilot that is no boolean', { verification: {}, sandbox: { pilot: 'yes' } }, '1104'],
    ['an unknown switch', { verification: {}, sandbox: { pilots: true } }, '1104'],
    ['switches that are no object', { verification: {}, sandbox: true }, '1104'],
    ['an unknown verdict', { verification: {}, sandbox: { verdict: 'fine' } }, '1104'],
  ];
  for (const [what, body, code] of refused) {
    it(`refuses ${what}`, async () => {
      const answer = await post('/v1/sessions', body);
      assert.equal(answer.status, 400);
      const refusal = (await answer.json()) as Json;
      assert.equal(refusal['status'], 'fail');
      assert.equal(refusal['code'], code);
      assert.equal(typeof refusal['message'], 'string');
    });
  }

  it('takes nulls for what is left out', async () => {
    const { id } = await veriff({ vendorData: null, callback: null });
    assert.equal((await inspect(id))['reference'], null);
  });

  it('refuses a body over one megabyte with 413, announced or not', async () => {
    const large = new Uint8Array(1024 * 1024 + 1);
    assert.equal((await post('/v1/sessions', undefined, { body: large })).status, 413);
    const streamed = await post('/v1/sessions', undefined, {
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit);
    assert.equal(streamed.status, 413);
  });

  it('survives a sender that hangs up in the middle', async () => {
    const socket = connect(Number(new URL(sandbox.origin).port), '127.0.0.1');
    await new Promise<void>((resolve) => {
      socket.write(
        'POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"ver',
        () => {
          socket.destroy();
          resolve();
        },
      );
    });
    await veriff();
  });

  it('knows every fault of its own, and no other', async () => {
    for (const fault of faultsOf('veriff')) await veriff({}, { fault });
    assert.equal(new Set([...faultsOf('veriff'), ...faultsOf('shufti-pro')]).size, FAULTS.length);
  });
});

describe("creating a session by Shufti Pro's call", () => {
  it('answers with a pending request', async () => {
    const answer = await post('/', { reference: 'order-0001' });
    assert.equal(answer.status, 200);
    const { reference, event, verification_url: url } = (await answer.json()) as Json;
    assert.deepEqual([reference, event], ['order-0001', 'request.pending']);
    const id = String(url).replace(`${sandbox.origin}/verification/process/`, '');
    assert.match(id, /^[\w-]{32}$/);
    assert.equal((await inspect(id))['provider'], 'shufti-pro');
    assert.equal((await inspect('order-0001'))['id'], id);
  });

  it('makes a reference where none is given', async () => {
    const { reference } = (await (await post('/', {})).json()) as Json;
    assert.match(String(reference), /^sp-/);
  });

  const refused: readonly (readonly [what: string, body: unknown, key: string])[] = [
    ['no JSON', 'x', ''],
    ['an array', [], ''],
    ['a reference that is no string', { reference: {} }, 'reference'],
    ['a reference with a path in it', { reference: '../../etc/passwd' }, 'reference'],
    ['a redirect_url that is no web address', { redirect_url: 'data:text/html,x' }, 'redirect_url'],
    ["Veriff's fault", { sandbox: { fault: 'old-message' } }, 'sandbox'],
  ];
  for (const [what, body, key] of refused) {
    it(`refuses ${what}`, async () => {
      const answer = await post('/', body);
      assert.equal(answer.status, 400);
      const { event, error } = (await answer.json()) as { event: string; error: Json };
      assert.equal(event, 'request.invalid');
      assert.equal(error['key'], key);
    });
  }
});

describe("the hosted page's own API", () => {
  it('takes both pictures and the submission, and nothing afterwards', async () => {
    const { id } = await veriff();
    const api = `/api/sessions/${id}`;
    assert.equal((await post(`${api}/submit`)).status, 400);
    assert.equal((await post(`${api}/events`, { event: 'started' })).status, 200);
    assert.equal((await inspect(id))['status'], 'started');
    assert.equal((await postPicture(`${api}/media?context=document-front`, picture)).status, 201);
    assert.equal((await postPicture(`${api}/media?context=face`, picture.slice(1))).status, 201);
    assert.equal((await postPicture(`${api}/media?context=face`, picture)).status, 201);
    assert.equal((await post(`${api}/submit`)).status, 200);
    const { status, media, reports } = await inspect(id);
    assert.equal(status, 'submitted');
    assert.deepEqual(media, [
      { context: 'document-front', type: 'image/jpeg', bytes: 9 },
      { context: 'face', type: 'image/jpeg', bytes: 9 },
    ]);
    assert.deepEqual(reports, ['started']);
    assert.equal((await post(`${api}/submit`)).status, 409);
    assert.equal((await postPicture(`${api}/media?context=face`, picture)).status, 409);
    assert.equal((await post(`${api}/events`, { event: 'canceled' })).status, 409);
  });

  it('notes a cancel, and lets the person begin anew', async () => {
    const { id } = await veriff();
    await post(`/api/sessions/${id}/events`, { event: 'canceled' });
    assert.equal((await inspect(id))['status'], 'canceled');
    await post(`/api/sessions/${id}/events`, { event: 'started' });
    assert.equal((await inspect(id))['status'], 'started');
  });

  it('keeps a hundred reports and no more', async () => {
    const { id } = await veriff();
    for (let count = 0; count < 101; count += 1)
      await post(`/api/sessions/${id}/events`, { event: 'camera-live' });
    assert.equal(((await inspect(id))['reports'] as string[]).length, 100);
  });

  it('refuses what is no picture of the flow', async () => {
    const { id } = await veriff();
    const api = `/api/sessions/${id}`;
    const face = `${api}/media?context=face`;
    assert.equal((await postPicture(`${api}/media?context=../x`, picture)).status, 400);
    assert.equal((await postPicture(face, picture, 'text/html')).status, 415);
    assert.equal((await postPicture(face, picture, 'constructor')).status, 415);
    assert.equal((await postPicture(face, new Uint8Array())).status, 400);
    assert.equal((await postPicture(face, new Uint8Array(16 * 1024 * 1024 + 1))).status, 413);
    assert.equal((await post(`${api}/events`, { event: 'approved' })).status, 400);
    assert.equal((await post(`${api}/events`, null)).status, 400);
    assert.equal((await post(`${api}/events`, '{')).status, 400);
    assert.deepEqual((await inspect(id))['media'], []);
  });
});

describe('everything else', () => {
  it('answers 404 to what is not there', async () => {
    const { id } = await veriff();
    const paths = [
      '/x',
      '/v/',
      '/v/nobody',
      `/v/${id}`,
      '/verification/process/nobody',
      `/api/sessions/${id}/toString`,
    ];
    paths.push('/_sandbox/sessions/nobody', '/a/b/c/d/e/f', '/v/%2e%2e%2f', '/favicon.ico');
    for (const path of paths) assert.equal((await fetch(sandbox.origin + path)).status, 404, path);
    assert.equal((await post('/api/sessions/nobody/submit')).status, 404);
  });

  it('answers 405 to other methods, and names those that work', async () => {
    const answer = await fetch(`${sandbox.origin}/`, { method: 'DELETE' });
    assert.deepEqual([answer.status, answer.headers.get('Allow')], [405, 'GET, POST']);
    assert.equal((await fetch(`${sandbox.origin}/v1/sessions`)).status, 405);
  });

  it('tells what it is', async () => {
    assert.match(await (await fetch(sandbox.origin)).text(), /sandbox provider/);
  });

  it('answers 400 to a target that names another host', async () => {
    const { port } = new URL(sandbox.origin);
    for (const target of ['//evil.test/', 'http://evil.test/', 'http://[/', '*']) {
      const status = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
        });
        socket
          .once('data', (data) => resolve(data.toString().split(' ')[1] ?? ''))
          .once('error', reject);
      });
      assert.equal(status, '400', target);
    }
  });

  it('lets pages of any origin create and inspect sessions', async () => {
    for (const path of ['/v1/sessions', '/']) {
      const preflight = await fetch(sandbox.origin + path, { method: 'OPTIONS' });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('Access-Control-Allow-Origin'), '*');
      assert.match(preflight.headers.get('Access-Control-Allow-Headers') ?? '', /Content-Type/);
      assert.equal((await post(path, 'x')).headers.get('Access-Control-Allow-Origin'), '*');
    }
    const { id } = await veriff();
    const inspection = await fetch(`${sandbox.origin}/_sandbox/sessions/${id}`);
    assert.equal(inspection.headers.get('Access-Control-Allow-Origin'), '*');
  });
});
