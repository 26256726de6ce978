import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { createServer } from 'vite';

import { chromiumFlags, findChromium } from '../browsers/find-chromium.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The demo as `npm run demo` serves it, with the docs in it, and a browser to visit it with. */
export interface DemoSite {
  /** Ends in a slash. */
  readonly url: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

export const openDemo = async (): Promise<DemoSite> => {
  const server = await createServer({
    root: ROOT,
    configFile: `${ROOT}/vite.config.ts`,
    logLevel: 'error',
    // No watching: other files of the checkout may change while this runs.
    server: { port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const { executablePath, env } = await findChromium();
  const browser = await chromium.launch({
    executablePath,
    args: chromiumFlags,
    env: { ...(process.env as Record<string, string>), ...env },
  });
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
};
