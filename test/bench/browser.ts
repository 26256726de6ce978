import {
  chromium,
  type Browser,
  type BrowserContext,
  type CDPSession,
  type Frame,
  type Page,
} from 'playwright-core';

import { chromiumFlags, findChromium } from '../browsers/find-chromium.mjs';

/** A host of its own site, so that whoever floods the page has a process of its own. */
export const HOSTILE_HOST = 'hostile.test';

const FLAGS = [
  `--host-resolver-rules=MAP localhost 127.0.0.1, MAP ${HOSTILE_HOST} 127.0.0.1`,
  // For the server with a self-made certificate, which nobody but this run ever meets.
  '--ignore-certificate-errors',
];

const launchOptions = async () => {
  const { executablePath, env } = await findChromium();
  return {
    executablePath,
    args: [...chromiumFlags, ...FLAGS],
    env: { ...(process.env as Record<string, string>), ...env },
  };
};

export const startBrowser = async (): Promise<Browser> => chromium.launch(await launchOptions());

/** A browser of its own with an ordinary profile, where the others' contexts are private ones. */
export const startProfile = async (folder: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, { ...(await launchOptions()), ignoreHTTPSErrors: true });

/** A page in a context of its own: nothing is cached, and nothing is left of it afterwards. */
export interface Tab {
  readonly page: Page;
  readonly cdp: CDPSession;
}

export const inNewTab = async <T>(browser: Browser, use: (tab: Tab) => Promise<T>): Promise<T> => {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1280, height: 800 },
  });
  try {
    const page = await context.newPage();
    return await use({ page, cdp: await context.newCDPSession(page) });
  } finally {
    await context.close();
  }
};

/** A slow phone on a slow network: a processor of a quarter of the speed, 150 ms, 1.6 Mbit/s. */
export const throttle = async ({ cdp }: Tab): Promise<void> => {
  const bytesPerSecond = (1.6 * 1024 * 1024) / 8;
  await cdp.send('Network.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
};

/** Has the main thread's work counted from here on; a page of another process begins at zero anyway. */
export const countWork = async ({ cdp }: Tab): Promise<void> => {
  await cdp.send('Performance.disable');
  await cdp.send('Performance.enable');
};

/** What the page's main thread has done since then, in milliseconds. */
export const workOf = async ({ cdp }: Tab): Promise<number> => {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
};

/** Calls a function that one of the scripts of `page/` left in `bench`. */
export const ask = <T>(frame: Frame | Page, name: string, ...values: readonly unknown[]) =>
  frame.evaluate<T>(`bench.${name}(${values.map((value) => JSON.stringify(value)).join(', ')})`);
