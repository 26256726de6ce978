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
import { deCapture } from '../../src/i18n/capture/de.js';
import { de } from '../../src/i18n/de.js';
import { enCapture } from '../../src/i18n/en-capture.js';
import { launchChromium } from '../support/chromium.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FACE = join(ROOT, 'src/sandbox/specimens/genuine-face.jpg');

/** Notes what is global before our script comes, and every violation of the policy. */
const BEFORE = `globalThis.before = Object.getOwnPropertyNames(globalThis);
  globalThis.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(event.violatedDirective + ' ' + event.blockedURI);
  });`;

const HOST = `globalThis.proofs = [];
  const element = document.querySelector('kyc-capture');
  element.plan = KycCapture.shuftiProPlan({ verification_mode: 'image_only', face: {} });
  element.addEventListener('kyc-captured', ({ detail }) => {
    for (const { context, type, blob } of detail.proofs) proofs.push([context, type, blob.size > 0]);
  });`;

const script = (src: string): string => `<script nonce="once" src="${src}"></script>`;

const page = (scripts: readonly string[], lang = 'en'): string => `<!doctype html>
  <html lang="${lang}"><head><meta charset="utf-8"><title>Shop</title>
  ${scripts.map(script).join('\n')}</head>
  <body><kyc-capture></kyc-capture>${script('/host.js')}</body></html>`;

const PAGES: Readonly<Record<string, string>> = {
  '/': page(['/before.js', '/kyc-capture.js', '/locales/capture.de.js'], 'de'),
  '/twice': page(['/before.js', '/kyc-capture.js', '/first.js', '/kyc-capture.js?again']),
  '/both': page(['/before.js', '/kyc-verify.js', '/kyc-capture.js']),
};

const SCRIPTS: Readonly<Record<string, string>> = {
  '/before.js': BEFORE,
  '/host.js': HOST,
  '/first.js': 'globalThis.first = KycCapture;',
};

/** What the guide says is enough. */
const policy = (path: string): string =>
  [
    "default-src 'none'",
    "script-src 'nonce-once'",
    "worker-src 'self'",
    "require-trusted-types-for 'script'",
    `trusted-types lit-html kyc-capture${path === '/both' ? " 'allow-duplicates'" : ''}`,
  ].join('; ');

const requests: string[] = [];

let folder: string;
let server: Server;
let browser: Browser;
let url: string;

const answerOf = async (path: string): Promise<readonly [type: string, body: string]> => {
  const markup = PAGES[path];
  if (markup !== undefined) return ['text/html', markup];
  if (!path.endsWith('.js')) return ['text/plain', ''];
  return ['text/javascript', SCRIPTS[path] ?? (await readFile(join(folder, path), 'utf8'))];
};

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kyc-capture-'));
  for (const mode of ['production', 'capture']) {
    await build({
      root: ROOT,
      configFile: `${ROOT}/vite.config.ts`,
      logLevel: 'error',
      mode,
      build: { outDir: folder, emptyOutDir: false },
    });
  }
  server = createServer((request, response) => {
    const [path = ''] = request.url?.split('?') ?? [];
    requests.push(path);
    void answerOf(path).then(([type, body]) => {
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.setHeader('content-security-policy', policy(path));
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});

after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** What the page's scripts keep for the test. */
interface Notes {
  readonly before: readonly string[];
  readonly violations: readonly string[];
  readonly proofs: readonly (readonly [string, string, boolean])[];
}

type Words = Readonly<Record<'start' | 'use' | 'send' | 'captured', string>>;

const press = (shop: Page, name: string): Promise<void> =>
  shop.getByRole('button', { name, exact: true }).click();

/** From the start button to the end, with a file. */
const collect = async (shop: Page, words: Words): Promise<void> => {
  await press(shop, words.start);
  await shop.locator('kyc-capture input[data-input=files]').setInputFiles(FACE);
  await press(shop, words.use);
  await press(shop, words.send);
  await shop.getByRole('heading', { name: words.captured }).waitFor();
};

const notesOf = (shop: Page): Promise<Pick<Notes, 'proofs' | 'violations'>> =>
  shop.evaluate(() => {
    const { proofs, violations } = globalThis as unknown as Notes;
    return { proofs, violations };
  });

const DONE = { proofs: [['face', 'image/jpeg', true]], violations: [] };

const visit = async (path: string): Promise<Page> => {
  const shop = await browser.newPage();
  shop.on('pageerror', (error) => {
    throw error;
  });
  await shop.goto(url + path);
  return shop;
};

describe('the classic script of <kyc-capture>', () => {
  it('collects under the strictest policy, in the page’s language, and leaves one global', async () => {
    requests.length = 0;
    const shop = await visit('/');
    await collect(shop, { ...de, ...deCapture });
    assert.deepEqual(await notesOf(shop), DONE);
    assert.ok(requests.includes('/kyc-capture.worker.js'), 'pictures go through the worker');
    const added = await shop.evaluate(() => {
      const own = ['before', 'violations', 'proofs', 'element'];
      const { before: known } = globalThis as unknown as Notes;
      return Object.getOwnPropertyNames(globalThis).filter(
        (name) => !known.includes(name) && !own.includes(name),
      );
    });
    assert.deepEqual(added, ['KycCapture']);
    assert.deepEqual(
      await shop.evaluate(() => [
        document.querySelectorAll('style, link, [style]').length,
        document.adoptedStyleSheets.length,
        Object.keys(localStorage).length + Object.keys(sessionStorage).length,
      ]),
      [0, 0, 0],
    );
    await shop.close();
  });

  it('does no harm where it is included twice: the first stays', async () => {
    const shop = await visit('/twice');
    await collect(shop, enCapture);
    assert.deepEqual(await notesOf(shop), DONE);
    assert.ok(
      await shop.evaluate(() => {
        const { first, KycCapture } = globalThis as unknown as Record<string, unknown>;
        return !!first && first === KycCapture;
      }),
    );
    await shop.close();
  });

  it('works beside that of <kyc-verify>', async () => {
    const shop = await visit('/both');
    await collect(shop, enCapture);
    assert.deepEqual(await notesOf(shop), DONE);
    assert.ok(await shop.evaluate(() => !!customElements.get('kyc-verify')));
    await shop.close();
  });
});
