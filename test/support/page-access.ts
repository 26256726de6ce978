import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds in the whole page: the rule and the element, a line each. */
export const breaches = async (
  page: Page,
  options: RunOptions = {},
): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  // Picked out in the page: all that axe tells is megabytes, nearly all of it of what is right.
  return page.evaluate(
    async (given) => {
      const axe = Reflect.get(globalThis, 'axe') as {
        run(options: RunOptions): Promise<AxeResults>;
      };
      const { violations } = await axe.run(given);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    },
    { ...options, resultTypes: ['violations'] } satisfies RunOptions,
  );
};

/** Fails where axe finds something in the whole page, light or dark, or 320 pixels are too few. */
export const assertAccessible = async (page: Page): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    assert.deepEqual(await breaches(page), []);
  }
  await page.setViewportSize({ width: 320, height: 700 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
};
