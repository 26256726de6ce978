import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readCommand, UsageError } from '../../src/doctor/command.js';
import type { Report } from '../../src/doctor/report.js';
import { PAGE, pageOf, RIGHT, serve, servePage, type HeaderPairs } from './doctor-site.js';

const CLI = fileURLToPath(new URL('../../src/doctor/cli.ts', import.meta.url));
const SECRET = 'secret-token';

const HEADERS: HeaderPairs = [
  ['content-security-policy', RIGHT.csp],
  ['permissions-policy', RIGHT.permissions],
];

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as it is run from a shell. It never prints a secret. */
const run = (...args: readonly string[]): Promise<Outcome> => runWith({}, ...args);

const runWith = async (
  variables: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Outcome> => {
  const outcome = await new Promise<Outcome>((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import=tsx', CLI, ...args],
      { env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, ...variables } },
      (_, out, err) => {
        resolve({ code: child.exitCode ?? -1, out, err });
      },
    );
  });
  assert.doesNotMatch(outcome.out + outcome.err, new RegExp(SECRET));
  return outcome;
};

const page = async (
  t: TestContext,
  headers: HeaderPairs = HEADERS,
  html = PAGE,
): Promise<string> => {
  const site = await servePage(headers, html);
  t.after(() => site.close());
  return `${site.origin}/verify?${SECRET}#${SECRET}`;
};

describe('kyc-verify doctor', () => {
  it('ends with 0 where nothing is wrong, and says so', async (t) => {
    const address = await page(t);
    const { code, out, err } = await run('doctor', address, '--provider', 'shufti-pro');
    assert.equal(err, '');
    assert.equal(code, 0);
    const [first, , ...rest] = out.split('\n');
    assert.equal(first, address.split('?')[0]);
    assert.equal(rest[0], 'Page');
    assert.ok(rest.includes('Shufti Pro'));
    assert.ok(!rest.includes('Veriff'));
    assert.equal(rest.at(-2), '0 errors, 0 warnings.');
    assert.ok(!out.includes('\u001b'), 'no colour where nobody looks at it');
  });

  it('has colours where somebody wants them', async (t) => {
    const address = await page(t);
    const { out } = await runWith({ FORCE_COLOR: '1' }, 'doctor', address);
    assert.ok(out.includes('\u001b[32mok'));
  });

  it('ends with 1 where something is wrong, with the line to change', async (t) => {
    const address = await page(t, [['permissions-policy', 'camera=(self)']]);
    const { code, out } = await run('doctor', address, '--provider', 'shufti-pro');
    assert.equal(code, 1);
    assert.match(
      out,
      /^ {2}error {4}permissions-policy: .+\n +change Permissions-Policy: camera=\(self "https:\/\/app\.shuftipro\.com" "https:\/\/shuftipro\.com"\)$/m,
    );
    assert.match(out, /^1 error, 0 warnings\.$/m);
  });

  it('has a block for each known provider, or for those that are named', async (t) => {
    const address = await page(t);
    const all = await run('doctor', address);
    assert.match(all.out, /^Veriff$[^]*^Shufti Pro$/m);
    const both = await run('doctor', address, '--provider', 'shufti-pro', '--provider', 'veriff');
    assert.equal(both.out, all.out);
  });

  it('takes origins beside the provider’s', async (t) => {
    const address = await page(t);
    const names = ['--provider', 'shufti-pro', '--origin', 'https://kyc.shop.example/'];
    const { code, out } = await run('doctor', address, ...names);
    assert.equal(code, 1);
    assert.match(out, /lacks https:\/\/kyc\.shop\.example\./);
  });

  it('prints JSON', async (t) => {
    const address = await page(t, [['permissions-policy', 'camera=()']]);
    const { code, out } = await run('doctor', address, '--json', '--provider', 'shufti-pro');
    assert.equal(code, 1);
    const report = JSON.parse(out) as Report;
    assert.equal(report.url, address.split('?')[0]);
    assert.equal(report.errors, 1);
    const [provider] = report.providers;
    assert.deepEqual(
      provider?.findings.filter(({ severity }) => severity === 'error'),
      [
        {
          code: 'permissions-policy',
          severity: 'error',
          text: 'The Permissions-Policy header keeps the camera from the provider in Chromium: nobody may have it.',
          fix: {
            action: 'change',
            line: 'Permissions-Policy: camera=(self "https://app.shuftipro.com" "https://shuftipro.com")',
          },
        },
      ],
    );
  });

  it('says that the address redirects, and examines the page at the end', async (t) => {
    const end = new URL(await page(t));
    const start = await serve((_, response) => {
      response.writeHead(301, { location: end.href }).end();
    });
    t.after(() => start.close());
    const { code, out } = await run('doctor', start.origin, '--provider', 'shufti-pro');
    assert.equal(code, 0);
    assert.ok(out.startsWith(`${end.origin}/verify\n`));
    assert.match(out, new RegExp(`info +redirected: .*: ${start.origin} → ${end.origin}\\.`));
  });

  it('says that the page is too long', async (t) => {
    const address = await page(t, HEADERS, PAGE + ' '.repeat(5 * 1024 * 1024));
    const { code, out } = await run('doctor', address, '--provider', 'shufti-pro');
    assert.equal(code, 0);
    assert.match(out, /warning +page-truncated/);
  });

  it('sends the headers that a login needs', async (t) => {
    const site = await serve(({ headers }, response) => {
      const isKnown = headers.cookie === `id=${SECRET}: 1`;
      response.writeHead(isKnown ? 200 : 403, { 'content-type': 'text/html' }).end(PAGE);
    });
    t.after(() => site.close());
    const known = await run('doctor', site.origin, '--header', `Cookie: id=${SECRET}: 1`);
    assert.equal(known.code, 0);
    const unknown = await run('doctor', site.origin);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /HTTP 403/);
  });

  it('shows nothing that steers the terminal', async (t) => {
    const html = pageOf(
      '<kyc-verify></kyc-verify>',
      '<meta http-equiv="content-security-policy" content="frame-src \u001b[2J">',
    );
    const { out } = await run('doctor', await page(t, [], html));
    assert.match(out, /frame-blocked/);
    // eslint-disable-next-line no-control-regex -- Those must not be there.
    assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('ends with 2 where there is no page, in words or as JSON', async (t) => {
    const site = await serve((_, response) => {
      response.writeHead(404, { 'content-type': 'text/html' }).end();
    });
    t.after(() => site.close());
    const address = site.origin.replace('//', `//me:${SECRET}@`) + `/gone?${SECRET}`;
    const words = await run('doctor', address);
    assert.deepEqual(words, {
      code: 2,
      out: '',
      err: `${site.origin}/gone answers with HTTP 404.\n`,
    });
    const { code, out } = await run('doctor', address, '--json');
    assert.equal(code, 2);
    assert.deepEqual(JSON.parse(out), {
      failure: { code: 'status', message: `${site.origin}/gone answers with HTTP 404.` },
    });
  });

  it('gives up in time', async (t) => {
    const site = await serve(() => undefined);
    t.after(() => site.close());
    const { code, err } = await run('doctor', site.origin, '--timeout', '0.3');
    assert.equal(code, 2);
    assert.match(err, /did not answer in time/);
  });

  it('ends with 2 and the usage where the command line is wrong', async () => {
    const { code, out, err } = await run('doctor', `shop.example/${SECRET}`);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, /^The address must be whole[^]*^Usage: kyc-verify doctor <url>/m);
  });

  it('has help and a version', async () => {
    const help = await run('--help');
    assert.equal(help.code, 0);
    assert.match(help.out, /^Usage: kyc-verify doctor <url>/);
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(text) as { readonly version: string };
    assert.deepEqual(await run('--version'), { code: 0, out: `${version}\n`, err: '' });
  });
});

describe('a command line', () => {
  for (const [name, args, message] of [
    ['no command', [], /There is no command/],
    ['another command', ['nurse', 'https://shop.example'], /The command is doctor/],
    ['no address', ['doctor'], /no address/],
    ['two addresses', ['doctor', 'https://a.example', 'https://b.example'], /One address/],
    ['half an address', ['doctor', `shop.example/${SECRET}`], /must be whole/],
    ['an address of another kind', ['doctor', `file:///${SECRET}`], /must be whole/],
    [
      'no such provider',
      ['doctor', 'https://a.example', '--provider', SECRET],
      /veriff, shufti-pro/,
    ],
    ['no origin', ['doctor', 'https://a.example', '--origin', `http://${SECRET}`], /--origin must/],
    [
      'two origins in one',
      ['doctor', 'https://a.example', '--origin', 'https://b.example https://c.example'],
      /--origin must/,
    ],
    ['no header', ['doctor', 'https://a.example', '--header', SECRET], /--header must/],
    ['no time', ['doctor', 'https://a.example', '--timeout', 'soon'], /--timeout must/],
    ['no such option', ['doctor', 'https://a.example', `--${SECRET}`], /option that is not known/],
  ] as const) {
    it(`is refused: ${name}`, () => {
      assert.throws(
        () => readCommand(args),
        (error) => {
          assert.ok(error instanceof UsageError);
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, new RegExp(SECRET));
          return true;
        },
      );
    });
  }
});
