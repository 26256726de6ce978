import { expect } from '@open-wc/testing';
import { planRun, type Plan, type RunSettings } from '../../src/flow/plan.js';
import type { KycError } from '../../src/model/errors.js';
import { generic } from '../../src/providers/generic.js';
import { registerProvider } from '../../src/providers/registry.js';
import { shuftiPro } from '../../src/providers/shufti-pro.js';
import { veriff } from '../../src/providers/veriff.js';

/** In every URL here; must not come back in a message. */
const SECRET = 'eyJhbGciOi';
const VERIFF_URL = `https://saas.veriff.com/v/${SECRET}`;
const SHUFTI_URL = `https://app.shuftipro.com/verification/process/${SECRET}`;

const read = (settings: Partial<RunSettings>) =>
  planRun({
    sessionUrl: VERIFF_URL,
    provider: undefined,
    trustedOrigins: undefined,
    display: 'inline',
    fallback: 'prompt',
    sessionState: undefined,
    sessionReference: undefined,
    language: '',
    timeout: 15_000,
    ...settings,
  });

const planOf = (settings: Partial<RunSettings> = {}): Plan => {
  const { plan, error } = read(settings);
  if (!plan) throw new Error(error.message);
  return plan;
};

const errorOf = (settings: Partial<RunSettings>): KycError => {
  const { error } = read(settings);
  if (!error) throw new Error('A run was planned.');
  return error;
};

describe('planRun', () => {
  describe('refuses', () => {
    for (const [what, settings, code, says] of [
      ['no URL', { sessionUrl: undefined }, 'missing-session-url', /no session URL/],
      ['an empty URL', { sessionUrl: '' }, 'missing-session-url', /no session URL/],
      ['a relative URL', { sessionUrl: `/v/${SECRET}` }, 'invalid-session-url', /absolute/],
      ['a script', { sessionUrl: `javascript:${SECRET}` }, 'invalid-session-url', /https/],
      [
        'a script, disguised',
        { sessionUrl: `java\nscript:${SECRET}` },
        'invalid-session-url',
        /https/,
      ],
      ['a blob', { sessionUrl: `blob:${VERIFF_URL}` }, 'invalid-session-url', /https/],
      ['http', { sessionUrl: `http://saas.veriff.com/${SECRET}` }, 'invalid-session-url', /https/],
      [
        'credentials',
        { sessionUrl: `https://u:${SECRET}@saas.veriff.com/` },
        'invalid-session-url',
        /credentials/,
      ],
      [
        'the vendor as a user',
        { sessionUrl: `https://saas.veriff.com@${SECRET}.test/`, provider: 'veriff' },
        'invalid-session-url',
        /credentials/,
      ],
      [
        'a host of nobody',
        { sessionUrl: `https://${SECRET}.test/` },
        'unknown-provider',
        /is no known provider's/,
      ],
      [
        'a host of nobody, though trusted',
        { sessionUrl: `https://${SECRET}.test/`, trustedOrigins: `https://${SECRET}.test` },
        'unknown-provider',
        /set the provider/,
      ],
      ['an unknown provider', { provider: 'nobody' }, 'unknown-provider', /no registered provider/],
      [
        'a provider in capitals',
        { provider: 'Veriff' },
        'unknown-provider',
        /no registered provider/,
      ],
      [
        'a word of JavaScript',
        { provider: 'constructor' },
        'unknown-provider',
        /no registered provider/,
      ],
      [
        "a host that is not the provider's",
        { sessionUrl: SHUFTI_URL, provider: 'veriff' },
        'invalid-session-url',
        /neither Veriff's nor in trusted-origins/,
      ],
      [
        'a host that looks the same',
        { sessionUrl: `https://veriff.com.evil.test/${SECRET}`, provider: 'veriff' },
        'invalid-session-url',
        /neither Veriff's/,
      ],
      [
        'another port',
        { sessionUrl: `https://saas.veriff.com:8443/${SECRET}`, provider: 'veriff' },
        'invalid-session-url',
        /neither Veriff's/,
      ],
      [
        'a loopback host that is not trusted',
        { sessionUrl: `http://127.0.0.1:1/${SECRET}`, provider: 'veriff' },
        'invalid-session-url',
        /neither Veriff's/,
      ],
    ] as const) {
      it(`${what} as ${code}`, () => {
        const { code: given, message } = errorOf(settings);
        expect(given).to.equal(code);
        expect(message).to.match(says);
      });

      it(`${what} without repeating any of the URL`, () => {
        expect(errorOf(settings).message).to.not.match(
          new RegExp(`${SECRET}|veriff\\.com|shuftipro|evil|\\.test|127|@|://`, 'i'),
        );
      });
    }

    it("the host page's own origin, though it is on the list of trusted ones", () => {
      const { code } = errorOf({
        sessionUrl: `${location.origin}/v/x`,
        provider: 'veriff',
        trustedOrigins: location.origin,
      });
      expect(code).to.equal('invalid-session-url');
    });
  });

  describe('finds the provider', () => {
    it("by the URL's host", () => {
      expect(planOf({ sessionUrl: VERIFF_URL }).provider).to.equal(veriff);
      expect(planOf({ sessionUrl: SHUFTI_URL }).provider).to.equal(shuftiPro);
    });

    it('by its id, where the URL is on a trusted origin', () => {
      const { provider } = planOf({
        sessionUrl: 'http://127.0.0.1:4000/v/x',
        provider: 'shufti-pro',
        trustedOrigins: 'http://127.0.0.1:4000',
      });
      expect(provider).to.equal(shuftiPro);
    });

    it("by its id before the URL's host", () => {
      const { provider } = planOf({
        provider: 'shufti-pro',
        trustedOrigins: 'https://saas.veriff.com',
      });
      expect(provider).to.equal(shuftiPro);
    });

    it('among those that the host registered', () => {
      const acme = generic({
        id: 'plan-acme',
        origins: ['https://verify.plan-acme.test'],
        features: ['camera'],
        read: () => undefined,
      });
      registerProvider(acme);
      const sessionUrl = 'https://verify.plan-acme.test/s';
      expect(planOf({ sessionUrl }).provider).to.equal(acme);
      expect(planOf({ sessionUrl, provider: 'plan-acme' }).provider).to.equal(acme);
    });

    it('by the host where the id is empty', () => {
      expect(planOf({ provider: '' }).provider).to.equal(veriff);
    });
  });

  describe('delegates', () => {
    const VERIFF_ORIGINS =
      'https://saas.veriff.com https://eu.veriff.com https://us.veriff.com ' +
      'https://alchemy.veriff.com https://magic.veriff.me https://magic.us.veriff.me';

    it("Veriff's features to Veriff's origins", () => {
      expect(planOf().allow).to.equal(
        [
          'camera',
          'microphone',
          'autoplay',
          'fullscreen',
          'accelerometer',
          'magnetometer',
          'gyroscope',
          'picture-in-picture',
        ]
          .map((feature) => `${feature} ${VERIFF_ORIGINS}`)
          .join('; '),
      );
    });

    it("Shufti Pro's features to Shufti Pro's origins", () => {
      expect(planOf({ sessionUrl: SHUFTI_URL }).allow).to.equal(
        'camera https://app.shuftipro.com https://shuftipro.com; ' +
          'microphone https://app.shuftipro.com https://shuftipro.com',
      );
    });

    it("to the session URL's own origin too, where the list lacks it", () => {
      const sessionUrl = 'https://new-region.shuftipro.com/verification/process/x';
      expect(planOf({ sessionUrl }).allow).to.equal(
        'camera https://new-region.shuftipro.com https://app.shuftipro.com https://shuftipro.com; ' +
          'microphone https://new-region.shuftipro.com https://app.shuftipro.com https://shuftipro.com',
      );
    });

    it('to trusted origins too', () => {
      const { allow } = planOf({
        sessionUrl: SHUFTI_URL,
        trustedOrigins: ' http://127.0.0.1:4000\nhttps://hop.test ',
      });
      const origins =
        'https://app.shuftipro.com https://shuftipro.com http://127.0.0.1:4000 https://hop.test';
      expect(allow).to.equal(`camera ${origins}; microphone ${origins}`);
    });

    it('nothing to everybody, nothing bare, and nothing after a comma', () => {
      for (const settings of [
        {},
        { sessionUrl: SHUFTI_URL },
        { trustedOrigins: '*' },
        { trustedOrigins: "* 'self' 'src' 'none' https: camera" },
      ]) {
        for (const entry of planOf(settings).allow.split('; ')) {
          expect(entry).to.match(/^[a-z-]+( https:\/\/[a-z\d.-]+)+$/);
        }
      }
    });

    // Parsers let these signs through in hosts; in `allow` they mean something.
    for (const [what, settings] of [
      ['trusted origins with commas', { trustedOrigins: 'https://a.test, https://b.test' }],
      ['a trusted origin with a semicolon', { trustedOrigins: 'https://a.test;geolocation' }],
      ['a trusted origin with an asterisk', { trustedOrigins: 'https://*.a.test' }],
      ['a trusted origin with quotes', { trustedOrigins: "https://'src'" }],
      ['a session URL with a semicolon', { sessionUrl: 'https://x;geolocation;.veriff.com/' }],
      ['a session URL with a comma', { sessionUrl: 'https://x,geolocation.veriff.com/' }],
      ['a session URL with an asterisk', { sessionUrl: 'https://*.veriff.com/' }],
    ] as const) {
      it(`nothing that ${what} smuggles in`, () => {
        const { plan } = read({ provider: 'veriff', ...settings });
        const entries = plan?.allow.split('; ') ?? [];
        for (const entry of entries) expect(entry).to.match(/^[a-z-]+( https:\/\/[a-z\d.-]+)+$/);
        expect(entries.map((entry) => entry.split(' ')[0])).to.deep.equal(
          plan ? veriff.features : [],
        );
      });
    }
  });

  describe('hears', () => {
    it('the origins that it delegates to, and no others', () => {
      const { origins, allow } = planOf({
        trustedOrigins: 'https://hop.test https://eu.veriff.com',
      });
      expect(origins).to.deep.equal([...veriff.origins, 'https://hop.test']);
      for (const entry of allow.split('; ')) {
        expect(entry.split(' ').slice(1)).to.deep.equal(origins);
      }
    });

    it('each once', () => {
      const { origins } = planOf({
        sessionUrl: 'https://eu.veriff.com/v/x',
        trustedOrigins: 'https://eu.veriff.com https://eu.veriff.com:443/',
      });
      expect(origins).to.have.members(veriff.origins);
      expect(origins.length).to.equal(veriff.origins.length);
    });

    it("never the host page's own origin, which `srcdoc` and `blob:` frames have", () => {
      const { origins, allow } = planOf({ trustedOrigins: `${location.origin} https://hop.test` });
      expect(origins).to.include('https://hop.test');
      expect(origins).to.not.include(location.origin);
      expect(allow).to.not.include(location.origin);
    });

    it("never the host page's own origin, though a provider names it", () => {
      registerProvider(
        generic({
          id: 'plan-own',
          origins: ['https://plan-own.test', location.origin],
          features: ['camera'],
          read: () => undefined,
        }),
      );
      const { origins } = planOf({ sessionUrl: 'https://plan-own.test/s' });
      expect(origins).to.deep.equal(['https://plan-own.test']);
    });

    it('never an opaque origin, which every sandboxed frame has', () => {
      const { origins } = planOf({
        trustedOrigins: 'null data:text/html,x about:blank blob:null/1',
      });
      expect(origins).to.deep.equal(veriff.origins);
    });
  });

  describe("takes a provider's own origins", () => {
    const register = (id: string, origin: string): void => {
      registerProvider(
        generic({ id, origins: [origin], features: ['camera'], read: () => undefined }),
      );
    };

    it('with their port, and no other port of that host', () => {
      register('plan-port', 'https://plan-port.test:8443');
      const provider = 'plan-port';
      expect(read({ provider, sessionUrl: 'https://plan-port.test:8443/s' }).error).to.equal(
        undefined,
      );
      expect(read({ provider, sessionUrl: 'https://plan-port.test/s' }).plan).to.equal(undefined);
    });

    it('with their scheme', () => {
      register('plan-scheme', 'http://127.0.0.1:4000');
      const provider = 'plan-scheme';
      expect(read({ provider, sessionUrl: 'http://127.0.0.1:4000/s' }).error).to.equal(undefined);
      expect(read({ provider, sessionUrl: 'https://127.0.0.1/s' }).plan).to.equal(undefined);
    });
  });

  describe('frames', () => {
    it('the session URL as it is, where no language is known', () => {
      const sessionUrl = `${VERIFF_URL}?a=b%20c&d=e+f#g`;
      const plan = planOf({ sessionUrl });
      expect(plan.url.href).to.equal(sessionUrl);
      expect(plan.sessionUrl.href).to.equal(sessionUrl);
    });

    it("Veriff's page in the person's language, and remembers the URL as it was", () => {
      const plan = planOf({ language: 'pt-BR' });
      expect(plan.url.href).to.equal(`${VERIFF_URL}?lang=pt-BR`);
      expect(plan.sessionUrl.href).to.equal(VERIFF_URL);
    });

    it("Shufti Pro's page as it is, since it takes no language", () => {
      expect(planOf({ sessionUrl: SHUFTI_URL, language: 'de' }).url.href).to.equal(SHUFTI_URL);
    });
  });
});
