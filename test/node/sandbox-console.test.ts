import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';

import { createSandbox, SPECIMENS, specimens, type Sandbox } from '../../src/sandbox/index.js';
import { readSpecimen } from '../../src/sandbox/specimens.js';
import { at, callVeriff, type Json } from './sandbox-support.js';

let sandbox: Sandbox;

before(async () => {
  sandbox = await createSandbox({ decision: 'none' });
});

after(() => sandbox.close());

const create = async (verification: Json = {}): Promise<string> => {
  const { body } = await callVeriff(sandbox, 'POST', '/v1/sessions', { verification });
  return String(at(body, 'verification', 'id'));
};

/** Unlike `fetch`, this may say which host it asks, and where it comes from. */
const post = (
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(sandbox.origin + path, { method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    })
      .on('error', reject)
      .end(body);
  });

const inspect = async (id: string): Promise<Json> =>
  (await (await fetch(`${sandbox.origin}/_sandbox/sessions/${id}`)).json()) as Json;

describe("the sandbox's own page", () => {
  const page = async (): Promise<string> => (await fetch(`${sandbox.origin}/_sandbox`)).text();

  it('shows every session, with a button for each of its vendor’s outcomes', async () => {
    await create({ vendorData: 'user-77' });
    const html = await page();
    const form = html.slice(html.indexOf('<form'));
    const values = [...form.slice(0, form.indexOf('</form>')).matchAll(/value="([\w-]+)"/g)];
    assert.deepEqual(
      values.map(([, value]) => value),
      ['approved', 'declined', 'resubmission', 'review', 'expired', 'abandoned'],
    );
    assert.match(html, /user-77/);
  });

  it('needs no script, is in no frame, and shows no session URL', async () => {
    const { body } = await callVeriff(sandbox, 'POST', '/v1/sessions', { verification: {} });
    const shufti: unknown = await (
      await fetch(sandbox.origin, { method: 'POST', body: '{}' })
    ).json();
    const answer = await fetch(`${sandbox.origin}/_sandbox`);
    const policy = String(answer.headers.get('Content-Security-Policy'));
    assert.match(policy, /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|script-src/);
    const html = await answer.text();
    assert.doesNotMatch(html, /<script|style="|onclick/);
    assert.ok(!html.includes(String(at(body, 'verification', 'sessionToken'))));
    assert.ok(!html.includes(String(at(shufti, 'verification_url')).split('/').at(-1)!));
  });

  it('shows what others called a session as text', async () => {
    await create({ vendorData: '<img src=x onerror=alert(1)>"\'' });
    const html = await page();
    assert.ok(!html.includes('<img src=x'));
    assert.ok(html.includes('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;'));
  });

  it('leads back to itself after a decision', async () => {
    const id = await create();
    const answer = await fetch(`${sandbox.origin}/_sandbox/sessions/${id}/decide`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: sandbox.origin, Accept: 'text/html,*/*' },
      body: new URLSearchParams({ decision: 'declined' }),
    });
    assert.deepEqual([answer.status, answer.headers.get('Location')], [303, '/_sandbox']);
    assert.equal((await inspect(id))['decision'], 'declined');
  });
});

describe('a decision from outside', () => {
  it('is taken as JSON, from no page at all', async () => {
    const id = await create();
    const answer = await fetch(`${sandbox.origin}/_sandbox/sessions/${id}/decide`, {
      method: 'POST',
      body: '{"decision":"approved"}',
    });
    assert.deepEqual([answer.status, at(await answer.json(), 'decision')], [200, 'approved']);
  });

  const strangers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['another site', { Origin: 'https://evil.test' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['the other origin', { Origin: 'http://127.0.0.1:1' }],
    ['a browser that says it is cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
    [
      'a stranger’s name that leads here',
      { Host: 'evil.test:4801', Origin: 'http://evil.test:4801' },
    ],
  ];
  for (const [who, headers] of strangers) {
    it(`is refused to ${who}`, async () => {
      const id = await create();
      const path = `/_sandbox/sessions/${id}/decide`;
      assert.equal(await post(path, 'decision=approved', headers), 403);
      assert.equal(await post('/_sandbox/answers', '{"status":429}', headers), 403);
      assert.equal((await inspect(id))['decision'], null);
    });
  }

  it('is taken from the page under another name of this computer', async () => {
    const id = await create();
    const { port } = new URL(sandbox.origin);
    const host = `localhost:${port}`;
    const path = `/_sandbox/sessions/${id}/decide`;
    const headers = { Host: host, Origin: `http://${host}` };
    assert.equal(await post(path, '{"decision":"review"}', headers), 200);
    assert.equal((await inspect(id))['decision'], 'review');
  });

  it('is refused where it is none', async () => {
    const id = await create();
    for (const body of ['{"decision":"fine"}', '{"decision":"canceled"}', '{}', '[]', 'x{'])
      assert.equal(await post(`/_sandbox/sessions/${id}/decide`, body), 400, body);
    assert.equal(await post('/_sandbox/sessions/nobody/decide', '{"decision":"approved"}'), 404);
  });
});

describe('switches and errors from outside', () => {
  it('are given to the next session that brings none', async () => {
    const sandboxed = { vendor: 'veriff', sandbox: { fault: 'hang', decision: 'declined' } };
    assert.equal(await post('/_sandbox/next', JSON.stringify(sandboxed)), 200);
    assert.deepEqual((await inspect(await create()))['sandbox'], sandboxed.sandbox);
    assert.deepEqual((await inspect(await create()))['sandbox'], {});
    sandbox.prepare('veriff', { decision: 'review' });
    assert.deepEqual((await inspect(await create()))['sandbox'], { decision: 'review' });
  });

  it('are refused where they are not known', async () => {
    for (const body of ['{}', '{"vendor":"x"}', '{"vendor":"veriff","sandbox":{"fault":"fire"}}'])
      assert.equal(await post('/_sandbox/next', body), 400);
    assert.equal(await post('/_sandbox/answers', '{"status":418}'), 400);
    assert.equal(await post('/_sandbox/answers', '{"status":429,"vendor":"x"}'), 400);
  });

  it('are no callbacks of Veriff’s, and none that Shufti Pro does not know', async () => {
    const callback = (id: string, event: string): Promise<number | undefined> =>
      post(`/_sandbox/sessions/${id}/callback`, JSON.stringify({ event }));
    assert.equal(await callback(await create(), 'request.deleted'), 400);
    const answer = await fetch(sandbox.origin, { method: 'POST', body: '{}' });
    const reference = String(at(await answer.json(), 'reference'));
    assert.equal(await callback(reference, 'verification.fine'), 400);
    assert.equal(await callback(reference, 'request.deleted'), 200);
  });

  it('have the next call answered so', async () => {
    const demand = { status: 429, vendor: 'veriff', retryAfter: 3 };
    assert.equal(await post('/_sandbox/answers', JSON.stringify(demand)), 200);
    const answer = await callVeriff(sandbox, 'POST', '/v1/sessions', { verification: {} });
    assert.deepEqual([answer.status, answer.headers.get('Retry-After')], [429, '3']);
  });
});

describe('the test documents', () => {
  it('say what they are by a mark in the file, and are small', () => {
    for (const name of SPECIMENS) {
      const [word, ...kind] = name.replace(/\..*/, '').split('-');
      assert.deepEqual(readSpecimen(specimens[name]), {
        isGenuine: word === 'genuine',
        kind: kind.join(' '),
      });
      assert.ok(specimens[name].length < 60_000, name);
    }
  });

  it('are served under their names, and nothing else is', async () => {
    for (const name of SPECIMENS) {
      const answer = await fetch(`${sandbox.origin}/_sandbox/specimens/${name}`);
      assert.match(String(answer.headers.get('Content-Type')), /^image\/(jpeg|png)$/);
      assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), specimens[name]);
    }
    for (const name of ['nobody.jpg', '..%2fcli.ts', 'toString'])
      assert.equal((await fetch(`${sandbox.origin}/_sandbox/specimens/${name}`)).status, 404);
  });

  it('are not mistaken: files without the mark, cut short, or of other kinds have none', () => {
    const jpeg = specimens['genuine-face.jpg'];
    const png = specimens['fake-consent-note.png'];
    for (const bytes of [
      new Uint8Array(),
      jpeg.subarray(0, 20),
      png.subarray(0, 40),
      new TextEncoder().encode('kyc-verify specimen: genuine face'),
      Uint8Array.of(0xff, 0xd8, 0xff, 0xfe, 0, 0),
      Uint8Array.of(0xff, 0xd8, 0xff, 0xfe, 0, 2, 0xff, 0xd9),
    ])
      assert.equal(readSpecimen(bytes), undefined);
  });
});
