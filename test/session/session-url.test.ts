import { expect } from '@open-wc/testing';
import { belongsTo } from '../../src/model/membership.js';
import { readOrigins, readSessionUrl } from '../../src/session/session-url.js';

/** In every text that must not come back in a problem. */
const SECRET = 'eyJhbGciOi';

const HOSTS = ['saas.veriff.com', '.veriff.me'];

type Row = readonly [what: string, text: string];

const NOT_ABSOLUTE: readonly Row[] = [
  ['nothing', ''],
  ['white space', ' \n\t'],
  ['a word', SECRET],
  ['a host without a scheme', `saas.veriff.com/v/${SECRET}`],
  ['a path', `/v/${SECRET}`],
  ['a relative path', `../v/${SECRET}`],
  ['a query', `?v=${SECRET}`],
  ['a host without a scheme, after slashes', `//saas.veriff.com/v/${SECRET}`],
  ['the same with backslashes', `\\\\saas.veriff.com\\v\\${SECRET}`],
  ['a scheme and nothing else', 'https://'],
  ['a scheme and credentials', `https://${SECRET}@`],
  ['a NUL in the host', `https://saas.veriff.com\u0000.${SECRET}.test/`],
  ['an escaped slash in the host', `https://evil.test%2f.saas.veriff.com/${SECRET}`],
  ['an escaped @ in the host', `https://${SECRET}%40evil.test/`],
  ['a port that is no number', `https://saas.veriff.com:${SECRET}/`],
  ['a port out of range', `https://saas.veriff.com:99999/${SECRET}`],
  ['an unclosed bracket', `https://[::1/${SECRET}`],
  ['an IPv4 address out of range', `https://256.256.256.256/${SECRET}`],
  ['megabytes of a word', SECRET.repeat(100_000)],
];

/**
 * Hosts that are no names, though parsers let them through, each engine others. `allow` and a
 * policy would read the signs in them as their own.
 */
const NO_NAME: readonly Row[] = [
  ['a semicolon in the host', `https://x;geolocation;.${SECRET}.veriff.me/`],
  ['a comma in the host', `https://x,y.${SECRET}.veriff.me/`],
  ['a quote in the host', `https://'self'.${SECRET}.veriff.me/`],
  ['a bracket in the host', `https://x(y).${SECRET}.veriff.me/`],
  ['an asterisk for a label', `https://*.${SECRET}.veriff.me/`],
  ['an asterisk for a host', `https://*/${SECRET}`],
  ['a space in the host', `https://x y.${SECRET}.veriff.me/`],
  ['an escaped space in the host', `https://x%20y.${SECRET}.veriff.me/`],
];

const NOT_HTTPS: readonly Row[] = [
  ['javascript:', `javascript:alert('${SECRET}')`],
  ['javascript: with a host', `javascript://saas.veriff.com/%0aalert('${SECRET}')`],
  ['javascript: in capitals', `JaVaScRiPt:alert('${SECRET}')`],
  ['javascript: after white space', `\n\t javascript:alert('${SECRET}')`],
  ['javascript: after a control character', `\u0001javascript:alert('${SECRET}')`],
  ['javascript: with a line break in it', `java\nscript:alert('${SECRET}')`],
  ['javascript: with a tab in it', `javas\tcript:alert('${SECRET}')`],
  ['javascript: with a return in it', `javascript\r:alert('${SECRET}')`],
  ['data:', `data:text/html,${SECRET}`],
  ['data: that looks like a host', `data://saas.veriff.com/${SECRET}`],
  ["blob: with the vendor's origin", `blob:https://saas.veriff.com/${SECRET}`],
  ['blob: with an opaque origin', `blob:null/${SECRET}`],
  ['filesystem:', `filesystem:https://saas.veriff.com/temporary/${SECRET}`],
  ['view-source:', `view-source:https://saas.veriff.com/v/${SECRET}`],
  ['about:', 'about:blank'],
  ['about:srcdoc', 'about:srcdoc'],
  ['file:', `file:///${SECRET}`],
  ['file: with a host', `file://saas.veriff.com/${SECRET}`],
  ['ftp:', `ftp://saas.veriff.com/${SECRET}`],
  ['ws:', `ws://saas.veriff.com/${SECRET}`],
  ['wss:', `wss://saas.veriff.com/${SECRET}`],
  ['mailto:', `mailto:${SECRET}@saas.veriff.com`],
  ['a scheme that starts with https', `httpsx://saas.veriff.com/${SECRET}`],
  ['http on a public host', `http://saas.veriff.com/v/${SECRET}`],
  ["http on https's port", `http://saas.veriff.com:443/v/${SECRET}`],
  ['http on a host that starts with localhost', `http://localhost.evil.test/${SECRET}`],
  ['http on a host that ends with localhost', `http://evillocalhost/${SECRET}`],
  ['http on localhost with a trailing dot', `http://localhost./${SECRET}`],
  ['http on a host that starts with a loopback address', `http://127.0.0.1.evil.test/${SECRET}`],
  ['http on a public address', `http://128.0.0.1/${SECRET}`],
  ['http on every address', `http://0.0.0.0/${SECRET}`],
  ['http on a public IPv6 address', `http://[2001:db8::1]/${SECRET}`],
  ['http on a host with localhost as its user', `http://localhost@evil.test/${SECRET}`],
];

const CREDENTIALS: readonly Row[] = [
  ['a user', `https://${SECRET}@saas.veriff.com/`],
  ['a user and a password', `https://user:${SECRET}@saas.veriff.com/`],
  ['a password alone', `https://:${SECRET}@saas.veriff.com/`],
  ["the vendor's host as the user of another", `https://saas.veriff.com@${SECRET}.test/`],
  ["the vendor's host as a password", `https://user:saas.veriff.com@${SECRET}.test/`],
  ['credentials on loopback', `http://user:${SECRET}@127.0.0.1:8080/`],
];

/** Good URLs, of hosts that are not the provider's. */
const ELSEWHERE: readonly Row[] = [
  ['another host', 'https://evil.test/'],
  ["the vendor's URL in the query", 'https://evil.test/?q=https://saas.veriff.com/x'],
  ["the vendor's URL in the path", 'https://evil.test/https://saas.veriff.com/x'],
  ["the vendor's URL in the fragment", 'https://evil.test/#https://saas.veriff.com/x'],
  ["the vendor's host after a backslash and @", 'https://evil.test\\@saas.veriff.com/'],
  ["the vendor's host after a slash and @", 'https://evil.test/@saas.veriff.com/'],
  ["the vendor's host and an escaped dot", 'https://saas.veriff.com%2eevil.test/'],
  ["the vendor's host as a prefix", 'https://saas.veriff.com.evil.test/'],
  ["the vendor's domain as a prefix", 'https://veriff.me.evil.test/'],
  ["the vendor's domain as the end of a label", 'https://evilveriff.me/'],
  ['the same below another label', 'https://magic.evilveriff.me/'],
  ["the vendor's host as the end of a label", 'https://evilsaas.veriff.com/'],
  ['a host below an exact one', 'https://evil.saas.veriff.com/'],
  ['a sibling of an exact one', 'https://eu.veriff.com/'],
  ['the parent of an exact one', 'https://veriff.com/'],
  ['the bare domain of a suffix', 'https://veriff.me/'],
  ['a trailing dot', 'https://saas.veriff.com./'],
  ['a trailing dot below a suffix', 'https://magic.veriff.me./'],
  ['another port', 'https://saas.veriff.com:8443/'],
  ['port 80', 'https://saas.veriff.com:80/'],
  ['another port below a suffix', 'https://magic.veriff.me:8443/'],
  ['a Cyrillic letter', 'https://saas.v\u0435riff.com/'],
  ['a Cyrillic letter below a suffix', 'https://magic.ver\u0456ff.me/'],
  ['a Greek letter', 'https://saas.ver\u03b9ff.com/'],
  ['a dotless i', 'https://saas.ver\u0131ff.com/'],
  ['an accent', 'https://saas.v\u00e9riff.com/'],
  ['its ASCII form', 'https://saas.xn--vriff-zwe.com/'],
  ['a hyphen for a dot', 'https://saas-veriff.com/'],
  ['a loopback host', 'http://localhost:8080/'],
];

/** Good URLs of the provider, however they are spelled. */
const EXPECTED: readonly Row[] = [
  ['an exact host', 'https://saas.veriff.com/v/x?y#z'],
  ['a host below a suffix', 'https://magic.veriff.me/'],
  ['a deeper one', 'https://magic.us.veriff.me/'],
  ['the default port', 'https://saas.veriff.com:443/'],
  ['capitals', 'HTTPS://SAAS.Veriff.COM/'],
  ['white space around', ' \n https://saas.veriff.com/ \t'],
  ['a line break within', 'https://saas.ver\niff.com/'],
  ['full-width letters, which are the same host', 'https://\uff53aas.veriff.com/'],
  ['an ideographic full stop, which is a dot', 'https://saas.veriff\u3002com/'],
  ['an escaped letter', 'https://s%61as.veriff.com/'],
  ['an @ in the path', 'https://saas.veriff.com/@evil.test'],
  ['another URL in the query', 'https://saas.veriff.com/?next=https://evil.test'],
  ['a megabyte of path', `https://saas.veriff.com/${'v'.repeat(1_000_000)}`],
];

describe('readSessionUrl', () => {
  for (const [rows, problem] of [
    [NOT_ABSOLUTE, /absolute/],
    [NOT_HTTPS, /https/],
    [CREDENTIALS, /credentials/],
  ] as const) {
    for (const [what, text] of rows) {
      it(`refuses ${what}`, () => {
        const reading = readSessionUrl(text);
        expect(reading.url?.href).to.equal(undefined);
        expect(reading.problem).to.match(problem);
      });
    }
  }

  for (const [what, text] of NO_NAME) {
    it(`refuses ${what}`, () => {
      expect(readSessionUrl(text).url?.href).to.equal(undefined);
    });
  }

  it('repeats no part of a URL that it refuses', () => {
    for (const [what, text] of [...NOT_ABSOLUTE, ...NO_NAME, ...NOT_HTTPS, ...CREDENTIALS]) {
      const { problem = '' } = readSessionUrl(text);
      expect(problem, what).to.not.match(new RegExp(`${SECRET}|veriff|evil|test|@|://`, 'i'));
    }
  });

  it('says the same of all that it refuses for the same reason, scheme and all', () => {
    for (const rows of [NOT_ABSOLUTE, NOT_HTTPS, CREDENTIALS]) {
      expect(new Set(rows.map(([, text]) => readSessionUrl(text).problem)).size).to.equal(1);
    }
  });

  for (const [what, text] of [...ELSEWHERE, ...EXPECTED]) {
    it(`reads ${what}`, () => {
      const { url, problem } = readSessionUrl(text);
      expect(problem).to.equal(undefined);
      // Compared here: a failure would print the megabyte.
      expect(url?.href === new URL(text).href).to.equal(true);
    });
  }

  for (const host of [
    'localhost',
    'localhost:8080',
    'LOCALHOST',
    'kyc.localhost',
    '127.0.0.1',
    '127.0.0.1:8080',
    '127.1',
    '0x7f.1',
    '127.255.255.254',
    '[::1]',
    '[0:0:0:0:0:0:0:1]:8080',
  ]) {
    it(`takes http on ${host}, which is loopback`, () => {
      expect(readSessionUrl(`http://${host}/v/x`).url?.pathname).to.equal('/v/x');
    });
  }
});

/** Whether a URL may be framed: on the provider's hosts, or on trusted origins. */
const isExpected = (url: URL, hosts: readonly string[], origins: readonly string[]): boolean =>
  belongsTo(url, { hosts, origins });

describe('whether a session URL may be framed', () => {
  for (const [what, text] of ELSEWHERE) {
    it(`refuses ${what}`, () => {
      expect(isExpected(new URL(text), HOSTS, [])).to.equal(false);
      expect(isExpected(new URL(text), HOSTS, ['https://other.test'])).to.equal(false);
    });

    it(`accepts ${what} where that very origin is trusted`, () => {
      const url = new URL(text);
      expect(isExpected(url, HOSTS, ['https://other.test', url.origin])).to.equal(true);
    });
  }

  for (const [what, text] of EXPECTED) {
    it(`accepts ${what}`, () => {
      expect(isExpected(new URL(text), HOSTS, [])).to.equal(true);
    });
  }

  for (const [what, url, trusted] of [
    ['a trusted host on another port', 'https://a.test:8443/', 'https://a.test'],
    ['a trusted host with another scheme', 'http://localhost/', 'https://localhost'],
    ['a host below a trusted one', 'https://b.a.test/', 'https://a.test'],
    ['a host that a trusted one is a prefix of', 'https://a.test.evil.test/', 'https://a.test'],
    ['an opaque origin', 'data:text/html,x', 'https://a.test'],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(isExpected(new URL(url), [], [trusted])).to.equal(false);
    });
  }
});

describe('readOrigins', () => {
  it('reads a list with any white space between and around', () => {
    expect(
      readOrigins('  https://a.test\n\thttps://b.test:8443  http://localhost:3000 '),
    ).to.deep.equal(['https://a.test', 'https://b.test:8443', 'http://localhost:3000']);
  });

  it('gives canonical origins', () => {
    expect(readOrigins('HTTPS://A.Test:443/path?query#fragment https://\u00e9.test')).to.deep.equal(
      ['https://a.test', 'https://xn--9ca.test'],
    );
  });

  it('gives nothing for nothing', () => {
    expect(readOrigins('')).to.deep.equal([]);
    expect(readOrigins(' \n ')).to.deep.equal([]);
  });

  for (const text of [
    'null',
    '*',
    "'self'",
    "'src'",
    'a.test',
    '//a.test',
    'https:',
    'https://',
    'http://a.test',
    'http://localhost.evil.test',
    'ftp://a.test',
    'ws://a.test',
    'wss://a.test',
    'file:///',
    'about:blank',
    'data:text/html,x',
    'javascript:0',
    'blob:https://a.test/1',
    'filesystem:https://a.test/temporary/1',
  ]) {
    it(`leaves out ${text} and keeps the rest`, () => {
      expect(readOrigins(`https://b.test ${text} https://c.test`)).to.deep.equal([
        'https://b.test',
        'https://c.test',
      ]);
    });
  }

  // A comma or semicolon in one origin would void the whole delegation list.
  for (const list of [
    'https://a.test, https://b.test',
    'https://a.test,https://b.test',
    'https://a.test; https://b.test',
    'https://x;geolocation https://b.test',
    "https://'self' https://b.test",
    'https://*.b.test https://b.test',
    'https://* https://b.test',
  ]) {
    it(`gives nothing but names of hosts for ${list}`, () => {
      for (const origin of readOrigins(list)) expect(origin).to.match(/^https:\/\/[a-z\d.-]+$/);
    });
  }
});
