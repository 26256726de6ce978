import { expect } from '@open-wc/testing';
import type { KycEventDetails } from '../../src/index.js';
import { land, matchReturn, type LandingHost } from '../../src/redirect/landing.js';
import { keep, type Receipt } from '../../src/redirect/tickets.js';
import { departures } from '../support/departures.js';
import { openTab, type OtherTab } from '../support/other-tab.js';
import { allIn, clearStorage, kept, newState } from '../support/storage.js';

const AGED = 3_600_001;

const leave = (change: Partial<Receipt> = {}): Receipt => {
  const ticket: Receipt = {
    version: 1,
    provider: 'veriff',
    reference: 'order 7',
    state: newState(),
    startedAt: Date.now(),
    returnPath: '/shop',
    ...change,
  };
  keep('ticket', ticket);
  return ticket;
};

const noHint = (): undefined => undefined;

describe('matchReturn', () => {
  afterEach(clearStorage);

  it('matches the run that left from this tab, once', () => {
    const { state } = leave();
    const query = `?kyc-state=${state}`;
    expect(matchReturn(query, noHint)).to.deep.equal({
      matched: true,
      provider: 'veriff',
      reference: 'order 7',
      returnPath: '/shop',
      hint: undefined,
    });
    expect(matchReturn(query, noHint)).to.deep.equal({ matched: false, problem: 'unknown-state' });
  });

  it('uses the ticket up, and leaves a receipt', () => {
    const ticket = leave();
    matchReturn(`?kyc-state=${ticket.state}`, noHint);
    expect(kept()).to.deep.equal({
      [`kyc-verify:returned:${ticket.state}`]: { ...ticket, isSeen: false },
    });
  });

  it('does not match again where the browser still shows the ticket', () => {
    const ticket = leave();
    const query = `?kyc-state=${ticket.state}`;
    expect(matchReturn(query, noHint).matched).to.equal(true);
    // As a page does that comes out of the browser's cache.
    keep('ticket', ticket);
    expect(matchReturn(query, noHint)).to.deep.equal({ matched: false, problem: 'unknown-state' });
  });

  it('asks for a hint by provider and query, and leaves it in the receipt', () => {
    const ticket = leave({ provider: 'shufti-pro' });
    const query = `?kyc-state=${ticket.state}&status=done`;
    const asked: unknown[] = [];
    const landing = matchReturn(query, (...question) => {
      asked.push(question);
      return 'finished';
    });
    expect(asked).to.deep.equal([['shufti-pro', query]]);
    expect(landing.matched && landing.hint).to.equal('finished');
    expect(kept()).to.deep.equal({
      [`kyc-verify:returned:${ticket.state}`]: { ...ticket, hint: 'finished', isSeen: false },
    });
  });

  it('matches one of several runs, and leaves the others', () => {
    const [one, two] = [leave(), leave({ provider: 'shufti-pro', returnPath: '/two' })];
    const landing = matchReturn(`?kyc-state=${two.state}`, noHint);
    expect(landing.matched && landing.returnPath).to.equal('/two');
    expect(kept()[`kyc-verify:ticket:${one.state}`]).to.deep.equal(one);
  });

  for (const [what, query] of [
    ['none', ''],
    ['an empty one', '?kyc-state='],
    ['two', '?kyc-state=a&kyc-state=a'],
    ['one under another name', '?state=a'],
  ] as const) {
    it(`is missing-state, and uses nothing up, where the query has: ${what}`, () => {
      const ticket = leave({ state: 'a' });
      expect(matchReturn(query, noHint)).to.deep.equal({
        matched: false,
        problem: 'missing-state',
      });
      expect(kept()).to.deep.equal({ 'kyc-verify:ticket:a': ticket });
    });
  }

  it('is never a match for a run that left without a state', () => {
    leave({ state: '' });
    for (const query of ['', '?kyc-state', '?kyc-state=', '?kyc-state=undefined']) {
      expect(matchReturn(query, noHint).matched).to.equal(false);
    }
  });

  for (const [what, change] of [
    ['wrong', {}],
    ['expired', { startedAt: Date.now() - AGED }],
    ['of another version', { version: 2 as 1 }],
  ] as const) {
    it(`is unknown-state where it is ${what}`, () => {
      const { state } = leave(change);
      const given = what === 'wrong' ? newState() : state;
      expect(matchReturn(`?kyc-state=${given}`, noHint)).to.deep.equal({
        matched: false,
        problem: 'unknown-state',
      });
    });
  }

  it('is unknown-state where it differs in one character, or in case', () => {
    const ticket = leave();
    const { state } = ticket;
    for (const other of [state.slice(0, -1), `${state}0`, state.toUpperCase(), ` ${state}`]) {
      expect(matchReturn(`?kyc-state=${encodeURIComponent(other)}`, noHint).matched).to.equal(
        false,
      );
    }
    expect(kept()).to.deep.equal({ [`kyc-verify:ticket:${state}`]: ticket });
  });

  it('does not take what a prototype has for a ticket', () => {
    for (const state of ['__proto__', 'constructor', 'length', 'getItem']) {
      expect(matchReturn(`?kyc-state=${state}`, noHint).matched).to.equal(false);
    }
  });
});

describe('land, on a page of its own', () => {
  const { href: original } = location;
  const { pathname } = location;
  let emitted: (readonly [name: string, detail: unknown, path: string])[] = [];
  let tab: OtherTab | undefined;
  const left = departures();

  /** A host that lets everything stand, unless told otherwise. */
  const host = (
    change: Partial<LandingHost> & { readonly vetoes?: boolean } = {},
  ): LandingHost => ({
    readHint: noHint,
    stays: () => false,
    emit: (name, detail: KycEventDetails[typeof name]) => {
      emitted.push([name, detail, location.pathname + location.search + location.hash]);
      return !change.vetoes;
    },
    ...change,
  });

  const callBack = (query: string, state: unknown = null): void => {
    history.replaceState(state, '', `${pathname}${query}`);
  };

  /** The fragments that this page has been led to, up to one that is led to now. */
  const fragments = async (): Promise<readonly string[]> => {
    const mark = '#mark';
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      const listen = ({ newURL }: HashChangeEvent): void => {
        const { hash } = new URL(newURL);
        if (hash !== mark) {
          seen.push(hash);
          return;
        }
        removeEventListener('hashchange', listen);
        resolve();
      };
      addEventListener('hashchange', listen);
      location.replace(mark);
    });
    return seen;
  };

  beforeEach(() => {
    emitted = [];
    expect(parent === self).to.equal(true);
  });

  afterEach(() => {
    tab?.close();
    tab = undefined;
    clearStorage();
  });

  // Once: WebKit lets a page change its address a hundred times in ten seconds.
  after(() => {
    history.replaceState(null, '', original);
  });

  it('goes back to where the run began, after it has told, and takes the query away', async () => {
    // A path that differs by its fragment alone is the only one that leaves the tests running.
    const { state } = leave({ returnPath: `${pathname}#back` });
    callBack(`?kyc-state=${state}&code=secret#part`);
    const gone = new Promise((resolve) => {
      addEventListener('hashchange', resolve, { once: true });
    });
    expect(await land(host())).to.equal('returned');
    await gone;
    expect(location.href).to.equal(`${location.origin}${pathname}#back`);
    expect(emitted).to.deep.equal([
      [
        'kyc-returned',
        { provider: 'veriff', outcome: 'unknown', reference: 'order 7' },
        // No query, and no fragment, by the time that the host hears of it.
        pathname,
      ],
    ]);
  });

  it('adds no entry to the history', async () => {
    const { length } = history;
    const { state } = leave({ returnPath: `${pathname}#back` });
    callBack(`?kyc-state=${state}`);
    await land(host());
    expect(await fragments()).to.deep.equal(['#back']);
    expect(history.length).to.equal(length);
  });

  for (const [why, change] of [
    ['the element stays', { stays: () => true }],
    ['the host prevents the event', { vetoes: true }],
  ] as const) {
    it(`goes nowhere where ${why}`, async () => {
      const { state } = leave({ returnPath: `${pathname}#back` });
      callBack(`?kyc-state=${state}`);
      expect(await land(host(change))).to.equal('returned');
      expect(location.href).to.equal(`${location.origin}${pathname}`);
      expect(await fragments()).to.deep.equal([]);
    });
  }

  for (const returnPath of [
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    '//',
    'javascript:void(globalThis.isEvil=true)',
    `blob:${location.origin}/1`,
  ]) {
    it(`goes nowhere where the path in the ticket is ${JSON.stringify(returnPath)}`, async () => {
      const { state } = leave({ returnPath });
      callBack(`?kyc-state=${state}`);
      expect(await land(host())).to.equal('returned');
      expect(emitted.map(([name]) => name)).to.deep.equal(['kyc-returned']);
      expect(await fragments()).to.deep.equal([]);
      expect(location.href).to.equal(`${location.origin}${pathname}#mark`);
      expect('isEvil' in globalThis).to.equal(false);
      expect(left.urls).to.deep.equal([]);
    });
  }

  it('goes nowhere that the query asks for', async () => {
    const { state } = leave({ returnPath: `${pathname}#back` });
    const asks = ['returnPath', 'return', 'redirect', 'next', 'url', 'to']
      .map((name) => `${name}=https://evil.test`)
      .join('&');
    callBack(`?${asks}&kyc-state=${state}`);
    await land(host());
    expect(await fragments()).to.deep.equal(['#back']);
    expect(left.urls).to.deep.equal([]);
  });

  it('tells of a hint, and leaves out a reference that is not there', async () => {
    const { state } = leave({ reference: '' });
    callBack(`?kyc-state=${state}`);
    await land(host({ readHint: () => 'canceled', stays: () => true }));
    expect(emitted[0]?.[1]).to.deep.equal({
      provider: 'veriff',
      outcome: 'unknown',
      hint: 'canceled',
    });
  });

  it('keeps what the host has in the history entry', async () => {
    const { state } = leave();
    callBack(`?kyc-state=${state}`, { theirs: 1 });
    await land(host({ stays: () => true }));
    expect((history.state as { theirs: number }).theirs).to.equal(1);
  });

  it('is no second landing when the page is loaded again', async () => {
    const { state } = leave();
    callBack(`?kyc-state=${state}`);
    await land(host({ stays: () => true }));
    emitted = [];
    expect(await land(host())).to.equal('returned');
    expect(emitted).to.deep.equal([]);
    expect(await fragments()).to.deep.equal([]);
  });

  describe('without a match', () => {
    const error = {
      provider: '',
      code: 'return-mismatch',
      message: 'The state is missing, wrong, used or expired, or belongs to another browser.',
      retryable: false,
    };

    for (const [what, query] of [
      ['no state', ''],
      ['an empty state', '?kyc-state='],
      ['two states', '?kyc-state=a&kyc-state=b'],
    ] as const) {
      it(`is return-mismatch: ${what}`, async () => {
        callBack(`${query}#part`);
        expect(await land(host())).to.equal('return-mismatch');
        expect(emitted).to.deep.equal([['kyc-error', error, pathname]]);
        expect(await fragments()).to.deep.equal([]);
        expect(kept()).to.deep.equal({});
      });
    }

    it('is return-mismatch where nobody waits for the state, and stores nothing', async () => {
      const other = leave();
      callBack(`?kyc-state=${newState()}&code=secret`);
      expect(await land(host())).to.equal('return-mismatch');
      expect(emitted).to.deep.equal([['kyc-error', error, pathname]]);
      expect(await fragments()).to.deep.equal([]);
      expect(kept()).to.deep.equal({ [`kyc-verify:ticket:${other.state}`]: other });
      expect(allIn(localStorage)).to.deep.equal({});
    });

    it('is return-mismatch where the state was used before', async () => {
      const { state } = leave();
      callBack(`?kyc-state=${state}`);
      await land(host({ stays: () => true }));
      emitted = [];
      // The same address again, as whoever has it can open it.
      callBack(`?kyc-state=${state}`);
      expect(await land(host())).to.equal('return-mismatch');
      expect(emitted.map(([name]) => name)).to.deep.equal(['kyc-error']);
    });

    it('is left to a host that prevents the event', async () => {
      callBack('');
      expect(await land(host({ vetoes: true }))).to.equal('handled');
    });
  });

  describe('with a page of another tab that waits', () => {
    it('leaves it to that page, and tells nothing here', async () => {
      const state = newState();
      tab = await openTab();
      const heard: unknown[] = [];
      const life = new AbortController();
      tab.returns.waitForReturn(state, (message) => heard.push({ ...message }), life.signal);
      callBack(`?kyc-state=${state}&code=1`);
      expect(await land(host())).to.equal('elsewhere');
      expect(heard[0]).to.deep.equal({
        type: 'kyc-return',
        state,
        query: `?kyc-state=${state}&code=1`,
      });
      expect(emitted).to.deep.equal([]);
      expect(location.href).to.equal(`${location.origin}${pathname}`);
      expect(await fragments()).to.deep.equal([]);
      life.abort();
    });

    it('is not mistaken by one that waits for another run', async () => {
      tab = await openTab();
      const heard: unknown[] = [];
      const life = new AbortController();
      tab.returns.waitForReturn(newState(), (message) => heard.push(message), life.signal);
      callBack(`?kyc-state=${newState()}`);
      expect(await land(host())).to.equal('return-mismatch');
      expect(heard).to.deep.equal([]);
      life.abort();
    });

    it('stays calm when the tab that told it is loaded again', async () => {
      const state = newState();
      tab = await openTab();
      const life = new AbortController();
      tab.returns.waitForReturn(state, () => undefined, life.signal);
      callBack(`?kyc-state=${state}`);
      await land(host());
      life.abort();
      const again = await land(host());
      expect(again).not.to.equal('return-mismatch');
      expect(emitted).to.deep.equal([]);
    });
  });
});
