import { playwrightLauncher } from '@web/test-runner-playwright';

import { chromiumFlags, findChromium } from './find-chromium.mjs';

/** Two pages at a time: more starve each other's frames on a small machine. */
export async function chromium() {
  const { executablePath, env } = await findChromium();
  return playwrightLauncher({
    product: 'chromium',
    concurrency: 2,
    launchOptions: {
      executablePath,
      args: chromiumFlags,
      env: { .../** @type {Record<string, string>} */ (process.env), ...env },
    },
  });
}
