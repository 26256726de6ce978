import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { launchChromium } from '../support/chromium.js';
import { breaches } from '../support/page-access.js';
import { openMerchant, type Merchant } from '../node/sandbox-support.js';

let merchant: Merchant;
let sandbox: Sandbox;
let browser: Browser;
let page: Page;

before(async () => {
  merchant = await openMerchant();
  [sandbox, browser] = await Promise.all([
    createSandbox({ decisionAfter: 0, webhooks: { veriff: merchant.url } }),
    launchChromium(),
  ]);
  page = await browser.newPage();
});

after(async () => {
  await browser.close();
  await sandbox.close();
  await merchant.close();
});

const create = async (switches: object): Promise<{ readonly id: string; readonly url: string }> => {
  const answer = await fetch(`${sandbox.origin}/v1/sessions`, {
    method: 'POST',
    body: JSON.stringify({ verification: { vendorData: 'user-1' }, sandbox: switches }),
  });
  return ((await answer.json()) as { verification: { id: string; url: string } }).verification;
};

describe("the sandbox's own page in a browser", () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    it(`decides with a button, under the name ${host}`, async () => {
      await create({ decision: 'none' });
      const { port } = new URL(sandbox.origin);
      await page.goto(`http://${host}:${port}/_sandbox`);
      const session = page.locator('article').first();
      await session.getByRole('button', { name: 'review' }).click();
      await session.getByText('review', { exact: true }).first().waitFor();
      assert.equal(new URL(page.url()).pathname, '/_sandbox');
      assert.match(await session.locator('dl').innerText(), /Decision\s+review/);
      await session.getByRole('button', { name: 'approved' }).click();
      await page.waitForLoadState();
      assert.match(await session.locator('dl').innerText(), /Decision\s+approved/);
    });
  }

  it('is a page that axe finds nothing wrong with, in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${sandbox.origin}/_sandbox`);
      assert.deepEqual(await breaches(page), []);
    }
  });
});

describe("a person's run of the sandbox's page", () => {
  it('ends in a decision that the merchant is told of, by itself', async () => {
    const { id, url } = await create({ pilot: true });
    await page.goto(url);
    for (let most = 1; ; most += 1) {
      const about = (await merchant.got(most)).filter(({ raw }) => raw.includes(id));
      const [started, submitted, decision] = about.map(({ body }) => body);
      if (decision === undefined) continue;
      assert.deepEqual([started?.['code'], submitted?.['code']], [7001, 7002]);
      assert.equal((decision['verification'] as { status: string }).status, 'approved');
      return;
    }
  });
});
