import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { createInterface } from 'node:readline';

import { installing } from './install.js';
import { comeAndGo, runToTheEnd } from './journeys.js';
import { ENVIRONMENT, IN_CHROMIUM, sandbox, visitUrl } from './setting.js';
import { Site } from './site.js';

describe('a server that renders with React', IN_CHROMIUM, () => {
  const installed = installing('server-rendered', (app) => app.build(ENVIRONMENT));

  /** The merchant's server, with the vendor's API. */
  const serve = async (act: (url: string, api: Site) => Promise<void>): Promise<void> => {
    const { folder } = await installed();
    const api = await Site.open(sandbox);
    const server = spawn(process.execPath, ['dist/server/server.js'], {
      cwd: folder,
      env: { ...process.env, PORT: '0', VERIFF_BASE_URL: api.origin, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [url] = (await once(createInterface(server.stdout), 'line')) as [string];
      await act(url, api);
    } finally {
      server.kill();
      await api.close();
    }
  };

  it('puts no URL into its page, and asks for no session by itself', async () => {
    await serve(async (url, api) => {
      const html = await (await fetch(url)).text();
      assert.match(html, /<h1>Your identity<\/h1>/);
      assert.doesNotMatch(html, /https?:/);
      assert.deepEqual(api.sessions, []);
    });
  });

  it('hydrates, and runs to the end', async () => {
    await serve((url, api) => visitUrl(url, (visit) => runToTheEnd(visit, api)));
  });

  it('hydrates, comes and goes', async () => {
    await serve((url, api) => visitUrl(url, (visit) => comeAndGo(visit, api)));
  });

  it('holds the URL where it renders the frame, in a page for no cache', async () => {
    await serve(async (url, api) => {
      const answer = await fetch(`${url}/with-frame`);
      const html = await answer.text();
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(html.split(api.sessions[0]!).length, 2, 'once, as the address of the frame');
    });
  });

  it('keeps that frame, which asks for its page once', async () => {
    await serve((url, api) =>
      visitUrl(`${url}/with-frame`, async (visit) => {
        await visit.finish();
        assert.deepEqual(await visit.events(), ['ready', 'started', 'submitted', 'finished']);
        assert.deepEqual(await api.pageRequests(), [1]);
      }),
    );
  });

  it('takes that frame away when the app does, and asks for a session of its own', async () => {
    await serve(async (url, api) => {
      api.isPiloted = false;
      await visitUrl(`${url}/with-frame`, async (visit) => {
        const frame = await visit.turnCameraOn();
        await visit.press('Not now');
        await visit.gone(frame);
        api.isPiloted = true;
        await visit.press('Verify your identity');
        await visit.finish();
        assert.deepEqual(await api.pageRequests(), [1, 1]);
      });
    });
  });
});
