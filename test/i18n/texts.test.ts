import { expect } from '@open-wc/testing';
import { en } from '../../src/i18n/en.js';
import { fill, onTexts, registerTexts, wordingFor } from '../../src/i18n/texts.js';

// What is registered stays registered, so the languages here are made up: `x-…` is for private use.
describe('wordingFor', () => {
  it('is English where nothing is known', () => {
    for (const locale of ['', 'tlh', 'tlh-KL', '-', '--', 'constructor', '__proto__', 'e', 'eng']) {
      expect(wordingFor(locale), locale).to.deep.equal({ language: 'en', texts: en });
    }
  });

  it('gives the closest known language', () => {
    registerTexts('qaa', { title: 'language' });
    registerTexts('qaa-Latn', { title: 'script' });
    registerTexts('qaa-Latn-AT', { title: 'region' });
    for (const [locale, language, title] of [
      ['qaa', 'qaa', 'language'],
      ['qaa-DE', 'qaa', 'language'],
      ['qaa-Latn', 'qaa-latn', 'script'],
      ['qaa-Latn-DE', 'qaa-latn', 'script'],
      ['qaa-Latn-AT', 'qaa-latn-at', 'region'],
      ['qaa-Latn-AT-x-formal', 'qaa-latn-at', 'region'],
      ['QAA-LATN-at', 'qaa-latn-at', 'region'],
    ] as const) {
      const wording = wordingFor(locale);
      expect([wording.language, wording.texts.title], locale).to.deep.equal([language, title]);
    }
  });

  it('does not take one language for another that starts the same', () => {
    registerTexts('qab', { title: 'short' });
    expect(wordingFor('qabx').language).to.equal('en');
    expect(wordingFor('qa').language).to.equal('en');
  });
});

describe('registerTexts', () => {
  it('leaves English what is missing', () => {
    registerTexts('qac', { dir: 'rtl', close: 'Zu' });
    expect(wordingFor('qac').texts).to.deep.equal({ ...en, dir: 'rtl', close: 'Zu' });
  });

  it('takes the place of an earlier text, and leaves those that it does not name', () => {
    registerTexts('qad', { close: 'one', title: 'one' });
    registerTexts('qad', { close: 'two', takePicture: 'two' });
    expect(wordingFor('qad').texts).to.deep.equal({
      ...en,
      close: 'two',
      title: 'one',
      takePicture: 'two',
    });
  });

  it('keeps a copy, so that a later change of the object says nothing', () => {
    const texts = { close: 'before' };
    registerTexts('qae', texts);
    texts.close = 'after';
    expect(wordingFor('qae').texts.close).to.equal('before');
  });

  it('takes the place of English itself, and leaves the rest of it', () => {
    try {
      registerTexts('en', { close: 'Leave' });
      expect(wordingFor('en-GB').texts).to.deep.equal({ ...en, close: 'Leave' });
    } finally {
      registerTexts('en', en);
    }
  });
});

describe('onTexts', () => {
  it('calls after each registration, when the texts are there', () => {
    const seen: string[] = [];
    const forget = onTexts(() => seen.push(wordingFor('qaf').texts.close));
    registerTexts('qaf', { close: 'one' });
    registerTexts('qaf', { close: 'two' });
    forget();
    expect(seen).to.deep.equal(['one', 'two']);
  });

  it('calls nobody who has gone, and goes on calling the others', () => {
    const calls: string[] = [];
    const forgets = ['a', 'b', 'c'].map((name) => onTexts(() => calls.push(name)));
    forgets[1]?.();
    registerTexts('qag', {});
    for (const forget of forgets) forget();
    registerTexts('qag', {});
    expect(calls).to.deep.equal(['a', 'c']);
  });

  it('stands a reader that goes while being called', () => {
    const calls: string[] = [];
    const forgetOnce = onTexts(() => {
      calls.push('once');
      forgetOnce();
    });
    const forget = onTexts(() => calls.push('always'));
    registerTexts('qah', {});
    registerTexts('qah', {});
    forget();
    expect(calls).to.deep.equal(['once', 'always', 'always']);
  });
});

describe('fill', () => {
  it("puts the provider's name in wherever it belongs", () => {
    expect(fill('{provider} and {provider}', { provider: 'Veriff' })).to.equal('Veriff and Veriff');
    expect(fill('nothing', { provider: 'Veriff' })).to.equal('nothing');
  });

  it('puts in several things, and leaves alone what nobody gave', () => {
    expect(fill('{step} of {steps}: {what}', { step: 1, steps: 3 })).to.equal('1 of 3: {what}');
  });

  it('takes the name as it is', () => {
    for (const name of ['$&', '$1', "$'", '{provider}', '<b>']) {
      expect(fill('by {provider}.', { provider: name })).to.equal(`by ${name}.`);
    }
  });
});
