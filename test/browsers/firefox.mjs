import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';

import { findOnPath } from './find-chromium.mjs';

/** Firefox through puppeteer, one page at a time, with a fake camera and no questions about it. */
export function firefox() {
  const executablePath = process.env['FIREFOX_PATH'] ?? findOnPath(['firefox-esr', 'firefox']);
  if (executablePath === undefined) {
    throw new Error('No Firefox found. Install firefox-esr or point FIREFOX_PATH at a Firefox.');
  }
  return chromeLauncher({
    puppeteer,
    concurrency: 1,
    launchOptions: {
      browser: 'firefox',
      executablePath,
      headless: true,
      extraPrefsFirefox: {
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
      },
    },
  });
}
