import { expect } from '@open-wc/testing';
import type { Provider } from '../../src/model/provider.js';
import { generic } from '../../src/providers/generic.js';
import { providerById, providerOf, registerProvider } from '../../src/providers/registry.js';
import { shuftiPro } from '../../src/providers/shufti-pro.js';
import { veriff } from '../../src/providers/veriff.js';

// What is registered stays registered, so every test has ids and hosts of its own.
const create = (id: string, host = `${id}.test`): Provider =>
  generic({ id, origins: [`https://${host}`], features: ['camera'], read: () => undefined });

describe('the registry', () => {
  it('knows the two providers of the package from the start', () => {
    expect(providerById('veriff')).to.equal(veriff);
    expect(providerById('shufti-pro')).to.equal(shuftiPro);
  });

  it('knows no other', () => {
    for (const id of ['', 'Veriff', 'veriff ', 'shufti', 'constructor', '__proto__', 'toString']) {
      expect(providerById(id), id).to.equal(undefined);
    }
  });

  it('knows a provider once it is registered', () => {
    const provider = create('registered');
    expect(providerById('registered')).to.equal(undefined);
    registerProvider(provider);
    expect(providerById('registered')).to.equal(provider);
  });

  it('puts a later one in the place of an earlier one of the same id, hosts and all', () => {
    const [earlier, later] = [create('replaced', 'old.test'), create('replaced', 'new.test')];
    registerProvider(earlier);
    registerProvider(later);
    expect(providerById('replaced')).to.equal(later);
    expect(providerOf(new URL('https://old.test/'))).to.equal(undefined);
    expect(providerOf(new URL('https://new.test/'))).to.equal(later);
  });

  it('lets a host replace a provider of the package, and put it back', () => {
    const ours = { ...veriff, name: 'Our Veriff' };
    try {
      registerProvider(ours);
      expect(providerById('veriff')).to.equal(ours);
      expect(providerOf(new URL('https://saas.veriff.com/v/x'))).to.equal(ours);
    } finally {
      registerProvider(veriff);
    }
    expect(providerById('veriff')).to.equal(veriff);
  });

  for (const [href, provider] of [
    ['https://saas.veriff.com/v/x', veriff],
    ['https://magic.us.veriff.me/v/x', veriff],
    ['https://new-region.veriff.com/v/x', veriff],
    ['https://app.shuftipro.com/verification/process/x', shuftiPro],
    ['https://shuftipro.com/api/verify/x', shuftiPro],
  ] as const) {
    it(`infers ${provider.id} from ${href}`, () => {
      expect(providerOf(new URL(href))).to.equal(provider);
    });
  }

  for (const href of [
    'https://evil.test/?q=https://saas.veriff.com/x',
    'https://veriff.com.evil.test/',
    'https://evilveriff.com/',
    'https://evilshuftipro.com/',
    'https://saas.veriff.com@evil.test/',
    'https://saas.veriff.com:8443/v/x',
    'https://saas.veriff.com./v/x',
    'http://saas.veriff.com/v/x',
    'http://localhost/v/x',
    'blob:https://saas.veriff.com/1',
    'data:text/html,x',
  ]) {
    it(`infers nothing from ${href}`, () => {
      expect(providerOf(new URL(href))).to.equal(undefined);
    });
  }

  it('infers a provider of the host, too', () => {
    const provider = create('inferred');
    registerProvider(provider);
    expect(providerOf(new URL('https://inferred.test/s'))).to.equal(provider);
    expect(providerOf(new URL('https://a.inferred.test/s'))).to.equal(undefined);
  });
});
