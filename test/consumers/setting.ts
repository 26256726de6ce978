import { after, before, it } from 'node:test';
import type { Browser } from 'playwright-core';

import { createSandbox } from '../../src/sandbox/index.js';
import { launchChromium } from '../support/chromium.js';
import { engineNames, startEngine } from '../engines/driver/engines.js';
import { waitFor } from '../engines/driver/tab.js';
import { removeInstalled } from './install.js';
import { Site, type SiteOptions } from './site.js';
import { Visit } from './visit.js';

export const sandbox = await createSandbox();

/** The sandbox is on none of the vendor's hosts. */
export const ENVIRONMENT = {
  VITE_KYC_PROVIDER: 'veriff',
  VITE_KYC_TRUSTED_ORIGINS: sandbox.origin,
};

/** For tests that look behind the page. `KYC_BROWSERS` may leave them out. */
export const IN_CHROMIUM = { skip: !engineNames.includes('chromium') };

let browser: Browser;

before(async () => {
  if (IN_CHROMIUM.skip) return;
  browser = await launchChromium();
});

after(async () => {
  if (!IN_CHROMIUM.skip) await browser.close();
  await sandbox.close();
  await removeInstalled();
});

/** Goes to a page, wherever it is. */
export const visitUrl = (url: string, act: (visit: Visit) => Promise<void>): Promise<void> =>
  Visit.make(browser, url, act);

/** Goes to a page of a site of its own. */
export const visit = async (
  options: SiteOptions,
  path: string,
  act: (visit: Visit, site: Site) => Promise<void>,
): Promise<void> => {
  const site = await Site.open(sandbox, options);
  try {
    await visitUrl(site.origin + path, (visit) => act(visit, site));
  } finally {
    await site.close();
  }
};

/** From a click to the end, in each other engine that `KYC_BROWSERS` names. */
export const testElsewhere = (what: string, options: () => Promise<SiteOptions>): void => {
  for (const name of engineNames.filter((each) => each !== 'chromium')) {
    it(`${what} runs to the end in ${name}`, async () => {
      const engine = await startEngine(name);
      const site = await Site.open(sandbox, await options());
      try {
        const tab = await engine.newTab();
        await tab.open(site.origin);
        const button = "document.querySelector('button')";
        await waitFor(tab, `!!${button}`);
        await tab.click(button);
        await waitFor(tab, "document.body.innerText.includes('We are checking')");
      } finally {
        await site.close();
        await engine.close();
      }
    });
  }
};
