import { WebKitDriver } from '../../browsers/webkit-driver.mjs';
import { until, type Engine, type Tab } from './tab.js';

/** One command at a time: each is for the window that was switched to last. */
class Windows {
  readonly driver = new WebKitDriver();
  #last: Promise<unknown> = Promise.resolve();
  #current: string | undefined;

  command(
    handle: string | undefined,
    method: string,
    path: string,
    body?: object,
  ): Promise<unknown> {
    const turn = async (): Promise<unknown> => {
      if (handle !== undefined && handle !== this.#current) {
        await this.driver.command('POST', '/window', { handle });
        this.#current = handle;
      }
      return this.driver.command(method, path, body);
    };
    const result = this.#last.then(turn);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

class WebKitTab implements Tab {
  /** WebDriver tells nothing of it. */
  readonly console: readonly string[] = [];
  readonly #windows: Windows;
  readonly #handle: string;

  constructor(windows: Windows, handle: string) {
    this.#windows = windows;
    this.#handle = handle;
  }

  async open(url: string): Promise<void> {
    await this.#command('POST', '/url', { url });
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#command('POST', '/execute/sync', { script: `return ${expression}`, args: [] });
  }

  async click(expression: string): Promise<void> {
    // The driver scrolls only "if needed", and takes what lies less than the page's
    // `scroll-padding-top` below the window for seen.
    await this.evaluate(
      `void (${expression}).scrollIntoView({ block: 'center', behavior: 'instant' })`,
    );
    await this.#command('POST', `/element/${await this.#idOf(expression)}/click`);
  }

  async choose(expression: string, path: string): Promise<void> {
    await this.#command('POST', `/element/${await this.#idOf(expression)}/value`, { text: path });
  }

  async hide(): Promise<void> {
    await this.#command('POST', '/window/minimize');
  }

  async show(): Promise<void> {
    await this.#command('POST', '/window/maximize');
  }

  async close(): Promise<void> {
    await this.#command('DELETE', '/window');
  }

  async #idOf(expression: string): Promise<string> {
    const element = (await this.evaluate(expression)) as Record<string, string>;
    return Object.values(element)[0] ?? '';
  }

  #command(method: string, path: string, body?: object): Promise<unknown> {
    return this.#windows.command(this.#handle, method, path, body);
  }
}

export const webkit = async (): Promise<Engine> => {
  const windows = new Windows();
  // The first window stays: a session ends with its last, and a new one is asked for in another.
  const first = (await windows.command(undefined, 'GET', '/window')) as string;
  return {
    name: 'webkit',
    newTab: async () => {
      const { handle } = (await windows.command(first, 'POST', '/window/new', {
        type: 'window',
      })) as { handle: string };
      return new WebKitTab(windows, handle);
    },
    openedTab: async () => {
      const handles = async (): Promise<readonly string[]> =>
        (await windows.command(undefined, 'GET', '/window/handles')) as string[];
      const before = await handles();
      return async () => {
        const opened = await until(
          async () => (await handles()).find((handle) => !before.includes(handle)),
          () => 'No window was opened',
        );
        return new WebKitTab(windows, opened);
      };
    },
    close: () => windows.driver.stop(),
  };
};
