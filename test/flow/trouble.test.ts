import { expect } from '@open-wc/testing';
import { trouble, withTrouble } from '../../src/flow/load-trouble.js';
import { enTrouble } from '../../src/i18n/en-trouble.js';
import { en } from '../../src/i18n/en.js';
import { onTexts, registerTexts, wordingFor } from '../../src/i18n/texts.js';

// What is loaded stays loaded: the first test is of the time before.
describe('what is only needed in trouble', () => {
  it('is not there before somebody needs it, and then with its texts', async () => {
    expect(trouble).to.equal(undefined);
    expect(wordingFor('en').texts).to.deep.equal(en);
    let told = 0;
    const forget = onTexts(() => {
      told += 1;
    });
    const given: unknown[] = [];
    await withTrouble((loaded) => {
      given.push(loaded === trouble, told);
    });
    // The texts were there, and told of, before anybody used them.
    expect(given).to.deep.equal([true, 1]);
    expect(wordingFor('en').texts).to.deep.equal({ ...enTrouble, ...en });
    await withTrouble();
    expect(told).to.equal(1);
    forget();
  });

  it('is waited for together with what is done with it', async () => {
    const done: string[] = [];
    await withTrouble(async () => {
      await Promise.resolve();
      done.push('inside');
    });
    done.push('after');
    expect(done).to.deep.equal(['inside', 'after']);
  });

  it('comes in order to those that ask one after another', async () => {
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((each) => withTrouble(() => void order.push(each))));
    expect(order).to.deep.equal([1, 2, 3]);
  });

  it('leaves a language its own words, and lends it what is missing', async () => {
    await withTrouble();
    registerTexts('qaz', { returned: 'Wieder da' });
    const { texts } = wordingFor('qaz');
    expect([texts.returned, texts.redirected]).to.deep.equal(['Wieder da', enTrouble.redirected]);
  });
});
