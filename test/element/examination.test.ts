import { expect, nextFrame } from '@open-wc/testing';
import { findWarnings } from '../../src/environment/warnings.js';
import { trouble, withTrouble } from '../../src/flow/load-trouble.js';
import { de } from '../../src/i18n/de.js';
import { enTrouble } from '../../src/i18n/en-trouble.js';
import { registerTexts, veriff, type KycVerify } from '../../src/index.js';
import { itIsAccessible } from '../support/access.js';
import {
  FRAME_ORIGIN,
  button,
  find,
  frameOf,
  link,
  links,
  loaded,
  mount,
  press,
  root,
  say,
  SCRIPTED_PAGE,
  shownText,
  WORDS,
  type Mounted,
} from '../support/element.js';
import { overrides } from '../support/override.js';
import { createSession, inspect } from '../support/sandbox.js';

const LINE = 'Line/15.8.0/IAB';

/** What the element says in the console, once a page: so it is kept for all tests. */
const lines: string[] = [];

const linesOf = (code: string): readonly string[] =>
  lines.filter((line) => line.startsWith(`kyc-verify: ${code}: `));

const never = (): Promise<never> => new Promise(() => undefined);

describe('the examination', () => {
  const platform = overrides();
  const { warn } = console;
  let mounted: Mounted[] = [];

  before(() => {
    console.warn = (line: unknown, ...more: readonly unknown[]) => {
      lines.push([line, ...more].join());
    };
  });

  after(() => {
    console.warn = warn;
  });

  afterEach(() => {
    for (const { element } of mounted) element.remove();
    mounted = [];
  });

  const show = async (properties: Partial<KycVerify> = {}): Promise<Mounted> => {
    const made = await mount(properties);
    mounted.push(made);
    return made;
  };

  const settled = async ({ element }: Mounted): Promise<void> => {
    await withTrouble();
    await nextFrame();
    await element.updateComplete;
  };

  /** A failed element, with its panel in words. */
  const fail = async (properties: Partial<KycVerify> = {}): Promise<Mounted> => {
    const made = await show(properties);
    await made.recorder.first('kyc-error');
    await settled(made);
    return made;
  };

  /** An element with the quiet bar. */
  const warned = async (properties: Partial<KycVerify> = {}): Promise<Mounted> => {
    const made = await show(properties);
    while (!root(made.element).querySelector('[part=help]')) await nextFrame();
    return made;
  };

  const police = (...features: readonly string[]): void => {
    platform.set(HTMLIFrameElement.prototype, 'featurePolicy', {
      allowsFeature: (feature: string) => !features.includes(feature),
    });
  };

  const deny = (): void => {
    platform.set(navigator.permissions, 'query', () => Promise.resolve({ state: 'denied' }));
  };

  const listNoCamera = (): void => {
    platform.set(navigator.mediaDevices, 'enumerateDevices', () => Promise.resolve([]));
  };

  const beInApp = (): void => {
    platform.set(navigator, 'userAgent', `${navigator.userAgent} ${LINE}`);
  };

  // The first test, since what is loaded stays loaded.
  it('loads and shows nothing more where nothing is wrong', async () => {
    const { element, recorder } = await show();
    await loaded(element);
    await say(element, ...WORDS.started);
    // The element asked before: its answers are there when these are.
    await findWarnings(frameOf(element), veriff, () => undefined);
    await nextFrame();
    expect(trouble).to.equal(undefined);
    expect(root(element).querySelector('[part=help]')).to.equal(null);
    expect(recorder.names).to.deep.equal(['kyc-ready', 'kyc-started']);
    expect(lines).to.deep.equal([]);
  });

  // Before the others, since what it must not say is said once a page.
  it('tells nothing of an element that is gone by the time that the answer comes', async () => {
    let answer: (state: object) => void = () => undefined;
    platform.set(
      navigator.permissions,
      'query',
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const made = await show();
    await made.element.updateComplete;
    frameOf(made.element);
    made.element.close();
    answer({ state: 'denied' });
    await settled(made);
    await nextFrame();
    expect(root(made.element).querySelector('[part=help]')).to.equal(null);
    expect(linesOf('camera-denied')).to.deep.equal([]);
  });

  it('does not hold the frame up while an answer is not there', async () => {
    platform.set(navigator.mediaDevices, 'enumerateDevices', never);
    platform.set(navigator.permissions, 'query', never);
    const { element } = await show();
    await element.updateComplete;
    expect(frameOf(element).isConnected).to.equal(true);
    await loaded(element);
    await say(element, ...WORDS.ready);
    expect(element.phase).to.equal('ready');
  });

  it('prompts nobody, and opens no camera', async () => {
    const asked: string[] = [];
    for (const name of ['getUserMedia', 'getDisplayMedia']) {
      platform.set(navigator.mediaDevices, name, () => {
        asked.push(name);
        return never();
      });
    }
    deny();
    listNoCamera();
    await warned();
    expect(asked).to.deep.equal([]);
  });

  describe('finds what keeps a frame from serving, before it is mounted', () => {
    const policy = (origins: readonly string[]): string => {
      const list = `(self ${origins.map((origin) => `"${origin}"`).join(' ')})`;
      return `Permissions-Policy: camera=${list}, microphone=${list}`;
    };

    for (const [code, arrange, words] of [
      [
        'insecure-context',
        () => platform.set(globalThis, 'isSecureContext', false),
        enTrouble['insecure-contextText'],
      ],
      [
        'cross-origin-isolated',
        () => platform.set(globalThis, 'crossOriginIsolated', true),
        enTrouble['cross-origin-isolatedText'],
      ],
      ['permissions-policy', () => police('camera'), enTrouble['permissions-policyText']],
      [
        'no-media-devices',
        () => platform.take(navigator, 'mediaDevices'),
        enTrouble['no-media-devicesText'],
      ],
    ] as const) {
      it(`${code}: the provider is asked for nothing, and the person told in words`, async () => {
        const { url: sessionUrl, trustedOrigins } = await createSession('veriff');
        arrange();
        const made = await fail({ sessionUrl, trustedOrigins });
        const { element, recorder } = made;
        expect(recorder.phases).to.deep.equal(['idle>failed']);
        const [event] = recorder.all('kyc-error');
        const { message, ...rest } = event!.detail;
        expect(rest).to.deep.equal({ provider: 'veriff', code, retryable: false });
        expect(message).to.contain('console');
        expect(root(element).querySelector('iframe')).to.equal(null);
        expect((await inspect({ url: sessionUrl, trustedOrigins })).pageRequests).to.equal(0);
        expect(shownText(element)).to.contain(words).and.to.contain(code);
      });

      it(`${code}: the developer is told once, and what to do`, async () => {
        arrange();
        // A line of its own, where the line names the origins.
        const made = await fail({ trustedOrigins: `${FRAME_ORIGIN} https://once.example` });
        mounted.push(await fail({ trustedOrigins: `${FRAME_ORIGIN} https://once.example` }));
        made.element.retry();
        await settled(made);
        const told = linesOf(code).filter(
          (line) => code !== 'permissions-policy' || line.includes('https://once.example'),
        );
        expect(told.length).to.equal(1);
        if (code === 'permissions-policy') {
          const origins = [FRAME_ORIGIN, ...veriff.origins, 'https://once.example'];
          expect(told[0]).to.equal(`kyc-verify: permissions-policy: ${policy(origins)}`);
        }
      });
    }

    it('and tells of every one in the console, and of the first as the error', async () => {
      platform.set(globalThis, 'crossOriginIsolated', true);
      police('camera');
      const origin = 'https://several.example';
      const { recorder } = await fail({ trustedOrigins: `${FRAME_ORIGIN} ${origin}` });
      expect(recorder.all('kyc-error').map(({ detail }) => detail.code)).to.deep.equal([
        'cross-origin-isolated',
      ]);
      expect(linesOf('permissions-policy').some((line) => line.includes(origin))).to.equal(true);
      expect(linesOf('cross-origin-isolated').length).to.equal(1);
    });

    it('and goes on once that is mended', async () => {
      police('camera');
      const { element } = await fail();
      police();
      element.retry();
      await element.updateComplete;
      await loaded(element);
      expect(element.phase).to.equal('loading');
    });

    it('and says it in a modal too, which can be closed', async () => {
      platform.take(navigator, 'mediaDevices');
      const made = await show({ display: 'modal' });
      const { element, recorder } = made;
      element.start();
      await recorder.first('kyc-error');
      await settled(made);
      expect(shownText(element)).to.contain(enTrouble['no-media-devices']);
      await press(element, 'Close');
      expect(element.open).to.equal(false);
      expect(recorder.names).to.deep.equal(['kyc-error']);
    });

    it('and says it in the person’s language', async () => {
      registerTexts('de', de);
      police('camera');
      const { element } = await fail({ locale: 'de' });
      expect(shownText(element)).to.contain(de['permissions-policyText']);
    });

    it('and never names the session URL', async () => {
      police('camera');
      platform.set(globalThis, 'crossOriginIsolated', true);
      const secret = crypto.randomUUID();
      const { recorder } = await fail({ sessionUrl: `${SCRIPTED_PAGE}?${secret}` });
      expect(JSON.stringify(recorder.events.map(({ detail }) => detail))).not.to.contain(secret);
      expect(lines.join()).not.to.contain(secret);
    });
  });

  describe('warns of what may keep the camera away, beside the frame', () => {
    for (const [code, arrange] of [
      ['camera-denied', deny],
      ['no-camera', listNoCamera],
      ['microphone-policy', () => police('microphone')],
      ['in-app-browser', beInApp],
      [
        'outdated-browser',
        () => platform.set(navigator, 'userAgent', 'Mozilla/5.0 () Chrome/79.0 Safari/537.36'),
      ],
    ] as const) {
      it(`${code}: in words, and the run goes on`, async () => {
        arrange();
        const { element, recorder } = await warned();
        expect(find(element, '[part=help]').innerText).to.contain(enTrouble[`${code}Text`]);
        expect(find(element, '[role=status]').textContent).to.equal(enTrouble[`${code}Text`]);
        expect(frameOf(element).closest('[part=help]')).to.equal(null);
        await loaded(element);
        await say(element, ...WORDS.started);
        expect(element.phase).to.equal('started');
        expect(recorder.names).to.deep.equal(['kyc-ready', 'kyc-started']);
        expect(linesOf(code).length).to.equal(1);
      });
    }

    it('and the person may wave it aside, for this run', async () => {
      deny();
      const { element } = await warned();
      await press(element, 'Close');
      expect(root(element).querySelector('[part=help]')).to.equal(null);
      expect(element.phase).to.equal('loading');
      await loaded(element);
      await say(element, ...WORDS.ready);
      expect(root(element).querySelector('[part=help]')).to.equal(null);
    });

    it('and the focus goes on to the frame when it is waved aside', async () => {
      deny();
      const { element } = await warned();
      await loaded(element);
      await say(element, ...WORDS.ready);
      button(element, 'Close').focus();
      await press(element, 'Close');
      expect(root(element).activeElement === frameOf(element)).to.equal(true);
    });

    it('with a link to the provider’s own page, where the camera may be asked for anew', async () => {
      deny();
      const { element } = await warned();
      expect((await link(element, 'Continue in this tab')).href).to.equal(element.sessionUrl);
    });

    it('with no link where the host wants none', async () => {
      deny();
      const { element } = await warned({ fallback: 'none' });
      expect(links(element)).to.deep.equal([]);
    });

    it('and does not leave by itself for a mere warning', async () => {
      deny();
      const { element, recorder } = await warned({ fallback: 'redirect' });
      await loaded(element);
      await say(element, ...WORDS.ready);
      expect(recorder.names).to.deep.equal(['kyc-ready']);
    });

    it('not where the library clears a browser that looked unusual', async () => {
      platform.set(navigator, 'userAgent', `${navigator.userAgent} OPT/5.0.7`);
      const made = await show();
      await findWarnings(frameOf(made.element), veriff, () => undefined);
      await settled(made);
      expect(root(made.element).querySelector('[part=help]')).to.equal(null);
    });

    it('of one thing at a time, and of all in the console', async () => {
      deny();
      listNoCamera();
      police('microphone');
      const origin = 'https://all.example';
      const made = await warned({ trustedOrigins: `${FRAME_ORIGIN} ${origin}` });
      await findWarnings(frameOf(made.element), veriff, () => undefined);
      await settled(made);
      expect(root(made.element).querySelectorAll('[part=help]').length).to.equal(1);
      for (const code of ['camera-denied', 'no-camera', 'microphone-policy']) {
        expect(linesOf(code).length, code).to.be.above(0);
      }
      expect(linesOf('microphone-policy').some((line) => line.includes(origin))).to.equal(true);
    });

    it('no more once the frame is gone', async () => {
      deny();
      const { element } = await warned();
      element.close();
      await element.updateComplete;
      expect(root(element).querySelector('[part=help]')).to.equal(null);
    });

    it('in a modal, whose own close button stays another one', async () => {
      deny();
      const { element, recorder } = await warned({ display: 'modal', open: true });
      const closers = [...root(element).querySelectorAll('button')].filter(
        (each) => (each.getAttribute('aria-label') ?? each.textContent).trim() === 'Close',
      );
      closers.at(-1)?.click();
      await element.updateComplete;
      expect(closers.length).to.equal(2);
      expect(root(element).querySelector('[part=help]')).to.equal(null);
      expect(element.open).to.equal(true);
      expect(recorder.all('kyc-canceled')).to.deep.equal([]);
      element.close();
    });
  });

  describe('offers this page’s address for another browser', () => {
    const clipboard = (writeText: (text: string) => Promise<void>): string[] => {
      const written: string[] = [];
      platform.set(navigator, 'clipboard', {
        writeText: (text: string) => {
          written.push(text);
          return writeText(text);
        },
      });
      return written;
    };

    it('where no camera can be had in this one', async () => {
      const written = clipboard(() => Promise.resolve());
      platform.take(navigator, 'mediaDevices');
      const { element } = await fail();
      expect(find(element, '[part=address]').textContent).to.equal(location.href);
      await press(element, 'Copy this page’s address');
      while (!shownText(element).includes('Copied')) await nextFrame();
      expect(written).to.deep.equal([location.href]);
      button(element, 'Copied');
    });

    it('where a page did not answer inside an app', async () => {
      const written = clipboard(() => Promise.resolve());
      beInApp();
      const { element } = await fail({ timeout: 20 });
      await press(element, 'Copy this page’s address');
      expect(written).to.deep.equal([location.href]);
      expect(find(element, '[part=address]').textContent).to.equal(location.href);
    });

    it('beside a frame inside an app, in place of a link that would stay in the app', async () => {
      const written = clipboard(() => Promise.resolve());
      beInApp();
      const { element } = await warned();
      expect(links(element)).to.deep.equal([]);
      await press(element, 'Copy this page’s address');
      expect(written).to.deep.equal([location.href]);
    });

    it('not in a usual browser', async () => {
      const { element } = await fail({ timeout: 20 });
      expect(root(element).querySelector('[part=address]')).to.equal(null);
      expect(shownText(element)).not.to.contain('Copy');
    });

    for (const [what, arrange] of [
      ['is forbidden', () => clipboard(() => Promise.reject(new DOMException('no')))],
      ['is missing', () => platform.take(navigator, 'clipboard')],
    ] as const) {
      it(`where the clipboard ${what} too: it is there to be read, and nothing breaks`, async () => {
        arrange();
        platform.take(navigator, 'mediaDevices');
        const { element } = await fail();
        const reasons: string[] = [];
        const listen = ({ reason }: PromiseRejectionEvent): void =>
          void reasons.push(String(reason));
        addEventListener('unhandledrejection', listen);
        await press(element, 'Copy this page’s address');
        // An answer of the server comes later than what the browser says of a promise.
        await inspect(await createSession('veriff'));
        removeEventListener('unhandledrejection', listen);
        expect(reasons).to.deep.equal([]);
        expect(find(element, '[part=address]').textContent).to.equal(location.href);
        button(element, 'Copy this page’s address');
      });
    }
  });

  describe('for everybody', () => {
    itIsAccessible('a warning beside the frame', async (locale) => {
      deny();
      const { element } = await warned({ locale });
      await loaded(element);
      await say(element, ...WORDS.ready);
      return element;
    });

    itIsAccessible('a warning in a modal', async (locale) => {
      deny();
      return (await warned({ locale, display: 'modal', open: true })).element;
    });

    itIsAccessible('the panel with this page’s address', async (locale) => {
      platform.take(navigator, 'mediaDevices');
      return (await fail({ locale })).element;
    });
  });
});
