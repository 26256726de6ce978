import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { installing } from './install.js';
import { comeAndGo, runToTheEnd } from './journeys.js';
import { IN_CHROMIUM, testElsewhere, sandbox, visit } from './setting.js';
import type { SiteOptions } from './site.js';

const SANDBOX_OF_THE_PAGES = 'http://127.0.0.1:4801';

/** What a server adds to a page that it sends: a nonce; here, also where the sandbox is today. */
const served = (html: string): string =>
  html
    .replaceAll(SANDBOX_OF_THE_PAGES, sandbox.origin)
    .replaceAll('<script', '<script nonce="once"');

const NONCE = "'nonce-once'";

const withScript = installing('plain');
const withModule = installing('modules');

const scriptPage = async (change = (html: string): string => html): Promise<SiteOptions> => {
  const { folder, copied } = await withScript();
  const integrity = JSON.parse(await readFile(join(copied, 'integrity.json'), 'utf8')) as Record<
    string,
    string
  >;
  const src = 'src="/kyc-verify.js"';
  const checked = `${src} integrity="${integrity['kyc-verify.js']!}"`;
  const page = (html: string): string => served(change(html.replace(src, checked)));
  return { folder, copied, scripts: NONCE, page };
};

const modulePage = async (): Promise<SiteOptions> => {
  const { folder, copied } = await withModule();
  return { folder, copied, scripts: NONCE, page: served };
};

describe('a page with the classic script', IN_CHROMIUM, () => {
  it('runs to the end, and leaves one global', async () => {
    await visit(await scriptPage(), '/', async (visit, site) => {
      await runToTheEnd(visit, site);
      assert.deepEqual(await visit.added(), ['KycVerify']);
    });
  });

  it('comes and goes', async () => {
    await visit(await scriptPage(), '/', comeAndGo);
  });

  it('runs with the script in it twice', async () => {
    const again = '<script src="/kyc-verify.js?again"></script>';
    const twice = await scriptPage((html) => html.replace('</head>', `${again}</head>`));
    await visit(twice, '/', async (visit, site) => {
      await runToTheEnd(visit, site);
      assert.deepEqual(await visit.added(), ['KycVerify']);
    });
  });
});

describe('a page with the module', IN_CHROMIUM, () => {
  it('runs to the end, and leaves no global', async () => {
    await visit(await modulePage(), '/', async (visit, site) => {
      await runToTheEnd(visit, site);
      assert.deepEqual(await visit.added(), []);
    });
  });

  it('comes and goes', async () => {
    await visit(await modulePage(), '/', comeAndGo);
  });
});

testElsewhere('a page with the classic script', scriptPage);
