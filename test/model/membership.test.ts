import { expect } from '@open-wc/testing';
import { belongsTo } from '../../src/model/membership.js';

describe('belongsTo', () => {
  for (const [url, hosts, expected] of [
    ['https://app.test/', ['app.test'], true],
    ['https://app.test/x?y#z', ['app.test'], true],
    ['https://app.test:443/', ['app.test'], true],
    ['https://APP.test/', ['app.test'], true],
    ['https://app.test/', ['other.test', 'app.test'], true],
    ['https://a.app.test/', ['.app.test'], true],
    ['https://b.a.app.test/', ['.app.test'], true],
    ['https://app.test/', [], false],
    ['https://app.test/', [''], false],
    ['https://app.test/', ['.'], false],
    ['https://app.test/', ['.app.test'], false],
    ['https://a.app.test/', ['app.test'], false],
    ['https://evilapp.test/', ['app.test', '.app.test'], false],
    ['https://app.test.evil.test/', ['app.test', '.app.test'], false],
    ['https://a.app.test.evil.test/', ['app.test', '.app.test'], false],
    ['https://app.test@evil.test/', ['app.test', '.app.test'], false],
    ['https://evil.test/#.app.test', ['app.test', '.app.test'], false],
    ['https://evil.test/?.app.test', ['app.test', '.app.test'], false],
    ['https://evil.test/.app.test', ['app.test', '.app.test'], false],
    ['https://app.test./', ['app.test', '.app.test'], false],
    ['https://a.app.test./', ['app.test', '.app.test'], false],
    ['https://app.test:8443/', ['app.test'], false],
    ['https://a.app.test:8443/', ['.app.test'], false],
    ['https://app.test:80/', ['app.test'], false],
    ['http://app.test/', ['app.test'], false],
    ['http://a.app.test/', ['.app.test'], false],
    ['http://app.test:443/', ['app.test'], false],
    ['http://localhost/', ['localhost'], false],
    ['wss://app.test/', ['app.test'], false],
    ['ftp://app.test/', ['app.test'], false],
    ['blob:https://app.test/1', ['app.test', ''], false],
    ['data:text/html,x', ['', 'text/html,x'], false],
  ] as const) {
    it(`is ${expected ? 'true' : 'false'} of ${url} and [${hosts.join(', ')}]`, () => {
      expect(belongsTo(new URL(url), { hosts, origins: [] })).to.equal(expected);
    });
  }

  for (const [url, origin, expected] of [
    ['https://app.test/x', 'https://app.test', true],
    ['https://app.test:443/', 'https://app.test', true],
    ['https://app.test:8443/', 'https://app.test:8443', true],
    ['http://localhost:3000/', 'http://localhost:3000', true],
    ['https://app.test:8443/', 'https://app.test', false],
    ['https://app.test/', 'https://app.test:8443', false],
    ['http://localhost/', 'https://localhost', false],
    ['https://a.app.test/', 'https://app.test', false],
    ['https://app.test.evil.test/', 'https://app.test', false],
    ['https://app.test./', 'https://app.test', false],
    ['https://app.test@evil.test/', 'https://app.test', false],
    ['http://app.test/', 'http://app.test', false],
    ['data:text/html,x', 'null', false],
    ['javascript:0', 'null', false],
    // It has the origin, and yet is a page of whoever made the blob.
    ['blob:https://app.test/1', 'https://app.test', false],
  ] as const) {
    it(`is ${expected ? 'true' : 'false'} of ${url} and the origin ${origin}`, () => {
      const provider = { hosts: [], origins: ['https://other.test', origin] };
      expect(belongsTo(new URL(url), provider)).to.equal(expected);
    });
  }

  it('is true of nothing where there is neither host nor origin', () => {
    for (const url of ['https://app.test/', 'data:text/html,x', 'http://localhost/']) {
      expect(belongsTo(new URL(url), { hosts: [], origins: [] }), url).to.equal(false);
    }
  });
});
