import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { ar } from '../../src/i18n/ar.js';
import { arCapture } from '../../src/i18n/capture/ar.js';
import { enCapture as words } from '../../src/i18n/en-capture.js';
import { registerTexts } from '../../src/i18n/texts.js';
import { overrides } from '../support/override.js';
import type { Capture } from './support/capture.js';
import {
  begin,
  CARD_FILE,
  FACE,
  FACE_FILE,
  mountCapture,
  planOf,
  specimen,
  type Wish,
} from './support/capture.js';

/** A dark, flat picture: no person can read anything in it. */
const dark = async (): Promise<Blob> => {
  const canvas = new OffscreenCanvas(1400, 900);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  context.fillStyle = '#080808';
  context.fillRect(0, 0, 1400, 900);
  return canvas.convertToBlob({ type: 'image/jpeg' });
};

/** Whether the browser would ask before the page goes. */
const isGuarded = (): boolean => {
  const event = new Event('beforeunload', { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
};

describe('what <kyc-capture> says of a picture', () => {
  it('comes before it is used, and as a question once', async () => {
    const capture = await begin({ plan: FACE });
    capture.choose(await dark());
    await capture.at('face review');
    expect(capture.text).to.contain(words['too-dark']);
    expect(capture.status).to.contain(words['too-dark']);
    expect(capture.primary).to.equal(words.retake);
    await capture.press(words.retake);
    capture.choose(await dark());
    await capture.until(() => capture.places.length === 4, 'the second review');
    await capture.element.updateComplete;
    expect(capture.text).to.contain(words['too-dark']);
    expect(capture.primary).to.equal(words.use);
    await capture.press(words.use);
    expect(capture.element.phase).to.equal('confirming');
  });

  it('never keeps a person from using it', async () => {
    const capture = await begin({ plan: FACE });
    await capture.give(await dark());
    expect(capture.element.phase).to.equal('confirming');
  });

  it('is nothing where it is sharp and well lit', async () => {
    const capture = await begin({ plan: FACE });
    capture.choose(await specimen(FACE_FILE));
    await capture.at('face review');
    expect(capture.text).to.contain(words.review);
    expect(capture.primary).to.equal(words.use);
  });
});

describe('what <kyc-capture> keeps', () => {
  const platform = overrides();

  it('is guarded while it would be lost, and at no other time', async () => {
    const capture = await mountCapture({ plan: FACE });
    expect(isGuarded(), 'before').to.equal(false);
    await capture.press(words.start);
    expect(isGuarded(), 'with nothing yet').to.equal(false);
    capture.choose(await specimen(FACE_FILE));
    await capture.at('face review');
    expect(isGuarded(), 'with a picture').to.equal(true);
    await capture.press(words.use);
    expect(isGuarded(), 'before it is sent').to.equal(true);
    await capture.press(words.send);
    await capture.element.updateComplete;
    expect(isGuarded(), 'when the host has it').to.equal(false);
  });

  it('is guarded no more once the element is gone', async () => {
    const capture = await begin({ plan: FACE });
    await capture.give(await specimen(FACE_FILE));
    expect(isGuarded()).to.equal(true);
    capture.element.remove();
    expect(isGuarded()).to.equal(false);
  });

  it('is nothing at the end: no storage, no address of a blob, no picture', async () => {
    const made: string[] = [];
    const taken: string[] = [];
    const create = URL.createObjectURL.bind(URL);
    const revoke = URL.revokeObjectURL.bind(URL);
    platform.set(URL, 'createObjectURL', (blob: Blob) => {
      made.push(create(blob));
      return made.at(-1);
    });
    platform.set(URL, 'revokeObjectURL', (url: string) => {
      taken.push(url);
      revoke(url);
    });
    const stored = (): number => localStorage.length + sessionStorage.length;
    const before = stored();
    const capture = await begin({ plan: planOf({ face: {}, consent: { text: 'Yes' } }) });
    await capture.give(await specimen(FACE_FILE));
    // What an MP4 is made of; nothing has to play.
    const boxes = ['\0\0\0\u0018ftypmp42\0\0\0\0mp42isom', '\0\0\0\bmoov', '\0\0\0\bmdat'];
    capture.choose(new Blob(boxes), 'clip.mp4');
    await capture.at('consent review');
    await capture.press(words.use);
    await capture.press(words.send);
    await capture.element.updateComplete;
    expect(taken).to.deep.equal(made);
    expect(stored()).to.equal(before);
    expect((await caches.keys()).length).to.equal(0);
    expect(capture.root.querySelector('canvas, video')).to.equal(null);
  });

  it('needs nothing that a page without https lacks', async () => {
    platform.take(crypto, 'randomUUID');
    const capture = await begin({ plan: FACE });
    await capture.give(await specimen(FACE_FILE));
    await capture.press(words.send);
    expect(capture.last('kyc-captured').detail.proofs[0]?.key).to.match(/^\d+(-\d+){3}$/);
  });

  it('survives a move, with what was collected', async () => {
    const capture = await begin({ plan: FACE });
    await capture.give(await specimen(FACE_FILE));
    const other = await fixture<HTMLElement>(html`<section></section>`);
    other.append(capture.element);
    await aTimeout(0);
    expect(capture.element.phase).to.equal('confirming');
    await capture.element.updateComplete;
    expect(isGuarded()).to.equal(true);
  });

  it('is gone after the element was away, and it begins anew', async () => {
    const capture = await begin({ plan: FACE });
    await capture.give(await specimen(FACE_FILE));
    const { parentElement } = capture.element;
    capture.element.remove();
    await aTimeout(0);
    parentElement?.append(capture.element);
    await capture.press(words.start);
    await capture.at('face make');
  });
});

describe('the way out of <kyc-capture>', () => {
  it('is asked about, and told once', async () => {
    const capture = await begin({ plan: FACE });
    await capture.press('Stop');
    expect(capture.all('kyc-canceled')).to.have.length(0);
    await capture.press('Keep going');
    expect(capture.element.phase).to.equal('capturing');
    await capture.press('Stop');
    await capture.press('Stop');
    expect(capture.all('kyc-canceled').map(({ detail }) => detail)).to.deep.equal([
      { provider: 'shufti-pro', by: 'person' },
    ]);
    expect(capture.element.phase).to.equal('canceled');
    capture.element.close();
    expect(capture.all('kyc-canceled')).to.have.length(1);
    await capture.press('Try again');
    await capture.at('face make');
  });

  it('is nothing before it has begun', async () => {
    const capture = await mountCapture({ plan: FACE });
    capture.element.close();
    expect(capture.heard).to.deep.equal([]);
  });

  it('may be taken by a handler of its own event', async () => {
    const capture = await begin({ plan: FACE });
    capture.element.addEventListener('kyc-captured', () => {
      capture.element.remove();
    });
    await capture.give(await specimen(FACE_FILE));
    await capture.press(words.send);
    await aTimeout(0);
    expect(capture.element.phase).to.equal('idle');
  });
});

const reach: Readonly<Record<string, (wish: Wish) => Promise<Capture>>> = {
  idle: mountCapture,
  'a question for the type': begin,
  'a step': async (wish) => {
    const capture = await begin(wish);
    await capture.pick('id_card');
    return capture;
  },
  'the camera': async (wish) => {
    const capture = await begin({ ...wish, plan: FACE });
    capture.root.querySelector<HTMLButtonElement>('.actions button')?.click();
    await capture.until(() => !!capture.video?.videoWidth, 'the camera');
    return capture;
  },
  'a refused file': async (wish) => {
    const capture = await begin(wish);
    await capture.pick('id_card');
    capture.choose(new Blob(['no']), 'no.txt');
    await capture.until(() => capture.all('kyc-error').length > 0, 'the refusal');
    return capture;
  },
  'a review with a hint': async (wish) => {
    const capture = await begin({ ...wish, plan: FACE });
    capture.choose(await dark());
    await capture.at('face review');
    return capture;
  },
  'what is about to be sent': async (wish) => {
    const capture = await begin(wish);
    await capture.pick('id_card');
    capture.choose(await specimen(CARD_FILE));
    await capture.at('document review');
    capture.root.querySelector<HTMLButtonElement>('.actions button')?.click();
    return capture;
  },
  'the question whether to stop': async (wish) => {
    const capture = await begin(wish);
    capture.root.querySelector<HTMLButtonElement>('.bar button')?.click();
    return capture;
  },
  'what was called off': async (wish) => {
    const capture = await begin(wish);
    capture.element.close();
    return capture;
  },
  'the end': async (wish) => {
    const capture = await begin({ ...wish, plan: FACE });
    capture.choose(await specimen(FACE_FILE));
    await capture.at('face review');
    for (let presses = 0; presses < 2; presses += 1) {
      capture.root.querySelector<HTMLButtonElement>('.actions button')?.click();
      await capture.element.updateComplete;
    }
    expect(capture.element.phase).to.equal('captured');
    return capture;
  },
  'a failure': (wish) => begin({ ...wish, plan: { ...FACE, steps: [] } }),
};

describe('everybody', () => {
  const plan = planOf({ document: { supported_types: ['passport', 'id_card'] } });
  before(() => {
    registerTexts('ar', { ...ar, ...arCapture });
  });
  after(() => {
    document.documentElement.style.colorScheme = '';
  });

  for (const [what, go] of Object.entries(reach)) {
    it(`meets no barrier in ${what}: axe, light and dark, from both sides`, async () => {
      for (const [scheme, locale] of [
        ['light', 'ar'],
        ['dark', 'en'],
      ] as const) {
        document.documentElement.style.colorScheme = scheme;
        const capture = await go({ plan, locale });
        await capture.element.updateComplete;
        const stage = capture.root.querySelector<HTMLElement>('.stage');
        expect(stage?.dir).to.equal(locale === 'ar' ? 'rtl' : 'ltr');
        await expect(capture.element).to.be.accessible();
        capture.element.remove();
      }
    });

    it(`can use it on 320 pixels: ${what}`, async () => {
      const capture = await go({ plan });
      capture.element.style.width = '320px';
      await capture.element.updateComplete;
      const stage = capture.root.querySelector<HTMLElement>('.stage');
      expect(stage?.scrollWidth).to.be.at.most(320);
      for (const button of capture.root.querySelectorAll('button')) {
        const { left, right, height } = button.getBoundingClientRect();
        const frame = capture.element.getBoundingClientRect();
        expect(left, button.textContent).to.be.at.least(frame.left);
        expect(right, button.textContent).to.be.at.most(frame.right);
        expect(height, button.textContent).to.be.at.least(44);
      }
    });
  }

  it('has the focus go with what is new, and never lose it', async () => {
    const capture = await mountCapture({ plan: FACE });
    const focused = (): string =>
      capture.root.activeElement?.textContent.trim() === ''
        ? ''
        : (capture.root.activeElement?.className ?? 'nothing');
    capture.button(words.start)?.focus();
    await capture.press(words.start);
    expect(focused()).to.equal('body');
    const camera = capture.button(words.openCamera);
    camera?.focus();
    await capture.press(words.openCamera);
    await capture.until(() => !!capture.video?.videoWidth, 'the camera');
    expect(capture.root.activeElement?.textContent.trim()).to.equal(words.takePicture);
    await capture.press(words.takePicture);
    await capture.at('face review');
    expect(focused()).to.equal('body');
    await capture.press(words.use);
    expect(focused()).to.equal('body');
  });

  it('keeps the focus where it is when it is elsewhere', async () => {
    const field = await fixture<HTMLInputElement>(html`<input aria-label="Elsewhere" />`);
    const capture = await mountCapture({ plan: FACE });
    field.focus();
    capture.element.start();
    await capture.element.updateComplete;
    expect(document.activeElement).to.equal(field);
  });

  it('hears it in a language that is registered later', async () => {
    const capture = await begin({ plan: FACE, locale: 'xx' });
    registerTexts('xx', { 'face-proof': 'Xface' });
    await capture.element.updateComplete;
    expect(capture.text).to.contain('Xface');
    expect(capture.text).to.contain(words.openCamera);
  });

  it('reads the words of the host in place of ours', async () => {
    const capture = await mountCapture({ plan: FACE });
    capture.element.texts = { captureText: 'Ours' };
    await capture.element.updateComplete;
    expect(capture.text).to.contain('Ours');
  });
});
