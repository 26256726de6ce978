import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

import { KNOBS } from '../../docs/.vitepress/theme/knobs.js';
import { openDemo, type DemoSite } from '../support/demo-site.js';
import { breaches } from '../support/page-access.js';
import { brokenLinks, buildSite, foreignLoads, readSite } from './support/site.js';

const DESKTOP = { width: 1366, height: 900 };
const PHONE = { width: 360, height: 740 };

type Scheme = 'light' | 'dark';

let site: DemoSite;
let demo: string;
let paths: readonly string[];

before(async () => {
  await buildSite();
  paths = readSite()
    .pages.map(({ path }) => path)
    .filter((path) => path !== '404.html');
  site = await openDemo();
  demo = site.url;
});

after(() => site.close());

/** A tab of its own; an error of the page itself, or a request to elsewhere, fails the test. */
const visit = async (act: (page: Page) => Promise<void>): Promise<void> => {
  const context = await site.browser.newContext({
    viewport: DESKTOP,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'data:' && protocol !== 'blob:' && origin !== new URL(demo).origin) {
        wrong.push(request.url());
      }
    });
    page.on('requestfailed', (request) => {
      // Where the page of theming leads to nobody, the browser itself refuses: nothing was sent.
      if (request.failure()?.errorText !== 'net::ERR_UNSAFE_PORT') return;
      wrong.splice(wrong.indexOf(request.url()), 1);
    });
    await act(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
};

/** Opens a page of the docs, and waits until it is alive. */
const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${demo}docs/${path}`);
  await page.waitForFunction(() => {
    const app = document.querySelector('#app');
    return app !== null && '__vue_app__' in app;
  });
};

/** In the dark the page is the same, and only its colours are others. */
const RULES: Readonly<Record<Scheme, RunOptions>> = {
  light: {},
  dark: { runOnly: ['color-contrast', 'link-in-text-block'] },
};

const isWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

describe('the built site', () => {
  it('has no link, picture or script that leads nowhere', () => {
    assert.ok(paths.length > 20);
    assert.deepEqual(brokenLinks(), []);
  });

  it('loads nothing from elsewhere', () => {
    assert.deepEqual(foreignLoads(), []);
  });

  // Each page is opened once for all of this: opening is what takes the time.
  it('passes axe on every page, light and dark, and needs no scrolling sideways', () =>
    visit(async (page) => {
      const found: string[] = [];
      for (const path of paths) {
        await open(page, path);
        for (const scheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme: scheme });
          found.push(
            ...(await breaches(page, RULES[scheme])).map(
              (breach) => `${path}, ${scheme}: ${breach}`,
            ),
          );
        }
        await page.emulateMedia({ colorScheme: 'light' });
        for (const viewport of [PHONE, DESKTOP]) {
          await page.setViewportSize(viewport);
          if (await isWide(page)) found.push(`${path}, ${viewport.width} px: too wide`);
        }
      }
      assert.deepEqual(found, []);
    }));

  it('finds words by its own search', () =>
    visit(async (page) => {
      await open(page, 'index.html');
      await page.getByRole('button', { name: /Search/ }).click();
      await page.getByRole('searchbox').fill('Permissions-Policy');
      await page.locator('.VPLocalSearchBox .result').first().waitFor();
      // A tag in a title is text.
      assert.equal(await page.locator('.VPLocalSearchBox kyc-verify').count(), 0);
    }));
});

describe('the docs from the demo', () => {
  it('open by the link in the header', () =>
    visit(async (page) => {
      await page.goto(demo);
      await page.getByRole('link', { name: 'Docs' }).click();
      await page.getByRole('heading', { level: 1, name: /Hosted identity verification/ }).waitFor();
      assert.equal(new URL(page.url()).pathname, '/docs/');
    }));

  it('are found without the slash, and say so where there is no page', () =>
    visit(async (page) => {
      await page.goto(`${demo}docs`);
      assert.equal(new URL(page.url()).pathname, '/docs/');
      const answer = await page.goto(`${demo}docs/nowhere.html`);
      assert.equal(answer?.status(), 404);
      const outside = await fetch(`${demo}docs/..%2F..%2Fconfig.ts`);
      assert.equal(outside.status, 404);
    }));
});

describe('the page of theming', () => {
  const openBench = async (page: Page): Promise<void> => {
    await open(page, 'guide/theming.html');
    await page.locator('.bench kyc-verify:state(canceled)').waitFor();
  };
  const shown = (page: Page, text: string): Promise<void> =>
    page.locator('.bench kyc-verify').getByText(text).first().waitFor();

  it('shows the real element in every state that needs no provider', () =>
    visit(async (page) => {
      await openBench(page);
      const choose = page.getByLabel('What is shown');
      for (const [state, text] of [
        ['failed', 'missing-session-url'],
        ['refused', 'invalid-session-url'],
        ['timeout', 'frame-timeout'],
        ['idle', 'your own content'],
      ] as const) {
        await choose.selectOption(state);
        await shown(page, text);
      }
      await choose.selectOption('loading');
      await page.locator('.bench kyc-verify:state(loading)').waitFor();
    }));

  it('has every knob in the order of the keyboard, with a name, and it works from there', () =>
    visit(async (page) => {
      await openBench(page);
      await page.getByLabel('Language').focus();
      for (const { name, label, kind } of KNOBS) {
        await page.keyboard.press('Tab');
        const field = page.getByLabel(label, { exact: false }).and(page.locator(`#knob${name}`));
        assert.ok(await field.evaluate((element) => element === document.activeElement), name);
        if (kind === 'length') await page.keyboard.press('ArrowLeft');
        if (kind === 'choice') await field.selectOption({ index: 1 });
        if (kind === 'colour') await field.fill('#123456');
      }
      const css = await page.getByLabel('The CSS to copy').innerText();
      for (const { name } of KNOBS) assert.ok(css.includes(`${name}: `), name);
      const accent = await page
        .locator('.bench kyc-verify')
        .evaluate((element) => getComputedStyle(element).getPropertyValue('--kyc-accent'));
      assert.equal(accent, '#123456');
    }));

  it('turns with the language, and follows the colour scheme', () =>
    visit(async (page) => {
      await openBench(page);
      await page.getByLabel('Language').selectOption('ar');
      const stage = page.locator('.bench kyc-verify [part="stage"]');
      await page.locator('.bench kyc-verify [part="stage"][dir="rtl"]').waitFor();
      const ground = (): Promise<string> =>
        stage.evaluate((element) => getComputedStyle(element).backgroundColor);
      const light = await ground();
      await page.getByLabel('Colour scheme').selectOption('dark');
      assert.notEqual(await ground(), light);
    }));
});
