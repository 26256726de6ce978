/** What is done in every app. */
import assert from 'node:assert/strict';

import type { Site } from './site.js';
import type { Visit } from './visit.js';

/** From a click to the end, once. */
export const runToTheEnd = async (visit: Visit, site: Site): Promise<void> => {
  await visit.press('Verify your identity');
  await visit.finish();
  assert.deepEqual(await visit.events(), ['ready', 'started', 'submitted', 'finished']);
  assert.deepEqual(await site.pageRequests(), [1]);
};

/** Away in the middle of a run, there again, and then another session. */
export const comeAndGo = async (visit: Visit, site: Site): Promise<void> => {
  const { page } = visit;
  const listeners = await visit.listeners();
  site.isPiloted = false;

  await visit.press('Verify your identity');
  const first = await visit.turnCameraOn();
  await visit.press('Not now');
  await page.locator('kyc-verify').waitFor({ state: 'detached' });
  // A page that is gone has no camera.
  await visit.gone(first);
  assert.equal(await page.evaluate(() => globalThis.length), 0, 'no frame is left');
  assert.deepEqual(await visit.listeners(), listeners, 'no listener is left');

  await visit.press('Verify your identity');
  const second = await visit.turnCameraOn();
  assert.equal(site.sessions.length, 2, 'one session for each time that it was mounted');

  site.isPiloted = true;
  await visit.press('Start over');
  await visit.finish();
  await visit.gone(second);
  assert.deepEqual(await site.pageRequests(), [1, 1, 1]);
  const run = ['ready', 'started'];
  assert.deepEqual(await visit.events(), [...run, ...run, ...run, 'submitted', 'finished']);
};
