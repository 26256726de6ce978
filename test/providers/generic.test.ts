import { expect } from '@open-wc/testing';
import { generic, type GenericProvider } from '../../src/providers/generic.js';
import { itKeepsTheContract } from './contract.js';

const DESCRIPTION: GenericProvider = {
  id: 'acme',
  origins: ['https://verify.acme.test', 'https://cdn.acme.test'],
  features: ['camera'],
  read: (data) => (data === 'acme:done' ? 'finished' : undefined),
};

describe('generic', () => {
  describe('with the least that can be said', () => {
    itKeepsTheContract({
      provider: generic(DESCRIPTION),
      sessionUrl: new URL('https://verify.acme.test/s/1?keep=this'),
      messages: [['acme:done', 'finished']],
    });
  });

  describe('with everything said', () => {
    itKeepsTheContract({
      provider: generic({
        ...DESCRIPTION,
        id: 'acme-2',
        name: 'Acme',
        features: ['camera', 'geolocation', 'clipboard-write'],
        greets: true,
        read: (data) =>
          data === 'acme:up' ? 'ready' : data === 'acme:step' ? 'progress' : undefined,
        reply: (signal) => (signal === 'ready' ? { go: true } : undefined),
        localize: (url, locale) => {
          const localized = new URL(url);
          localized.searchParams.set('hl', locale);
          return localized;
        },
      }),
      sessionUrl: new URL('https://verify.acme.test/s/1?keep=this'),
      messages: [
        ['acme:up', 'ready'],
        ['acme:step', 'progress'],
      ],
    });
  });

  it('is named by its id and is not waited for, unless said otherwise', () => {
    const { name, greets } = generic(DESCRIPTION);
    expect({ name, greets }).to.deep.equal({ name: 'acme', greets: false });
    const said = generic({ ...DESCRIPTION, name: 'Acme', greets: true });
    expect({ name: said.name, greets: said.greets }).to.deep.equal({ name: 'Acme', greets: true });
  });

  it('takes over what it is told', () => {
    const { id, features, read } = generic(DESCRIPTION);
    expect({ id, features, read }).to.deep.equal({
      id: 'acme',
      features: ['camera'],
      read: DESCRIPTION.read,
    });
  });

  it('takes session URLs on its origins alone', () => {
    const { hosts, origins } = generic(DESCRIPTION);
    expect(origins).to.deep.equal(['https://verify.acme.test', 'https://cdn.acme.test']);
    expect(hosts).to.deep.equal([]);
  });

  it('takes http on a loopback host, for development', () => {
    const { origins } = generic({ ...DESCRIPTION, origins: ['http://localhost:3000/'] });
    expect(origins).to.deep.equal(['http://localhost:3000']);
  });

  it('makes canonical origins of what is nearly one', () => {
    const { origins } = generic({
      ...DESCRIPTION,
      origins: ['https://Verify.Acme.test:443/', 'https://b\u00fccher.test/path?query'],
    });
    expect(origins).to.deep.equal(['https://verify.acme.test', 'https://xn--bcher-kva.test']);
  });

  for (const origin of [
    '',
    'verify.acme.test',
    '.acme.test',
    '//acme.test',
    '*',
    'null',
    'https://',
  ]) {
    it(`throws a TypeError at ${JSON.stringify(origin)}, which is no URL`, () => {
      expect(() => generic({ ...DESCRIPTION, origins: ['https://a.test', origin] })).to.throw(
        TypeError,
      );
    });
  }

  // Messages of such origins would be accepted, or the delegation list be void.
  for (const origin of [
    'http://acme.test',
    'ws://acme.test',
    'blob:https://acme.test/1',
    'data:text/html,x',
    'javascript:0',
    'about:blank',
    'file:///',
    'blob:null/1',
    'https://a,b.test',
    'https://a;geolocation',
    "https://'self'",
    'https://*.acme.test',
    'https://*',
  ]) {
    it(`throws a TypeError at ${origin}, which is no secure origin`, () => {
      expect(() => generic({ ...DESCRIPTION, origins: ['https://a.test', origin] })).to.throw(
        TypeError,
      );
    });
  }
});
