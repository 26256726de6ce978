import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { BrowserContext, Frame, FrameLocator, Locator, Page } from 'playwright-core';

import { openDemo, type DemoSite } from '../support/demo-site.js';
import { pressEnter } from '../support/keys.js';

/** What a person presses on the provider's page, from the first picture to the hand-in. */
const AFTER_BEGIN = ['shutter', 'keep', 'shutter', 'keep', 'submit'];

let site: DemoSite;
let url: string;

before(async () => {
  site = await openDemo();
  url = site.url;
});

after(() => site.close());

/** A fresh page for one test; what it says in the console of itself fails the test. */
const visit = async (
  act: (page: Page, context: BrowserContext) => Promise<void>,
  viewport = { width: 1280, height: 900 },
  query = '',
): Promise<void> => {
  const context = await site.browser.newContext({ viewport });
  try {
    const page = await context.newPage();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.goto(url + query);
    // Filled by the page's own script, so everything before it is ready too.
    await page.locator('#snippet').waitFor();
    await act(page, context);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
};

const start = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^Start (a sandbox verification|over)$/ }).click();

const hosted = (page: Page): FrameLocator => page.frameLocator('kyc-verify iframe');

/**
 * Presses a button of the hosted page. By the keyboard, since Chromium now and then hands a mouse
 * click on a frame of another process to the page around it when both are being laid out.
 */
const press = async (page: Page, name: string): Promise<void> => {
  await hosted(page).locator(`button[name="${name}"]:enabled`).focus();
  await pressEnter(page);
};

/** Resolves once the page shows that event. */
const shows = (page: Page, event: string): Promise<void> =>
  page.locator(`#log [data-event="${event}"]`).first().waitFor();

const shownEvents = (page: Page): Promise<(string | null)[]> =>
  page
    .locator('#log > li:not(.kyc-phase-change)')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-event')));

const presentPhase = (page: Page): Promise<string | null> =>
  page.locator('#track [aria-current]').getAttribute('data-phase');

/** Presses a key, forwards by default, until the focus is where it is wanted. */
const tabUntil = async (
  page: Page,
  isThere: () => Promise<boolean>,
  key = 'Tab',
): Promise<void> => {
  for (let count = 0; count < 60; count++) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  assert.fail(`The focus never came there by ${key}.`);
};

/** Whether what has the focus, shadow roots included, matches. */
const hasFocus = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.matches(wanted) ?? false;
  }, selector);

/** Chooses a whole way by redirect that needs nobody, and starts it. */
const startRedirect = async (page: Page, provider: string): Promise<void> => {
  await page.getByLabel(provider, { exact: true }).check();
  await page.getByLabel('Redirect', { exact: true }).check();
  await page.getByLabel('Let the sandbox press its own buttons').check();
  await start(page);
};

/** Chooses a fault and a short timeout, and starts. */
const startFault = async (page: Page, provider: string, fault: string): Promise<void> => {
  await page.getByLabel(provider, { exact: true }).check();
  await page.getByLabel('What goes wrong').selectOption(fault);
  await page.getByLabel('Timeout').selectOption('2000');
  await start(page);
};

/** The links to the provider's own page that the element offers. */
const links = (page: Page, name?: string): Locator =>
  page.locator('kyc-verify').getByRole('link', { ...(name !== undefined && { name }) });

/** Goes to a button of the provider's page by Tab, and presses it with Enter. */
const pressByKey = async (page: Page, frame: Frame, name: string): Promise<void> => {
  const button = frame.locator(`button[name="${name}"]:enabled`);
  await button.waitFor();
  await tabUntil(page, () =>
    button.evaluate((element) => document.hasFocus() && element === document.activeElement),
  );
  await pressEnter(page);
};

const frameOf = async (page: Page): Promise<Frame> => {
  const handle = await page.locator('kyc-verify iframe').elementHandle();
  const frame = await handle.contentFrame();
  assert.ok(frame);
  return frame;
};

describe('the demo', () => {
  it("goes from one click to finished on Veriff's page, and shows every step", () =>
    visit(async (page) => {
      assert.equal(await presentPhase(page), 'idle');
      await start(page);
      for (const name of ['begin', ...AFTER_BEGIN]) await press(page, name);
      await shows(page, 'kyc-finished');
      assert.deepEqual(await shownEvents(page), [
        'kyc-ready',
        'kyc-started',
        'kyc-submitted',
        'kyc-finished',
      ]);
      assert.equal(await presentPhase(page), 'finished');
      await page.getByText('Thank you, your part is done').first().waitFor();
    }));

  it("goes from one click to finished on Shufti Pro's page, which speaks at its end alone", () =>
    visit(async (page) => {
      await page.getByLabel('Shufti Pro').check();
      await start(page);
      for (const name of ['begin', ...AFTER_BEGIN]) await press(page, name);
      await shows(page, 'kyc-finished');
      assert.deepEqual(await shownEvents(page), ['kyc-ready', 'kyc-finished']);
      assert.equal(await presentPhase(page), 'finished');
    }));

  it('runs in a modal by keyboard alone, and asks before it lets go', () =>
    visit(async (page) => {
      await tabUntil(page, () => hasFocus(page, '[name="display"]'));
      await page.keyboard.press('ArrowRight');
      await tabUntil(page, () => hasFocus(page, '#start'), 'Shift+Tab');
      await page.keyboard.press('Enter');

      await shows(page, 'kyc-ready');
      const frame = await frameOf(page);
      await pressByKey(page, frame, 'begin');
      await shows(page, 'kyc-started');

      await tabUntil(page, () => hasFocus(page, '[part~="close-button"]'), 'Shift+Tab');
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { name: 'Stop the verification?' }).waitFor();
      await tabUntil(page, () => hasFocus(page, '[part~="primary-button"]'));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Stop the verification?' }).waitFor({
        state: 'detached',
      });

      for (const name of AFTER_BEGIN) await pressByKey(page, frame, name);
      await shows(page, 'kyc-finished');
      await tabUntil(page, () => hasFocus(page, '[part~="primary-button"]'));
      await page.keyboard.press('Enter');
      await page.locator('kyc-verify dialog').waitFor({ state: 'hidden' });
      assert.ok(await hasFocus(page, '#start'));
      assert.ok(!(await shownEvents(page)).includes('kyc-canceled'));
    }));

  it('says in words that a page which may not be framed does not answer, and offers a way on', () =>
    visit(async (page) => {
      await page.getByLabel('What goes wrong').selectOption('x-frame-options');
      assert.equal(await page.getByLabel('Timeout').inputValue(), '5000');
      await page.getByLabel('Timeout').selectOption('2000');
      await start(page);
      await page.getByRole('heading', { name: 'The page does not answer' }).waitFor();
      await shows(page, 'kyc-error');
      assert.equal(await presentPhase(page), 'failed');
      await page.locator('kyc-verify').getByRole('button', { name: 'Try again' }).click();
      await page.locator('#track[data-now="loading"]').waitFor();
      await page.getByRole('heading', { name: 'The page does not answer' }).waitFor();
      await page.locator('kyc-verify').getByRole('button', { name: 'Stop' }).click();
      await shows(page, 'kyc-canceled');
    }));

  it('shows the session URL neither on the page nor in its address', () =>
    visit(async (page) => {
      await start(page);
      await shows(page, 'kyc-ready');
      const src = await page.locator('kyc-verify iframe').getAttribute('src');
      const token = new URL(src ?? '').pathname.split('/').at(-1) ?? '';
      assert.ok(token.length > 8);
      // The light DOM: the frame itself is in the element's shadow root.
      assert.ok(!(await page.content()).includes(token));
      assert.ok(!page.url().includes(token));
      assert.equal(
        await page.evaluate(() => localStorage.length + sessionStorage.length),
        0,
        'nothing is stored',
      );
    }));

  it('speaks the chosen language, and writes it into the snippet that the button copies', () =>
    visit(async (page, context) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByLabel('Language').selectOption('ar');
      await page.getByLabel('What goes wrong').selectOption('cancel-intro');
      await page.getByRole('tab', { name: 'React 19' }).click();
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, await page.locator('#snippet').textContent());
      assert.match(copied, /locale="ar"/);
      await start(page);
      await shows(page, 'kyc-canceled');
      await page.getByRole('heading', { name: 'تم إيقاف عملية التحقق' }).waitFor();
    }));

  it('remembers in this tab what was chosen, and begins nothing by itself', () =>
    visit(async (page) => {
      const requests: string[] = [];
      page.on('request', (request) => requests.push(new URL(request.url()).pathname));
      await page.getByLabel('Shufti Pro').check();
      await page.getByLabel('What goes wrong').selectOption('request-timeout');
      await page.getByLabel('Dark').check();
      await page.reload();
      await page.locator('#snippet').waitFor();
      assert.ok(await page.getByLabel('Shufti Pro').isChecked());
      assert.equal(await page.getByLabel('What goes wrong').inputValue(), 'request-timeout');
      assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
      // Nor did anybody choose the timeout: it follows the fault still.
      await page.getByLabel('What goes wrong').selectOption('hang');
      assert.equal(await page.getByLabel('Timeout').inputValue(), '5000');
      assert.equal(await presentPhase(page), 'idle');
      assert.ok(!requests.includes('/api/sessions'));
    }));

  it('fits a narrow phone', () =>
    visit(
      async (page) => {
        await start(page);
        for (const name of ['begin', ...AFTER_BEGIN]) await press(page, name);
        await shows(page, 'kyc-finished');
        const [content, window] = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return [scrollWidth, clientWidth] as const;
        });
        assert.equal(content, window);
      },
      { width: 320, height: 640 },
    ));
});

describe('the way by a redirect, in the demo', () => {
  for (const provider of ['Veriff', 'Shufti Pro']) {
    it(`leads to ${provider}'s page in this tab, and back to the demo as it was`, () =>
      visit(async (page) => {
        const visited: string[] = [];
        page.on('framenavigated', (frame) => visited.push(frame.url()));
        let sessions = 0;
        page.on('request', (request) => {
          if (request.url().endsWith('/api/sessions')) sessions += 1;
        });
        await startRedirect(page, provider);
        await shows(page, 'kyc-returned');

        assert.deepEqual(await shownEvents(page), ['kyc-redirect', 'kyc-returned']);
        assert.equal(await page.locator('#log .run-head').count(), 1, 'one run on two pages');
        assert.equal(await presentPhase(page), 'returned');
        await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
        assert.ok(await page.getByLabel(provider, { exact: true }).isChecked());
        assert.ok(await page.getByLabel('Redirect', { exact: true }).isChecked());
        assert.equal(page.url(), url, 'no state in the address');
        assert.equal(sessions, 1);

        const [session = ''] = visited.filter((each) => each.startsWith('http://127.0.0.1:'));
        const token = new URL(session).pathname.split('/').at(-1) ?? '';
        assert.ok(token.length > 8);
        const stored = await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)));
        assert.ok(!stored.includes(token));
      }));
  }

  it('begins another run where the person starts over', () =>
    visit(async (page) => {
      await startRedirect(page, 'Veriff');
      await shows(page, 'kyc-returned');
      await page.getByLabel('Inline').check();
      await start(page);
      await shows(page, 'kyc-finished');
      assert.equal(await page.locator('#log .run-head').count(), 2);
    }));

  it('ends on the callback page where it is asked to stay, with the state taken from its address', () =>
    visit(async (page) => {
      await page.getByLabel('Stay on the callback page after a redirect').check();
      await page.getByLabel('Dark').check();
      await startRedirect(page, 'Veriff');
      await page.waitForURL(`${url}demo/return.html`);
      await page.getByRole('heading', { name: 'You are back' }).waitFor();
      assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
      await page.getByRole('link', { name: 'To the start of the demo' }).click();
      await shows(page, 'kyc-returned');
    }));

  it('comes back inside the frame where the provider loads the callback page there', () =>
    visit(async (page) => {
      await page.getByLabel('Let the sandbox press its own buttons').check();
      await startFault(page, 'Shufti Pro', 'silent');
      await shows(page, 'kyc-returned');
      assert.equal(await presentPhase(page), 'returned');
      assert.equal(await page.locator('kyc-verify iframe').count(), 0);
    }));

  it('has a callback page that is of use without scripts', async () => {
    const context = await site.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${url}demo/return.html?kyc-state=${'x'.repeat(32)}`);
    await page.getByRole('heading', { name: 'You are back' }).waitFor();
    await page.getByRole('link', { name: 'To the start of the demo' }).click();
    await page.waitForURL(url);
    await context.close();
  });
});

describe('what goes wrong, in the demo', () => {
  // Side by side: they wait for time limits, and for nothing else.
  describe('ends in words and a way on for both providers', { concurrency: 3 }, () => {
    for (const fault of ['http-204', 'download', 'socket', 'refused', 'dns']) {
      it(fault, () =>
        visit(async (page) => {
          await startFault(page, 'Veriff', fault);
          await page.getByRole('heading', { name: 'The page does not answer' }).waitFor();
          await links(page, 'Continue in this tab').waitFor();
          await startFault(page, 'Shufti Pro', fault);
          await page.locator('kyc-verify [part~="help"]').waitFor();
          await links(page, 'Continue in this tab').waitFor();
        }),
      );
    }
  });

  it('says that the host page forbids the frame, and another tab leads on and back', () =>
    visit(
      async (page, context) => {
        assert.equal(await page.getByLabel('The host page').inputValue(), 'csp');
        await page.getByLabel('Let the sandbox press its own buttons').check();
        await start(page);
        await page.getByRole('heading', { name: 'The page cannot be shown here' }).waitFor();
        await page.locator('kyc-verify').getByText('frame-blocked').waitFor();
        const opened = context.waitForEvent('page');
        await links(page, 'Open in a new tab').click();
        await shows(page, 'kyc-redirect');
        const tab = await opened;
        await tab.waitForURL(/return\.html$/);
        await shows(page, 'kyc-returned');
        await tab.getByRole('heading', { name: 'You can close this tab' }).waitFor();
        assert.equal(await presentPhase(page), 'returned');
      },
      undefined,
      '?host=csp',
    ));

  for (const [provider, place] of [
    ['Veriff', '[part="panel"]'],
    ['Shufti Pro', '[part="help"]'],
  ] as const) {
    it(`leads on in this very tab where the frame shows nothing of ${provider}`, () =>
      visit(async (page, context) => {
        await page.getByLabel('Let the sandbox press its own buttons').check();
        await startFault(page, provider, 'x-frame-options');
        await page
          .locator(`kyc-verify ${place}`)
          .getByRole('link', { name: 'Continue in this tab' })
          .click();
        await shows(page, 'kyc-returned');
        assert.equal(context.pages().length, 1);
      }));
  }

  it('comes back to the very page, with its fault, from this tab', () =>
    visit(
      async (page) => {
        await page.getByLabel('Let the sandbox press its own buttons').check();
        await start(page);
        await links(page, 'Continue in this tab').click();
        await shows(page, 'kyc-returned');
        assert.equal(page.url(), `${url}?host=isolated`);
        assert.equal(await page.locator('#log .run-head').count(), 1);
      },
      undefined,
      '?host=isolated',
    ));

  it('reloads with another host page when one is chosen, and keeps the rest and the focus', () =>
    visit(async (page) => {
      await page.getByLabel('Shufti Pro').check();
      await page.getByLabel('The host page').selectOption('permissions-policy');
      await page.waitForURL(`${url}?host=permissions-policy`);
      await page.locator('#snippet').waitFor();
      assert.equal(await page.getByLabel('The host page').inputValue(), 'permissions-policy');
      assert.ok(await hasFocus(page, '#host'));
      assert.ok(await page.getByLabel('Shufti Pro').isChecked());
      await start(page);
      await page.locator('kyc-verify').getByText('permissions-policy').waitFor();
      await links(page, 'Continue in this tab').waitFor();
      assert.equal(await page.locator('kyc-verify iframe').count(), 0);
    }));
});
