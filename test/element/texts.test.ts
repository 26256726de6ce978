import { expect, fixture, html } from '@open-wc/testing';
import { ar } from '../../src/i18n/ar.js';
import { de } from '../../src/i18n/de.js';
import { registerTexts, type KycVerify } from '../../src/index.js';
import { find, frameOf, mount, shownText } from '../support/element.js';

registerTexts('de', de);
registerTexts('ar', ar);

const stage = (element: KycVerify): HTMLElement => find(element, '.stage');

describe('texts', () => {
  it('are in the language of `locale`, and follow it', async () => {
    const { element } = await mount({ sessionUrl: 'nonsense', locale: 'de-AT' });
    await element.updateComplete;
    expect(shownText(element)).to.contain(de.failed);
    expect(stage(element).lang).to.equal('de');
    element.locale = 'en';
    await element.updateComplete;
    expect(shownText(element)).to.contain('This verification cannot be opened');
  });

  it('fall back to the closest lang, across shadow roots, then to English', async () => {
    const outer = await fixture<HTMLElement>(html`<div lang="de-CH"></div>`);
    const inner = outer.attachShadow({ mode: 'open' });
    const element = document.createElement('kyc-verify');
    element.sessionUrl = 'nonsense';
    inner.append(element);
    await element.updateComplete;
    await element.updateComplete;
    expect(shownText(element)).to.contain(de.failed);
    outer.lang = 'tlh';
    element.requestUpdate();
    await element.updateComplete;
    expect(shownText(element)).to.contain('This verification cannot be opened');
  });

  it('run from right to left in Arabic', async () => {
    const { element } = await mount({ locale: 'ar' });
    await element.updateComplete;
    expect(stage(element).dir).to.equal('rtl');
    expect(getComputedStyle(stage(element)).direction).to.equal('rtl');
    expect(frameOf(element).title).to.contain('Veriff');
    expect(shownText(element)).to.contain(ar.loading);
  });

  it('can be overridden one by one', async () => {
    const { element } = await mount({ texts: { loading: 'One moment' }, locale: 'de' });
    await element.updateComplete;
    expect(shownText(element)).to.contain('One moment');
  });

  it('appear when their language is registered later', async () => {
    const { element } = await mount({ locale: 'x-late' });
    await element.updateComplete;
    expect(shownText(element)).to.contain('Opening');
    registerTexts('x-late', { loading: 'Lately' });
    await element.updateComplete;
    expect(shownText(element)).to.contain('Lately');
  });

  it('tell a screen reader politely what changes', async () => {
    const { element, recorder } = await mount({ timeout: 30 });
    const status = find(element, '[role=status]');
    await element.updateComplete;
    expect(status.textContent).to.equal('Opening the secure page');
    await recorder.first('kyc-error');
    await element.updateComplete;
    expect(find(element, '[role=status]')).to.equal(status);
    expect(status.textContent).to.equal('The page does not answer');
  });
});
