import { expect } from '@open-wc/testing';
import { findWarnings } from '../../src/environment/warnings.js';
import type { Provider, WarningCode } from '../../src/index.js';
import { engine } from '../support/engine.js';
import { overrides } from '../support/override.js';

type Needs = Pick<Provider, 'features' | 'minimumBrowsers'>;

const NEEDS: Needs = { features: ['camera', 'microphone'] };

const frameIn = (document: Document): HTMLIFrameElement => {
  const frame = document.createElement('iframe');
  frame.allow = 'camera https://vendor.example; microphone https://vendor.example';
  frame.src = 'https://vendor.example';
  return frame;
};

const warningsFor = async (
  needs: Needs,
  frame = frameIn(document),
): Promise<readonly WarningCode[]> => {
  const found: WarningCode[] = [];
  await findWarnings(frame, needs, (code) => found.push(code));
  return found;
};

const permission = (state: PermissionState): (() => Promise<object>) => {
  return () => Promise.resolve({ state });
};

const never = (): Promise<never> => new Promise(() => undefined);

describe('findWarnings', () => {
  const platform = overrides();

  it('finds nothing in this browser, which has a camera that may be used', async () => {
    expect(await warningsFor(NEEDS)).to.deep.equal([]);
  });

  describe('camera-denied', () => {
    it('is found where the permission is denied', async () => {
      platform.set(navigator.permissions, 'query', permission('denied'));
      expect(await warningsFor(NEEDS)).to.deep.equal(['camera-denied']);
    });

    for (const state of ['prompt', 'granted'] as const) {
      it(`is not found where the permission is ${state}`, async () => {
        platform.set(navigator.permissions, 'query', permission(state));
        expect(await warningsFor(NEEDS)).to.deep.equal([]);
      });
    }

    it('asks for the camera, and for nothing else', async () => {
      const asked: unknown[] = [];
      platform.set(navigator.permissions, 'query', (question: unknown) => {
        asked.push(question);
        return Promise.resolve({ state: 'granted' });
      });
      await warningsFor(NEEDS);
      expect(asked).to.deep.equal([{ name: 'camera' }]);
    });

    for (const [what, query] of [
      ['does not know the question', () => Promise.reject(new TypeError('camera'))],
      [
        'throws at the question',
        () => {
          throw new TypeError('camera');
        },
      ],
    ] as const) {
      it(`is not found where the browser ${what}`, async () => {
        platform.set(navigator.permissions, 'query', query);
        expect(await warningsFor(NEEDS)).to.deep.equal([]);
      });
    }

    it('is not found where there are no permissions to ask for, as in a WebView', async () => {
      platform.take(navigator, 'permissions');
      expect(await warningsFor(NEEDS)).to.deep.equal([]);
    });
  });

  describe('no-camera', () => {
    it('is found where the browser lists no camera', async () => {
      platform.set(navigator.mediaDevices, 'enumerateDevices', () =>
        Promise.resolve([{ kind: 'audioinput' }, { kind: 'audiooutput' }]),
      );
      expect(await warningsFor(NEEDS)).to.deep.equal(['no-camera']);
    });

    it('is found where the browser lists nothing', async () => {
      platform.set(navigator.mediaDevices, 'enumerateDevices', () => Promise.resolve([]));
      expect(await warningsFor(NEEDS)).to.deep.equal(['no-camera']);
    });

    it('is not found where the browser lists one that has no name yet', async () => {
      platform.set(navigator.mediaDevices, 'enumerateDevices', () =>
        Promise.resolve([{ kind: 'videoinput', deviceId: '', label: '' }]),
      );
      expect(await warningsFor(NEEDS)).to.deep.equal([]);
    });

    it('is not found where the browser refuses to list', async () => {
      platform.set(navigator.mediaDevices, 'enumerateDevices', () =>
        Promise.reject(new DOMException('no', 'NotAllowedError')),
      );
      expect(await warningsFor(NEEDS)).to.deep.equal([]);
    });
  });

  describe('in-app-browser', () => {
    it('is suspected where the user agent looks unusual', async () => {
      platform.set(navigator, 'userAgent', 'Mozilla/5.0 (iPhone) Mobile/15E148 [LinkedInApp]/9.1');
      expect(await warningsFor(NEEDS)).to.deep.equal(['in-app-browser']);
    });
  });

  describe('outdated-browser', () => {
    it('is found where the provider wants a newer one', async () => {
      const newest = 10_000;
      const minimumBrowsers = { chrome: newest, firefox: newest, safari: newest };
      expect(await warningsFor({ ...NEEDS, minimumBrowsers })).to.deep.equal(['outdated-browser']);
    });

    it('is not found where the provider is content with this one', async () => {
      const minimumBrowsers = { chrome: 1, firefox: 1, safari: 1 };
      expect(await warningsFor({ ...NEEDS, minimumBrowsers })).to.deep.equal([]);
    });
  });

  describe('microphone-policy', () => {
    let holder: HTMLIFrameElement;

    beforeEach(() => {
      holder = document.createElement('iframe');
      holder.allow = "microphone 'none'";
      document.body.append(holder);
    });

    afterEach(() => {
      holder.remove();
    });

    (engine === 'chromium' ? it : it.skip)(
      'is found where the policy of the page keeps it back (only Chromium lets a page ask)',
      async () => {
        const frame = frameIn(holder.contentDocument!);
        expect(await warningsFor(NEEDS, frame)).to.deep.equal(['microphone-policy']);
      },
    );

    it('is not found where the provider needs none', async () => {
      const frame = frameIn(holder.contentDocument!);
      expect(await warningsFor({ features: ['camera'] }, frame)).to.deep.equal([]);
    });
  });

  it('asks nothing of the camera for a provider that needs none', async () => {
    let count = 0;
    const ask = (): Promise<never> => {
      count += 1;
      return never();
    };
    platform.set(navigator.permissions, 'query', ask);
    platform.set(navigator.mediaDevices, 'enumerateDevices', ask);
    expect(await warningsFor({ features: ['fullscreen'] })).to.deep.equal([]);
    expect(count).to.equal(0);
  });

  it('tells what it has found while another answer is not there', async () => {
    platform.set(navigator.mediaDevices, 'enumerateDevices', never);
    platform.set(navigator.permissions, 'query', permission('denied'));
    const first = await new Promise<WarningCode>((resolve) => {
      void findWarnings(frameIn(document), NEEDS, resolve);
    });
    expect(first).to.equal('camera-denied');
  });

  it('finds several at once', async () => {
    platform.set(navigator.mediaDevices, 'enumerateDevices', () => Promise.resolve([]));
    platform.set(navigator.permissions, 'query', permission('denied'));
    platform.set(navigator, 'userAgent', 'Mozilla/5.0 (Linux; Android 7; wv) Chrome/60.0 x');
    const found = await warningsFor({ ...NEEDS, minimumBrowsers: { chrome: 80 } });
    expect(found).to.have.members([
      'camera-denied',
      'in-app-browser',
      'no-camera',
      'outdated-browser',
    ]);
  });

  it('never asks for a camera', async () => {
    let count = 0;
    platform.set(navigator.mediaDevices, 'getUserMedia', () => {
      count += 1;
      return Promise.reject(new Error('asked'));
    });
    await warningsFor(NEEDS);
    expect(count).to.equal(0);
  });
});
