import { expect } from '@open-wc/testing';
import { awaitReturn, depart, forget, letGo, pickUp, settle } from '../../src/redirect/away.js';
import {
  currentPath,
  find,
  keep,
  markUsed,
  use,
  type Receipt,
} from '../../src/redirect/tickets.js';
import { openTab, type OtherTab } from '../support/other-tab.js';
import { overrides } from '../support/override.js';
import { allIn, clearStorage, kept, newState } from '../support/storage.js';

const LONG = 60_000;

/** Long enough for both ways: the channel, and storage a little later. */
const BRIEF = 400;

const ticket = (change: Partial<Receipt> = {}): Receipt => ({
  version: 1,
  provider: 'veriff',
  reference: 'order 7',
  state: newState(),
  startedAt: Date.now(),
  returnPath: currentPath(),
  ...change,
});

/** As a callback page that matched leaves it. */
const comeBack = (change: Partial<Receipt> = {}): Receipt => {
  const receipt = ticket(change);
  keep('returned', receipt);
  return receipt;
};

/** As a page that was reloaded while the person is away finds it. */
const goAway = (change: Partial<Receipt> = {}): Receipt => {
  const away = ticket(change);
  keep('ticket', away);
  return away;
};

const showAgain = (persisted: boolean): void => {
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted }));
};

describe('a run whose person is away', () => {
  const platform = overrides();
  let life = new AbortController();
  let tab: OtherTab | undefined;

  beforeEach(() => {
    life = new AbortController();
  });

  afterEach(() => {
    life.abort();
    tab?.close();
    tab = undefined;
    clearStorage();
  });

  /** Departs, and gives the queries that it was told to have returned with. */
  const leave = (target: 'same-tab' | 'new-tab', state = newState()): readonly string[] => {
    const returned: string[] = [];
    const left = { provider: 'veriff', reference: 'order 7', state };
    depart(left, target, (query) => returned.push(query), life.signal);
    return returned;
  };

  describe('depart', () => {
    for (const target of ['same-tab', 'new-tab'] as const) {
      it(`keeps what the contract says, and no more: ${target}`, () => {
        const state = newState();
        const before = Date.now();
        leave(target, state);
        const { startedAt } = find('ticket', () => true)!;
        expect(startedAt).to.be.within(before, Date.now());
        expect(kept()).to.deep.equal({
          [`kyc-verify:ticket:${state}`]: {
            version: 1,
            provider: 'veriff',
            reference: 'order 7',
            state,
            startedAt,
            returnPath: location.pathname + location.search + location.hash,
          },
        });
        expect(allIn(localStorage)).to.deep.equal({});
      });
    }

    it('makes a used state good again, where the same session is gone to once more', () => {
      const away = goAway();
      settle(away.state);
      leave('new-tab', away.state);
      expect(find('ticket', () => true)?.state).to.equal(away.state);
    });

    it('to a new tab waits for the callback page there', async () => {
      const state = newState();
      const returned = leave('new-tab', state);
      tab = await openTab();
      expect(await tab.returns.tellTabs(newState(), '?other', BRIEF)).to.equal(false);
      expect(await tab.returns.tellTabs(state, '?a=1', LONG)).to.equal(true);
      expect(returned[0]).to.equal('?a=1');
    });

    it('in this tab does not listen to others: a page that does may not be kept for Back', async () => {
      const state = newState();
      const returned = leave('same-tab', state);
      tab = await openTab();
      expect(await tab.returns.tellTabs(state, '', BRIEF)).to.equal(false);
      expect(returned).to.deep.equal([]);
    });

    it('in this tab listens to others once the page was kept, and Back leads to it', async () => {
      const state = newState();
      const returned = leave('same-tab', state);
      showAgain(true);
      expect(returned).to.deep.equal([]);
      tab = await openTab();
      expect(await tab.returns.tellTabs(state, '?b', LONG)).to.equal(true);
      expect(returned[0]).to.equal('?b');
    });

    /** As the callback page does, in this tab. */
    const useUp = (state: string): void => {
      use(
        find('ticket', (each) => each.state === state)!,
        false,
      );
    };

    it('in this tab is over where the ticket is used by the time that Back leads to it', () => {
      const state = newState();
      const returned = leave('same-tab', state);
      useUp(state);
      showAgain(false);
      expect(returned).to.deep.equal([]);
      showAgain(true);
      expect(returned).to.deep.equal(['']);
    });

    it('in this tab is over also where the kept page still shows the ticket', () => {
      const state = newState();
      const returned = leave('same-tab', state);
      markUsed(state);
      showAgain(true);
      expect(returned).to.deep.equal(['']);
    });

    it('in this tab minds its own ticket alone', () => {
      const state = newState();
      const returned = leave('same-tab', state);
      const other = goAway();
      useUp(other.state);
      showAgain(true);
      expect(returned).to.deep.equal([]);
    });

    it('in this tab is waited for on where storage tells nothing', async () => {
      const state = newState();
      const returned = leave('same-tab', state);
      sessionStorage.clear();
      showAgain(true);
      expect(returned).to.deep.equal([]);
      tab = await openTab();
      expect(await tab.returns.tellTabs(state, '?b', LONG)).to.equal(true);
    });

    it('does nothing any more after an abort', () => {
      const state = newState();
      const returned = leave('same-tab', state);
      useUp(state);
      life.abort();
      showAgain(true);
      expect(returned).to.deep.equal([]);
    });
  });

  it('is not waited for without a state: nothing could be known by it', () => {
    let count = 0;
    platform.set(globalThis, 'BroadcastChannel', function () {
      count += 1;
    });
    awaitReturn('', () => undefined, life.signal);
    expect(count).to.equal(0);
  });

  describe('pickUp', () => {
    it('finds nothing where nothing was left', () => {
      expect(pickUp(undefined, undefined)).to.equal(undefined);
      expect(pickUp(newState(), 'veriff')).to.equal(undefined);
    });

    it('finds by the state that the host names, wherever the person left', () => {
      const away = goAway({ returnPath: '/elsewhere' });
      goAway();
      expect(pickUp(away.state, 'any')).to.deep.equal({ isBack: false, receipt: away });
    });

    it('finds nothing where the host names another state', () => {
      goAway();
      expect(pickUp(newState(), undefined)).to.equal(undefined);
      expect(pickUp(newState(), 'veriff')).to.equal(undefined);
    });

    it('finds by the page where the host names no state', () => {
      goAway({ returnPath: `${currentPath()}#other` });
      const away = goAway();
      expect(pickUp(undefined, undefined)).to.deep.equal({ isBack: false, receipt: away });
    });

    it('finds by page and provider where the host names one', () => {
      const away = goAway({ provider: 'shufti-pro' });
      expect(pickUp(undefined, 'veriff')).to.equal(undefined);
      expect(pickUp(undefined, 'shufti-pro')?.receipt).to.deep.equal(away);
    });

    it('takes an empty provider attribute for none', () => {
      const away = goAway();
      expect(pickUp(undefined, '')?.receipt).to.deep.equal(away);
    });

    it('takes an empty state for none', () => {
      const away = goAway();
      expect(pickUp('', undefined)?.receipt).to.deep.equal(away);
    });

    it('gives each run to one element', () => {
      const states = [goAway(), goAway()].map(({ state }) => state);
      const found = [1, 2, 3].map(() => pickUp(undefined, undefined)?.receipt.state);
      expect(found.slice(0, 2)).to.have.members(states);
      expect(found[2]).to.equal(undefined);
    });

    it('gives no run that has left from this document to another element', () => {
      const state = newState();
      leave('new-tab', state);
      expect(pickUp(state, undefined)).to.equal(undefined);
      letGo(state);
      expect(pickUp(state, undefined)?.receipt.state).to.equal(state);
    });

    it('does not find an expired one', () => {
      goAway({ startedAt: Date.now() - 3_600_001 });
      comeBack({ startedAt: Date.now() - 3_600_001 });
      expect(pickUp(undefined, undefined)).to.equal(undefined);
    });

    it('tells of one that is back, with its hint, and notes that it was told', () => {
      const receipt = comeBack({ hint: 'canceled' });
      expect(pickUp(receipt.state, undefined)).to.deep.equal({ isBack: true, receipt });
      expect(kept()).to.deep.equal({
        [`kyc-verify:returned:${receipt.state}`]: { ...receipt, isSeen: true },
      });
    });

    it('tells of one that is back before one that is away', () => {
      goAway();
      const receipt = comeBack();
      expect(pickUp(undefined, undefined)).to.deep.equal({ isBack: true, receipt });
    });

    for (const [type, isTold] of [
      ['navigate', false],
      ['prerender', false],
      ['reload', true],
      ['back_forward', true],
    ] as const) {
      it(`${isTold ? 'tells' : 'does not tell'} a second time after: ${type}`, () => {
        platform.set(performance, 'getEntriesByType', () => [{ type }]);
        const receipt = comeBack({ isSeen: true });
        expect(!!pickUp(receipt.state, undefined)).to.equal(isTold);
      });
    }

    it('tells after Back of one that came back while the browser kept the page as it was', () => {
      platform.set(performance, 'getEntriesByType', () => [{ type: 'back_forward' }]);
      const away = goAway();
      markUsed(away.state);
      expect(pickUp(away.state, undefined)).to.deep.equal({
        isBack: true,
        receipt: { ...away, isSeen: true },
      });
    });

    it('does not tell after a reload of another visit, which had another run', () => {
      const receipt = comeBack({ isSeen: true });
      expect(pickUp(receipt.state, undefined)).to.equal(undefined);
      platform.set(performance, 'getEntriesByType', () => [{ type: 'reload' }]);
      expect(pickUp(receipt.state, undefined)).to.equal(undefined);
      expect(kept()).to.deep.equal({});
    });

    it('does not tell a second time where the browser does not say how one came', () => {
      platform.set(performance, 'getEntriesByType', () => []);
      const { state } = comeBack({ isSeen: true });
      expect(pickUp(state, undefined)).to.equal(undefined);
    });
  });

  describe('settle', () => {
    it('uses the ticket up, and leaves a receipt that only a reload may look at', () => {
      const away = goAway();
      settle(away.state);
      expect(kept()).to.deep.equal({
        [`kyc-verify:returned:${away.state}`]: { ...away, isSeen: true },
      });
    });

    it('does nothing where the callback page has used it up', () => {
      const receipt = comeBack();
      settle(receipt.state);
      expect(kept()).to.deep.equal({ [`kyc-verify:returned:${receipt.state}`]: receipt });
    });

    it('is good for other pages of this tab too, which may still show the ticket', () => {
      const away = goAway();
      settle(away.state);
      keep('ticket', away);
      expect(pickUp(away.state, undefined)).to.equal(undefined);
      expect(find('ticket', () => true)).to.equal(undefined);
    });

    it('leaves other runs alone', () => {
      const [one, two] = [goAway(), goAway()];
      settle(one.state);
      expect(kept()[`kyc-verify:ticket:${two.state}`]).to.deep.equal(two);
    });
  });

  describe('forget', () => {
    it('leaves nothing of the run, and all of others', () => {
      const mine = goAway();
      keep('returned', mine);
      const other = goAway();
      forget(mine.state);
      expect(kept()).to.deep.equal({ [`kyc-verify:ticket:${other.state}`]: other });
    });

    it('lets the state be picked up again where it is used again', () => {
      const { state } = goAway();
      expect(pickUp(state, undefined)?.isBack).to.equal(false);
      forget(state);
      goAway({ state });
      expect(pickUp(state, undefined)?.isBack).to.equal(false);
    });
  });
});
