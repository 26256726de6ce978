import { chromium, type Browser } from 'playwright-core';

import { chromiumFlags, findChromium } from '../browsers/find-chromium.mjs';

/** The tests' Chromium, with its fake camera: for tests that run in Node. */
export const launchChromium = async (): Promise<Browser> => {
  const { executablePath, env } = await findChromium();
  return chromium.launch({
    executablePath,
    args: chromiumFlags,
    env: { ...(process.env as Record<string, string>), ...env },
  });
};
