import { expect } from '@open-wc/testing';
import { hintIn } from '../../src/flow/landing.js';
import { generic, readReturn, registerProvider } from '../../src/index.js';
import { keep } from '../../src/redirect/tickets.js';
import { clearStorage, kept, newState } from '../support/storage.js';

const own = {
  origins: ['https://own.example'],
  features: ['camera'],
  read: () => undefined,
} as const;

registerProvider(
  generic({
    ...own,
    id: 'hints',
    readReturn: (parameters) =>
      parameters.get('result') === 'done'
        ? 'finished'
        : parameters.has('stopped')
          ? 'canceled'
          : undefined,
  }),
);
registerProvider(
  generic({
    ...own,
    id: 'throws',
    readReturn: () => {
      throw new Error('careless');
    },
  }),
);
registerProvider(
  generic({
    ...own,
    id: 'repeats',
    readReturn: (parameters) => parameters.get('result') as 'finished',
  }),
);

const leave = (provider = 'hints'): string => {
  const state = newState();
  keep('ticket', {
    version: 1,
    provider,
    reference: 'order 7',
    state,
    startedAt: Date.now(),
    returnPath: '/shop#cart',
  });
  return state;
};

describe('hintIn', () => {
  for (const [query, hint] of [
    ['?result=done', 'finished'],
    ['?stopped', 'canceled'],
    ['?result=other', undefined],
    ['', undefined],
  ] as const) {
    it(`is ${hint ?? 'none'} where the provider reads that in "${query}"`, () => {
      expect(hintIn('hints', query)).to.equal(hint);
    });
  }

  it('is none where the provider reads nothing, or is not known', () => {
    for (const provider of ['veriff', 'shufti-pro', 'nobody', '', '__proto__']) {
      expect(hintIn(provider, '?result=done')).to.equal(undefined);
    }
  });

  it('is none where the host’s own reader throws', () => {
    expect(hintIn('throws', '?result=done')).to.equal(undefined);
  });

  it('is none where the host’s own reader repeats what the address says', () => {
    for (const word of ['approved', 'constructor', '<b>', '']) {
      expect(hintIn('repeats', `?result=${word}`)).to.equal(undefined);
    }
    expect(hintIn('repeats', '?result=finished')).to.equal('finished');
  });
});

describe('readReturn', () => {
  afterEach(clearStorage);

  it('reads an address, once, and goes nowhere', () => {
    const { href } = location;
    const state = leave();
    const search = `?kyc-state=${state}&result=done`;
    expect(readReturn({ search })).to.deep.equal({
      matched: true,
      provider: 'hints',
      reference: 'order 7',
      returnPath: '/shop#cart',
      hint: 'finished',
    });
    expect(readReturn({ search })).to.deep.equal({ matched: false, problem: 'unknown-state' });
    expect(location.href).to.equal(href);
  });

  it('reads the address of this page as it is, which has no state', () => {
    expect(readReturn(location)).to.deep.equal({ matched: false, problem: 'missing-state' });
  });

  it('matches although the host’s own reader throws', () => {
    const state = leave('throws');
    const landing = readReturn({ search: `?kyc-state=${state}` });
    expect(landing.matched).to.equal(true);
    expect(Object.keys(kept())).to.deep.equal([`kyc-verify:returned:${state}`]);
  });
});
