import assert from 'node:assert/strict';
import { it } from 'node:test';

import type { Vendor } from '../../src/sandbox/index.js';
import { until, waitFor } from './driver/tab.js';
import {
  arrive,
  ELSEWHERE,
  FRAME,
  HERE,
  inEachEngine,
  offered,
  PHASE,
  press,
  START,
} from './setting.js';
import type { Run } from './site/shop.js';

const VENDORS: readonly Vendor[] = ['veriff', 'shufti-pro'];

/** What a tab has in its storage. */
const KEYS = 'Object.keys(sessionStorage).join()';

/** Neither storage ever held the session URL, nor the part of it that is secret. */
const assertKeptSecret = (run: Run): void => {
  const token = new URL(run.sessionUrl).pathname.split('/').at(-1) ?? '';
  assert.ok(token.length > 20);
  for (const { session, local } of run.notes()) {
    assert.ok(!JSON.stringify([session, local]).includes(token));
  }
};

/** While the person was away the tab held the ticket of this run; now no ticket is left. */
const assertTicketUsed = (run: Run): void => {
  const key = `kyc-verify:ticket:${run.state}`;
  const [landing] = run.notes('load').filter(({ path }) => path.startsWith('/callback'));
  const ticket = landing?.session.find(([name]) => name === key);
  assert.ok(ticket, 'there was a ticket');
  const { startedAt, ...kept } = JSON.parse(ticket[1]) as Record<string, unknown>;
  assert.equal(typeof startedAt, 'number');
  assert.deepEqual(kept, {
    version: 1,
    provider: run.options.provider,
    reference: run.reference,
    state: run.state,
    returnPath: run.path,
  });
  assert.ok(
    !run
      .notes()
      .at(-1)
      ?.session.some(([name]) => name.startsWith('kyc-verify:ticket:')),
  );
};

const returned = ({ options, reference }: Run): object => ({
  provider: options.provider,
  outcome: 'unknown',
  reference,
});

/** The person went away in this tab, and is back where they left. */
const assertRoundTrip = async (run: Run, pageRequests: number): Promise<void> => {
  assert.deepEqual(run.detail('kyc-return kyc-returned'), returned(run));
  assert.deepEqual(run.detail('kyc-verify kyc-returned'), returned(run));
  assert.equal(run.notes('kyc-return kyc-returned')[0]?.path, run.callbackPath, 'no query is left');
  assert.equal(run.notes().at(-1)?.path, run.path);
  assertTicketUsed(run);
  assertKeptSecret(run);
  const { status, pageRequests: asked } = await run.inspect();
  assert.deepEqual([status, asked], ['submitted', pageRequests]);
};

inEachEngine('a round trip to the provider’s own page and back', (setting) => {
  for (const provider of VENDORS) {
    it(`${provider}, by display="redirect" and start()`, async () => {
      const run = await setting.shop.run({ provider, attributes: { display: 'redirect' } });
      const tab = await setting.visit(run);
      await tab.click(START);
      await run.noted('kyc-verify kyc-returned');
      await run.settled(tab);
      assert.deepEqual(run.phases, ['idle>redirected', 'idle>returned']);
      assert.deepEqual(run.events, [
        'kyc-verify kyc-redirect',
        'kyc-return kyc-returned',
        'kyc-verify kyc-returned',
      ]);
      assert.deepEqual(run.detail('kyc-verify kyc-redirect'), { provider, target: 'same-tab' });
      await assertRoundTrip(run, 1);
    });

    it(`${provider}, by fallback="redirect", once the frame was blocked`, async () => {
      const run = await setting.shop.run({
        provider,
        attributes: { fallback: 'redirect' },
        headers: { 'content-security-policy': "frame-src 'self'" },
      });
      const tab = await setting.visit(run);
      await run.noted('kyc-verify kyc-returned');
      await run.settled(tab);
      assert.deepEqual(run.phases.slice(-2), ['failed>redirected', 'idle>returned']);
      assert.deepEqual(run.detail('kyc-verify kyc-redirect'), {
        provider,
        target: 'same-tab',
        reason: 'frame-blocked',
      });
      await assertRoundTrip(run, 1);
    });

    it(`${provider}, by the link, once the frame gave no sign of life`, async () => {
      const run = await setting.shop.run({
        provider,
        attributes: { timeout: '300' },
        switches: { fault: 'x-frame-options', pilot: true },
      });
      const tab = await setting.visit(run);
      if (provider === 'veriff') await offered(tab);
      // A frame that goes too early never asks for the page.
      await until(
        async () => (await run.inspect()).pageRequests === 1,
        () => 'The frame asked for nothing',
      );
      await press(tab, HERE);
      await run.noted('kyc-verify kyc-returned');
      await run.settled(tab);
      assert.deepEqual(run.phases.slice(-1), ['idle>returned']);
      assert.deepEqual(run.detail('kyc-verify kyc-redirect'), {
        provider,
        target: 'same-tab',
        ...(provider === 'veriff' && { reason: 'frame-timeout' }),
      });
      // Once in the frame, once in the tab.
      await assertRoundTrip(run, 2);
    });

    it(`${provider}, by a link to a new tab: the page that waits goes on, and the new tab can be closed`, async () => {
      const run = await setting.shop.run({
        provider,
        headers: { 'content-security-policy': "frame-src 'self'" },
      });
      const tab = await setting.visit(run);
      await offered(tab);
      const other = await setting.follow(tab, ELSEWHERE);
      await run.noted('kyc-verify kyc-returned');
      await run.settled(tab);
      await waitFor(other, "document.querySelector('kyc-return')?.matches(':state(elsewhere)')");
      assert.equal(
        await other.evaluate('location.pathname + location.search + location.hash'),
        run.callbackPath,
      );
      // WebKit tells of the load before it tells that it was blocked.
      assert.deepEqual(run.phases.slice(-2), ['failed>redirected', 'redirected>returned']);
      assert.deepEqual(run.events.slice(-3), [
        'kyc-verify kyc-error',
        'kyc-verify kyc-redirect',
        'kyc-verify kyc-returned',
      ]);
      assert.deepEqual(run.detail('kyc-verify kyc-redirect'), {
        provider,
        target: 'new-tab',
        reason: 'frame-blocked',
      });
      assert.deepEqual(run.detail('kyc-verify kyc-returned'), returned(run));
      assert.equal(await tab.evaluate('location.href'), run.url);
      assertKeptSecret(run);
      assert.ok(!String(await tab.evaluate(KEYS)).includes('ticket'));
      assert.equal(await other.evaluate(KEYS), '');
      assert.equal((await run.inspect()).pageRequests, 1);
    });
  }

  it('by a link to a new tab: it opens within the press, whatever else is still loading', async () => {
    const letTroubleCome = setting.shop.holdTrouble();
    try {
      const run = await setting.shop.run({
        switches: {},
        headers: { 'content-security-policy': "frame-src 'self'" },
      });
      const tab = await setting.visit(run);
      await waitFor(tab, `!!${ELSEWHERE}`);
      // WebKit blocks a tab that is opened after any wait.
      const other = await setting.follow(tab, ELSEWHERE);
      await arrive(other, run);
      await waitFor(tab, `${PHASE} === 'redirected'`);
      assert.equal(await tab.evaluate(KEYS), '');
      letTroubleCome();
      await waitFor(tab, `${KEYS}.includes('ticket')`);
      await other.open(run.callback());
      await run.noted('kyc-verify kyc-returned');
    } finally {
      letTroubleCome();
    }
  });

  it('inside the frame, where the provider loads the callback: the frame goes', async () => {
    const run = await setting.shop.run({
      provider: 'shufti-pro',
      switches: { fault: 'silent', pilot: true },
    });
    const tab = await setting.visit(run);
    await run.noted('kyc-verify kyc-returned');
    await run.settled(tab);
    assert.deepEqual(run.phases, ['idle>loading', 'loading>ready', 'ready>returned']);
    assert.deepEqual(run.detail('kyc-verify kyc-returned'), returned(run));
    assert.equal(await tab.evaluate(FRAME), null);
    assert.equal(await tab.evaluate('location.href'), run.url);
    assert.deepEqual(run.notes().at(-1)?.session, []);
    assertKeptSecret(run);
    const { status, pageRequests } = await run.inspect();
    assert.deepEqual([status, pageRequests], ['submitted', 1]);
  });

  it('from a page that is isolated, whose tab takes another browsing context on the way', async () => {
    const provider = 'veriff';
    const run = await setting.shop.run({
      provider,
      attributes: { fallback: 'redirect' },
      headers: {
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      },
    });
    const tab = await setting.visit(run);
    await run.noted('kyc-verify kyc-returned');
    await run.settled(tab);
    assert.deepEqual(run.detail('kyc-verify kyc-redirect'), {
      provider,
      target: 'same-tab',
      reason: 'cross-origin-isolated',
    });
    await assertRoundTrip(run, 1);
  });

  it('to a callback page that keeps the person, by `stay`', async () => {
    const provider = 'veriff';
    const run = await setting.shop.run({
      provider,
      attributes: { display: 'redirect' },
      returnAttributes: { stay: '' },
    });
    const tab = await setting.visit(run);
    await tab.click(START);
    await run.noted('kyc-return kyc-returned');
    await run.settled(tab);
    assertTicketUsed(run);
    assert.equal(
      await tab.evaluate('location.pathname + location.search + location.hash'),
      run.callbackPath,
    );
    // Whoever goes on to the page where the run began finds it ended.
    await tab.open(run.url);
    await run.noted('kyc-verify kyc-returned');
    assert.equal(await tab.evaluate(PHASE), 'returned');
    assert.equal((await run.inspect()).pageRequests, 1);
  });
});
