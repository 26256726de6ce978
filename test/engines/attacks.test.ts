import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { waitFor, type Tab } from './driver/tab.js';
import {
  arrive,
  calm,
  ELSEWHERE,
  FRAME,
  inEachEngine,
  offered,
  PHASE,
  START,
  UP,
  type Setting,
} from './setting.js';
import type { Entries, Note } from './pages/notes.js';
import type { Run } from './site/shop.js';

const BLOCKING = { 'content-security-policy': "frame-src 'self'" };

/** A run whose person is at the provider's page, in this tab. */
const away = async (setting: Setting): Promise<readonly [run: Run, tab: Tab]> => {
  const run = await setting.shop.run({ attributes: { display: 'redirect' }, switches: {} });
  const tab = await setting.visit(run);
  await tab.click(START);
  await arrive(tab, run);
  return [run, tab];
};

/** The callback page said no, and stands where it stood. */
const assertMismatch = async (run: Run, tab: Tab): Promise<void> => {
  const note = await run.noted('kyc-return kyc-error');
  await waitFor(tab, "document.querySelector('kyc-return').matches(':state(return-mismatch)')");
  await calm(tab);
  await run.settled(tab);
  assert.equal((note.detail as { code: string }).code, 'return-mismatch');
  assert.equal(
    await tab.evaluate('location.pathname + location.search + location.hash'),
    run.callbackPath,
  );
  assert.deepEqual(run.notes('kyc-return kyc-returned'), []);
};

/** The callback page has left both storages as they were; what others stored is theirs. */
const assertStoredNothing = (run: Run): void => {
  const [landing, last] = [run.notes('load').at(-1), run.notes().at(-1)];
  assert.ok(landing && last);
  assert.equal(landing.document, last.document);
  assert.deepEqual(last.session, landing.session);
  const own = ({ local }: Note): Entries => local.filter(([key]) => key.includes(run.state));
  assert.deepEqual(own(last), own(landing));
};

const forgedReturns = (setting: Setting): void => {
  it('without a state, or with a wrong one: return-mismatch, and the true return still counts', async () => {
    const queries = ['', '?kyc-state=', `?kyc-state=${'A'.repeat(32)}`, '?kyc-state=__proto__'];
    const leavers: (readonly [query: string, run: Run, tab: Tab])[] = [];
    for (const query of queries) leavers.push([query, ...(await away(setting))]);
    const check = async ([query, run, tab]: (typeof leavers)[number]): Promise<void> => {
      await tab.open(`${setting.shop.origin}${run.callbackPath}${query}#/elsewhere`);
      await assertMismatch(run, tab);
      assertStoredNothing(run);
      assert.equal(run.notes().at(-1)?.session.length, 1, 'the ticket is still there');
      await tab.open(run.callback());
      await run.noted('kyc-verify kyc-returned');
    };
    await Promise.all(leavers.map(check));
  });

  it('with two states, of which one is right: return-mismatch', async () => {
    const [run, tab] = await away(setting);
    await tab.open(`${run.callback()}&kyc-state=${'A'.repeat(32)}`);
    await assertMismatch(run, tab);
    assertStoredNothing(run);
  });

  it('with a state that was used: return-mismatch', async () => {
    const [run, tab] = await away(setting);
    await tab.open(run.callback());
    await run.noted('kyc-verify kyc-returned');
    run.forgetNotes();
    await tab.open(run.callback());
    await assertMismatch(run, tab);
    assertStoredNothing(run);
  });

  it('in a browser that began nothing: return-mismatch', async () => {
    const run = await setting.shop.run();
    const tab = await setting.tab(run.callback());
    await assertMismatch(run, tab);
    assertStoredNothing(run);
  });

  it('with addresses in its query: it goes where the person left, and nowhere else', async () => {
    const [run, tab] = await away(setting);
    const evil = new URL(run.callback());
    for (const name of ['returnPath', 'return', 'redirect', 'url', 'next', 'kyc-return-path']) {
      evil.searchParams.set(name, 'https://evil.test/');
    }
    await tab.open(evil.href);
    await run.noted('kyc-verify kyc-returned');
    assert.equal(await tab.evaluate('location.href'), run.url);
  });
};

const changedTickets = (setting: Setting): void => {
  const elsewhere = (): string => new URL(setting.shop.sandbox.origin).host;
  const PATHS = [
    ['https://evil.test', () => 'https://evil.test'],
    ['//evil.test', () => '//evil.test'],
    ['/\\evil.test', () => '/\\evil.test'],
    ['javascript:', () => "javascript:fetch('/calm'),document.title='evil'"],
    ['data:', () => 'data:text/html,evil'],
    // Of this very origin, as far as an address can tell.
    ['blob:', () => `blob:${setting.shop.origin}/evil`],
    // These would be found.
    ['an address that answers', () => `http://${elsewhere()}/`],
    ['a host that answers', () => `//${elsewhere()}/`],
    ['a host that answers, behind a backslash', () => `/\\${elsewhere()}/`],
    ['a host that answers, behind a tab', () => `/\t/${elsewhere()}/`],
  ] as const;

  /** Lands at the callback with such a ticket in the tab. */
  const landWith = async (ticket: object): Promise<readonly [run: Run, tab: Tab]> => {
    const run = await setting.shop.run({ attributes: { display: 'redirect' } });
    const tab = await setting.visit(run);
    const whole = {
      version: 1,
      provider: 'veriff',
      reference: '',
      state: run.state,
      startedAt: Date.now(),
      returnPath: run.path,
      ...ticket,
    };
    const pair = [`kyc-verify:ticket:${run.state}`, JSON.stringify(whole)];
    await tab.evaluate(`sessionStorage.setItem(...${JSON.stringify(pair)})`);
    await tab.open(run.callback());
    return [run, tab];
  };

  it('is as good as one of ours, where it is as one of ours', async () => {
    const [run] = await landWith({});
    await run.noted('kyc-verify kyc-returned');
  });

  it('leads to no other origin, and runs no script', async () => {
    const check = async (name: string, returnPath: string): Promise<void> => {
      const [run, tab] = await landWith({ returnPath });
      await run.noted('kyc-return kyc-returned');
      await calm(tab);
      assert.equal(
        await tab.evaluate('location.href'),
        setting.shop.origin + run.callbackPath,
        name,
      );
      assert.equal(await tab.evaluate('document.title'), 'Back', name);
    };
    await Promise.all(PATHS.map(([name, path]) => check(name, path())));
  });

  it('leads to a path of this origin, however it is written', async () => {
    const [, tab] = await landWith({ returnPath: `/x/..//${elsewhere()}/` });
    await waitFor(tab, `location.pathname === '//${elsewhere()}/'`);
    assert.equal(await tab.evaluate('location.origin'), setting.shop.origin);
  });

  it('is nothing at all where it is none of ours', async () => {
    const check = async (change: object): Promise<void> => {
      const [run, tab] = await landWith(change);
      await assertMismatch(run, tab);
    };
    await Promise.all(
      [
        { version: 2 },
        { startedAt: Date.now() - 3_600_001 },
        { startedAt: Date.now() + 3_600_000 },
        { state: 'B'.repeat(32) },
        { returnPath: null },
        { provider: {} },
      ].map(check),
    );
  });
};

const severalRuns = (setting: Setting): void => {
  it('a return in another tab moves its own run, and no other', async () => {
    const waiting = async (): Promise<readonly [run: Run, tab: Tab, other: Tab]> => {
      const run = await setting.shop.run({ switches: {}, headers: BLOCKING });
      const tab = await setting.visit(run);
      await offered(tab);
      const other = await setting.follow(tab, ELSEWHERE);
      await arrive(other, run);
      return [run, tab, other];
    };
    const [one, tabOfOne, otherOfOne] = await waiting();
    const [two, tabOfTwo, otherOfTwo] = await waiting();
    await otherOfTwo.open(two.callback());
    await two.noted('kyc-verify kyc-returned');
    // Both have heard of it, in whichever order.
    await calm(tabOfOne);
    await one.settled(tabOfOne);
    assert.equal(await tabOfOne.evaluate(PHASE), 'redirected');
    assert.deepEqual(one.notes('kyc-verify kyc-returned'), []);
    await otherOfOne.open(one.callback());
    await one.noted('kyc-verify kyc-returned');
    await two.settled(tabOfTwo);
    assert.equal(two.notes('kyc-verify kyc-returned').length, 1);
  });

  it('two in one tab, one after the other: each return finds its own page', async () => {
    const [one, tab] = await away(setting);
    const two = await setting.shop.run({ attributes: { display: 'redirect' }, switches: {} });
    await tab.open(two.url);
    await waitFor(tab, UP);
    await tab.click(START);
    await arrive(tab, two);
    await tab.open(one.callback());
    await one.noted('kyc-verify kyc-returned');
    assert.equal(await tab.evaluate('location.href'), one.url);
    await tab.open(two.callback());
    await two.noted('kyc-verify kyc-returned');
    assert.equal(await tab.evaluate('location.href'), two.url);
  });

  it('a page that waits for nobody is not moved by anybody', async () => {
    const run = await setting.shop.run({ switches: {} });
    const tab = await setting.visit(run);
    await run.noted('kyc-verify kyc-ready');
    const stranger = await setting.tab(run.callback());
    await run.noted('kyc-return kyc-error');
    await waitFor(
      stranger,
      "document.querySelector('kyc-return').matches(':state(return-mismatch)')",
    );
    await calm(tab);
    await run.settled(tab);
    assert.equal(await tab.evaluate(PHASE), 'ready');
    assert.equal(await tab.evaluate(`!!${FRAME}`), true);
  });
};

inEachEngine('attacks on the return', (setting) => {
  describe('a forged return', () => {
    forgedReturns(setting);
  });
  describe('a ticket that some script has changed', () => {
    changedTickets(setting);
  });
  describe('several runs side by side', () => {
    severalRuns(setting);
  });
});
