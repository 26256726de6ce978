import { expect } from '@open-wc/testing';
import {
  FRAME_ORIGIN,
  frameOf,
  loaded,
  mount,
  mountAt,
  say,
  SCRIPTED_PAGE,
  WORDS,
} from '../support/element.js';

describe('the frame', () => {
  it('is delegated just the features of the provider, to just the origins of the flow', async () => {
    const { element } = await mount({ provider: 'shufti-pro' });
    const origins = `${FRAME_ORIGIN} https://app.shuftipro.com https://shuftipro.com`;
    await element.updateComplete;
    expect(frameOf(element).allow).to.equal(`camera ${origins}; microphone ${origins}`);
  });

  it('has a title in the person’s language and a strict referrer policy', async () => {
    const { element } = await mount();
    await element.updateComplete;
    expect(frameOf(element).title).to.equal('Identity verification by Veriff');
    expect(frameOf(element).referrerPolicy).to.equal('strict-origin');
  });

  it('passes the language to a provider that takes one, and to no other', async () => {
    const veriff = await mount({ locale: 'de-AT', sessionUrl: `${SCRIPTED_PAGE}?a=1` });
    await veriff.element.updateComplete;
    expect(frameOf(veriff.element).src).to.equal(`${SCRIPTED_PAGE}?a=1&lang=de`);
    const shufti = await mount({ locale: 'de', provider: 'shufti-pro', sessionUrl: SCRIPTED_PAGE });
    await shufti.element.updateComplete;
    expect(frameOf(shufti.element).src).to.equal(SCRIPTED_PAGE);
  });

  it('keeps its place: nothing jumps from before the URL to after the end', async () => {
    const { element } = await mount({ sessionUrl: undefined });
    const height = element.offsetHeight;
    expect(height).to.equal(650);
    element.sessionUrl = SCRIPTED_PAGE;
    await element.updateComplete;
    await loaded(element);
    expect(element.offsetHeight).to.equal(height);
    await say(element, ...WORDS.started);
    expect(element.offsetHeight).to.equal(height);
    expect(frameOf(element).offsetHeight).to.equal(height);
    await say(element, 'VERIFF_SUBMITTED');
    expect(element.offsetHeight).to.equal(height);
  });

  it('is 1000 pixels wide where there is room, and fits in 320', async () => {
    const { element } = await mountAt(WORDS.ready);
    const holder = element.parentElement;
    if (!holder) throw new Error('no parent');
    holder.style.width = '1200px';
    expect(frameOf(element).offsetWidth).to.equal(1000);
    holder.style.width = '320px';
    expect(frameOf(element).offsetWidth).to.equal(320);
    expect(element.scrollWidth).to.be.at.most(320);
  });

  it('is asked for by exactly the session URL', async () => {
    const { element } = await mount({ sessionUrl: `${SCRIPTED_PAGE}?q=%2F+x#part` });
    await element.updateComplete;
    expect(frameOf(element).src).to.equal(`${SCRIPTED_PAGE}?q=%2F+x#part`);
  });
});
