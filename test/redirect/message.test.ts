import { expect } from '@open-wc/testing';
import { readReturnMessage } from '../../src/redirect/message.js';

const cyclic = (): object => {
  const data: Record<string, unknown> = { type: 'kyc-return' };
  data['state'] = data;
  return data;
};

describe("a callback page's message", () => {
  it('is read with its query', () => {
    expect(readReturnMessage({ type: 'kyc-return', state: 'a', query: '?b=c' })).to.deep.equal({
      type: 'kyc-return',
      state: 'a',
      query: '?b=c',
    });
  });

  it('is read without a query, and with an empty state', () => {
    expect(readReturnMessage({ type: 'kyc-return', state: '' })).to.deep.equal({
      type: 'kyc-return',
      state: '',
      query: '',
    });
  });

  it('loses whatever else is in it', () => {
    const message = readReturnMessage({ type: 'kyc-return', state: 'a', status: 'approved' });
    expect(message).to.deep.equal({ type: 'kyc-return', state: 'a', query: '' });
  });

  it('loses a query that is longer than any query is, and keeps the state', () => {
    const read = (length: number): unknown =>
      readReturnMessage({ type: 'kyc-return', state: 'a', query: 'x'.repeat(length) })?.query;
    expect(read(4096)).to.equal('x'.repeat(4096));
    expect(read(4097)).to.equal('');
  });

  for (const [what, data] of [
    ['nothing', undefined],
    ['null', null],
    ['a string', 'kyc-return'],
    ['a number', 1],
    ['an array', ['kyc-return', 'a']],
    ['no type', { state: 'a' }],
    ['another type', { type: 'kyc-return-taken', state: 'a' }],
    ['no state', { type: 'kyc-return' }],
    ['a state that is null', { type: 'kyc-return', state: null }],
    ['a state that is a number', { type: 'kyc-return', state: 1 }],
    ['a state that is an object', { type: 'kyc-return', state: { toString: () => 'a' } }],
    ['a state that is too long', { type: 'kyc-return', state: 'x'.repeat(129) }],
    ['what goes in a circle', cyclic()],
    ['what is only inherited', Object.create({ type: 'kyc-return', state: 'a' })],
    [
      'what a getter gives',
      {
        type: 'kyc-return',
        get state(): string {
          throw new Error('looked at');
        },
      },
    ],
  ] as const) {
    it(`is not read out of ${what}`, () => {
      expect(readReturnMessage(data)).to.equal(undefined);
    });
  }
});
