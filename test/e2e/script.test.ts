import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { build } from 'vite';
import { de } from '../../src/i18n/de.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { chromiumFlags, findChromium } from '../browsers/find-chromium.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Notes what is global before our script comes, and every violation of the policy. */
const BEFORE = `
  globalThis.before = Object.getOwnPropertyNames(globalThis);
  globalThis.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(event.violatedDirective + ' ' + event.blockedURI);
  });`;

const HOST = `
  globalThis.events = [];
  const element = document.querySelector('kyc-verify');
  for (const name of ['kyc-ready', 'kyc-started', 'kyc-submitted', 'kyc-finished', 'kyc-error']) {
    element.addEventListener(name, () => events.push(name));
  }
  fetch('/session').then((answer) => answer.json()).then(({ url, origin }) => {
    element.provider = 'veriff';
    element.trustedOrigins = origin;
    element.sessionUrl = url;
  });`;

const PAGE = `<!doctype html>
  <html lang="de"><head><meta charset="utf-8"><title>Shop</title>
  <script src="/before.js"></script>
  <script src="/kyc-verify.js"></script>
  <script src="/locales/de.js"></script></head>
  <body><kyc-verify></kyc-verify><script src="/host.js"></script></body></html>`;

let folder: string;
let sandbox: Sandbox;
let server: Server;
let browser: Browser;
let url: string;

const session = async (): Promise<string> => {
  const answer = await fetch(`${sandbox.origin}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ verification: {}, sandbox: { pilot: true } }),
  });
  const { verification } = (await answer.json()) as { verification: { url: string } };
  return JSON.stringify({ url: verification.url, origin: sandbox.origin });
};

/** The strictest policy that the README promises to be enough. */
const policy = (): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    `frame-src ${sandbox.origin}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

const answerOf = async (path: string): Promise<readonly [type: string, body: string]> => {
  switch (path) {
    case '/':
      return ['text/html', PAGE];
    case '/before.js':
      return ['text/javascript', BEFORE];
    case '/host.js':
      return ['text/javascript', HOST];
    case '/session':
      return ['application/json', await session()];
    case '/kyc-verify.js':
    case '/locales/de.js':
      return ['text/javascript', await readFile(join(folder, path), 'utf8')];
    default:
      return ['text/plain', ''];
  }
};

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kyc-verify-'));
  await build({
    root: ROOT,
    configFile: `${ROOT}/vite.config.ts`,
    logLevel: 'error',
    build: { outDir: folder },
  });
  sandbox = await createSandbox();
  server = createServer((request, response) => {
    void answerOf(request.url ?? '').then(([type, body]) => {
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.setHeader('content-security-policy', policy());
      const allowed = `(self "${sandbox.origin}")`;
      response.setHeader('permissions-policy', `camera=${allowed}, microphone=${allowed}`);
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const { executablePath, env } = await findChromium();
  browser = await chromium.launch({
    executablePath,
    args: chromiumFlags,
    env: { ...(process.env as Record<string, string>), ...env },
  });
});

after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

/** What the page's scripts keep for the test. */
interface Notes {
  readonly before: readonly string[];
  readonly violations: readonly string[];
  readonly events: readonly string[];
}

describe('the classic script', () => {
  it('runs a verification under the strictest policy, in the page’s language', async () => {
    const page = await browser.newPage();
    await page.goto(url);
    assert.equal(
      await page.locator('kyc-verify iframe').getAttribute('title'),
      'Identitätsprüfung durch Veriff',
    );
    await page.waitForFunction(() =>
      (globalThis as unknown as Notes).events.includes('kyc-finished'),
    );
    const notes = await page.evaluate(() => {
      const { events, violations, before } = globalThis as unknown as Notes;
      const own = ['before', 'violations', 'events', 'element', 'HOST'];
      const added = Object.getOwnPropertyNames(globalThis).filter(
        (name) => !before.includes(name) && !own.includes(name),
      );
      const styles = document.querySelectorAll('style, link, [style]').length;
      return { events, violations, added, styles, sheets: document.adoptedStyleSheets.length };
    });
    assert.deepEqual(notes, {
      events: ['kyc-ready', 'kyc-started', 'kyc-submitted', 'kyc-finished'],
      violations: [],
      added: ['KycVerify'],
      styles: 0,
      sheets: 0,
    });
    await page.getByRole('heading', { name: de.finished }).waitFor();
    await page.close();
  });
});
