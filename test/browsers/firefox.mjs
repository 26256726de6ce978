import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';

import { findFirefox, firefoxPreferences } from './find-firefox.mjs';

/** Firefox through puppeteer, one page at a time, with a fake camera and no questions about it. */
export function firefox() {
  return chromeLauncher({
    puppeteer,
    concurrency: 1,
    launchOptions: {
      browser: 'firefox',
      executablePath: findFirefox(),
      headless: true,
      extraPrefsFirefox: firefoxPreferences,
    },
  });
}
