import { expect, nextFrame } from '@open-wc/testing';
import { ar } from '../../src/i18n/ar.js';
import type { DecisionWord } from '../../src/model/decisions.js';
import { registerTexts, type KycVerify } from '../../src/index.js';
import { itIsAccessible } from '../support/access.js';
import { find, press, root } from '../support/element.js';
import { Merchant, mountServed, shows } from '../support/merchant.js';

/** An element over whose session the server has this word; pressed, where it is one. */
const told = async (
  merchant: Merchant,
  decision: DecisionWord,
  properties: Partial<KycVerify> = {},
): Promise<KycVerify> => {
  const { element } = await mountServed(merchant, properties);
  // Nothing to do at the provider: straight to what becomes of it.
  await merchant.order({ url: null });
  element.start();
  while (element.phase !== 'finished') await nextFrame();
  await merchant.learns(decision);
  return element;
};

const WORDS: readonly (readonly [DecisionWord, string])[] = [
  ['review', 'checking'],
  ['approved', 'verified'],
  ['declined', 'declined'],
  ['resubmission-requested', 'resubmit'],
  ['expired', 'unfinished'],
];

describe('access to what becomes of a session', () => {
  for (const display of ['inline', 'modal'] as const) {
    itIsAccessible(`the button, ${display}`, async (locale) => {
      const { element } = await mountServed(new Merchant(), { locale, display, open: true });
      return element;
    });

    for (const [word, slot] of WORDS) {
      itIsAccessible(`${word}, ${display}`, async (locale) => {
        const element = await told(new Merchant(), word, { locale, display, open: true });
        await shows(element, slot);
        return element;
      });
    }
  }

  for (const status of [401, 403, 500]) {
    itIsAccessible(`an endpoint that answers ${status}`, async (locale) => {
      const merchant = new Merchant();
      await merchant.order({ faults: { create: status } });
      const { element } = await mountServed(merchant, { locale });
      element.start();
      await shows(element, 'failed');
      return element;
    });
  }

  it('the focus goes with the panels for who is within, and stays where it is for others', async () => {
    const merchant = new Merchant();
    const { element } = await mountServed(merchant);
    await merchant.order({ url: null });
    find(element, '[part~=primary-button]').focus();
    await press(element, 'Start');
    await shows(element, 'finished');
    while (root(element).activeElement !== find(element, '.cover')) await nextFrame();
    // The panel before it may have had the focus too: this one's turn comes with the frame.
    await nextFrame();
    find(element, '.cover').blur();
    await merchant.learns('approved');
    await shows(element, 'verified');
    await nextFrame();
    expect(document.activeElement?.localName).to.equal('body');
  });

  it('320 pixels are wide enough for every panel, in both directions', async () => {
    registerTexts('ar', ar);
    for (const locale of ['en', 'ar']) {
      for (const [word, slot] of WORDS) {
        const element = await told(new Merchant(), word, { locale });
        element.style.width = '320px';
        await shows(element, slot);
        const cover = find(element, '.cover');
        expect(cover.scrollWidth, `${word} ${locale}`).to.be.at.most(cover.clientWidth);
        element.remove();
      }
      const { element } = await mountServed(new Merchant(), { locale });
      element.style.width = '320px';
      await nextFrame();
      const cover = find(element, '.cover');
      expect(cover.scrollWidth, `intro ${locale}`).to.be.at.most(cover.clientWidth);
      const list = getComputedStyle(find(element, 'ul'));
      expect([list.direction, list.textAlign]).to.deep.equal([
        locale === 'ar' ? 'rtl' : 'ltr',
        'start',
      ]);
      element.remove();
    }
  });
});
