import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { frameCollector, renderFrame } from '../../src/frame.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { launchChromium } from '../support/chromium.js';
import { packed } from '../support/packed.js';

/** A page of a shop: what it lets in, and its markup, once there is a session. */
interface Shop {
  /** Of its Content-Security-Policy. */
  readonly scripts: string;
  /** Of its `trusted-types`. Default: `lit-html`. */
  readonly types?: string;
  readonly body: (session: Session) => string;
}

interface Session {
  readonly url: string;
  readonly origin: string;
}

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What every page keeps for the test. Inline, so that it needs its place in each policy. */
const NOTES = `globalThis.events=[];globalThis.violations=[];
for(const name of ['kyc-ready','kyc-finished','kyc-error'])addEventListener(name,()=>events.push(name));
addEventListener('securitypolicyviolation',({violatedDirective,blockedURI})=>violations.push(violatedDirective+' '+blockedURI));`;

/** What a shop's own script does. */
const HOST = `fetch('/session').then((answer)=>answer.json()).then((session)=>Object.assign(document.querySelector('kyc-verify'),session));`;

const ELEMENT = '<kyc-verify provider="veriff"></kyc-verify>';

const noted = (nonce = ''): string => `<script${nonce}>${NOTES}</script>`;

const NONCE = ' nonce="once"';

let integrity: Readonly<Record<string, string>>;

const adopting = ({ url, origin }: Session, options: { readonly nonce?: string } = {}): string =>
  `<kyc-verify provider="veriff" trusted-origins="${origin}">${renderFrame({
    sessionUrl: url,
    provider: 'veriff',
    trustedOrigins: origin,
    ...options,
  })}</kyc-verify>`;

const SHOPS: Readonly<Record<string, Shop>> = {
  nonce: {
    scripts: "'nonce-once'",
    body: () =>
      `${noted(NONCE)}<script${NONCE} src="/kyc-verify.js"></script>${ELEMENT}<script${NONCE}>${HOST}</script>`,
  },
  hash: {
    scripts: `${hashOf(NOTES)} ${hashOf(HOST)} %kyc-verify.js%`,
    body: () =>
      `${noted()}<script src="/kyc-verify.js" integrity="${integrity['kyc-verify.js']}"></script>${ELEMENT}<script>${HOST}</script>`,
  },
  capture: {
    scripts: `${hashOf(NOTES)} %kyc-capture.js%`,
    types: 'lit-html kyc-capture',
    body: () =>
      `${noted()}<script src="/kyc-capture.js" integrity="${integrity['kyc-capture.js']}"></script>
      <kyc-capture provider="veriff"></kyc-capture>`,
  },
  module: {
    scripts: "'nonce-once'",
    body: () =>
      `${noted(NONCE)}${ELEMENT}<script type="module"${NONCE} src="/kyc-verify.module.js" integrity="${integrity['kyc-verify.module.js']}"></script><script${NONCE}>${HOST}</script>`,
  },
  tampered: {
    scripts: "'nonce-once'",
    body: () =>
      `${noted(NONCE)}<script${NONCE} src="/kyc-verify.js" integrity="${integrity['kyc-verify.module.js']}"></script>${ELEMENT}`,
  },
  twice: {
    scripts: "'nonce-once'",
    body: () =>
      `${noted(NONCE)}<script${NONCE} src="/kyc-verify.js"></script><script${NONCE}>globalThis.first=KycVerify</script>
      <script${NONCE} src="/kyc-verify.js?again"></script>${ELEMENT}<script${NONCE}>${HOST}</script>`,
  },
  mixed: {
    scripts: "'nonce-once'",
    // Each has a Lit of its own, and so a policy of the same name.
    types: "lit-html 'allow-duplicates'",
    body: () =>
      `${noted(NONCE)}<script${NONCE} src="/kyc-verify.js"></script><script${NONCE}>globalThis.first=KycVerify</script>
      <script${NONCE} src="/kyc-verify.js?again"></script>${ELEMENT}
      <script type="module"${NONCE} src="/kyc-verify.module.js"></script>
      <script type="module"${NONCE}>KycVerify.registerTexts('en',{frame:'Told by the first'});${HOST}</script>`,
  },
  'adopted-late': {
    scripts: "'nonce-once'",
    body: (session) =>
      `${noted(NONCE)}${adopting(session, { nonce: 'once' })}<script async${NONCE} src="/kyc-verify.js"></script>`,
  },
  'adopted-early': {
    scripts: `'nonce-once' ${hashOf(frameCollector)}`,
    body: (session) =>
      `${noted(NONCE)}<script${NONCE} src="/kyc-verify.js"></script>${adopting(session)}`,
  },
  'adopted-without-script': {
    scripts: "'none'",
    body: (session) => `${adopting(session)}<script src="/kyc-verify.js"></script>`,
  },
};

let dist: string;
let sandbox: Sandbox;
let server: Server;
let browser: Browser;
let url: string;
/** The one that the last page was made with. */
let lastSession: Session;

const createSession = async (): Promise<Session> => {
  const answer = await fetch(`${sandbox.origin}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ verification: {}, sandbox: { pilot: true } }),
  });
  const { verification } = (await answer.json()) as { verification: { url: string } };
  return { url: verification.url, origin: sandbox.origin };
};

const policyOf = ({ scripts, types = 'lit-html' }: Shop): string =>
  [
    "default-src 'none'",
    `script-src ${scripts.replace(/%(.+?)%/, (_, name: string) => `'${integrity[name]}'`)}`,
    "style-src 'none'",
    "connect-src 'self'",
    `frame-src ${sandbox.origin}`,
    "require-trusted-types-for 'script'",
    `trusted-types ${types}`,
  ].join('; ');

const answerOf = async (path: string): Promise<readonly [type: string, body: string]> => {
  if (path === '/session') {
    const { url: sessionUrl, origin: trustedOrigins } = await createSession();
    return ['application/json', JSON.stringify({ trustedOrigins, sessionUrl })];
  }
  if (path.endsWith('.js')) return ['text/javascript', await readFile(join(dist, path), 'utf8')];
  const shop = SHOPS[path.slice(1)];
  if (!shop) return ['text/plain', ''];
  lastSession = await createSession();
  const body = shop.body(lastSession);
  return ['text/html', `<!doctype html><html lang="en"><title>Shop</title><body>${body}`];
};

before(async () => {
  dist = join((await packed()).folder, 'node_modules/kyc-verify/dist');
  integrity = JSON.parse(await readFile(join(dist, 'integrity.json'), 'utf8')) as typeof integrity;
  sandbox = await createSandbox();
  server = createServer((request, response) => {
    const [path = ''] = request.url?.split('?') ?? [];
    void answerOf(path).then(([type, body]) => {
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.setHeader('cache-control', 'no-store');
      const shop = SHOPS[path.slice(1)];
      if (shop) response.setHeader('content-security-policy', policyOf(shop));
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
});

/** What the page's scripts keep for the test. */
interface Notes {
  readonly events: readonly string[];
  readonly violations: readonly string[];
}

const visit = async (name: string): Promise<readonly [Page, readonly string[]]> => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(`${url}${name}`);
  return [page, errors];
};

const assertFinishes = async (name: string): Promise<Page> => {
  const [page, errors] = await visit(name);
  await page.waitForFunction(() =>
    (globalThis as unknown as Notes).events.includes('kyc-finished'),
  );
  const { events, violations } = await page.evaluate(() => {
    const { events, violations } = globalThis as unknown as Notes;
    return { events, violations };
  });
  assert.deepEqual(events, ['kyc-ready', 'kyc-finished']);
  assert.deepEqual(violations, []);
  assert.deepEqual(errors, []);
  return page;
};

/** How often the provider was asked for the session's page. */
const requestsOf = async (session: Session): Promise<number> => {
  const token = new URL(session.url).pathname.split('/').at(-1) ?? '';
  const answer = await fetch(`${sandbox.origin}/_sandbox/sessions/${token}`);
  return ((await answer.json()) as { pageRequests: number }).pageRequests;
};

describe('the packed scripts, with no style allowed and Trusted Types required,', () => {
  for (const [name, what] of [
    ['nonce', 'by nonce'],
    ['hash', 'by hash, which is the integrity value'],
    ['module', 'as a module, with Subresource Integrity'],
  ] as const) {
    it(`run to the end ${what}`, async () => {
      await (await assertFinishes(name)).close();
    });
  }

  it('offer to collect proofs by hash, which is the integrity value', async () => {
    const [page, errors] = await visit('capture');
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    assert.deepEqual(await page.evaluate(() => (globalThis as unknown as Notes).violations), []);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('do not run where the integrity value is another file’s', async () => {
    const [page] = await visit('tampered');
    assert.equal(await page.evaluate(() => !!customElements.get('kyc-verify')), false);
    await page.close();
  });

  for (const [name, what] of [
    ['twice', 'twice'],
    ['mixed', 'twice, and once more as a module'],
  ] as const) {
    it(`do no harm where they are included ${what}: the first stays`, async () => {
      const page = await assertFinishes(name);
      assert.equal(
        await page.evaluate(() => {
          const { first, KycVerify } = globalThis as unknown as Record<string, unknown>;
          return !!first && first === KycVerify;
        }),
        true,
      );
      await page.close();
    });
  }

  for (const [name, what] of [
    ['adopted-late', 'that was there before the script'],
    ['adopted-early', 'that is parsed after the script'],
  ] as const) {
    it(`adopt a frame ${what}, with one request`, async () => {
      const [page, errors] = await visit(name);
      await page.waitForFunction(() =>
        (globalThis as unknown as Notes).events.includes('kyc-finished'),
      );
      assert.deepEqual(errors, []);
      assert.deepEqual(await page.evaluate(() => (globalThis as unknown as Notes).violations), []);
      assert.equal(await requestsOf(lastSession), 1);
      await page.close();
    });
  }

  it('are not needed for the provider’s page to be seen, where the host rendered its frame', async () => {
    const [page] = await visit('adopted-without-script');
    assert.equal(await page.evaluate(() => !!customElements.get('kyc-verify')), false);
    const frame = page.frameLocator('kyc-verify > iframe');
    await frame.getByRole('heading').first().waitFor();
    const box = await page.locator('kyc-verify > iframe').boundingBox();
    assert.ok(box);
    assert.equal(box.height, 650);
    assert.ok(box.width > 600);
    await page.close();
  });
});
