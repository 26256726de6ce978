import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';

import { isKycElement } from '../../src/vue/index.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { launchChromium } from '../support/chromium.js';
import { packed } from '../support/packed.js';
import { bundle } from './support/bundle.js';
import {
  close,
  createPilots,
  ExampleServer,
  filesOf,
  listen,
  removeExample,
  writeExample,
} from './support/example.js';
import { BLOCKS } from './support/papers.js';

/** Served by their own server, as the paper says. */
const SERVED = { 'script-tag': 'server.mjs', modules: 'server.mjs', adopted: 'adopted.mjs' };

/** Built by a tool, with the endpoint beside. */
const BUILT = ['react', 'vue', 'svelte', 'angular'] as const;

let sandbox: Sandbox;
let pilots: Server;
let base: string;
let browser: Browser;
let installed: string;

before(async () => {
  ({ folder: installed } = await packed());
  sandbox = await createSandbox();
  pilots = createPilots(sandbox.origin);
  base = `http://127.0.0.1:${await listen(pilots)}`;
  browser = await launchChromium();
});

after(async () => {
  await browser.close();
  await close(pilots);
  await sandbox.close();
});

/** Opens the page, and waits until the example's own handler says that the person is done. */
const runToTheEnd = async (url: string): Promise<void> => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const errors: unknown[] = [];
    page.on('pageerror', (error) => errors.push(error));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
    });
    await page.goto(url);
    await page.getByText('We are checking.', { exact: true }).waitFor();
    const phase = await page
      .locator('kyc-verify')
      .evaluate((element) => Reflect.get(element, 'phase') as unknown);
    assert.equal(phase, 'finished');
    assert.deepEqual(
      errors.filter((error) => !String(error).includes('favicon')),
      [],
    );
  } finally {
    await context.close();
  }
};

/** The page of a built app, and its way to the endpoint: the proxy of a development server. */
const createSite = (script: string, api: number): Server =>
  createServer((asked, answer) => {
    if (asked.url === '/api/sessions') {
      void fetch(`http://127.0.0.1:${api}${asked.url}`, { method: asked.method ?? 'GET' })
        .then((made) => made.text())
        .then((text) => answer.writeHead(200, { 'content-type': 'application/json' }).end(text));
    } else if (asked.url === '/app.js') {
      answer.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    } else {
      answer.writeHead(200, { 'content-type': 'text/html' });
      answer.end(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title>' +
          '<link rel="icon" href="data:,"><body><app-root id="app"></app-root>' +
          '<script type="module" src="/app.js"></script></body></html>',
      );
    }
  });

describe('the examples of the docs, to the end', () => {
  it('are all run here', () => {
    const named = new Set(BLOCKS.flatMap(({ words }) => words['example'] ?? []));
    const parts = new Set(BLOCKS.flatMap(({ words }) => words['uses'] ?? []));
    const run = [...Object.keys(SERVED), ...BUILT, ...parts];
    assert.deepEqual([...named].sort(), run.sort());
  });

  for (const [name, file] of Object.entries(SERVED)) {
    it(name, async () => {
      const folder = await writeExample(name, installed, sandbox.origin);
      const server = await ExampleServer.start(folder, file, base);
      try {
        await runToTheEnd(`http://localhost:${server.port}/`);
      } finally {
        await server.stop();
        await removeExample(folder);
      }
    });
  }

  for (const name of BUILT) {
    it(name, async () => {
      assert.ok(filesOf(name).size > 1);
      const folder = await writeExample(name, installed, sandbox.origin);
      const api = await ExampleServer.start(folder, 'api.mjs', base);
      const site = createSite(await bundle(name, folder, isKycElement), api.port);
      try {
        await runToTheEnd(`http://localhost:${await listen(site)}/`);
      } finally {
        await close(site);
        await api.stop();
        await removeExample(folder);
      }
    });
  }
});
