import { expect } from '@open-wc/testing';
import {
  currentPath,
  drop,
  find,
  keep,
  markUsed,
  sameOrigin,
  use,
  type Kind,
  type Receipt,
} from '../../src/redirect/tickets.js';
import { hasTraces } from '../../src/redirect/traces.js';
import { overrides } from '../support/override.js';
import { allIn, clearStorage, kept, newState } from '../support/storage.js';

const HOUR = 3_600_000;

const ticket = (change: Partial<Receipt> = {}): Receipt => ({
  version: 1,
  provider: 'veriff',
  reference: 'order 7',
  state: newState(),
  startedAt: Date.now(),
  returnPath: '/shop?a=1#b',
  ...change,
});

/** Puts anything into storage where a ticket of this state would be. */
const store = (state: string, text: string, kind: Kind = 'ticket'): void => {
  sessionStorage.setItem(`kyc-verify:${kind}:${state}`, text);
};

const findAny = (kind: Kind = 'ticket'): Receipt | undefined => find(kind, () => true);

describe('tickets', () => {
  const platform = overrides();

  afterEach(clearStorage);

  it('are kept in this tab under their state, and nothing with them', () => {
    const mine = ticket();
    keep('ticket', mine);
    expect(kept()).to.deep.equal({ [`kyc-verify:ticket:${mine.state}`]: mine });
    expect(kept(localStorage)).to.deep.equal({});
  });

  it('are found as they were kept, each by what fits', () => {
    const [one, two] = [ticket(), ticket({ provider: 'shufti-pro' })];
    keep('ticket', one);
    keep('ticket', two);
    expect(find('ticket', ({ state }) => state === two.state)).to.deep.equal(two);
    expect(find('ticket', ({ provider }) => provider === 'veriff')).to.deep.equal(one);
    expect(find('ticket', () => false)).to.equal(undefined);
  });

  it('are another thing than receipts', () => {
    const mine = ticket();
    keep('ticket', mine);
    expect(findAny('returned')).to.equal(undefined);
    keep('returned', { ...mine, hint: 'finished', isSeen: true });
    drop('ticket', mine.state);
    expect(findAny('ticket')).to.equal(undefined);
    expect(findAny('returned')).to.deep.equal({ ...mine, hint: 'finished', isSeen: true });
  });

  it('are dropped one by one', () => {
    const [one, two] = [ticket(), ticket()];
    keep('ticket', one);
    keep('ticket', two);
    drop('ticket', one.state);
    drop('ticket', 'never-there');
    expect(kept()).to.deep.equal({ [`kyc-verify:ticket:${two.state}`]: two });
  });

  it('may have no state, where the host gave none', () => {
    const mine = ticket({ state: '', reference: '' });
    keep('ticket', mine);
    expect(findAny()).to.deep.equal(mine);
  });

  describe('last an hour', () => {
    for (const [age, isGood] of [
      [0, true],
      [HOUR - 60_000, true],
      [HOUR + 1, false],
      [24 * HOUR, false],
    ] as const) {
      it(`${isGood ? 'are found' : 'are taken away'} after ${age / 60_000} minutes`, () => {
        const mine = ticket({ startedAt: Date.now() - age });
        keep('ticket', mine);
        expect(findAny()).to.deep.equal(isGood ? mine : undefined);
        expect(Object.keys(kept()).length).to.equal(isGood ? 1 : 0);
      });
    }

    it('end at the very millisecond', () => {
      const startedAt = 1_000_000_000_000;
      keep('ticket', ticket({ startedAt }));
      platform.set(Date, 'now', () => startedAt + HOUR - 1);
      expect(findAny()?.startedAt).to.equal(startedAt);
      platform.set(Date, 'now', () => startedAt + HOUR);
      expect(findAny()).to.equal(undefined);
    });

    it('are taken away where they are from the future', () => {
      keep('ticket', ticket({ startedAt: Date.now() + 60_000 }));
      expect(findAny()).to.equal(undefined);
      expect(kept()).to.deep.equal({});
    });
  });

  describe('that something else has put there', () => {
    for (const [what, text] of [
      ['nothing', ''],
      ['no JSON', '{"version":1'],
      ['null', 'null'],
      ['a number', '1'],
      ['a string', '"ticket"'],
      ['an array', '[1]'],
      ['an empty object', '{}'],
    ] as const) {
      it(`are taken away: ${what}`, () => {
        store(newState(), text);
        expect(findAny()).to.equal(undefined);
        expect(Object.keys(sessionStorage)).to.deep.equal([]);
      });
    }

    for (const [what, change] of [
      ['another version', { version: 2 }],
      ['a version that is text', { version: '1' }],
      ['no version', { version: undefined }],
      ['no provider', { provider: undefined }],
      ['a provider that is no text', { provider: ['veriff'] }],
      ['no reference', { reference: undefined }],
      ['a reference that is no text', { reference: 7 }],
      ['no state', { state: undefined }],
      ['no start', { startedAt: undefined }],
      ['a start that is no number', { startedAt: 'yesterday' }],
      ['a start that is an object', { startedAt: {} }],
      ['no path', { returnPath: undefined }],
      ['a path that is no text', { returnPath: { href: '/' } }],
    ] as const) {
      it(`are taken away: ${what}`, () => {
        const state = newState();
        store(state, JSON.stringify({ ...ticket({ state }), ...change }));
        expect(findAny()).to.equal(undefined);
        expect(Object.keys(sessionStorage)).to.deep.equal([]);
      });
    }

    it('are not found by a state that is not their key', () => {
      const mine = ticket();
      store('another-state', JSON.stringify(mine));
      expect(findAny()).to.equal(undefined);
    });

    it('do not hide a good one behind them', () => {
      const mine = ticket();
      store('!', 'nonsense');
      keep('ticket', mine);
      store('~', 'nonsense');
      expect(findAny()).to.deep.equal(mine);
    });

    it('stay where they are not ours', () => {
      const others = {
        'kyc-verify': 'a',
        'kyc-verify-ticket': 'b',
        'ticket:1': 'c',
        'kyc-verify:other:1': 'd',
        cart: '{}',
      };
      for (const [key, value] of Object.entries(others)) sessionStorage.setItem(key, value);
      expect(findAny('ticket')).to.equal(undefined);
      expect(findAny('returned')).to.equal(undefined);
      drop('ticket', '1');
      expect(allIn(sessionStorage)).to.deep.equal(others);
    });
  });

  describe('that were used', () => {
    const mark = ({ state }: Receipt): string => `kyc-verify:used:${state}`;

    it('are receipts from then on, seen or not', () => {
      for (const isSeen of [true, false]) {
        const mine = ticket();
        keep('ticket', mine);
        use(mine, isSeen);
        expect(kept()).to.deep.equal({
          [`kyc-verify:returned:${mine.state}`]: { ...mine, isSeen },
        });
        drop('returned', mine.state);
      }
    });

    it('are gone also where the browser still shows them, and are put in order', () => {
      const mine = ticket();
      use(mine, false);
      // As in a page that comes out of the browser's cache.
      sessionStorage.clear();
      keep('ticket', mine);
      expect(findAny()).to.equal(undefined);
      expect(kept()).to.deep.equal({
        [`kyc-verify:returned:${mine.state}`]: { ...mine, isSeen: true },
      });
    });

    it('do not hide others', () => {
      const [one, two] = [ticket(), ticket()];
      markUsed(one.state);
      keep('ticket', one);
      keep('ticket', two);
      expect(findAny()).to.deep.equal(two);
    });

    it('leave a mark with their state and the time, and no more', () => {
      const mine = ticket();
      const before = Date.now();
      use(mine, false);
      expect(Object.keys(localStorage)).to.deep.equal([mark(mine)]);
      expect(Number(localStorage.getItem(mark(mine)))).to.be.within(before, Date.now());
    });

    it('may be made anew, for the same session', () => {
      const mine = ticket();
      markUsed(mine.state);
      markUsed(mine.state, false);
      keep('ticket', mine);
      expect(findAny()).to.deep.equal(mine);
      expect(allIn(localStorage)).to.deep.equal({});
    });

    for (const [what, text] of [
      ['an hour old', String(Date.now() - HOUR)],
      ['from the future', String(Date.now() + 60_000)],
      ['no time', 'yesterday'],
    ] as const) {
      it(`leave no mark that is ${what}`, () => {
        const mine = ticket();
        localStorage.setItem(mark(mine), text);
        localStorage.setItem('other', text);
        keep('ticket', mine);
        expect(findAny()).to.deep.equal(mine);
        expect(allIn(localStorage)).to.deep.equal({ other: text });
      });
    }

    it('are used all the same where local storage is forbidden', () => {
      const own = Object.getOwnPropertyDescriptor(globalThis, 'localStorage')!;
      Object.defineProperty(globalThis, 'localStorage', {
        ...own,
        get: () => {
          throw new DOMException('no', 'SecurityError');
        },
      });
      try {
        const mine = ticket();
        keep('ticket', mine);
        expect(findAny()).to.deep.equal(mine);
        use(mine, false);
        expect(findAny()).to.equal(undefined);
        markUsed(mine.state, false);
      } finally {
        Object.defineProperty(globalThis, 'localStorage', own);
      }
    });
  });

  describe('where storage is forbidden', () => {
    const forbidden = (): never => {
      throw new DOMException('no', 'SecurityError');
    };

    it('are neither kept nor found, and nothing is thrown', () => {
      // Property access itself throws, as it does with third-party storage blocked.
      const own = Object.getOwnPropertyDescriptor(globalThis, 'sessionStorage')!;
      Object.defineProperty(globalThis, 'sessionStorage', { ...own, get: forbidden });
      try {
        keep('ticket', ticket());
        drop('ticket', 'a');
        expect(findAny()).to.equal(undefined);
        expect(hasTraces()).to.equal(false);
      } finally {
        Object.defineProperty(globalThis, 'sessionStorage', own);
      }
    });

    it('are not kept where it is full, and nothing is thrown', () => {
      platform.set(Storage.prototype, 'setItem', forbidden);
      keep('ticket', ticket());
      expect(kept()).to.deep.equal({});
    });
  });
});

describe('traces', () => {
  afterEach(clearStorage);

  it('are there while a ticket or a receipt is', () => {
    expect(hasTraces()).to.equal(false);
    const mine = ticket();
    keep('ticket', mine);
    expect(hasTraces()).to.equal(true);
    drop('ticket', mine.state);
    expect(hasTraces()).to.equal(false);
    keep('returned', mine);
    expect(hasTraces()).to.equal(true);
  });

  it('are not what others keep', () => {
    sessionStorage.setItem('kyc', '1');
    localStorage.setItem('kyc-verify:ticket:1', '1');
    expect(hasTraces()).to.equal(false);
  });
});

describe('currentPath', () => {
  it('is path, query and fragment, without the origin', () => {
    expect(location.origin + currentPath()).to.equal(location.href);
    expect(currentPath()).to.match(/^\/\w*/);
  });
});

describe('sameOrigin', () => {
  const { origin } = location;

  for (const [path, href] of [
    ['/', `${origin}/`],
    ['/shop', `${origin}/shop`],
    ['/shop?a=1&b=//evil.test#c', `${origin}/shop?a=1&b=//evil.test#c`],
    ['/https://evil.test', `${origin}/https://evil.test`],
    ['/javascript:alert(1)', `${origin}/javascript:alert(1)`],
    ['/@evil.test', `${origin}/@evil.test`],
    ['/.evil.test', `${origin}/.evil.test`],
    ['/a/../b', `${origin}/b`],
    ['/%2f%2fevil.test', `${origin}/%2f%2fevil.test`],
  ] as const) {
    it(`leads to this origin: ${path}`, () => {
      expect(sameOrigin(path)).to.equal(href);
    });
  }

  for (const path of [
    '',
    ' /',
    'shop',
    '?a=1',
    '#b',
    '.',
    'https://evil.test',
    'https://evil.test/shop',
    'HTTPS://evil.test',
    'http:evil.test',
    '//',
    '//[',
    '/\\:',
    '//evil.test',
    '//evil.test/shop',
    '///evil.test',
    '/\\evil.test',
    '/\\/evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '/\r/evil.test',
    '\t//evil.test',
    '//evil.test\\@' + location.host,
    `//${location.host}@evil.test`,
    `//${location.host}.evil.test`,
    '/\\\t/evil.test',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,evil',
    'vbscript:evil',
    `blob:${origin}/1`,
    `filesystem:${origin}/1`,
    'about:blank',
    'mailto:a@evil.test',
    origin,
    `${origin}/shop`,
    `//${location.hostname}:1/shop`,
  ]) {
    it(`leads nowhere: ${JSON.stringify(path)}`, () => {
      expect(sameOrigin(path)).to.equal(undefined);
    });
  }
});
