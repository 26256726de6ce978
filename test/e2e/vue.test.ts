import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Notes } from '../vue/page.js';
import { openSite, type Site } from './support/site.js';

/** As the page's own global. */
interface Global {
  readonly notes: Notes;
}

const PAGE = { script: 'test/vue/page.ts' };

/** With the template compiler, and, as bundlers take it by themselves, without. */
let full: Site;
let lean: Site;

before(async () => {
  full = await openSite(() => PAGE, { vue: 'vue/dist/vue.esm-bundler.js' });
  lean = await openSite(() => PAGE);
});

after(async () => {
  await full.close();
  await lean.close();
});

const open = async (site: Site, path: string): Promise<Page> => {
  const page = await site.browser.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(site.url + path);
  return page;
};

const heard = async (page: Page, name: string, times = 1): Promise<void> => {
  await page.waitForFunction(
    (wanted) => {
      const { events } = (globalThis as unknown as Global).notes;
      return events.filter((event) => event.startsWith(wanted.name)).length >= wanted.times;
    },
    { name, times },
  );
};

const read = (page: Page): Promise<Omit<Notes, 'element'>> =>
  page.evaluate(() => {
    const { events, complaints } = (globalThis as unknown as Global).notes;
    return { events, complaints };
  });

describe('kyc-verify/vue', () => {
  it('runs in a template that is compiled in the browser, with no attribute for the URL', async () => {
    const page = await open(full, '/compiled');
    await page.getByText('We only look at your document.').waitFor();
    await page.getByText('Before it begins').waitFor();
    await page.getByRole('button', { name: 'Another session' }).click();
    await heard(page, 'kyc-ready');
    const markup = await page.evaluate(() => document.documentElement.outerHTML);
    assert.ok(!markup.includes(full.sessions.at(-1) ?? ''));
    await heard(page, 'kyc-finished');
    assert.deepEqual(await read(page), {
      events: ['kyc-ready veriff', 'kyc-finished veriff'],
      complaints: [],
    });
    await page.close();
  });

  it('begins a new run with another session, and leaves nothing behind', async () => {
    const page = await open(full, '/compiled');
    const another = page.getByRole('button', { name: 'Another session' });
    const toggle = page.getByRole('button', { name: 'Toggle' });
    for (const run of [1, 2]) {
      await another.click();
      await heard(page, 'kyc-ready', run);
      const { pageRequests } = await full.inspect(full.sessions.at(-1) ?? '');
      assert.equal(pageRequests, 1);
    }
    await toggle.click();
    await page.locator('kyc-verify').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => globalThis.length), 0, 'a frame is still there');
    await toggle.click();
    await another.click();
    await heard(page, 'kyc-ready', 3);
    await page.close();
  });

  it('is silent and works in a build without compiler, in render functions', async () => {
    const page = await open(lean, '/rendered');
    await page.getByRole('button', { name: 'Another session' }).click();
    await heard(page, 'kyc-finished');
    assert.deepEqual(await read(page), {
      events: ['kyc-ready veriff', 'kyc-finished veriff'],
      complaints: [],
    });
    assert.equal((await lean.inspect(lean.sessions.at(-1) ?? '')).pageRequests, 1);
    await page.close();
  });

  it('tells a build which tags are ours, and registers nothing by that', async () => {
    const { isKycElement } = await import('../../src/vue/index.js');
    const tags = ['kyc-verify', 'kyc-return', 'kyc-hint', 'toString', 'div'];
    assert.deepEqual(tags.filter(isKycElement), ['kyc-verify', 'kyc-return']);
    const { customElements } = globalThis as Partial<typeof globalThis>;
    assert.equal(customElements?.get('kyc-verify'), undefined);
  });
});
