import { setTimeout as pause } from 'node:timers/promises';

/** One tab of a browser. Expressions are JavaScript, evaluated in its top-level page. */
export interface Tab {
  /** Goes there. The page need not have loaded when this resolves: wait for what is wanted of it. */
  open(url: string): Promise<void>;
  /** The expression's value, which must be one that JSON can hold. */
  evaluate(expression: string): Promise<unknown>;
  /** A real click on the element that the expression gives. */
  click(expression: string): Promise<void>;
  /** Chooses a file of the disk in the file input that the expression gives, hidden or not. */
  choose(expression: string, path: string): Promise<void>;
  /** Behind another tab or minimised, so that its page is hidden. */
  hide(): Promise<void>;
  /** In sight again. */
  show(): Promise<void>;
  /** What the page said in its console, where the engine tells. */
  readonly console: readonly string[];
  close(): Promise<void>;
}

export interface Engine {
  readonly name: EngineName;
  newTab(): Promise<Tab>;
  /** To be called before a page opens a tab; what it gives, after, waits for that tab. */
  openedTab(): Promise<() => Promise<Tab>>;
  close(): Promise<void>;
}

export type EngineName = 'chromium' | 'firefox' | 'webkit';

/** Milliseconds. The bound of every wait: only what fails takes that long. */
const DEADLINE = 15_000;

/** Asks until the answer is neither falsy nor an error, as it is while a page goes away. */
export const until = async <T>(
  ask: () => Promise<T>,
  describe: () => string,
): Promise<NonNullable<T>> => {
  const end = Date.now() + DEADLINE;
  let last: unknown;
  for (;;) {
    try {
      const value = await ask();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${describe()} (last: ${String(last)})`);
    await pause(20);
  }
};

/** Waits until the expression is truthy in the tab's page, whichever page that is by then. */
export const waitFor = async (tab: Tab, expression: string): Promise<unknown> => {
  try {
    return await until(
      () => tab.evaluate(expression),
      () => `Waited in vain for ${expression}`,
    );
  } catch (error) {
    const page = await tab.evaluate('[location.href, document.body.innerText]').catch(String);
    throw new Error([error, page, ...tab.console].map(String).join('\n'), { cause: error });
  }
};

export const goBack = async (tab: Tab): Promise<void> => {
  await tab.evaluate('void setTimeout(() => history.back())');
};

export const reload = async (tab: Tab): Promise<void> => {
  await tab.evaluate('void setTimeout(() => location.reload())');
};
