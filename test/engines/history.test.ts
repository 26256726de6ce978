import assert from 'node:assert/strict';
import { it } from 'node:test';

import { goBack, reload, until, waitFor, type Tab } from './driver/tab.js';
import {
  arrive,
  calm,
  ELSEWHERE,
  FRAME,
  HERE,
  inEachEngine,
  offered,
  PHASE,
  press,
  provided,
  START,
  UP,
  type Setting,
} from './setting.js';
import type { Run } from './site/shop.js';

/** With and without the back-forward cache. */
const KINDS = [
  ['a page that may be kept', {}],
  ['a page that must not be stored', { 'cache-control': 'no-store' }],
] as const;

/** The ways to leave without a tap in the element. */
const WAYS = [
  ['display="redirect"', { display: 'redirect' }, {}],
  [
    'fallback="redirect"',
    { fallback: 'redirect' },
    { 'content-security-policy': "frame-src 'self'" },
  ],
] as const;

/** The page waits for the person, with ways on, and has started nothing by itself. */
const assertWaits = async (run: Run, tab: Tab, pageRequests: number): Promise<void> => {
  await waitFor(tab, `${PHASE} === 'redirected' && !!${HERE} && !!${ELSEWHERE}`);
  await calm(tab);
  await run.settled(tab);
  assert.equal(await tab.evaluate(PHASE), 'redirected');
  assert.equal(await tab.evaluate(FRAME), null);
  assert.equal(await tab.evaluate('location.href'), run.url);
  assert.equal((await run.inspect()).pageRequests, pageRequests);
};

/** The person's part is over, and nothing starts any more. */
const assertOver = async (run: Run, tab: Tab, pageRequests = 1): Promise<void> => {
  await waitFor(tab, `${PHASE} === 'returned'`);
  await calm(tab);
  await run.settled(tab);
  assert.equal(await tab.evaluate(PHASE), 'returned');
  assert.equal(await tab.evaluate(FRAME), null);
  assert.equal(await tab.evaluate('location.href'), run.url);
  assert.equal((await run.inspect()).pageRequests, pageRequests);
};

/** Cancels at the provider's page, and goes back from there. */
const cancelThere = async (tab: Tab): Promise<void> => {
  await press(tab, provided('cancel'));
  await press(tab, provided('return'));
};

/**
 * Presses Back, and waits for the page: out of the cache, or loaded anew. Which of them is up to the
 * browser: WebKit minds `no-store` over https alone, and a headless shell keeps no page.
 */
const back = async (run: Run, tab: Tab): Promise<void> => {
  const visits = (): number =>
    run.notes('load').length +
    run.notes('show').filter(({ detail }) => (detail as { persisted: boolean }).persisted).length;
  const before = visits();
  await goBack(tab);
  await until(
    async () => visits() > before,
    () => 'Back led nowhere',
  );
};

/** To the provider's page and back by Back. */
const thereAndBack = async (setting: Setting, run: Run): Promise<Tab> => {
  const tab = await setting.tab(run.url);
  if (run.options.attributes?.['display'] === 'redirect') {
    await waitFor(tab, UP);
    await tab.click(START);
  }
  await arrive(tab, run);
  await back(run, tab);
  return tab;
};

inEachEngine('Back and reload', (setting) => {
  for (const [kind, headers] of KINDS) {
    for (const [way, attributes, policy] of WAYS) {
      it(`Back from the provider’s page to ${kind}, left by ${way}: it waits, and the person may go on`, async () => {
        const run = await setting.shop.run({
          attributes,
          switches: {},
          headers: { ...headers, ...policy },
        });
        const tab = await thereAndBack(setting, run);
        await assertWaits(run, tab, 1);
        await press(tab, HERE);
        await arrive(tab, run);
        await cancelThere(tab);
        await run.noted('kyc-verify kyc-returned');
        await assertOver(run, tab, 2);
      });
    }

    it(`Back after a whole round trip, to ${kind}: nothing starts, and the state stays used`, async () => {
      const run = await setting.shop.run({
        attributes: { display: 'redirect' },
        headers,
        // With one, WebKit takes the two entries of this page for one document.
        fragment: '',
      });
      const tab = await setting.visit(run);
      await tab.click(START);
      await run.noted('kyc-verify kyc-returned');
      await assertOver(run, tab);
      await back(run, tab);
      await assertOver(run, tab);
      // By the page itself: what it remembers of the tab's storage may be out of date.
      await tab.evaluate(`void setTimeout(() => location.assign('${run.callback()}'))`);
      const { detail } = await run.noted('kyc-return kyc-error');
      assert.equal((detail as { code: string }).code, 'return-mismatch');
      assert.equal(run.notes('kyc-return kyc-returned').length, 1);
    });
  }

  it('a page that is opened anew, with another session by then: it starts neither', async () => {
    const run = await setting.shop.run({
      attributes: { display: 'redirect' },
      switches: {},
      isForgetful: true,
    });
    const first = run.sessionUrl;
    const tab = await setting.visit(run);
    await tab.click(START);
    await arrive(tab, run);
    await tab.open(run.url);
    await run.noted('load', 2);
    await waitFor(tab, UP);
    assert.notEqual(run.sessionUrl, first);
    await calm(tab);
    assert.equal(await tab.evaluate('location.href'), run.url);
    assert.equal(await tab.evaluate(FRAME), null);
    assert.equal((await run.inspect()).pageRequests, 0);
  });

  it('a reload while the person is in another tab: the page waits on, and hears of the return', async () => {
    const run = await setting.shop.run({
      switches: {},
      headers: { 'content-security-policy': "frame-src 'self'" },
    });
    const tab = await setting.visit(run);
    await offered(tab);
    const other = await setting.follow(tab, ELSEWHERE);
    await arrive(other, run);
    await reload(tab);
    await run.noted('load', 2);
    await assertWaits(run, tab, 1);
    await cancelThere(other);
    const { detail } = await run.noted('kyc-verify kyc-returned');
    assert.equal((detail as { outcome: string }).outcome, 'unknown');
    await assertOver(run, tab);
  });

  it('a reload after a whole round trip: nothing starts', async () => {
    const run = await setting.shop.run({
      attributes: { fallback: 'redirect' },
      headers: { 'content-security-policy': "frame-src 'self'" },
    });
    const tab = await setting.visit(run);
    await run.noted('kyc-verify kyc-returned');
    const { length } = run.notes('load');
    await reload(tab);
    await run.noted('load', length + 1);
    await assertOver(run, tab);
  });

  it('a reload of the callback page, after its return was matched: no error', async () => {
    const run = await setting.shop.run({
      attributes: { display: 'redirect' },
      returnAttributes: { stay: '' },
    });
    const tab = await setting.visit(run);
    await tab.click(START);
    await run.noted('kyc-return kyc-returned');
    await reload(tab);
    await run.noted('load', 3);
    await waitFor(tab, "document.querySelector('kyc-return')?.matches(':state(returned)')");
    await calm(tab);
    await run.settled(tab);
    assert.deepEqual(run.events, ['kyc-verify kyc-redirect', 'kyc-return kyc-returned']);
    assert.equal(await tab.evaluate('location.pathname + location.search'), run.callbackPath);
  });
});
