import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';

import { openDemo, type DemoSite } from '../support/demo-site.js';
import { pressEnter } from '../support/keys.js';
import { assertAccessible } from '../support/page-access.js';

/** What a person presses on the provider's page. */
const HOSTED = ['begin', 'shutter', 'keep', 'shutter', 'keep', 'submit'];

let site: DemoSite;
let url: string;

before(async () => {
  site = await openDemo();
  url = `${site.url}demo/backend.html`;
});

after(() => site.close());

/** The page for somebody new; an error of the page itself fails the test. */
const visit = async (act: (page: Page) => Promise<void>): Promise<void> => {
  const context = await site.browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.goto(url);
    // Filled last, by the page's own script.
    await page.locator('#face option').first().waitFor({ state: 'attached' });
    await act(page);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
};

/** Chooses, and waits until the server knows it. */
const choose = async (page: Page, provider: string, decision: string): Promise<void> => {
  const told = (): Promise<unknown> =>
    page.waitForResponse((response) => response.url().endsWith('/demo-api/rule'));
  await Promise.all([told(), page.getByLabel('What the provider decides').selectOption(decision)]);
  const choice = page.getByLabel(provider, { exact: true });
  if (!(await choice.isChecked())) await Promise.all([told(), choice.check()]);
};

/** From a button of the element to the end of the person's part, by the keyboard alone. */
const goThrough = async (page: Page, name = 'Start'): Promise<void> => {
  await page.locator('kyc-verify').getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
  for (const step of HOSTED) {
    const hosted = page.frameLocator('kyc-verify iframe');
    await hosted.locator(`button[name="${step}"]:enabled`).focus();
    await pressEnter(page);
  }
};

const heading = (page: Page, name: string): Promise<void> =>
  page.locator('kyc-verify').getByRole('heading', { name }).waitFor();

/** What the log has of a name, as text. */
const logged = async (page: Page, name: string): Promise<string> => {
  const row = page.locator(`#log [data-event="${name}"]`).first();
  await row.waitFor();
  return row.innerText();
};

describe('the demo with a backend', () => {
  for (const provider of ['Veriff', 'Shufti Pro']) {
    it(`goes from intro to verified, with ${provider}`, () =>
      visit(async (page) => {
        await choose(page, provider, 'approved');
        await goThrough(page);
        await heading(page, 'Your pictures are being checked');
        await heading(page, 'Your identity is verified');
        assert.match(await logged(page, 'kyc-decision'), /approved/);
        assert.match(await logged(page, 'onDecision'), /approved/);
      }));
  }

  it('says that somebody was declined, and lets them try again with another session', () =>
    visit(async (page) => {
      await choose(page, 'Veriff', 'declined');
      await goThrough(page);
      await heading(page, 'We could not verify your identity');
      await choose(page, 'Veriff', 'approved');
      const asked = page.waitForResponse((response) => response.url().endsWith('/kyc/sessions'));
      await page.locator('kyc-verify').getByRole('button', { name: 'Try again' }).click();
      assert.equal((await asked).status(), 201);
    }));

  it('asks for new pictures, and waits again after them', () =>
    visit(async (page) => {
      await choose(page, 'Veriff', 'resubmission');
      await goThrough(page);
      await heading(page, 'New pictures are needed');
      await goThrough(page, 'Try again');
      await heading(page, 'Your pictures are being checked');
      await heading(page, 'Your identity is verified');
    }));

  it('knows the same person after a reload', () =>
    visit(async (page) => {
      await choose(page, 'Veriff', 'approved');
      await goThrough(page);
      await heading(page, 'Your identity is verified');
      await page.reload();
      await page.locator('kyc-verify').getByRole('button', { name: 'Start' }).click();
      await heading(page, 'Your identity is verified');
      assert.equal(await page.locator('kyc-verify iframe').count(), 0);
    }));

  for (const [face, decision] of [
    ['genuine-face.jpg', 'approved'],
    ['fake-face.jpg', 'declined'],
  ] as const) {
    it(`verifies from files: ${face} is ${decision}`, () =>
      visit(async (page) => {
        await page.getByLabel('Face', { exact: true }).selectOption(face);
        await page.getByRole('button', { name: 'Send the proofs' }).click();
        await page.locator(`#outcome[data-decision="${decision}"]`).waitFor();
      }));
  }

  it('passes axe, and needs no scrolling sideways on a phone', () =>
    visit(async (page) => {
      await page.locator('kyc-verify').getByRole('button', { name: 'Start' }).waitFor();
      await assertAccessible(page);
    }));
});
