import { expect } from '@open-wc/testing';
import { tellTabs, waitForReturn } from '../../src/redirect/returns.js';
import { openTab, type OtherTab } from '../support/other-tab.js';
import { overrides } from '../support/override.js';
import { allIn, clearStorage, newState } from '../support/storage.js';

/** Long enough for every answer; a test that waits for it fails by its own time limit. */
const LONG = 60_000;

/** Long enough for both ways: the channel, and storage a little later. */
const BRIEF = 400;

/** A page that waits for this state: what it heard, and how to stop it. */
const waiter = (state: string) => {
  const life = new AbortController();
  const heard: unknown[] = [];
  waitForReturn(state, (message) => heard.push(message), life.signal);
  return {
    heard,
    stop: () => {
      life.abort();
    },
  };
};

describe('a return in another tab', () => {
  const platform = overrides();
  let tab: OtherTab;
  const waiters: { stop: () => void }[] = [];

  const wait = (state: string): readonly unknown[] => {
    const made = waiter(state);
    waiters.push(made);
    return made.heard;
  };

  beforeEach(async () => {
    tab = await openTab();
  });

  afterEach(() => {
    for (const { stop } of waiters.splice(0)) stop();
    tab.close();
    clearStorage();
  });

  it('is heard by the page that waits for its state, and answered', async () => {
    const state = newState();
    const heard = wait(state);
    expect(await tab.returns.tellTabs(state, '?a=1', LONG)).to.equal(true);
    expect(heard[0]).to.deep.equal({ type: 'kyc-return', state, query: '?a=1' });
  });

  it('is heard once by a page that then stops waiting', async () => {
    const state = newState();
    const life = new AbortController();
    const heard: unknown[] = [];
    waitForReturn(
      state,
      (message) => {
        heard.push(message);
        life.abort();
      },
      life.signal,
    );
    expect(await tab.returns.tellTabs(state, '', LONG)).to.equal(true);
    tab.window.localStorage.setItem('kyc-verify:return', state);
    // What came by both ways is over by the time that another page has heard by both.
    const other = newState();
    const last = wait(other);
    await tab.returns.tellTabs(other, '', LONG);
    tab.window.localStorage.setItem('kyc-verify:return', other);
    while (last.length < 2) await new Promise(requestAnimationFrame);
    expect(heard.length).to.equal(1);
  });

  it('is not heard by a page that waits for another state', async () => {
    const heard = wait(newState());
    expect(await tab.returns.tellTabs(newState(), '', BRIEF)).to.equal(false);
    expect(heard).to.deep.equal([]);
  });

  it('is not heard by a page that waits for the start of its state, or for more', async () => {
    const state = newState();
    const heard = [wait(state.slice(0, -1)), wait(`${state}0`), wait(state.toUpperCase())];
    expect(await tab.returns.tellTabs(state, '', BRIEF)).to.equal(false);
    expect(heard).to.deep.equal([[], [], []]);
  });

  it('is told apart from others: each page hears of its own', async () => {
    const states = [newState(), newState()] as const;
    const heard = states.map(wait);
    expect(await tab.returns.tellTabs(states[1], '?two', LONG)).to.equal(true);
    expect(heard[0]).to.deep.equal([]);
    expect(heard[1]?.[0]).to.deep.equal({ type: 'kyc-return', state: states[1], query: '?two' });
  });

  it('is heard by storage where the channels of tabs are kept apart, without the query', async () => {
    const state = newState();
    const heard = wait(state);
    platform.set(
      tab.window,
      'BroadcastChannel',
      class {
        postMessage(): void {
          // To nobody.
        }
        close(): void {
          // Nothing is open.
        }
      },
    );
    expect(await tab.returns.tellTabs(state, '?a=1', BRIEF)).to.equal(false);
    while (heard.length === 0) await new Promise(requestAnimationFrame);
    expect(heard).to.deep.equal([{ type: 'kyc-return', state, query: '' }]);
  });

  it('is heard by the channel where storage is forbidden', async () => {
    const state = newState();
    const heard = wait(state);
    platform.set(tab.window.Storage.prototype, 'setItem', () => {
      throw new DOMException('no', 'SecurityError');
    });
    expect(await tab.returns.tellTabs(state, '?a=1', LONG)).to.equal(true);
    expect(heard).to.deep.equal([{ type: 'kyc-return', state, query: '?a=1' }]);
  });

  it('leaves nothing in storage, whether or not somebody hears it', async () => {
    const state = newState();
    wait(state);
    expect(await tab.returns.tellTabs(state, '?a=1', LONG)).to.equal(true);
    expect([allIn(localStorage), allIn(sessionStorage)]).to.deep.equal([{}, {}]);
    expect(await tab.returns.tellTabs(newState(), '?a=1', BRIEF)).to.equal(false);
    expect([allIn(localStorage), allIn(sessionStorage)]).to.deep.equal([{}, {}]);
  });

  it('is not heard any more after an abort', async () => {
    const state = newState();
    const { heard, stop } = waiter(state);
    stop();
    expect(await tab.returns.tellTabs(state, '', BRIEF)).to.equal(false);
    expect(heard).to.deep.equal([]);
  });

  it('is not made of nonsense on the channel, or of other keys in storage', async () => {
    const state = newState();
    const heard = wait(state);
    const channel = new tab.window.BroadcastChannel('kyc-verify');
    for (const data of [
      null,
      state,
      { state },
      { type: 'kyc-return' },
      { type: 'kyc-return', state: [state] },
      { type: 'kyc-return-taken', state },
      { type: 'kyc-returned', state },
    ]) {
      channel.postMessage(data);
    }
    channel.close();
    const other = new tab.window.BroadcastChannel('another');
    other.postMessage({ type: 'kyc-return', state });
    other.close();
    for (const key of ['kyc-verify:returned', 'return', `kyc-verify:return:${state}`]) {
      tab.window.localStorage.setItem(key, state);
    }
    // What comes after all that is heard, by either way.
    const mark = newState();
    const last = wait(mark);
    tab.window.localStorage.setItem('kyc-verify:return', mark);
    while (last.length === 0) await new Promise(requestAnimationFrame);
    expect(heard).to.deep.equal([]);
    expect(await tab.returns.tellTabs(state, '?last', LONG)).to.equal(true);
    expect(heard[0]).to.deep.equal({ type: 'kyc-return', state, query: '?last' });
  });

  it('is taken by nobody who answers for another state, or in other words', async () => {
    const state = newState();
    const channel = new BroadcastChannel('kyc-verify');
    const asked = new Promise<void>((resolve) => {
      channel.onmessage = () => {
        for (const answer of [
          'kyc-return-taken',
          { type: 'kyc-return-taken', state: newState() },
          { type: 'kyc-return-taken' },
          { type: 'kyc-return', state },
          { state },
        ]) {
          channel.postMessage(answer);
        }
        resolve();
      };
    });
    const taken = tab.returns.tellTabs(state, '', 200);
    await asked;
    expect(await taken).to.equal(false);
    channel.close();
  });
});

describe('what telling and waiting leave behind', () => {
  const platform = overrides();
  const open = new Set<BroadcastChannel>();

  beforeEach(() => {
    const Channel = BroadcastChannel;
    platform.set(
      globalThis,
      'BroadcastChannel',
      class extends Channel {
        constructor(name: string) {
          super(name);
          open.add(this);
        }
        override close(): void {
          super.close();
          open.delete(this);
        }
      },
    );
  });

  afterEach(clearStorage);

  it('is no open channel once nobody has answered', async () => {
    const told = tellTabs(newState(), '', 0);
    expect(open.size).to.equal(1);
    expect(await told).to.equal(false);
    expect(open.size).to.equal(0);
  });

  it('is no open channel and no timer once somebody has', async () => {
    const tab = await openTab();
    const pending = new Set<unknown>();
    platform.set(globalThis, 'setTimeout', () => {
      const id = {};
      pending.add(id);
      return id;
    });
    platform.set(globalThis, 'clearTimeout', (id: unknown) => pending.delete(id));
    const state = newState();
    const life = new AbortController();
    tab.returns.waitForReturn(state, () => undefined, life.signal);
    expect(await tellTabs(state, '', LONG)).to.equal(true);
    expect(open.size).to.equal(0);
    expect(pending.size).to.equal(0);
    life.abort();
    tab.close();
  });

  it('is no open channel and no listener once the waiting is over', () => {
    const signals: unknown[] = [];
    platform.set(
      globalThis,
      'addEventListener',
      (_: string, __: unknown, { signal }: AddEventListenerOptions) => signals.push(signal),
    );
    const life = new AbortController();
    waitForReturn(newState(), () => undefined, life.signal);
    expect(open.size).to.equal(1);
    expect(signals.length).to.equal(1);
    expect(signals[0] === life.signal).to.equal(true);
    life.abort();
    expect(open.size).to.equal(0);
  });
});
