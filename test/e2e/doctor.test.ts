import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { examinePage } from '../../src/doctor/examine-page.js';
import type { Finding, Report } from '../../src/doctor/report.js';
import { generic } from '../../src/providers/generic.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { launchChromium } from '../support/chromium.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = join(ROOT, 'src/doctor/cli.ts');

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** A shop whose scripts are its own files, as strict policies want them. */
const SHOP = `<!doctype html>
  <html lang="en"><head><meta charset="utf-8"><title>Shop</title>
  <meta name="viewport" content="width=device-width">
  <script src="/kyc-verify.js"></script></head>
  <body><kyc-verify provider="veriff"></kyc-verify><script src="/host.js"></script></body></html>`;

const HOST = `
  globalThis.heard = [];
  const element = document.querySelector('kyc-verify');
  element.addEventListener('kyc-finished', () => heard.push('finished'));
  element.addEventListener('kyc-error', ({ detail }) => heard.push(detail.code));
  // Where its script does not run, the element is none.
  if (!customElements.get('kyc-verify')) heard.push('no element');
  fetch('/session').then((answer) => answer.json()).then((session) => Object.assign(element, session));`;

/** What the server answers next: the page's headers and markup. */
let headers: Headers = {};
let html = SHOP;

let folder: string;
let sandbox: Sandbox;
let server: Server;
let browser: Browser;
let tab: Page;
let origin: string;

const session = async (): Promise<string> => {
  const answer = await fetch(`${sandbox.origin}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ verification: {}, sandbox: { pilot: true } }),
  });
  const { verification } = (await answer.json()) as { verification: { url: string } };
  return JSON.stringify({ trustedOrigins: sandbox.origin, sessionUrl: verification.url });
};

/** Two scripts in place of ours, where only the loading is looked at. */
const STUB = `globalThis.main = true;
  import('./kyc-verify.trouble.js').then(() => { globalThis.trouble = true; }, () => { globalThis.trouble = false; });`;
const STUB_TROUBLE = 'globalThis.second = true;';

const bodyOf = async (path: string): Promise<readonly [type: string, body: string]> => {
  switch (path) {
    case '/':
      return ['text/html', html];
    case '/session':
      return ['application/json', await session()];
    case '/host.js':
      return ['text/javascript', HOST];
    case '/stub/kyc-verify.js':
      return ['text/javascript', STUB];
    case '/stub/kyc-verify.trouble.js':
      return ['text/javascript', STUB_TROUBLE];
    case '/kyc-verify.js':
    case '/kyc-verify.trouble.js':
      return ['text/javascript', await readFile(join(folder, path), 'utf8')];
    default:
      return [
        'text/html',
        '<script>parent.postMessage("here", new URL(document.referrer).origin)</script>',
      ];
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
    void bodyOf(path).then(([type, body]) => {
      if (path === '/')
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
  tab = await browser.newPage();
});

after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

/** Opens the page as it is served now, in the one tab that there is. */
const open = async (): Promise<Page> => {
  await tab.goto(`${origin}/`);
  return tab;
};

interface Notes {
  readonly heard: readonly string[];
}

/** The first thing that is heard of a run in the page as it is served now. */
const outcome = async (): Promise<string> => {
  const page = await open();
  const heard = await page.waitForFunction(
    () => (globalThis as unknown as Partial<Notes>).heard?.[0],
  );
  return (await heard.jsonValue()) ?? '';
};

interface Told {
  readonly code: number;
  readonly out: string;
}

const doctor = (): Promise<Told> =>
  new Promise((resolve) => {
    const args = ['doctor', `${origin}/`, '--provider', 'veriff', '--origin', sandbox.origin];
    const env = { ...process.env, FORCE_COLOR: '0' };
    const child = execFile(process.execPath, ['--import=tsx', CLI, ...args], { env }, (_, out) => {
      resolve({ code: child.exitCode ?? -1, out });
    });
  });

/** The header lines that the doctor printed, as the server would send them. */
const printedHeaders = (out: string): Headers =>
  Object.fromEntries(
    [...out.matchAll(/^ +(?:add|change) ([A-Z][\w-]+): (.+)$/gm)].map(
      ([, name = '', value = '']) => [name.toLowerCase(), value],
    ),
  );

/** A page that is wrong: what the doctor finds, and how a run in it ends. */
interface Wrong {
  readonly name: string;
  readonly headers: Headers;
  readonly code: string;
  readonly outcome: string;
}

const STRICT = "default-src 'none'; connect-src 'self'; require-trusted-types-for 'script'";

const WRONG: readonly Wrong[] = [
  {
    name: 'camera=() and microphone=()',
    headers: { 'permissions-policy': 'camera=(), microphone=(), geolocation=()' },
    code: 'permissions-policy',
    outcome: 'permissions-policy',
  },
  {
    name: 'camera=(self)',
    headers: { 'permissions-policy': 'camera=(self)' },
    code: 'permissions-policy',
    outcome: 'permissions-policy',
  },
  {
    name: 'Feature-Policy',
    headers: { 'feature-policy': "camera 'self'" },
    code: 'permissions-policy',
    outcome: 'permissions-policy',
  },
  {
    name: 'frame-src for others',
    headers: { 'content-security-policy': 'frame-src https://x.example' },
    code: 'frame-blocked',
    outcome: 'frame-blocked',
  },
  {
    name: "default-src 'self'",
    headers: { 'content-security-policy': "default-src 'self'" },
    code: 'frame-blocked',
    outcome: 'frame-blocked',
  },
  {
    name: 'trusted-types without Lit',
    headers: {
      'content-security-policy': `script-src 'self'; require-trusted-types-for 'script'; trusted-types other`,
    },
    code: 'trusted-types',
    outcome: 'no element',
  },
  {
    name: 'COOP and COEP',
    headers: {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    },
    code: 'cross-origin-isolated',
    outcome: 'cross-origin-isolated',
  },
  {
    name: 'COEP alone',
    headers: { 'cross-origin-embedder-policy': 'require-corp' },
    code: 'cross-origin-isolated',
    outcome: 'frame-blocked',
  },
  {
    name: 'everything at once',
    headers: {
      'permissions-policy': 'camera=(self "https://x.example"), microphone=()',
      'content-security-policy': `${STRICT}; script-src 'self'; frame-src 'none'; trusted-types 'none'`,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    },
    code: 'frame-blocked',
    outcome: 'no element',
  },
];

describe('what the doctor says holds in Chromium', () => {
  before(() => {
    html = SHOP;
  });

  for (const wrong of WRONG) {
    it(`${wrong.name}: no run, until its lines are sent`, async () => {
      headers = wrong.headers;
      const before = await doctor();
      assert.equal(before.code, 1, before.out);
      assert.match(before.out, new RegExp(`^ {2}error +${wrong.code}: `, 'm'));
      assert.equal(await outcome(), wrong.outcome);

      headers = { ...headers, ...printedHeaders(before.out) };
      const after = await doctor();
      assert.equal(after.code, 0, after.out);
      assert.equal(await outcome(), 'finished');
    });
  }

  it('a page without any policy: all is well, and a run gets to its end', async () => {
    headers = {};
    const { code, out } = await doctor();
    assert.equal(code, 0, out);
    assert.equal(await outcome(), 'finished');
  });
});

const FRAME = 'http://127.0.0.1:9';

/** Of a page on `localhost` and a frame on 127.0.0.1. */
const PERMISSIONS: readonly Headers[] = [
  'camera=(self)',
  `camera=("${FRAME}")`,
  `camera=(self "${FRAME}")`,
  `camera=(self "${FRAME}/")`,
  `camera=(self "${FRAME}/a/b")`,
  'camera=*',
  'camera=(*)',
  'camera=self',
  `camera="${FRAME}"`,
  `camera=(self ${FRAME})`,
  'camera=(self "http:")',
  'camera=(self "http://*.localhost:9")',
  `camera=("self" "${FRAME}")`,
  `camera=('self' "${FRAME}")`,
  'camera=(self src)',
  'camera=()',
  'camera=();report-to=x',
  'camera=(), foo=(',
  'camera=(),',
  'Camera=()',
  'camera=1',
  'camera',
  "camera 'none'",
  'geolocation=(); camera=()',
  [`camera=()`, `camera=(self "${FRAME}")`],
  [`camera=(self "${FRAME}")`, 'camera=()'],
  ['camera=()', 'geolocation=('],
]
  .map((value): Headers => ({ 'permissions-policy': value }))
  .concat([
    {},
    { 'feature-policy': "camera 'none'" },
    { 'feature-policy': "camera 'self'" },
    { 'feature-policy': `camera 'self' ${FRAME}` },
    { 'feature-policy': `camera ${FRAME}` },
    { 'feature-policy': 'camera' },
    { 'feature-policy': 'camera *' },
    { 'feature-policy': `camera 'none'; camera 'self' ${FRAME}` },
    { 'feature-policy': "camera 'none'", 'permissions-policy': 'geolocation=()' },
    { 'feature-policy': "camera 'none'", 'permissions-policy': `camera=(self "${FRAME}")` },
  ]);

/** What the doctor finds in the page as it is served now. */
const examined = (trusted: readonly string[]): Promise<Report> =>
  fetch(`${origin}/`).then((answer) =>
    examinePage({
      url: answer.url,
      headers: answer.headers,
      html,
      providers: [
        generic({ id: 'own', origins: [...trusted], features: ['camera'], read: () => undefined }),
      ],
    }),
  );

const isFaulty = ({ findings, providers }: Report, code: Finding['code']): boolean =>
  [...findings, ...providers.flatMap((each) => each.findings)].some(
    (finding) => finding.code === code && ['error', 'warning'].includes(finding.severity),
  );

describe('the doctor reads headers as Chromium does', () => {
  for (const each of PERMISSIONS) {
    it(JSON.stringify(each), async () => {
      headers = each;
      html = SHOP;
      const page = await open();
      const isAllowed = await page.evaluate((frame) => {
        const iframe = document.createElement('iframe') as HTMLIFrameElement & {
          readonly featurePolicy: { allowsFeature(feature: string): boolean };
        };
        iframe.allow = `camera ${frame}`;
        iframe.src = `${frame}/`;
        return iframe.featurePolicy.allowsFeature('camera');
      }, FRAME);
      assert.equal(!isFaulty(await examined([FRAME]), 'permissions-policy'), isAllowed);
    });
  }

  it('of isolation', async () => {
    html = SHOP;
    for (const each of [
      { 'cross-origin-opener-policy': 'same-origin' },
      { 'cross-origin-embedder-policy': 'require-corp, require-corp' },
      { 'cross-origin-embedder-policy': '"require-corp"' },
      { 'document-isolation-policy': 'isolate-and-credentialless' },
      {
        'cross-origin-opener-policy': 'same-origin; report-to="x"',
        'cross-origin-embedder-policy': 'credentialless; report-to="x"',
      },
    ]) {
      headers = each;
      const page = await open();
      const isIsolated = await page.evaluate(() => crossOriginIsolated);
      assert.equal(
        isFaulty(await examined([FRAME]), 'cross-origin-isolated'),
        isIsolated,
        JSON.stringify(each),
      );
    }
  });

  for (const source of [
    '',
    "'none'",
    '*',
    'http:',
    'https:',
    "'self'",
    '127.0.0.1',
    '127.0.0.1:*',
    'http://127.0.0.1:*',
    'https://127.0.0.1:*',
    'http://127.0.0.1:PORT',
    'http://127.0.0.1:PORT/',
    'http://127.0.0.1:PORT/else',
    'http://*:*',
    '*:PORT',
    'http://*.localhost:*',
    '*.0.0.1:*',
    'localhost:PORT',
    "'none' http://127.0.0.1:*",
    'http://127.0.0.1:*,http://127.0.0.1:*',
  ]) {
    it(`frame-src ${source}`, async () => {
      const { port } = new URL(origin);
      headers = { 'content-security-policy': `frame-src ${source.replace('PORT', port)}` };
      html = SHOP.replace('<script src="/host.js"></script>', '');
      const frames = [`http://127.0.0.1:${port}`, `http://a.localhost:${port}`];
      for (const frame of frames) {
        const page = await open();
        const isAllowed = await page.evaluate(
          (url) =>
            new Promise<boolean>((resolve) => {
              addEventListener('message', ({ origin: sender }) => {
                if (url.startsWith(sender)) resolve(true);
              });
              document.addEventListener('securitypolicyviolation', () => {
                resolve(false);
              });
              const iframe = document.createElement('iframe');
              iframe.src = url;
              document.body.append(iframe);
            }),
          `${frame}/frame`,
        );
        assert.equal(!isFaulty(await examined([frame]), 'frame-blocked'), isAllowed, frame);
      }
    });
  }
});

const hash = (text: string): string =>
  `sha384-${createHash('sha384').update(text).digest('base64')}`;

const MAP = `{"integrity":{"/stub/kyc-verify.trouble.js":"${hash(STUB_TROUBLE)}"}}`;
const INLINE = 'globalThis.inline = true';

/** `script-src` and the attributes of the script tag; an import map, where it says so. */
const SCRIPTS: readonly (readonly [sources: string, attributes: string, map?: string])[] = [
  ["'self'", ''],
  ["'none'", ''],
  ['http://localhost:*', ''],
  ['http://localhost:*/stub/', ''],
  ['http://localhost:*/stub/kyc-verify.js', ''],
  ["'nonce-abc'", 'nonce="abc"'],
  ["'nonce-abc'", 'nonce="ABC"'],
  ["'nonce-abc'", ''],
  ["'nonce-abc' 'strict-dynamic'", 'nonce="abc"'],
  ["'self' 'strict-dynamic'", ''],
  ["'self' 'nonce-abc' 'strict-dynamic'", ''],
  [`'${hash(STUB)}'`, `integrity="${hash(STUB)}"`],
  [`'${hash(STUB)}'`, ''],
  [`'${hash(STUB)}'`, `integrity="${hash(STUB)} ${hash('another')}"`],
  [`'${hash(STUB)}' '${hash('another')}'`, `integrity="${hash(STUB)} ${hash('another')}"`],
  [`'${hash(STUB)}' 'strict-dynamic'`, `integrity="${hash(STUB)}"`],
  [`'${hash(STUB)}' '${hash(STUB_TROUBLE)}'`, `integrity="${hash(STUB)}"`],
  [`'${hash(STUB)}' '${hash(STUB_TROUBLE)}' '${hash(MAP)}'`, `integrity="${hash(STUB)}"`, MAP],
  [`'${hash(STUB)}' '${hash(STUB_TROUBLE)}'`, `integrity="${hash(STUB)}"`, MAP],
  ["'unsafe-inline' 'self'", ''],
  ["'unsafe-inline' 'nonce-abc'", 'nonce="abc"'],
  [`'self' '${hash(INLINE)}'`, ''],
];

describe('the doctor lets scripts in as Chromium does', () => {
  for (const [sources, attributes, map] of SCRIPTS) {
    it(`script-src ${sources.replace(/(sha384-.{4})[^']+/g, '$1…')} ${attributes.slice(0, 24)}`, async () => {
      headers = { 'content-security-policy': `script-src ${sources}` };
      html = `<!doctype html><html lang="en"><head>
        ${map === undefined ? '' : `<script type="importmap">${map}</script>`}
        <script src="/stub/kyc-verify.js" ${attributes}></script></head>
        <body><kyc-verify><script>${INLINE}</script><iframe src="about:blank"></iframe></kyc-verify></body></html>`;
      const page = await open();
      const loaded = await page.evaluate(async () => {
        const notes = globalThis as { main?: true; trouble?: boolean; inline?: true };
        // The import is on its way as soon as the script has run.
        while (notes.main && notes.trouble === undefined)
          await new Promise((resolve) => requestAnimationFrame(resolve));
        return { main: !!notes.main, trouble: !!notes.trouble, inline: !!notes.inline };
      });
      const report = await examined([FRAME]);
      const main = !isFaulty(report, 'script-blocked');
      assert.deepEqual(
        {
          main,
          trouble: main && !isFaulty(report, 'trouble-blocked'),
          inline: !isFaulty(report, 'collector-blocked'),
        },
        loaded,
      );
    });
  }
});
