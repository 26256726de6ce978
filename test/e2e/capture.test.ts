import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

import { openDemo, type DemoSite } from '../support/demo-site.js';
import { assertAccessible } from '../support/page-access.js';

const specimen = (name: string): string =>
  fileURLToPath(new URL(`../../src/sandbox/specimens/${name}`, import.meta.url));

const CARD = specimen('genuine-identity-card.jpg');

let site: DemoSite;

before(async () => {
  site = await openDemo();
});

after(() => site.close());

/** The page for somebody new; an error of the page itself fails the test. */
const visit = async (act: (page: Page) => Promise<void>): Promise<void> => {
  const context = await site.browser.newContext({
    viewport: { width: 1280, height: 900 },
    permissions: ['camera'],
  });
  try {
    const page = await context.newPage();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.goto(`${site.url}demo/capture.html`);
    await ready(page);
    await act(page);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
};

const button = (page: Page, name: string) =>
  page.locator('kyc-capture').getByRole('button', { name, exact: true });

/** Once the page has told its server what is chosen. */
const ready = async (page: Page): Promise<void> => {
  await page.locator('#stage:not([inert])').waitFor();
  await button(page, 'Start').waitFor();
};

const heading = (page: Page, name: string): Promise<void> =>
  page.locator('kyc-capture').getByRole('heading', { name }).waitFor();

/** What the log has of a name, as text. */
const logged = async (page: Page, name: string): Promise<string> => {
  const row = page.locator(`#log [data-event="${name}"]`).first();
  await row.waitFor();
  return row.innerText();
};

/** A passport and a face, from files, sent with the provider that is chosen. */
const goThrough = async (page: Page): Promise<void> => {
  await button(page, 'Start').click();
  await page.locator('kyc-capture').getByLabel('Passport').check();
  await button(page, 'Continue').click();
  for (const file of [CARD, specimen('genuine-face.jpg')]) {
    await page.locator('kyc-capture [data-input=files]').setInputFiles(file);
    await button(page, 'Use this').click();
  }
  await button(page, 'Send').click();
  await heading(page, 'Thank you, your part is done');
};

/** Presses Tab until the element's button with these words has the focus. */
const tabTo = async (page: Page, words: string): Promise<void> => {
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      let each = document.activeElement;
      while (each?.shadowRoot?.activeElement) each = each.shadowRoot.activeElement;
      return each?.textContent.trim() ?? '';
    });
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused()) === words) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`No button “${words}” within 60 presses of Tab`);
};

const press = async (page: Page, words: string, key = 'Enter'): Promise<void> => {
  await button(page, words).waitFor();
  await tabTo(page, words);
  await page.keyboard.press(key);
};

describe('the demo with a front end of one’s own', () => {
  it('goes from start to sent by the keyboard alone', () =>
    visit(async (page) => {
      await press(page, 'Start');
      const types = page.locator('kyc-capture').getByRole('radio');
      await types.first().waitFor();
      await page.keyboard.press('Tab');
      while (!(await types.first().evaluate((radio) => radio.matches(':focus')))) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Space');
      assert.equal(await page.locator('kyc-capture').getByLabel('Passport').isChecked(), true);
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.locator('kyc-capture').getByLabel('Identity card').isChecked(), true);
      await page.keyboard.press('Enter');
      await press(page, 'Open the camera', 'Space');
      for (let proofs = 0; proofs < 3; proofs += 1) {
        // It has the focus by itself, as soon as the camera is on.
        await button(page, 'Take the picture').waitFor();
        await page.locator('kyc-capture button:focus', { hasText: 'Take the picture' }).waitFor();
        await page.keyboard.press('Enter');
        await press(page, 'Use this');
      }
      await press(page, 'Send', 'Space');
      await heading(page, 'Thank you, your part is done');
      assert.match(await logged(page, 'onDecision'), /approved/);
    }));

  it('chooses a file by the keyboard', () =>
    visit(async (page) => {
      await press(page, 'Start');
      await page.locator('kyc-capture').getByLabel('Passport').press('Space');
      await press(page, 'Continue');
      const chooser = page.waitForEvent('filechooser');
      await press(page, 'Choose a file');
      await (await chooser).setFiles(CARD);
      await button(page, 'Use this').waitFor();
    }));

  it('has the same person hand in nothing twice, and says why', () =>
    visit(async (page) => {
      await goThrough(page);
      assert.match(await logged(page, 'onDecision'), /approved/);
      const sent = page.getByText('nothing more to do with this provider');
      assert.ok(await sent.isVisible());
      await page.reload();
      await ready(page);
      assert.ok(!(await sent.isVisible()));
      await button(page, 'Start').click();
      await heading(page, 'Thank you, your part is done');
      assert.ok(await sent.isVisible());
    }));

  it('begins anew with the other provider, and as somebody else', () =>
    visit(async (page) => {
      await goThrough(page);
      await page.getByLabel('Shufti Pro', { exact: true }).check();
      await ready(page);
      await goThrough(page);
      const decided = page.locator('#log [data-event=onDecision]');
      for (const provider of ['veriff', 'shufti-pro']) {
        await decided.filter({ hasText: provider }).waitFor();
      }
      await page.getByRole('button', { name: 'Be somebody else' }).click();
      await ready(page);
      assert.equal(await page.locator('#log li').count(), 0);
      assert.ok(await page.getByLabel('Shufti Pro', { exact: true }).isChecked());
      await goThrough(page);
      assert.match(await logged(page, 'onDecision'), /shufti-pro/);
    }));

  it('has another language at once, and goes on where the person is', () =>
    visit(async (page) => {
      await button(page, 'Start').click();
      await page.locator('kyc-capture').getByLabel('Passport').waitFor();
      await page.getByLabel('Language').selectOption('de');
      await page.locator('kyc-capture').getByLabel('Reisepass').waitFor();
    }));

  it('passes axe, and needs no scrolling sideways on a phone', () =>
    visit(async (page) => {
      await assertAccessible(page);
    }));
});
