import { expect, nextFrame } from '@open-wc/testing';
import { ar } from '../../src/i18n/ar.js';
import { registerTexts, type KycVerify } from '../../src/index.js';
import {
  FRAME_ORIGIN,
  frameOf,
  loaded,
  mount,
  mountAt,
  press,
  root,
  say,
  SCRIPTED_PAGE,
  WORDS,
  type Mounted,
} from '../support/element.js';

const finish = async ({ element, recorder }: Mounted): Promise<void> => {
  frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
  await recorder.first('kyc-finished');
};

/** How to get an element into each state that a person can meet. */
const STATES: Readonly<Record<string, (display: 'inline' | 'modal') => Promise<Mounted>>> = {
  idle: (display) => mount({ display, open: true, sessionUrl: undefined }),
  loading: (display) => mount({ display, open: true }),
  ready: (display) => at(WORDS.ready, display),
  started: (display) => at(WORDS.started, display),
  submitted: (display) => at(WORDS.submitted, display),
  finished: async (display) => {
    const mounted = await at(WORDS.submitted, display);
    await finish(mounted);
    return mounted;
  },
  canceled: async (display) => {
    const mounted = await at(WORDS.started, display);
    frameOf(mounted.element).contentWindow?.postMessage({ say: 'VERIFF_CANCELED' }, FRAME_ORIGIN);
    await mounted.recorder.first('kyc-canceled');
    return mounted;
  },
  failed: async (display) => {
    const mounted = await mount({ display, open: true, timeout: 20 });
    await mounted.recorder.first('kyc-error');
    return mounted;
  },
  'failed for good': async (display) => {
    const mounted = await mount({ display, open: true, sessionUrl: 'nonsense' });
    await mounted.recorder.first('kyc-error');
    return mounted;
  },
  'from right to left': async (display) => {
    registerTexts('ar', ar);
    const mounted = await mount({ display, open: true, locale: 'ar', timeout: 20 });
    await mounted.recorder.first('kyc-error');
    return mounted;
  },
  slow: async (display) => {
    const mounted = await mount({
      display,
      open: true,
      provider: 'shufti-pro',
      sessionUrl: SCRIPTED_PAGE,
      timeout: 20,
    });
    await mounted.recorder.first('kyc-ready');
    while (!root(mounted.element).querySelector('[part=help]')) await nextFrame();
    return mounted;
  },
  reload: async (display) => {
    const mounted = await at(WORDS.started, display);
    await say(mounted.element, 'VERIFF_RELOAD_REQUEST');
    return mounted;
  },
};

const at = async (words: readonly unknown[], display: 'inline' | 'modal'): Promise<Mounted> => {
  if (display === 'inline') return mountAt(words);
  const mounted = await mount({ display, open: true });
  await loaded(mounted.element);
  await say(mounted.element, ...words);
  return mounted;
};

const settle = async (element: KycVerify): Promise<void> => {
  await element.updateComplete;
  await element.updateComplete;
};

describe('access', () => {
  for (const scheme of ['light', 'dark']) {
    describe(`in ${scheme}`, () => {
      before(() => {
        document.documentElement.style.colorScheme = scheme;
      });
      after(() => {
        document.documentElement.style.colorScheme = '';
      });

      for (const display of ['inline', 'modal'] as const) {
        for (const [name, reach] of Object.entries(STATES)) {
          it(`axe finds nothing: ${display}, ${name}`, async () => {
            const { element } = await reach(display);
            await settle(element);
            await expect(element).to.be.accessible();
            element.remove();
          });
        }
      }

      it('axe finds nothing: the question whether to stop', async () => {
        const { element } = await at(WORDS.started, 'modal');
        await press(element, 'Close');
        await expect(element).to.be.accessible();
        element.remove();
      });
    });
  }
});
