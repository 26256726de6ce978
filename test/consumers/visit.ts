import assert from 'node:assert/strict';
import type { Browser, Frame, Page } from 'playwright-core';

import { pressEnter } from '../support/keys.js';

/** What the page's own scripts have no part in. */
interface Notes {
  readonly globals: readonly string[];
  readonly events: string[];
  readonly violations: string[];
}

/** Runs in the page, before all else. */
const takeNotes = (): void => {
  if (self !== top) return;
  const notes: Notes = {
    globals: [...Object.getOwnPropertyNames(globalThis), 'notes'],
    events: [],
    violations: [],
  };
  Object.assign(globalThis, { notes });
  const names = ['ready', 'started', 'submitted', 'finished', 'canceled', 'error', 'redirect'];
  for (const name of names) {
    document.addEventListener(`kyc-${name}`, () => notes.events.push(name));
  }
  document.addEventListener('securitypolicyviolation', (event) => {
    notes.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
};

/** What development builds say of themselves. */
const EXPECTED = /React DevTools|Lit is in dev mode/;

/** What Playwright listens to in order to press a button. */
const OF_THE_DRIVER = /^window (__playwright|aux|click|contextmenu|dblclick|mouse|pointer|touch)/;

/** Somebody at a merchant's page. */
export class Visit {
  readonly page: Page;
  /** What the console or an error told. */
  readonly problems: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      const isProblem = message.type() === 'error' || message.type() === 'warning';
      if (isProblem && !EXPECTED.test(message.text())) this.problems.push(message.text());
    });
  }

  /** Goes there and acts. Nothing may be against the page's policy, and nothing complain. */
  static async make(
    browser: Browser,
    url: string,
    act: (visit: Visit) => Promise<void>,
  ): Promise<void> {
    const page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    const visit = new Visit(page);
    await page.addInitScript(takeNotes);
    // A browser asks for it by itself, and says so where there is none.
    await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
    try {
      await page.goto(url);
      await act(visit);
      const violations = await visit.#read('violations');
      assert.deepEqual({ violations, problems: visit.problems }, { violations: [], problems: [] });
    } catch (error) {
      // What the page said tells more than what was waited for.
      throw visit.problems.length > 0
        ? new Error(visit.problems.join('\n'), { cause: error })
        : error;
    } finally {
      await page.close();
    }
  }

  async press(name: 'Verify your identity' | 'Start over' | 'Not now'): Promise<void> {
    await this.page.getByRole('button', { name }).click();
  }

  /** The app's own listener has heard of the end. */
  async finish(): Promise<void> {
    await this.page.getByText('Thank you. We are checking.').waitFor();
  }

  /**
   * Begins at the provider's page, as a person does, until its camera is on. By the keyboard, since
   * Chromium now and then hands a mouse click on a frame of another process to the page around it when
   * both are being laid out.
   */
  async turnCameraOn(): Promise<Frame> {
    const element = await this.page.locator('kyc-verify iframe').elementHandle();
    const frame = await element.contentFrame();
    assert.ok(frame);
    await frame.locator('button[name=begin]:enabled').focus();
    await pressEnter(this.page);
    try {
      await frame.locator('button[name=shutter]:enabled').waitFor();
    } catch (error) {
      // The provider's page says what it waits for, or what went wrong.
      throw new Error(await frame.locator('body').innerText(), { cause: error });
    }
    const state = await frame.locator('video').evaluate((video) => {
      const { srcObject } = video as HTMLVideoElement;
      return srcObject instanceof MediaStream && srcObject.getVideoTracks()[0]?.readyState;
    });
    assert.equal(state, 'live');
    return frame;
  }

  /** The types of the listeners on the window and the document, in order. */
  async listeners(): Promise<readonly string[]> {
    const session = await this.page.context().newCDPSession(this.page);
    const types: string[] = [];
    for (const expression of ['window', 'document']) {
      const { result } = await session.send('Runtime.evaluate', { expression });
      const { listeners } = await session.send('DOMDebugger.getEventListeners', {
        objectId: result.objectId!,
      });
      types.push(...listeners.map(({ type }) => `${expression} ${type}`));
    }
    await session.detach();
    return types.filter((type) => !OF_THE_DRIVER.test(type)).sort();
  }

  /** The frame, and the page in it, are no more. */
  async gone(frame: Frame): Promise<void> {
    if (frame.isDetached()) return;
    await this.page.waitForEvent('framedetached', { predicate: (each) => each === frame });
  }

  /** The globals that have come since the page began. */
  async added(): Promise<readonly string[]> {
    const [globals, now] = await Promise.all([
      this.#read('globals'),
      this.page.evaluate(() => Object.getOwnPropertyNames(globalThis)),
    ]);
    return now.filter((name) => !globals.includes(name));
  }

  events(): Promise<readonly string[]> {
    return this.#read('events');
  }

  #read(what: keyof Notes): Promise<readonly string[]> {
    return this.page.evaluate(
      (key) => (globalThis as unknown as { readonly notes: Notes }).notes[key],
      what,
    );
  }
}
