import { expect } from '@open-wc/testing';
import { de } from '../../src/i18n/de.js';
import {
  examine,
  generic,
  registerTexts,
  shuftiPro,
  veriff,
  type Finding,
  type Provider,
} from '../../src/index.js';
import { engine } from '../support/engine.js';
import { findingsAt } from '../support/examined.js';
import { overrides } from '../support/override.js';
import { ELSEWHERE } from '../support/puppet.js';

registerTexts('de', de);

const never = (): Promise<never> => new Promise(() => undefined);

const codes = (findings: readonly Finding[]): readonly string[] => findings.map(({ code }) => code);

describe('examine', () => {
  const platform = overrides();

  /** The frame of a page whose policy keeps these back, in engines that let no page ask too. */
  const police = (...features: readonly string[]): void => {
    platform.set(HTMLIFrameElement.prototype, 'featurePolicy', {
      allowsFeature: (feature: string) => !features.includes(feature),
    });
  };

  const deny = (): void => {
    platform.set(navigator.permissions, 'query', () => Promise.resolve({ state: 'denied' }));
  };

  it('finds nothing where nothing speaks against a frame', async () => {
    for (const provider of ['veriff', 'shufti-pro', veriff, shuftiPro]) {
      expect(await examine(provider)).to.deep.equal([]);
    }
  });

  it('refuses an id that no provider has', async () => {
    const error = await examine('nobody').catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(TypeError);
    expect(String(error)).to.contain('provider');
  });

  it('takes a provider that is not registered', async () => {
    const own = generic({ id: 'own', origins: [], features: ['camera'], read: () => undefined });
    expect(await examine(own)).to.deep.equal([]);
    deny();
    expect(codes(await examine(own))).to.deep.equal(['camera-denied']);
  });

  for (const [code, severity, arrange] of [
    ['insecure-context', 'blocks-frame', () => platform.set(globalThis, 'isSecureContext', false)],
    ['no-media-devices', 'blocks-everything', () => platform.take(navigator, 'mediaDevices')],
    [
      'cross-origin-isolated',
      'blocks-frame',
      () => platform.set(globalThis, 'crossOriginIsolated', true),
    ],
    ['permissions-policy', 'blocks-frame', () => police('camera')],
    ['microphone-policy', 'warning', () => police('microphone')],
    ['camera-denied', 'warning', deny],
    [
      'no-camera',
      'warning',
      () => platform.set(navigator.mediaDevices, 'enumerateDevices', () => Promise.resolve([])),
    ],
    [
      'in-app-browser',
      'warning',
      () => platform.set(navigator, 'userAgent', 'Mozilla/5.0 (iPhone) Mobile/15E148 Instagram 1'),
    ],
    [
      'outdated-browser',
      'warning',
      () => platform.set(navigator, 'userAgent', 'Mozilla/5.0 () Chrome/79.0 Safari/537.36'),
    ],
  ] as const) {
    it(`${code} is ${severity}, with a sentence for the person and one for the developer`, async () => {
      arrange();
      const [finding, ...more] = await examine('veriff');
      expect(more).to.deep.equal([]);
      expect(finding?.code).to.equal(code);
      expect(finding?.severity).to.equal(severity);
      expect(finding?.text).to.match(/^[A-Z].+\.$/);
      expect(finding?.remedy.length).to.be.above(10);
      expect(finding?.remedy).not.to.equal(finding?.text);
      const [german] = await examine('veriff', { locale: 'de-AT' });
      expect(german?.text).to.equal(de[`${code}Text`]);
      expect(german?.remedy).to.equal(finding?.remedy);
    });
  }

  it('speaks English where the language is not known', async () => {
    deny();
    const [known] = await examine('veriff', { locale: 'en' });
    const [unknown] = await examine('veriff', { locale: 'tlh' });
    expect(unknown?.text).to.equal(known?.text);
  });

  it('puts what blocks before what may be in the way', async () => {
    platform.set(globalThis, 'crossOriginIsolated', true);
    police('camera', 'microphone');
    deny();
    const findings = await examine('veriff');
    expect(findings.map(({ severity }) => severity)).to.deep.equal([
      'blocks-frame',
      'blocks-frame',
      'warning',
      'warning',
    ]);
    expect(codes(findings)).to.have.members([
      'cross-origin-isolated',
      'permissions-policy',
      'microphone-policy',
      'camera-denied',
    ]);
  });

  it('names in the header line every origin of the flow, trusted ones too', async () => {
    police('camera');
    const [finding] = await examine('shufti-pro', {
      trustedOrigins: 'https://kyc.shop.example nonsense http://insecure.example',
    });
    const lists = [...finding!.remedy.matchAll(/(\w+)=\(self ([^)]*)\)/g)];
    expect(lists.map(([, feature]) => feature)).to.deep.equal(['camera', 'microphone']);
    for (const [, , list] of lists) {
      expect(list?.split(' ')).to.have.members([
        '"https://app.shuftipro.com"',
        '"https://shuftipro.com"',
        '"https://kyc.shop.example"',
      ]);
    }
  });

  it('asks about a frame to the provider, delegated as the real one is', async () => {
    const asked: (readonly string[])[] = [];
    const { prototype } = HTMLIFrameElement;
    const before = Object.getOwnPropertyDescriptor(prototype, 'featurePolicy');
    Object.defineProperty(prototype, 'featurePolicy', {
      configurable: true,
      get(this: HTMLIFrameElement) {
        return {
          allowsFeature: (feature: string) => {
            asked.push([feature, this.src, this.allow]);
            return true;
          },
        };
      },
    });
    try {
      await examine('shufti-pro');
    } finally {
      if (before) Object.defineProperty(prototype, 'featurePolicy', before);
      else Reflect.deleteProperty(prototype, 'featurePolicy');
    }
    const origins = 'https://app.shuftipro.com https://shuftipro.com';
    const rest = ['https://app.shuftipro.com/', `camera ${origins}; microphone ${origins}`];
    expect(asked).to.deep.equal([
      ['camera', ...rest],
      ['microphone', ...rest],
    ]);
  });

  it('does not ask about a microphone that the provider does not need', async () => {
    police('microphone');
    const features: Provider['features'] = ['camera'];
    expect(await examine({ ...veriff, features })).to.deep.equal([]);
  });

  it('lets the library have the last word on a browser inside an app', async () => {
    // Opera on an iPhone: looks unusual, and is none.
    platform.set(
      navigator,
      'userAgent',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1 OPT/5.0.7',
    );
    expect(await examine('veriff')).to.deep.equal([]);
  });

  it('ends after 1.5 seconds with what it knows, where an answer does not come', async () => {
    platform.set(navigator.mediaDevices, 'enumerateDevices', never);
    deny();
    const start = performance.now();
    const findings = await examine('veriff');
    const took = performance.now() - start;
    expect(codes(findings)).to.deep.equal(['camera-denied']);
    expect(took).to.be.above(1400);
    // The limit itself is 1500; a busy machine is late.
    expect(took).to.be.below(3000);
  });

  it('takes no answer after its end', async () => {
    let answer: (devices: readonly object[]) => void = () => undefined;
    platform.set(
      navigator.mediaDevices,
      'enumerateDevices',
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const findings = await examine('veriff');
    answer([]);
    await new Promise(requestAnimationFrame);
    expect(findings).to.deep.equal([]);
  });

  it('does not wait for its limit where every answer is there', async () => {
    const limits: number[] = [];
    platform.set(AbortSignal, 'timeout', (limit: number) => {
      limits.push(limit);
      // One that never comes: who waits for it waits until the test fails.
      return new AbortController().signal;
    });
    expect(await examine('veriff')).to.deep.equal([]);
    expect(limits).to.deep.equal([1500]);
  });

  it('prompts nobody, and opens no camera', async () => {
    const asked: string[] = [];
    for (const name of ['getUserMedia', 'getDisplayMedia']) {
      platform.set(navigator.mediaDevices, name, () => {
        asked.push(name);
        return never();
      });
    }
    await examine('veriff');
    deny();
    await examine('shufti-pro');
    expect(asked).to.deep.equal([]);
  });

  it('puts nothing into the page', async () => {
    const added: string[] = [];
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records) {
        for (const node of addedNodes) added.push(node.nodeName);
      }
    });
    observer.observe(document, { childList: true, subtree: true });
    await examine('veriff');
    document.body.append(document.createElement('hr'));
    await new Promise(requestAnimationFrame);
    observer.disconnect();
    document.querySelector('hr')?.remove();
    expect(added).to.deep.equal(['HR']);
  });

  it('writes nothing to the console: what to do about it is in the findings', async () => {
    const lines: unknown[] = [];
    for (const level of ['log', 'info', 'warn', 'error']) {
      platform.set(console, level, (line: unknown) => lines.push(line));
    }
    deny();
    await examine('veriff');
    expect(lines).to.deep.equal([]);
  });

  (engine === 'chromium' ? it : it.skip)(
    'finds a real policy against the camera (only Chromium lets a page ask)',
    async () => {
      const [finding] = await findingsAt(ELSEWHERE, 'shufti-pro', 'microphone');
      expect(finding?.code).to.equal('permissions-policy');
      expect(finding?.severity).to.equal('blocks-frame');
    },
  );
});
