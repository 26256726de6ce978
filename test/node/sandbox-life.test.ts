import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { Sessions } from '../../src/sandbox/sessions.js';
import { Vault } from '../../src/sandbox/vault.js';
import { at, callVeriff, openMerchant } from './sandbox-support.js';

let scratch: string;

before(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kyc-sandbox-'));
});

after(() => rm(scratch, { recursive: true }));

const createSession = async ({
  origin,
}: Pick<Sandbox, 'origin'>): Promise<{ id: string; url: string }> => {
  const answer = await fetch(`${origin}/v1/sessions`, {
    method: 'POST',
    body: '{"verification":{}}',
  });
  return ((await answer.json()) as { verification: { id: string; url: string } }).verification;
};

const upload = ({ origin }: Sandbox, id: string, type: string): Promise<Response> =>
  fetch(`${origin}/api/sessions/${id}/media?context=face`, {
    method: 'POST',
    body: 'a picture',
    headers: { 'Content-Type': type },
  });

describe('the life of a sandbox', () => {
  it('listens on two origins of this computer alone', async () => {
    const sandbox = await createSandbox();
    assert.match(sandbox.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.match(sandbox.hopOrigin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.notEqual(sandbox.origin, sandbox.hopOrigin);
    await sandbox.close();
  });

  it('answers no more once closed, and may be closed twice', async () => {
    const sandbox = await createSandbox();
    await sandbox.close();
    await sandbox.close();
    await assert.rejects(fetch(sandbox.origin));
  });

  it('keeps nothing: the next one knows no session of the last', async () => {
    const first = await createSandbox();
    const { id } = await createSession(first);
    const port = Number(new URL(first.origin).port);
    await first.close();
    const second = await createSandbox({ port });
    assert.equal((await fetch(`${second.origin}/_sandbox/sessions/${id}`)).status, 404);
    await second.close();
  });

  it('fails where a port is taken, and leaves none open', async () => {
    const sandbox = await createSandbox();
    const taken = Number(new URL(sandbox.origin).port);
    await assert.rejects(createSandbox({ port: taken }), { code: 'EADDRINUSE' });
    await assert.rejects(createSandbox({ hopPort: taken }), { code: 'EADDRINUSE' });
    await sandbox.close();
  });

  it('writes an IPv6 address as a URL has it', async (t) => {
    const sandbox = await createSandbox({ hostname: '::1' }).catch(() => undefined);
    if (!sandbox) {
      t.skip('no IPv6 here');
      return;
    }
    assert.match(sandbox.origin, /^http:\/\/\[::1\]:\d+$/);
    assert.equal((await fetch((await createSession(sandbox)).url)).status, 200);
    await sandbox.close();
  });

  it('serves built pages, and says where it looked for them', async () => {
    const built = join(scratch, 'pages');
    await assert.rejects(createSandbox({ pagesFolder: built }), /pagesFolder/);
    const other = await mkdtemp(join(scratch, 'built-'));
    await writeFile(join(other, 'page.js'), '/* built */');
    await writeFile(join(other, 'page.css'), '');
    const sandbox = await createSandbox({ pagesFolder: other });
    assert.equal(await (await fetch(`${sandbox.origin}/assets/page.js`)).text(), '/* built */');
    await sandbox.close();
  });

  it('forgets the oldest session beyond a thousand', () => {
    const sessions = new Sessions();
    const from = { vendor: 'veriff', reference: null, callback: null, switches: {} } as const;
    const { id } = sessions.create(from);
    for (let count = 1; count < 1000; count += 1) sessions.create(from);
    assert.ok(sessions.find(id));
    sessions.create(from);
    assert.equal(sessions.find(id), undefined);
  });
});

describe('the files in memory', () => {
  it('make room for the youngest beyond 256 MiB', () => {
    const vault = new Vault();
    const file = { type: 'image/png', bytes: new Uint8Array(100 * 1024 * 1024) };
    for (const id of ['first', 'second', 'third']) vault.put(id, file);
    assert.deepEqual(
      ['first', 'second', 'third'].map((id) => vault.get(id) !== undefined),
      [false, true, true],
    );
    vault.remove('third');
    vault.put('fourth', file);
    assert.ok(vault.get('second'), 'there is room again');
  });
});

describe('the folder', () => {
  it('gets a record and the pictures of each session, for its user alone, without the URL', async () => {
    const folder = join(scratch, 'kept');
    const sandbox = await createSandbox({ folder });
    const { id, url } = await createSession(sandbox);
    assert.equal((await upload(sandbox, id, 'image/png')).status, 201);
    await sandbox.close();
    assert.deepEqual((await readdir(join(folder, id))).sort(), ['face.png', 'session.json']);
    assert.equal(await readFile(join(folder, id, 'face.png'), 'utf8'), 'a picture');
    const record = await readFile(join(folder, id, 'session.json'), 'utf8');
    assert.equal((JSON.parse(record) as { media: unknown[] }).media.length, 1);
    assert.ok(!record.includes(url.split('/').at(-1) ?? ''));
    if (process.platform !== 'win32') {
      assert.equal((await stat(join(folder, id, 'face.png'))).mode & 0o077, 0);
    }
  });

  it('loses what belongs to a session that is deleted', async () => {
    const folder = join(scratch, 'deleted');
    const sandbox = await createSandbox({ folder });
    const { id } = await createSession(sandbox);
    await upload(sandbox, id, 'image/png');
    assert.equal((await callVeriff(sandbox, 'DELETE', `/v1/sessions/${id}`)).status, 200);
    await sandbox.close();
    assert.deepEqual(await readdir(folder), []);
  });

  it('answers 500 where it cannot be written, and goes on', async () => {
    const file = join(scratch, 'a-file');
    await writeFile(file, '');
    const sandbox = await createSandbox({ folder: file });
    for (const path of ['/v1/sessions', '/']) {
      const answer = await fetch(sandbox.origin + path, {
        method: 'POST',
        body: '{"verification":{}}',
      });
      assert.equal(answer.status, 500);
      assert.doesNotMatch(await answer.text(), /a-file/);
    }
    assert.equal((await fetch(sandbox.origin)).status, 200);
    await sandbox.close();
  });
});

const CLI = fileURLToPath(new URL('../../src/sandbox/cli.ts', import.meta.url));

const start = (...args: readonly string[]): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, ['--import', 'tsx', CLI, ...args]);

const read = async (
  child: ChildProcessWithoutNullStreams,
): Promise<readonly [number | null, string, string]> => {
  const parts = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (parts.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (parts.err += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return [code, parts.out, parts.err];
};

describe('kyc-sandbox', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(
      `runs until ${signal}, and exits cleanly`,
      { skip: process.platform === 'win32' },
      async () => {
        const child = start('--port', '0', '--hop-port', '0', '--folder', join(scratch, signal));
        const [first] = (await once(child.stdout, 'data')) as [Buffer];
        const [, origin = ''] = /runs at (http:\S+),/.exec(first.toString()) ?? [];
        assert.match(first.toString(), /curl -X POST/);
        const { id } = await createSession({ origin });
        assert.ok(existsSync(join(scratch, signal, id, 'session.json')));
        const exit = read(child);
        child.kill(signal);
        assert.equal((await exit)[0], 0);
        await assert.rejects(fetch(origin));
      },
    );
  }

  it('explains itself', async () => {
    const [code, out] = await read(start('--help'));
    assert.equal(code, 0);
    assert.match(out, /--hop-port/);
  });

  it('exits with 2 and its usage where it is called wrongly', async () => {
    const wrong = [
      ['--port', '65536'],
      ['--nonsense'],
      ['positional'],
      ['--webhook', 'ftp://a.test'],
    ];
    wrong.push(['--decision', 'fine'], ['--api-key', 'half of a pair']);
    const runs = await Promise.all(
      wrong.map(async (args) => [args, await read(start(...args))] as const),
    );
    for (const [args, [code, , err]] of runs) {
      assert.equal(code, 2, args.join(' '));
      assert.match(err, /Usage: kyc-sandbox/);
    }
  });

  it('decides and sends webhooks as it is told, and shows no keys that were given', async (t) => {
    const merchant = await openMerchant();
    t.after(() => merchant.close());
    const own = ['--api-key', 'my-key', '--shared-secret', 'my-secret'];
    const rule = ['--decision', 'abandoned', '--after', '0', '--webhook', merchant.url];
    const child = start('--port', '0', '--hop-port', '0', ...own, ...rule);
    t.after(() => child.kill());
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    assert.doesNotMatch(first.toString(), /my-secret/);
    assert.match(first.toString(), /sandbox-secret-key/);
    const [, origin = ''] = /runs at (http:\S+),/.exec(first.toString()) ?? [];
    const { id } = await createSession({ origin });
    const [webhook] = await merchant.got(1);
    assert.equal(at(webhook!.body, 'verification', 'id'), id);
    assert.equal(at(webhook!.body, 'verification', 'status'), 'abandoned');
    assert.equal(webhook!.headers['x-auth-client'], 'my-key');
  });

  it('exits with 1 and the reason where its port is taken', async () => {
    const sandbox = await createSandbox();
    const [code, , err] = await read(start('--port', new URL(sandbox.origin).port));
    assert.equal(code, 1);
    assert.match(err, /EADDRINUSE/);
    await sandbox.close();
  });
});
