import assert from 'node:assert/strict';
import { it } from 'node:test';

import type { KycReadyDetail } from '../../src/index.js';
import type { Vendor } from '../../src/sandbox/index.js';
import { waitFor } from './driver/tab.js';
import { inEachEngine, inside, UP } from './setting.js';

const VENDORS: readonly Vendor[] = ['veriff', 'shufti-pro'];

const FRAME = "document.querySelector('kyc-verify > iframe')";

/** The provider's page was there before any script of ours: it has spoken, or has loaded. */
const EARLY: Readonly<Record<Vendor, string>> = {
  veriff:
    "document.querySelector('kyc-verify').kycEarly.some(({ data }) => /HANDSHAKE/.test(data))",
  'shufti-pro': `performance.getEntriesByName(${FRAME}.src).length > 0`,
};

inEachEngine('a frame in the HTML of the page', (setting) => {
  for (const provider of VENDORS) {
    it(`shows ${provider}'s page before the script is there, and goes on with it after`, async () => {
      // Its last message would have no sender in Firefox once it had moved on: `source` is null then.
      const run = await setting.shop.run({ provider, isRendered: true, isOneWay: true });
      const tab = await setting.tab(run.url);
      await waitFor(tab, EARLY[provider]);
      assert.equal(await tab.evaluate(UP), false);
      assert.equal(await tab.evaluate("!!customElements.get('kyc-verify')"), false);
      assert.equal(await tab.evaluate(`${FRAME}.getBoundingClientRect().height`), 650);

      await waitFor(tab, 'noting');
      run.letScriptsCome();
      await run.noted('kyc-verify kyc-finished');
      assert.equal((await run.inspect()).pageRequests, 1);
      // Shufti Pro's page waits for nobody: it may be done before the script is there to see it load.
      const evidence = run
        .notes('kyc-verify kyc-ready')
        .map(({ detail }) => (detail as KycReadyDetail).evidence);
      if (provider === 'veriff') assert.deepEqual(evidence, ['message']);
      else assert.ok(evidence.every((each) => each === 'load') && evidence.length <= 1);
      await waitFor(tab, `!${FRAME} && !${inside('iframe')}`);
      // The collector has gone too.
      assert.equal(await tab.evaluate("'kycEarly' in document.querySelector('kyc-verify')"), false);
    });
  }
});
