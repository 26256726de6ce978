import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { de } from '../../src/i18n/de.js';
import { enTrouble } from '../../src/i18n/en-trouble.js';
import { enSession } from '../../src/i18n/en-session.js';
import type { DecisionWord } from '../../src/model/decisions.js';
import type { Finding } from '../../src/model/findings.js';
import type { SessionStatus, StartedSession } from '../../src/model/status.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { launchChromium } from '../support/chromium.js';

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
  const names = ['ready', 'started', 'submitted', 'finished', 'error', 'redirect', 'returned'];
  for (const name of names.map((each) => 'kyc-' + each)) {
    element.addEventListener(name, () => events.push(name));
  }
  fetch('/session').then((answer) => answer.json()).then(({ url, origin }) => {
    element.provider = 'veriff';
    element.trustedOrigins = origin;
    element.sessionUrl = url;
    if (element.display === 'redirect' && element.phase === 'idle') element.start();
  });`;

const PAGE = `<!doctype html>
  <html lang="de"><head><meta charset="utf-8"><title>Shop</title>
  <script src="/before.js"></script>
  <script src="/kyc-verify.js"></script>
  <script src="/locales/de.js"></script></head>
  <body><kyc-verify></kyc-verify><script src="/host.js"></script></body></html>`;

const STATE = 'a-state-of-twenty-two-characters';

/** A host page with settings of its own: attributes of the element, and its script's folder. */
const hostPage = (attributes: string, folder = ''): string => `<!doctype html>
  <html lang="de"><head><meta charset="utf-8"><title>Shop</title>
  <script nonce="once" src="/before.js"></script>
  <script nonce="once" src="${folder}/kyc-verify.js"></script></head>
  <body><kyc-verify session-state="${STATE}" ${attributes}></kyc-verify>
  <script nonce="once" src="/host.js"></script></body></html>`;

const SERVED = `<!doctype html>
  <html lang="de"><head><meta charset="utf-8"><title>Shop</title>
  <script nonce="once" src="/before.js"></script>
  <script nonce="once" src="FOLDER/kyc-verify.js"></script></head>
  <body><kyc-verify provider="veriff" session-endpoint="/kyc"></kyc-verify>
  <script nonce="once" src="/served.js"></script></body></html>`;

const SERVED_HOST = `
  globalThis.events = [];
  const element = document.querySelector('kyc-verify');
  element.trustedOrigins = 'ORIGIN';
  for (const name of ['kyc-finished', 'kyc-decision', 'kyc-error']) {
    element.addEventListener(name, ({ detail }) => events.push(name + (detail.decision ?? detail.code ?? '')));
  }`;

const CALLBACK = `<!doctype html>
  <html lang="en"><head><meta charset="utf-8"><title>Back</title>
  <script nonce="once" src="/kyc-verify.js"></script></head>
  <body><kyc-return><p>You are back.</p></kyc-return></body></html>`;

/** The paths that were asked for, in order. */
const requests: string[] = [];

let folder: string;
let sandbox: Sandbox;
let server: Server;
let browser: Browser;
let url: string;

const session = async (callback: string): Promise<string> => {
  const answer = await fetch(`${sandbox.origin}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ verification: { callback }, sandbox: { pilot: true } }),
  });
  const { verification } = (await answer.json()) as { verification: { url: string } };
  return JSON.stringify({ url: verification.url, origin: sandbox.origin });
};

const status = (decision: DecisionWord, version: number): SessionStatus => ({
  id: 'a1',
  provider: 'veriff',
  stage: version > 1 ? 'submitted' : 'created',
  decision,
  version,
});

/** What the merchant's server answers to `POST /kyc/sessions`. */
const startedSession = async (): Promise<string> => {
  const made = JSON.parse(await session(`${url}callback?kyc-state=${STATE}`)) as { url: string };
  const started: StartedSession = {
    id: 'a1',
    provider: 'veriff',
    url: made.url,
    state: STATE,
    status: status('pending', 1),
  };
  return JSON.stringify(started);
};

/** Set by the test: the provider has decided. */
let isDecided = false;

/** One event and the end of the stream, so that the page asks again until it is decided. */
const events = (): string =>
  `retry: 50\nid: 2\nevent: status\ndata: ${JSON.stringify(isDecided ? status('approved', 3) : status('pending', 2))}\n\n`;

/** The strictest policy that the README promises to be enough. */
const policy = (path: string): string =>
  [
    "default-src 'none'",
    path === '/' ? "script-src 'self'" : "script-src 'nonce-once'",
    "connect-src 'self'",
    path.startsWith('/blocked') ? "frame-src 'none'" : `frame-src ${sandbox.origin}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

const answerOf = async (path: string): Promise<readonly [type: string, body: string]> => {
  switch (path) {
    case '/':
      return ['text/html', PAGE];
    case '/blocked':
      return ['text/html', hostPage('')];
    case '/blocked-alone':
      return ['text/html', hostPage('', '/alone')];
    case '/redirect':
      return ['text/html', hostPage('display="redirect"')];
    case '/callback':
      return ['text/html', CALLBACK];
    case '/served':
      return ['text/html', SERVED.replace('FOLDER', '')];
    case '/served-alone':
      return ['text/html', SERVED.replace('FOLDER', '/alone')];
    case '/served.js':
      return ['text/javascript', SERVED_HOST.replace('ORIGIN', sandbox.origin)];
    case '/kyc/sessions':
      return ['application/json', await startedSession()];
    case '/kyc/sessions/a1/events':
      return ['text/event-stream', events()];
    case '/before.js':
      return ['text/javascript', BEFORE];
    case '/host.js':
      return ['text/javascript', HOST];
    case '/session':
      return ['application/json', await session(`${url}callback?kyc-state=${STATE}`)];
    case '/alone/kyc-verify.js':
      return ['text/javascript', await readFile(join(folder, 'kyc-verify.js'), 'utf8')];
    case '/kyc-verify.js':
    case '/kyc-verify.trouble.js':
    case '/kyc-verify.session.js':
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
    const [path = ''] = request.url?.split('?') ?? [];
    requests.push(path);
    void answerOf(path).then(([type, body]) => {
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.setHeader('content-security-policy', policy(path));
      const allowed = `(self "${sandbox.origin}")`;
      response.setHeader('permissions-policy', `camera=${allowed}, microphone=${allowed}`);
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  browser = await launchChromium();
});

after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

/** The script's one global, as far as it is used here. */
interface Global {
  examine(provider: string): Promise<readonly Finding[]>;
}

/** What the page's scripts keep for the test. */
interface Notes {
  readonly before: readonly string[];
  readonly violations: readonly string[];
  readonly events: readonly string[];
}

/** Opens one of the pages and waits for this event of its element. */
const open = async (page: Page, path: string, event: string): Promise<void> => {
  requests.length = 0;
  await page.goto(url + path);
  await page.waitForFunction(
    (name) => (globalThis as unknown as Partial<Notes>).events?.includes(name),
    event,
  );
};

const TROUBLE = '/kyc-verify.trouble.js';
const SESSION = '/kyc-verify.session.js';

describe('the classic script', () => {
  it('runs a verification under the strictest policy, in the page’s language', async () => {
    requests.length = 0;
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
    assert.ok(!requests.includes(TROUBLE), 'nothing more is loaded while nothing is wrong');
    assert.ok(!requests.includes(SESSION), 'nor where there is no endpoint');
    await page.close();
  });

  it('loads what trouble needs from beside itself, also where a nonce alone lets scripts in', async () => {
    const page = await browser.newPage();
    const warned = page.waitForEvent('console', {
      predicate: (message) => message.text().startsWith('kyc-verify: frame-blocked: '),
    });
    await open(page, 'blocked', 'kyc-error');
    const warning = await warned;
    assert.ok(
      warning.text().includes(`Content-Security-Policy: frame-src 'self' ${sandbox.origin} `),
    );
    const violations = await page.evaluate(() => (globalThis as unknown as Notes).violations);
    assert.deepEqual(violations, [`frame-src ${sandbox.origin}`]);
    assert.equal(requests.filter((path) => path === TROUBLE).length, 1);
    await page.close();
  });

  it('examines the page for a host that asks before it pays', async () => {
    const page = await browser.newPage();
    await page.goto(`${url}callback`);
    const found = await page.evaluate(() => {
      const { KycVerify } = globalThis as unknown as { readonly KycVerify: Global };
      return KycVerify.examine('shufti-pro');
    });
    // The page's own header lets the sandbox have the camera, and not the vendor.
    assert.deepEqual(
      found.map(({ code, severity }) => [code, severity]),
      [
        ['permissions-policy', 'blocks-frame'],
        ['microphone-policy', 'warning'],
      ],
    );
    assert.match(found[0]?.remedy ?? '', /camera=\(self "https:\/\/app\.shuftipro\.com"/);
    assert.equal(found[0]?.text, enTrouble['permissions-policyText']);
    await page.close();
  });

  it('leads on by a link where that file is missing', async () => {
    const page = await browser.newPage();
    await open(page, 'blocked-alone', 'kyc-error');
    const link = page.locator('kyc-verify a[part~=link]').first();
    assert.match((await link.getAttribute('href')) ?? '', new RegExp(`^${sandbox.origin}/v/`));
    await link.press('Enter');
    await page
      .getByRole('button', { name: 'Start' })
      .or(page.getByRole('heading'))
      .first()
      .waitFor();
    await page.close();
  });

  it('gets a session from an endpoint and tells what becomes of it, by one tag', async () => {
    const page = await browser.newPage();
    requests.length = 0;
    isDecided = false;
    await page.goto(`${url}served`);
    await page.getByRole('button', { name: enSession.start }).click();
    await page.getByRole('heading', { name: enSession.checking }).waitFor();
    isDecided = true;
    await page.getByRole('heading', { name: enSession.verified }).waitFor();
    const { events: told, violations } = await page.evaluate(() => {
      const { events: told, violations } = globalThis as unknown as Notes;
      return { events: told, violations };
    });
    assert.deepEqual(told, ['kyc-finished', 'kyc-decisionapproved']);
    assert.deepEqual(violations, []);
    assert.equal(requests.filter((path) => path === SESSION).length, 1);
    assert.equal(requests.filter((path) => path === '/kyc/sessions').length, 1);
    await page.close();
  });

  it('says so where the file for it is missing, and offers a reload', async () => {
    const page = await browser.newPage();
    await page.goto(`${url}served-alone`);
    await page.getByText('script-missing').waitFor();
    await page.getByRole('button', { name: 'Reload this page' }).waitFor();
    const told = await page.evaluate(() => (globalThis as unknown as Notes).events);
    assert.deepEqual(told, ['kyc-errorscript-missing']);
    await page.close();
  });

  it('goes to the provider’s own page and comes back', async () => {
    const page = await browser.newPage();
    await open(page, 'redirect', 'kyc-returned');
    assert.equal(page.url(), `${url}redirect`);
    await page.getByRole('heading', { name: enTrouble.returned }).waitFor();
    assert.deepEqual(
      requests.filter((path) => path === '/callback' || path === '/redirect'),
      ['/redirect', '/callback', '/redirect'],
    );
    await page.close();
  });
});
