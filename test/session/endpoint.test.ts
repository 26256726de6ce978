import { expect } from '@open-wc/testing';
import { readEndpoint } from '../../src/session/endpoint.js';

const HERE = 'https://shop.example/account/verify?a=b#c';

describe('readEndpoint', () => {
  for (const [text, credentials, address] of [
    ['/kyc', 'same-origin', 'https://shop.example/kyc/sessions/a/events'],
    ['/kyc/', 'same-origin', 'https://shop.example/kyc/sessions/a/events'],
    ['/', 'same-origin', 'https://shop.example/sessions/a/events'],
    ['kyc', 'same-origin', 'https://shop.example/account/kyc/sessions/a/events'],
    ['/kyc?shop=7#top', 'same-origin', 'https://shop.example/kyc/sessions/a/events?shop=7'],
    ['https://shop.example/kyc', 'same-origin', 'https://shop.example/kyc/sessions/a/events'],
    ['https://api.example/kyc', 'include', 'https://api.example/kyc/sessions/a/events'],
    ['//api.example/kyc', 'include', 'https://api.example/kyc/sessions/a/events'],
    ['http://localhost:3000/kyc', 'include', 'http://localhost:3000/kyc/sessions/a/events'],
  ] as const) {
    it(`takes ${text}, with cookies as ${credentials}`, () => {
      const endpoint = readEndpoint(text, HERE);
      expect(endpoint?.credentials).to.equal(credentials);
      expect(endpoint?.at('sessions', 'a', 'events')).to.equal(address);
    });
  }

  for (const text of [
    'http://shop.example/kyc',
    'http://api.example/kyc',
    'https://user@shop.example/kyc',
    'https://user:secret@api.example/kyc',
    'data:text/plain,',
    'blob:https://shop.example/1',
    'javascript:alert(1)',
    'https://',
    'https://a;b.example/',
  ]) {
    it(`does not take ${text}`, () => {
      expect(readEndpoint(text, HERE)).to.equal(undefined);
    });
  }

  it('goes by the page’s address, whatever base the page’s markup names', () => {
    const base = document.head.appendChild(document.createElement('base'));
    try {
      base.href = 'https://evil.example/';
      expect(readEndpoint('/kyc')?.at('sessions')).to.equal(`${location.origin}/kyc/sessions`);
    } finally {
      base.remove();
    }
  });

  it('asks its own server over http where the page itself is http', () => {
    const endpoint = readEndpoint('/kyc', 'http://192.168.0.7/');
    expect(endpoint?.credentials).to.equal('same-origin');
  });

  it('lets no part of a path lead out of it', () => {
    expect(readEndpoint('/kyc', HERE)?.at('sessions', 'a/b?c#d')).to.equal(
      'https://shop.example/kyc/sessions/a%2Fb%3Fc%23d',
    );
  });
});
