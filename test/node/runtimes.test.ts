import { equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { getRequestListener } from '@hono/node-server';
import { build } from 'esbuild';
import { Miniflare, Response as WorkerResponse } from 'miniflare';

import { createSandbox, specimens, type Sandbox } from '../../src/sandbox/index.js';
import type { SessionStatus, StartedSession } from '../../src/server/index.js';
import worker, { type Environment } from './runtimes/worker.js';

/** Something that runs a backend, at an address of its own. */
interface Runtime {
  readonly name: string;
  start(environment: Environment): Promise<{ readonly origin: string; close(): Promise<void> }>;
}

/** The very same module, bundled as a worker is. */
const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('runtimes/worker.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
};

const inNode = async (environment: Environment) => {
  const listen = getRequestListener((request) => worker.fetch(request, environment, undefined));
  const server = createServer((request, response) => void listen(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const inWorkerd = async ({ PROVIDER, KEYS }: Environment) => {
  const miniflare = new Miniflare({
    modules: true,
    script: await bundle(),
    // The oldest that the docs name: before, a promise of one request is lost on another.
    compatibilityDate: '2024-10-14',
    host: '127.0.0.1',
    bindings: { PROVIDER, KEYS: { veriff: { ...KEYS.veriff }, shuftiPro: { ...KEYS.shuftiPro } } },
    // A worker may not ask this computer by itself.
    outboundService: async (request) => {
      const body = request.body ? new Uint8Array(await request.arrayBuffer()) : null;
      const { method, url } = request;
      const answer = await fetch(url, { method, headers: [...request.headers], body });
      return new WorkerResponse(await answer.arrayBuffer(), {
        status: answer.status,
        headers: [...answer.headers],
      });
    },
  });
  const { origin } = await miniflare.ready;
  return { origin, close: async () => miniflare.dispose() };
};

const RUNTIMES: readonly Runtime[] = [
  { name: 'Node', start: inNode },
  { name: 'workerd', start: inWorkerd },
];

for (const runtime of RUNTIMES) {
  describe(`the backend kit in ${runtime.name}`, () => {
    let sandbox: Sandbox;
    let running: Awaited<ReturnType<Runtime['start']>>;
    let base: string;

    before(async () => {
      sandbox = await createSandbox({ decision: 'none' });
      running = await runtime.start({ PROVIDER: sandbox.origin, KEYS: sandbox.keys });
      base = `${running.origin}/kyc`;
      sandbox.setWebhooks({ veriff: `${base}/webhooks/veriff` });
    });

    after(async () => {
      await sandbox.close();
      await running.close();
    });

    const post = (
      path: string,
      person: string,
      body: BodyInit,
      headers: object,
    ): Promise<Response> =>
      fetch(base + path, { method: 'POST', body, headers: { 'x-person': person, ...headers } });

    const start = async (person: string, wish: object): Promise<StartedSession> => {
      const type = { 'content-type': 'application/json' };
      const answer = await post('/sessions', person, JSON.stringify(wish), type);
      equal(answer.status, 201, await answer.clone().text());
      return (await answer.json()) as StartedSession;
    };

    /** Reads the session's events until one says so. */
    const told = async (
      person: string,
      id: string,
      isIt: (status: SessionStatus) => boolean,
    ): Promise<SessionStatus> => {
      const stop = new AbortController();
      const answer = await fetch(`${base}/sessions/${id}/events`, {
        headers: { 'x-person': person },
        signal: stop.signal,
      });
      equal(answer.headers.get('content-type'), 'text/event-stream');
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
        text += read.value;
        const statuses = [...text.matchAll(/^data: (.*)$/gm)].map(
          ([, data = '']) => JSON.parse(data) as SessionStatus,
        );
        const found = statuses.find(isIt);
        if (!found) continue;
        stop.abort();
        return found;
      }
      throw new Error(`It was never told: ${text}`);
    };

    for (const provider of ['veriff', 'shufti-pro']) {
      it(`takes a session of ${provider} from its start to a signed decision`, async () => {
        const person = `mia of ${provider}`;
        const { id, url = '', state } = await start(person, { provider });
        ok(url.startsWith(sandbox.origin));
        match(state, /^[\w-]{22,}$/);
        const told1 = told(person, id, ({ decision }) => decision === 'approved');
        sandbox.decide(new URL(url).pathname.split('/').at(-1) ?? '', 'approved');
        equal((await told1).stage, 'submitted');
        const mine = await fetch(`${base}/sessions/${id}`, { headers: { 'x-person': person } });
        equal(((await mine.json()) as SessionStatus).decision, 'approved');
        const theirs = await fetch(`${base}/sessions/${id}`, { headers: { 'x-person': 'eve' } });
        equal(theirs.status, 404);
      });
    }

    it('passes on proofs that a page collected', async () => {
      const { id, url } = await start('max', { provider: 'shufti-pro', flow: 'capture' });
      equal(url, undefined);
      const taken = await post(
        `/sessions/${id}/media?context=face`,
        'max',
        specimens['fake-face.jpg'].slice(),
        { 'content-type': 'image/jpeg', 'idempotency-key': 'one' },
      );
      equal(taken.status, 204, await taken.text());
      const type = { 'content-type': 'application/json' };
      const handedIn = await post(`/sessions/${id}/submit`, 'max', '{}', type);
      equal(((await handedIn.json()) as SessionStatus).stage, 'submitted');
    });

    it('turns away a webhook that nobody signed', async () => {
      const answer = await fetch(`${base}/webhooks/veriff`, {
        method: 'POST',
        body: JSON.stringify({ status: 'success', verification: { id: 'x', status: 'approved' } }),
        headers: { 'content-type': 'application/json', 'x-hmac-signature': '0'.repeat(64) },
      });
      equal(answer.status, 401, await answer.text());
    });
  });
}
