import { expect } from '@open-wc/testing';
import { ownString } from '../../src/model/own-string.js';

describe('ownString', () => {
  it('gives the string under a key of an object', () => {
    expect(ownString({ a: 'b' }, 'a')).to.equal('b');
    expect(ownString({ a: '' }, 'a')).to.equal('');
  });

  it('gives a string of the greatest length and none that is longer', () => {
    expect(ownString({ a: 'x'.repeat(128) }, 'a')).to.equal('x'.repeat(128));
    expect(ownString({ a: 'x'.repeat(129) }, 'a')).to.equal(undefined);
  });

  it('gives nothing of what is inherited', () => {
    expect(ownString(Object.create({ a: 'b' }), 'a')).to.equal(undefined);
    expect(ownString({}, 'constructor')).to.equal(undefined);
    expect(ownString({}, '__proto__')).to.equal(undefined);
  });

  it('gives nothing of what a getter says, and does not ask it', () => {
    let calls = 0;
    const data = {
      get a() {
        calls += 1;
        return 'b';
      },
    };
    expect(ownString(data, 'a')).to.equal(undefined);
    expect(calls).to.equal(0);
  });

  it('gives nothing but strings', () => {
    for (const a of [undefined, null, 1, true, Symbol('a'), ['b'], { b: 'c' }, new String('b')]) {
      expect(ownString({ a }, 'a')).to.equal(undefined);
    }
  });

  it('gives nothing of what is no object', () => {
    for (const data of [undefined, null, 'a', 0, true, Symbol('a'), 1n, () => 'a']) {
      expect(ownString(data, 'name')).to.equal(undefined);
    }
  });
});
