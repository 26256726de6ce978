import { after, afterEach, before, describe } from 'node:test';

import { engineNames, startEngine } from './driver/engines.js';
import { waitFor, type Engine, type Tab } from './driver/tab.js';
import { Shop, type Run } from './site/shop.js';

/** What the tests of one engine share. */
export class Setting {
  engine!: Engine;
  shop!: Shop;
  readonly #tabs: Tab[] = [];

  async open(name: (typeof engineNames)[number]): Promise<void> {
    [this.shop, this.engine] = await Promise.all([Shop.open(), startEngine(name)]);
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.shop.close();
  }

  /** A new tab, until the test is over. */
  async tab(url: string): Promise<Tab> {
    const tab = this.#keep(await this.engine.newTab());
    await tab.open(url);
    return tab;
  }

  /**
   * A new tab with the run's page, which is up. The page itself tells its server so: WebKit moves a
   * page with `Cross-Origin-Opener-Policy` to another process while it loads, and never answers
   * what was asked of the one before.
   */
  async visit(run: Run): Promise<Tab> {
    const loads = run.notes(NOTED_UP).length;
    const tab = await this.tab(run.url);
    await run.noted(NOTED_UP, loads + 1);
    await waitFor(tab, UP);
    return tab;
  }

  /** Clicks a link to a new tab, and gives that tab. */
  async follow(tab: Tab, link: string): Promise<Tab> {
    const opened = await this.engine.openedTab();
    await tab.click(link);
    return this.#keep(await opened());
  }

  async closeTabs(): Promise<void> {
    // One that has closed itself is closed enough.
    for (const tab of this.#tabs.splice(0)) await tab.close().catch(() => undefined);
  }

  #keep(tab: Tab): Tab {
    this.#tabs.push(tab);
    return tab;
  }
}

/** Whether the shop's page has done all that it does by itself. */
export const UP = "document.body?.dataset.up === ''";
const NOTED_UP = 'up';

const ELEMENT = "document.querySelector('kyc-verify')";

/** In the shadow root of `<kyc-verify>`. */
export const inside = (selector: string): string =>
  `${ELEMENT}.shadowRoot.querySelector(${JSON.stringify(selector)})`;

/** The button of the shop that calls `start()`. */
export const START = "document.querySelector('#start')";

/** The links to the provider's own page: in this tab, and in another. */
export const HERE = inside('[part~=link]:not([target])');
export const ELSEWHERE = inside('[part~=link][target=_blank]');

export const FRAME = inside('iframe');

export const PHASE = `${ELEMENT}?.phase`;

/** A button of the provider's page, once it is there to be pressed. */
export const provided = (name: string): string =>
  `document.querySelector('button[name="${name}"]:enabled')`;

/** Clicks what the expression gives, once it is there. */
export const press = async (tab: Tab, expression: string): Promise<void> => {
  await waitFor(tab, `!!${expression}`);
  await tab.click(expression);
};

/**
 * Waits for the links of a failed run, and for all words beside them: the last of those are loaded
 * late, and move the links away from under a click.
 */
export const offered = async (tab: Tab): Promise<void> => {
  await waitFor(tab, `!!${ELSEWHERE} && !!${inside('[part=text] ~ [part=text]')}`);
};

/** Goes from the shop's page to the provider's, by whatever `go` does, and waits to be there. */
export const arrive = async (tab: Tab, { sessionUrl }: Run): Promise<void> => {
  await waitFor(
    tab,
    `location.origin === '${new URL(sessionUrl).origin}' && !!${provided('begin')}`,
  );
};

/**
 * Waits until the page had every chance to go on by itself: its timers, and two answers of its
 * server. A page that went away instead has forgotten the sign.
 */
export const calm = async (tab: Tab): Promise<void> => {
  const ask = "fetch('/calm')";
  await tab.evaluate(
    `void ${ask}.then(() => setTimeout(() => ${ask}.then(() => { globalThis.isCalm = true; })))`,
  );
  await waitFor(tab, 'globalThis.isCalm');
};

/** The same tests in each engine that was asked for. */
export const inEachEngine = (title: string, tests: (setting: Setting) => void): void => {
  for (const name of engineNames) {
    describe(`${title}, in ${name}`, () => {
      const setting = new Setting();
      before(() => setting.open(name));
      afterEach(() => setting.closeTabs());
      after(() => setting.close());
      tests(setting);
    });
  }
};
