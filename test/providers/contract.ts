import { expect } from '@open-wc/testing';
import { belongsTo } from '../../src/model/membership.js';
import type { Feature, Provider, ReplyContext } from '../../src/model/provider.js';
import type { Signal } from '../../src/model/signals.js';

export interface ContractSubject {
  readonly provider: Provider;
  /** A session URL of the provider. */
  readonly sessionUrl: URL;
  /** Every message that the provider's page is known to send, and what it says. */
  readonly messages: readonly (readonly [data: unknown, signal: Signal])[];
}

/** All that may ever be delegated. No nfc, no payment, no otp-credentials. */
const FEATURES: Readonly<Record<Feature, true>> = {
  accelerometer: true,
  autoplay: true,
  camera: true,
  'clipboard-write': true,
  fullscreen: true,
  geolocation: true,
  gyroscope: true,
  magnetometer: true,
  microphone: true,
  'picture-in-picture': true,
  'publickey-credentials-create': true,
  'publickey-credentials-get': true,
  'screen-wake-lock': true,
};

const SIGNALS: Readonly<Record<Signal, true>> = {
  ready: true,
  started: true,
  progress: true,
  submitted: true,
  finished: true,
  canceled: true,
  'reload-request': true,
  'session-expired': true,
  'session-rejected': true,
};

const CONTEXTS: readonly ReplyContext[] = [{ display: 'inline' }, { display: 'modal' }];

type Named = readonly [what: string, data: unknown];

/** Keys that some provider's messages have, and those that code trips over. */
const KEYS = [
  'status',
  'verification_status',
  'request_id',
  'type',
  'name',
  'data',
  'event',
  'length',
  'toString',
  'valueOf',
  'toJSON',
  'then',
  '__proto__',
  'constructor',
] as const;

const cyclic = (): unknown => {
  const object: Record<string, unknown> = { status: 'x' };
  object['self'] = object;
  return object;
};

/** Things that no provider's page says. */
const NONSENSE: readonly Named[] = [
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['false', false],
  ['zero', 0],
  ['a number', 7001],
  ['NaN', NaN],
  ['Infinity', -Infinity],
  ['a bigint', 1n],
  ['a symbol', Symbol('VERIFF_FINISHED')],
  ['a well-known symbol', Symbol.iterator],
  ['a function', () => 'finished'],
  ['a constructor', Map],
  ['an empty string', ''],
  ['a space', ' '],
  ['a line break', '\n'],
  ['a lone surrogate', '\ud800'],
  ['a megabyte of text', 'VERIFF_FINISHED'.repeat(70_000)],
  ['the word finished', 'finished'],
  ['the word constructor', 'constructor'],
  ['the word __proto__', '__proto__'],
  ['the word hasOwnProperty', 'hasOwnProperty'],
  ['text that is no JSON', '{"status":'],
  ['an empty array', []],
  ['an array of words', ['VERIFF_FINISHED', 'finished']],
  ['a huge array', new Array(1_000_000)],
  ['an empty object', {}],
  ['an object without a prototype', Object.create(null)],
  ['a cyclic object', cyclic()],
  ['a deep object', JSON.parse('{"status":'.repeat(2000) + '1' + '}'.repeat(2000))],
  ['an object with a prototype from JSON', JSON.parse('{"__proto__":{"status":"finished"}}')],
  ['a Map', new Map([['status', 'finished']])],
  ['a Set', new Set(['VERIFF_FINISHED'])],
  ['a WeakMap', new WeakMap()],
  ['a Date', new Date(0)],
  ['an invalid Date', new Date(NaN)],
  ['a regular expression', /VERIFF_FINISHED/],
  ['an Error', new Error('VERIFF_FINISHED')],
  ['a Promise', Promise.resolve('VERIFF_FINISHED')],
  ['an ArrayBuffer', new ArrayBuffer(8)],
  ['a typed array', new Uint8Array([1, 2, 3])],
  ['a Blob', new Blob(['VERIFF_FINISHED'])],
  ['a URL', new URL('https://verify.test/finished')],
  ['an element', document.createElement('p')],
  ['the window', window],
  ['objects for every known key', Object.fromEntries(KEYS.map((key) => [key, {}]))],
  ['arrays for every known key', Object.fromEntries(KEYS.map((key) => [key, ['finished']]))],
  ['numbers for every known key', Object.fromEntries(KEYS.map((key) => [key, 1]))],
  ['nulls for every known key', Object.fromEntries(KEYS.map((key) => [key, null]))],
  [
    'huge strings for every known key',
    Object.fromEntries(KEYS.map((key) => [key, 'finished'.repeat(1000)])),
  ],
  [
    'inherited words for every known key',
    Object.create(Object.fromEntries(KEYS.map((key) => [key, 'constructor']))),
  ],
];

/** Spellings that are near a word and still are not it. */
const MISSPELLINGS: readonly (readonly [what: string, change: (word: string) => unknown])[] = [
  ['in capitals', (word) => word.toUpperCase()],
  ['in small letters', (word) => word.toLowerCase()],
  ['with a space before', (word) => ` ${word}`],
  ['with a space after', (word) => `${word} `],
  ['with a line break after', (word) => `${word}\n`],
  ['with a zero-width space', (word) => `${word}\u200b`],
  ['with a NUL', (word) => `${word}\0`],
  ['with a prefix', (word) => `x${word}`],
  ['with a suffix', (word) => `${word}x`],
  ['cut short', (word) => word.slice(0, -1)],
  ['twice', (word) => word + word],
  ['as a String object', (word) => new String(word)],
  ['in an array', (word) => [word]],
  ['in an object', (word) => ({ word })],
  ['as bytes', (word) => new TextEncoder().encode(word)],
  ['by toString', (word) => ({ toString: () => word })],
  ['by valueOf', (word) => ({ valueOf: () => word })],
];

type Words = Readonly<Record<string, string>>;

const isWords = (data: unknown): data is Words => typeof data === 'object' && data !== null;

/** The known messages, each a little wrong. */
const spoilt = (messages: ContractSubject['messages']): readonly Named[] =>
  messages.flatMap(([data]): Named[] => {
    const label = JSON.stringify(data);
    if (typeof data === 'string') {
      return MISSPELLINGS.map(([what, change]): Named => [`${label} ${what}`, change(data)]).filter(
        ([, changed]) => changed !== data,
      );
    }
    if (!isWords(data)) return [];
    return [
      [`${label} as JSON text`, label],
      [`${label} in an array`, [data]],
      [`${label} in an object`, { data }],
      [`${label} inherited`, Object.create(data)],
      [`${label} as a Map`, new Map(Object.entries(data))],
      [`${label} as entries`, Object.entries(data)],
      ...Object.entries(data).flatMap(([key, word]): Named[] => [
        ...MISSPELLINGS.map(([what, change]): Named => [
          `${label} with ${key} ${what}`,
          { ...data, [key]: change(word) },
        ]).filter(([, changed]) => (changed as Words)[key] !== word),
        [
          `${label} without ${key}`,
          Object.fromEntries(Object.entries(data).filter(([each]) => each !== key)),
        ],
        [
          `${label} with ${key} in capitals`,
          Object.fromEntries(
            Object.entries(data).map(([each, word]) => [
              each === key ? each.toUpperCase() : each,
              word,
            ]),
          ),
        ],
      ]),
    ];
  });

/** An object of getters for these words, and how often they were asked. */
const trapped = (words: Words, answer: (word: string) => unknown) => {
  const calls: string[] = [];
  const data: object = Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries(words).map(([key, word]) => [
        key,
        {
          enumerable: true,
          get: () => {
            calls.push(key);
            return answer(word);
          },
        },
      ]),
    ),
  );
  return { data, calls };
};

const hostileProxy = (target: object): object =>
  new Proxy(
    target,
    new Proxy(
      {},
      {
        get: (_, trap) => () => {
          throw new Error(`Trap: ${String(trap)}`);
        },
      },
    ),
  );

/** What every provider promises, whatever its protocol. To be called within a `describe`. */
export const itKeepsTheContract = ({ provider, sessionUrl, messages }: ContractSubject): void => {
  const { id, name, hosts, origins, features, greets, read, reply, localize } = provider;
  const objects = messages.map(([data]) => data).filter(isWords);

  it('has a well-formed id and a name to read', () => {
    expect(id).to.match(/^[a-z][a-z\d]*(-[a-z\d]+)*$/);
    expect(name.trim()).to.equal(name);
    expect(name).to.not.equal('');
  });

  it('has hosts that are hosts, or suffixes with their leading dot', () => {
    expect(hosts.length + origins.length).to.be.above(0);
    for (const host of hosts) expect(host).to.match(/^\.?[a-z\d-]+(\.[a-z\d-]+)+$/);
  });

  it('has canonical https origins, each once, and on its hosts if it names any', () => {
    for (const origin of origins) {
      const url = new URL(origin);
      expect(url.origin).to.equal(origin);
      expect(url.protocol).to.equal('https:');
      expect(url.hostname).to.match(/^[a-z\d.-]+$/);
      if (hosts.length > 0) expect(belongsTo(url, { hosts, origins: [] }), origin).to.equal(true);
      expect(origin).to.not.equal(location.origin);
    }
    expect(new Set(origins).size).to.equal(origins.length);
  });

  it('takes its own session URL', () => {
    expect(belongsTo(sessionUrl, { hosts, origins })).to.equal(true);
  });

  it('asks for a camera, and for nothing that is never delegated', () => {
    expect(features).to.include('camera');
    for (const feature of features) expect(FEATURES).to.have.own.property(feature);
    for (const feature of ['nfc', 'payment', 'otp-credentials', '*']) {
      expect(features).to.not.include(feature);
    }
    expect(new Set(features).size).to.equal(features.length);
  });

  for (const [data, signal] of messages) {
    it(`reads ${JSON.stringify(data)} as ${signal}`, () => {
      expect(read(data, sessionUrl)).to.equal(signal);
      expect(SIGNALS).to.have.own.property(signal);
    });
  }

  it('reads a message that has no prototype, or more in it, the same', () => {
    for (const [data, signal] of messages) {
      if (!isWords(data)) continue;
      expect(read(Object.assign(Object.create(null), data), sessionUrl)).to.equal(signal);
      expect(read({ ...data, more: 'words', at: [1] }, sessionUrl)).to.equal(signal);
      expect(read(Object.freeze({ ...data }), sessionUrl)).to.equal(signal);
    }
  });

  it('says `ready` at some time if, and only if, it says to greet', () => {
    expect(messages.some(([, signal]) => signal === 'ready')).to.equal(greets);
  });

  it('neither throws at nonsense nor makes anything of it', () => {
    for (const [what, data] of NONSENSE) {
      expect(read(data, sessionUrl), what).to.equal(undefined);
    }
  });

  it('makes nothing of words that are spelled a little differently', () => {
    for (const [what, data] of spoilt(messages)) {
      expect(read(data, sessionUrl), what).to.equal(undefined);
    }
  });

  it('calls no getter, neither for the right words nor for any', () => {
    for (const words of [...objects, Object.fromEntries(KEYS.map((key) => [key, 'finished']))]) {
      const { data, calls } = trapped(words, (word) => word);
      expect(read(data, sessionUrl)).to.equal(undefined);
      const inherited: unknown = Object.create(data);
      expect(read(inherited, sessionUrl)).to.equal(undefined);
      expect(calls).to.deep.equal([]);
    }
  });

  it('does not trip over getters that throw', () => {
    for (const words of [...objects, Object.fromEntries(KEYS.map((key) => [key, 'finished']))]) {
      const { data } = trapped(words, () => {
        throw new Error('A getter was called');
      });
      expect(read(data, sessionUrl)).to.equal(undefined);
    }
  });

  // No message can be a proxy, and the run guards `read`; what counts is that none gets through.
  it('takes no signal from a proxy whose traps throw', () => {
    for (const target of [{}, [], () => undefined, ...objects]) {
      let signal: Signal | undefined;
      try {
        signal = read(hostileProxy(target), sessionUrl);
      } catch {
        signal = undefined;
      }
      expect(signal).to.equal(undefined);
    }
  });

  it('keeps nothing: the same message says the same each time', () => {
    for (const [data, signal] of [...messages, ...messages]) {
      expect(read(data, sessionUrl)).to.equal(signal);
    }
  });

  it('changes neither the message nor the URL', () => {
    const href = sessionUrl.href;
    for (const [data] of messages) {
      const before = JSON.stringify(data);
      read(data, sessionUrl);
      expect(JSON.stringify(data)).to.equal(before);
    }
    expect(sessionUrl.href).to.equal(href);
  });

  it('replies with something that can be posted, or not at all', () => {
    for (const signal of Object.keys(SIGNALS) as Signal[]) {
      for (const context of CONTEXTS) {
        const answer = reply?.(signal, context);
        expect(structuredClone(answer)).to.deep.equal(answer);
      }
    }
  });

  it('puts a language into a URL of its own and changes nothing else', () => {
    for (const locale of ['de', 'pt-BR', 'x&a=b#c', '\ud800', 'l'.repeat(10_000)]) {
      const href = sessionUrl.href;
      const localized = localize?.(sessionUrl, locale) ?? new URL(sessionUrl);
      expect(sessionUrl.href).to.equal(href);
      expect(localized).to.not.equal(sessionUrl);
      expect(localized.origin).to.equal(sessionUrl.origin);
      expect(localized.pathname).to.equal(sessionUrl.pathname);
      expect(localized.hash).to.equal(sessionUrl.hash);
      expect(localized.searchParams.get('keep')).to.equal(sessionUrl.searchParams.get('keep'));
    }
  });
};
