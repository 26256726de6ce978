import { expect } from '@open-wc/testing';
import { watchLife, type LifeObserver } from '../../src/frame/life.js';
import { reportOf } from '../support/csp-host.js';
import { engine } from '../support/engine.js';
import { ELSEWHERE, HERE, puppetUrl } from '../support/puppet.js';
import { createSession, sandboxOrigins } from '../support/sandbox.js';

/** An observer that writes down what it is told. */
const createObserver = () => {
  const told: string[] = [];
  const observer: LifeObserver = {
    loaded: () => told.push('loaded'),
    timedOut: () => told.push('timedOut'),
    blocked: (directive, origin) => told.push(`blocked ${directive} ${origin}`),
  };
  return { told, observer };
};

const loadOf = (frame: HTMLIFrameElement): Promise<void> =>
  new Promise((resolve) => {
    frame.addEventListener(
      'load',
      () => {
        resolve();
      },
      { once: true },
    );
  });

describe("a frame's signs of life", () => {
  let life = new AbortController();
  let frame = document.createElement('iframe');

  beforeEach(() => {
    life = new AbortController();
    frame = document.createElement('iframe');
  });

  afterEach(() => {
    life.abort();
    frame.remove();
  });

  describe('load', () => {
    it('is told once, also when the frame goes to another page', async () => {
      const { told, observer } = createObserver();
      watchLife(frame, [ELSEWHERE], 0, observer, life.signal);
      for (const origin of [ELSEWHERE, HERE]) {
        const loaded = loadOf(frame);
        frame.src = puppetUrl(origin);
        document.body.append(frame);
        await loaded;
      }
      expect(told).to.deep.equal(['loaded']);
    });

    it('is not told after an abort', async () => {
      const { told, observer } = createObserver();
      watchLife(frame, [ELSEWHERE], 0, observer, life.signal);
      life.abort();
      const loaded = loadOf(frame);
      frame.src = puppetUrl(ELSEWHERE);
      document.body.append(frame);
      await loaded;
      expect(told).to.deep.equal([]);
    });
  });

  describe('the time limit', () => {
    const realSetTimeout = window.setTimeout.bind(window);
    const realClearTimeout = window.clearTimeout.bind(window);
    /** Timers that were set and not cleared: id to delay. */
    let pending = new Map<number, number>();
    let expire = (): void => undefined;

    beforeEach(() => {
      pending = new Map();
      let lastId = 0;
      window.setTimeout = ((handler: () => void, delay = 0) => {
        lastId += 1;
        pending.set(lastId, delay);
        expire = handler;
        return lastId;
      }) as typeof window.setTimeout;
      window.clearTimeout = ((id: number) => pending.delete(id)) as typeof window.clearTimeout;
    });

    afterEach(() => {
      window.setTimeout = realSetTimeout;
      window.clearTimeout = realClearTimeout;
    });

    it('is told when it has passed', () => {
      const { told, observer } = createObserver();
      watchLife(frame, [], 15_000, observer, life.signal);
      expect([...pending.values()]).to.deep.equal([15_000]);
      expect(told).to.deep.equal([]);
      expire();
      expect(told).to.deep.equal(['timedOut']);
    });

    // A timer takes a delay that is too long for none at all.
    for (const timeout of [
      0,
      -1,
      -Infinity,
      NaN,
      2 ** 31,
      2 ** 32 + 5,
      Number.MAX_VALUE,
      Infinity,
    ]) {
      it(`is none at ${timeout}`, () => {
        watchLife(frame, [], timeout, createObserver().observer, life.signal);
        expect(pending.size).to.equal(0);
      });
    }

    it('at the longest that a timer can be stays what it is', () => {
      watchLife(frame, [], 2 ** 31 - 1, createObserver().observer, life.signal);
      expect([...pending.values()]).to.deep.equal([2 ** 31 - 1]);
    });

    it('is lifted by an abort', () => {
      watchLife(frame, [], 15_000, createObserver().observer, life.signal);
      life.abort();
      expect(pending.size).to.equal(0);
    });
  });

  it('tells of a time limit that a real clock has passed', async () => {
    const told = await new Promise<string>((resolve) => {
      const observer: LifeObserver = {
        loaded: () => {
          resolve('loaded');
        },
        timedOut: () => {
          resolve('timedOut');
        },
        blocked: () => {
          resolve('blocked');
        },
      };
      watchLife(frame, [], 1, observer, life.signal);
    });
    expect(told).to.equal('timedOut');
  });

  describe("the host page's own policy", () => {
    const ORIGIN = 'https://saas.veriff.com';

    /** The listener that `watchLife` puts on the document, to be called with what no test can make. */
    const listenerOf = (observer: LifeObserver, origins: readonly string[]) => {
      const listeners: ((event: Partial<SecurityPolicyViolationEvent>) => void)[] = [];
      // Shadows the inherited method until it is deleted.
      document.addEventListener = ((name: string, listener: (event: object) => void) => {
        if (name === 'securitypolicyviolation') listeners.push(listener);
      }) as typeof document.addEventListener;
      try {
        watchLife(frame, origins, 0, observer, life.signal);
      } finally {
        Reflect.deleteProperty(document, 'addEventListener');
      }
      expect(listeners.length).to.equal(1);
      return listeners[0]!;
    };

    const VIOLATION: Partial<SecurityPolicyViolationEvent> = {
      isTrusted: true,
      disposition: 'enforce',
      effectiveDirective: 'frame-src',
      blockedURI: ORIGIN,
    };

    it('is told of when it blocks one of our origins', () => {
      const { told, observer } = createObserver();
      listenerOf(observer, ['https://a.test', ORIGIN])(VIOLATION);
      expect(told).to.deep.equal([`blocked frame-src ${ORIGIN}`]);
    });

    const others: readonly (readonly [string, Partial<SecurityPolicyViolationEvent>])[] = [
      ['only reports', { disposition: 'report' }],
      ['blocks a picture', { effectiveDirective: 'img-src' }],
      ['blocks a request', { effectiveDirective: 'connect-src' }],
      ['blocks a script', { effectiveDirective: 'script-src-elem' }],
      ['blocks another origin', { blockedURI: 'https://other.test' }],
      ['blocks another port', { blockedURI: `${ORIGIN}:8443` }],
      ['blocks an origin that starts the same', { blockedURI: `${ORIGIN}.evil.test` }],
      ['blocks an origin that is the start', { blockedURI: 'https://saas.veriff' }],
      ['blocks something inline', { blockedURI: 'inline' }],
      ['blocks something without a URL', { blockedURI: '' }],
      ['is made up by a script', { isTrusted: false }],
    ];
    for (const [what, change] of others) {
      it(`is not told of when it ${what}`, () => {
        const { told, observer } = createObserver();
        listenerOf(observer, [ORIGIN])({ ...VIOLATION, ...change });
        expect(told).to.deep.equal([]);
      });
    }

    it('is not told of by an event that a script dispatches', () => {
      const { told, observer } = createObserver();
      watchLife(frame, [ORIGIN], 0, observer, life.signal);
      document.dispatchEvent(
        new SecurityPolicyViolationEvent('securitypolicyviolation', {
          disposition: 'enforce',
          effectiveDirective: 'frame-src',
          violatedDirective: 'frame-src',
          originalPolicy: "frame-src 'none'",
          documentURI: HERE,
          statusCode: 200,
          blockedURI: ORIGIN,
        }),
      );
      expect(told).to.deep.equal([]);
    });

    it('leaves nothing on the document after an abort', () => {
      const signals: (AbortSignal | undefined)[] = [];
      document.addEventListener = ((_: string, __: unknown, options?: AddEventListenerOptions) => {
        signals.push(options?.signal);
      }) as typeof document.addEventListener;
      try {
        watchLife(frame, [], 0, createObserver().observer, life.signal);
      } finally {
        Reflect.deleteProperty(document, 'addEventListener');
      }
      expect(signals).to.deep.equal([life.signal]);
    });
  });

  describe('a real policy', () => {
    // Whatever directive decides, all engines name `frame-src`, and the origin without the path.
    for (const policy of [
      "frame-src 'self'",
      "frame-src 'none'",
      "child-src 'self'",
      "default-src 'self'",
      "frame-src 'none'; child-src *; default-src *",
    ]) {
      it(`${policy} is told of as frame-src, with the origin alone`, async () => {
        const src = `${puppetUrl(ELSEWHERE)}?session=secret`;
        const report = await reportOf(policy, src, ['https://a.test', ELSEWHERE]);
        expect(report).to.deep.equal({
          disposition: 'enforce',
          effectiveDirective: 'frame-src',
          blockedURI: ELSEWHERE,
          blocked: [['frame-src', ELSEWHERE]],
        });
      });
    }

    it('tells of an https origin on the default port as the list spells it', async () => {
      const { blocked } = await reportOf("frame-src 'none'", 'https://saas.veriff.com/v/secret', [
        'https://saas.veriff.com',
      ]);
      expect(blocked).to.deep.equal([['frame-src', 'https://saas.veriff.com']]);
    });

    it("is not told of when it blocks somebody else's frame", async () => {
      const { blockedURI, blocked } = await reportOf("frame-src 'self'", puppetUrl(ELSEWHERE), [
        'https://a.test',
        ELSEWHERE.slice(0, -1),
        `${ELSEWHERE}0`,
      ]);
      expect(blockedURI).to.equal(ELSEWHERE);
      expect(blocked).to.deep.equal([]);
    });

    for (const fault of ['hop-302', 'hop-script'] as const) {
      it(`is told of when it blocks where the page goes on to (${fault})`, async () => {
        const { origin, hopOrigin } = await sandboxOrigins();
        const { url } = await createSession('veriff', { fault });
        const { blocked } = await reportOf(`frame-src ${origin}`, url, [origin, hopOrigin]);
        // Firefox hides where a redirect leads to, and names where it started.
        const named = engine === 'firefox' && fault === 'hop-302' ? origin : hopOrigin;
        expect(blocked).to.deep.equal([['frame-src', named]]);
      });
    }
  });
});
