import { chromium, type Browser } from 'playwright-core';

import { chromiumFlags, findChromium } from '../browsers/find-chromium.mjs';
import { serveDemo, type DemoServer } from './demo-server.js';

/** The demo, and a browser to visit it with. */
export interface DemoSite extends DemoServer {
  readonly browser: Browser;
}

export const openDemo = async (): Promise<DemoSite> => {
  const server = await serveDemo();
  const { executablePath, env } = await findChromium();
  const browser = await chromium.launch({
    executablePath,
    args: chromiumFlags,
    env: { ...(process.env as Record<string, string>), ...env },
  });
  return {
    url: server.url,
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
};
