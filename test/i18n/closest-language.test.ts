import { expect, fixture, html } from '@open-wc/testing';
import { closestLanguage } from '../../src/i18n/closest-language.js';

describe('closestLanguage', () => {
  const root = document.documentElement;
  const { lang } = root;

  beforeEach(() => {
    root.lang = 'et';
  });

  afterEach(() => {
    root.lang = lang;
  });

  it("is the element's own language", async () => {
    expect(closestLanguage(await fixture(html`<p lang="de-AT"></p>`))).to.equal('de-AT');
  });

  it('is that of the closest ancestor', async () => {
    const outer = await fixture(
      html`<div lang="fr">
        <div lang="de">
          <p><b></b></p>
        </div>
      </div>`,
    );
    expect(closestLanguage(outer.querySelector('b')!)).to.equal('de');
  });

  it("is the document's where nothing nearer says one", async () => {
    expect(closestLanguage(await fixture(html`<p></p>`))).to.equal('et');
  });

  it('is none where the document says none', async () => {
    root.removeAttribute('lang');
    expect(closestLanguage(await fixture(html`<p></p>`))).to.equal('');
  });

  it('is none where the closest says that it is unknown', async () => {
    expect(closestLanguage(await fixture(html`<p lang=""></p>`))).to.equal('');
  });

  it('is none outside the document', () => {
    expect(closestLanguage(document.createElement('p'))).to.equal('');
  });

  for (const mode of ['open', 'closed'] as const) {
    it(`crosses ${mode} shadow roots, one in another`, async () => {
      const host = await fixture<HTMLElement>(html`<div lang="fr"><p></p></div>`);
      const middle = document.createElement('section');
      host.querySelector('p')!.attachShadow({ mode }).append(middle);
      const inner = document.createElement('b');
      middle.attachShadow({ mode }).append(inner);
      expect(closestLanguage(inner)).to.equal('fr');
      middle.lang = 'de';
      expect(closestLanguage(inner)).to.equal('de');
    });
  }

  it("is that of a slotted element's own tree, not of where it is shown", async () => {
    const host = await fixture<HTMLElement>(html`<div><p></p></div>`);
    const wrapper = document.createElement('div');
    wrapper.lang = 'de';
    wrapper.append(document.createElement('slot'));
    host.attachShadow({ mode: 'open' }).append(wrapper);
    expect(closestLanguage(host.querySelector('p')!)).to.equal('et');
  });

  it('reads the attribute of elements that are not HTML too', async () => {
    const outer = await fixture(
      html`<svg lang="fr">
        <foreignObject><p></p></foreignObject>
      </svg>`,
    );
    expect(closestLanguage(outer.querySelector('p')!)).to.equal('fr');
  });
});
