import { findOnPath } from './find-chromium.mjs';

/**
 * A fake camera and microphone, and no questions about them. A download opens nothing: what it opened
 * would take the focus from the tests of keys.
 */
export const firefoxPreferences = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'browser.download.alwaysOpenPanel': false,
  'browser.download.panel.shown': true,
  'browser.download.always_ask_before_handling_new_types': false,
};

/** FIREFOX_PATH, then an installed Firefox. */
export function findFirefox() {
  const executablePath = process.env['FIREFOX_PATH'] ?? findOnPath(['firefox-esr', 'firefox']);
  if (executablePath === undefined) {
    throw new Error('No Firefox found. Install firefox-esr or point FIREFOX_PATH at a Firefox.');
  }
  return executablePath;
}
