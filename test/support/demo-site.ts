import type { Browser } from 'playwright-core';

import { launchChromium } from './chromium.js';
import { serveDemo, type DemoServer } from './demo-server.js';

/** The demo, and a browser to visit it with. */
export interface DemoSite extends DemoServer {
  readonly browser: Browser;
}

export const openDemo = async (): Promise<DemoSite> => {
  const server = await serveDemo();
  const browser = await launchChromium();
  return {
    url: server.url,
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
};
