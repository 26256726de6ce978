import { launch, type Browser, type ElementHandle, type Page, type Target } from 'puppeteer-core';

import { chromiumFlags, findChromium } from '../../browsers/find-chromium.mjs';
import { findFirefox, firefoxPreferences } from '../../browsers/find-firefox.mjs';
import type { Engine, EngineName, Tab } from './tab.js';

/** Milliseconds. The bound of one command. */
const PROTOCOL_TIMEOUT = 30_000;

class PuppeteerTab implements Tab {
  readonly console: string[] = [];
  readonly #page: Page;
  /** The tab in front of it. */
  #cover: Page | undefined;

  constructor(page: Page) {
    this.#page = page;
    page.on('console', (message) => this.console.push(message.text()));
  }

  async open(url: string): Promise<void> {
    // A page's frames may never finish loading; that is what some tests are about.
    await this.#page.goto(url, { waitUntil: 'domcontentloaded' });
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#page.evaluate(expression);
  }

  async click(expression: string): Promise<void> {
    // A tab in the background lays nothing out, and so has nothing to click on.
    await this.#page.bringToFront();
    const handle = await this.#page.evaluateHandle(expression);
    await (handle as ElementHandle).click();
  }

  async choose(expression: string, path: string): Promise<void> {
    const handle = await this.#page.evaluateHandle(expression);
    await (handle as ElementHandle<HTMLInputElement>).uploadFile(path);
  }

  async hide(): Promise<void> {
    this.#cover = await this.#page.browser().newPage();
  }

  async show(): Promise<void> {
    await this.#cover?.close();
    await this.#page.bringToFront();
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}

const engineOf = (name: EngineName, browser: Browser): Engine => ({
  name,
  newTab: async () => new PuppeteerTab(await browser.newPage()),
  openedTab: async () => {
    const opened = new Promise<Target>((resolve) => browser.once('targetcreated', resolve));
    return async () => {
      const target = await opened;
      const page = await target.page();
      if (!page) throw new Error(`Not a tab: ${target.type()} ${target.url()}`);
      return new PuppeteerTab(page);
    };
  },
  close: () => browser.close(),
});

export const chromium = async (): Promise<Engine> => {
  const { executablePath, env } = await findChromium();
  const browser = await launch({
    executablePath,
    args: chromiumFlags,
    protocolTimeout: PROTOCOL_TIMEOUT,
    env: { ...process.env, ...env },
  });
  return engineOf('chromium', browser);
};

export const firefox = async (): Promise<Engine> => {
  const browser = await launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    extraPrefsFirefox: firefoxPreferences,
    protocolTimeout: PROTOCOL_TIMEOUT,
  });
  return engineOf('firefox', browser);
};
