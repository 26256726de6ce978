import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchesSource } from '../../src/doctor/sources.js';

const SHOP = 'https://shop.example';

type Row = readonly [source: string, url: string, expected: boolean, self?: string];

const ROWS: readonly Row[] = [
  // Whole origins.
  ['https://a.example', 'https://a.example', true],
  ['https://a.example', 'https://a.example/v/1', true],
  ['https://a.example', 'https://b.example', false],
  ['https://a.example', 'http://a.example', false],
  ['HTTPS://A.Example', 'https://a.example', true],
  ['http://a.example', 'https://a.example', true],
  ['https://a.example', 'https://a.example.evil.test', false],
  ['https://a.example', 'https://evila.example', false],
  // Without a scheme: that of the page, or better.
  ['a.example', 'https://a.example', true],
  ['a.example', 'http://a.example', false],
  ['a.example', 'http://a.example', true, 'http://localhost'],
  ['a.example', 'https://a.example', true, 'http://localhost'],
  // Schemes alone.
  ['https:', 'https://any.example:8443', true],
  ['https:', 'http://any.example', false],
  ['http:', 'https://any.example', true],
  ['data:', 'https://any.example', false],
  ['wss:', 'https://any.example', true],
  // Wildcards.
  ['*', 'https://any.example:8443/x', true],
  ['*', 'http://any.example', true],
  ['*', 'data:text/html,x', false],
  ['https://*', 'https://any.example', true],
  ['https://*.example', 'https://a.example', true],
  ['https://*.veriff.com', 'https://saas.veriff.com', true],
  ['https://*.veriff.com', 'https://a.b.veriff.com', true],
  ['https://*.veriff.com', 'https://veriff.com', false],
  ['https://*.veriff.com', 'https://evilveriff.com', false],
  ['*.veriff.com', 'https://saas.veriff.com', true],
  ['https://saas.*.com', 'https://saas.veriff.com', false],
  // Ports.
  ['https://a.example:443', 'https://a.example', true],
  ['https://a.example:8443', 'https://a.example:8443', true],
  ['https://a.example', 'https://a.example:8443', false],
  ['https://a.example:8443', 'https://a.example', false],
  ['https://a.example:*', 'https://a.example:8443', true],
  ['http://a.example:80', 'https://a.example', true],
  ['http://a.example:8080', 'https://a.example', false],
  ['*:8443', 'https://a.example:8443', true],
  // Paths.
  ['https://a.example/', 'https://a.example/v/1', true],
  ['https://a.example/v/', 'https://a.example/v/1', true],
  ['https://a.example/v', 'https://a.example/v/1', false],
  ['https://a.example/v', 'https://a.example/v', true],
  ['https://a.example/v/', 'https://a.example/w/1', false],
  ['https://a.example/%76/', 'https://a.example/v/1', true],
  ['https://a.example/v?x=1', 'https://a.example/v', true],
  // The page itself.
  ["'self'", 'https://shop.example/back', true],
  ["'SELF'", 'https://shop.example/back', true],
  ["'self'", 'https://www.shop.example', false],
  ["'self'", 'http://shop.example', false],
  ["'self'", 'https://shop.example', true, 'http://shop.example'],
  ["'self'", 'http://localhost:2/', false, 'http://localhost:1'],
  // What lets no address in.
  ["'none'", 'https://a.example', false],
  ["'nonce-a.example'", 'https://a.example', false],
  ["'strict-dynamic'", 'https://a.example', false],
  ["'unsafe-inline'", 'https://a.example', false],
  ['self', 'https://shop.example', false],
  ['"https://a.example"', 'https://a.example', false],
  ['https://a.example,https://b.example', 'https://a.example', false],
  ['', 'https://a.example', false],
];

describe('a source expression', () => {
  for (const [source, url, expected, self = SHOP] of ROWS) {
    it(`${source} ${expected ? 'lets' : 'does not let'} ${url} into ${self}`, () => {
      assert.equal(matchesSource(source, new URL(url), new URL(self)), expected);
    });
  }
});
