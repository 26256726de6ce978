import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { veriffPlan } from '../../src/capture.js';
import { KycCapture } from '../../src/react/capture.js';
import { openSite, type Site } from './support/site.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FACE = join(ROOT, 'src/sandbox/specimens/genuine-face.jpg');

let site: Site;

before(async () => {
  site = await openSite((path) => ({ script: `test${path}/capture-page.ts` }), {
    vue: 'vue/dist/vue.esm-bundler.js',
  });
});

after(async () => {
  await site.close();
});

describe('<kyc-capture> in frameworks', () => {
  for (const framework of ['react', 'vue']) {
    it(`gets its plan and tells its events in ${framework}, and brings no other element`, async () => {
      const page = await site.browser.newPage();
      page.setDefaultTimeout(10_000);
      await page.goto(`${site.url}/${framework}`);
      await page.getByRole('button', { name: 'Go', exact: true }).click();
      await page.locator('kyc-capture input[data-input=files]').setInputFiles(FACE);
      await page.getByRole('button', { name: 'Use this' }).waitFor();
      // The rendering in between has left it where it was.
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText('Come back soon.').waitFor();
      assert.deepEqual(
        await page.evaluate(() => [
          Reflect.get(globalThis, 'events') as unknown,
          ['kyc-capture', 'kyc-verify', 'kyc-return'].filter((tag) => customElements.get(tag)),
        ]),
        [['face make, seen 0', 'face review, seen 1', 'canceled by person'], ['kyc-capture']],
      );
      await page.close();
    });
  }

  it('is rendered by React on a server with what is slotted, and nothing that was set', () => {
    const markup = renderToString(
      createElement(
        KycCapture,
        { plan: veriffPlan(), captureEndpoint: '/secret-path' },
        createElement('p', { slot: 'submitted' }, 'Done'),
      ),
    );
    assert.match(markup, /^<kyc-capture[^>]*><p slot="submitted">Done<\/p><\/kyc-capture>$/);
    assert.doesNotMatch(markup, /secret-path|PASSPORT|\[object/);
  });
});
