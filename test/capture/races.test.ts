import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { enCapture as words } from '../../src/i18n/en-capture.js';
import { overrides } from '../support/override.js';
import {
  begin,
  FACE,
  FACE_FILE,
  mountCapture,
  planOf,
  specimen,
  type Capture,
} from './support/capture.js';

const playing = (capture: Capture): Promise<void> =>
  capture.until(() => !!capture.video?.videoWidth, 'the camera');

const tracksOf = ({ video }: Capture): readonly MediaStreamTrack[] =>
  (video?.srcObject as MediaStream | null)?.getTracks() ?? [];

/** A picture on the clipboard. Firefox' constructor knows no such option. */
const pasteOf = (file: Blob): Event => {
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([file], 'face.jpg', { type: 'image/jpeg' }));
  return Object.defineProperty(
    new ClipboardEvent('paste', { cancelable: true, bubbles: true }),
    'clipboardData',
    { value: clipboardData },
  );
};

describe('the camera of <kyc-capture>, where two things happen at once', () => {
  const platform = overrides();
  let asked = 0;

  beforeEach(() => {
    asked = 0;
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    platform.set(navigator.mediaDevices, 'getUserMedia', (wish: MediaStreamConstraints) => {
      asked += 1;
      return real(wish);
    });
  });

  it('is asked for once after the person went on in place of stopping', async () => {
    const capture = await begin({ plan: FACE });
    await capture.press('Stop');
    await capture.press('Keep going');
    await capture.press(words.openCamera);
    await playing(capture);
    expect(asked).to.equal(1);
  });

  it('is asked for once after the element was moved', async () => {
    const capture = await begin({ plan: FACE });
    const other = await fixture<HTMLElement>(html`<div></div>`);
    other.append(capture.element);
    await capture.element.updateComplete;
    await capture.press(words.openCamera);
    await playing(capture);
    expect(asked).to.equal(1);
  });

  it('stays off while the page is put away, whatever is rendered meanwhile', async () => {
    const capture = await begin({ plan: FACE });
    await capture.press(words.openCamera);
    await playing(capture);
    const [track] = tracksOf(capture);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(track?.readyState).to.equal('ended');
    capture.element.requestUpdate();
    await capture.element.updateComplete;
    await aTimeout(0);
    expect(asked).to.equal(1);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await playing(capture);
    expect(asked).to.equal(2);
  });

  it('opens no file dialog for a second press on its button', async () => {
    const capture = await begin({ plan: FACE });
    let dialogs = 0;
    capture.root.querySelector('[data-input=files]')?.addEventListener('click', (event) => {
      event.preventDefault();
      dialogs += 1;
    });
    const button = capture.button(words.openCamera);
    button?.click();
    await capture.element.updateComplete;
    button?.click();
    await playing(capture);
    expect(dialogs).to.equal(0);
  });

  it('waits for what it shows, where it is asked for a picture at once', async () => {
    // As in Firefox and Safari, where the picture is of what is shown.
    platform.set(globalThis, 'ImageCapture', undefined);
    const capture = await begin({ plan: FACE });
    await capture.press(words.openCamera);
    while (!capture.button(words.takePicture)) await aTimeout(0);
    expect(capture.video?.videoWidth).to.equal(0);
    capture.button(words.takePicture)?.click();
    await capture.until(() => capture.heard.length > 1, 'the review');
    expect(capture.places.at(-1)).to.equal('face review');
  });

  it('is not lost for a picture that is wanted while it is changed for another one', async () => {
    const real = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
    // As if there were two: not every engine has more than one fake camera.
    platform.set(navigator.mediaDevices, 'enumerateDevices', async () => {
      const devices = await real();
      return [...devices, ...devices];
    });
    platform.set(MediaStreamTrack.prototype, 'getCapabilities', () => ({ torch: true }));
    platform.set(MediaStreamTrack.prototype, 'applyConstraints', () => Promise.resolve());
    const capture = await begin({ plan: FACE });
    await capture.press(words.openCamera);
    await playing(capture);
    await capture.press(words.torch);
    await capture.until(() => !!capture.button(words.switchCamera), 'another camera');
    capture.button(words.switchCamera)?.focus();
    const [before] = tracksOf(capture);
    const take = capture.button(words.takePicture);
    capture.button(words.switchCamera)?.click();
    await capture.until(() => before?.readyState === 'ended', 'the end of the first');
    take?.click();
    await capture.until(
      () => asked === 2 && tracksOf(capture)[0]?.readyState === 'live',
      'the other',
    );
    expect(capture.all('kyc-error')).to.have.length(0);
    expect(capture.button(words.torch)?.ariaPressed).to.equal('false');
    expect(capture.root.activeElement).not.to.equal(null);
  });

  it('says so where no clip can be recorded after all', async function () {
    const canRecord =
      typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported('video/mp4');
    if (!canRecord) this.skip();
    platform.set(MediaRecorder.prototype, 'start', () => {
      throw new DOMException('', 'NotSupportedError');
    });
    const capture = await begin({ plan: planOf({ face: {}, verification_mode: 'video_only' }) });
    await capture.press(words.openCamera);
    await playing(capture);
    await capture.press(words.record);
    await capture.until(() => capture.all('kyc-error').length > 0, 'the error');
    await capture.element.updateComplete;
    expect(capture.primary).to.equal(words.chooseFile);
  });

  it('has a hint said once it is there, and nothing when it is over', async function () {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 480;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('No canvas.');
    let shade = 8;
    const paint = (): void => {
      for (let x = 0; x < 640; x += 20) {
        context.fillStyle = `rgb(${[0, 1, 2].map(() => shade + ((x / 20) % 2) * shade).join()})`;
        context.fillRect(x, 0, 20, 480);
      }
    };
    const timer = setInterval(paint, 50);
    platform.set(navigator.mediaDevices, 'getUserMedia', () =>
      Promise.resolve(canvas.captureStream(20)),
    );
    try {
      const capture = await begin({ plan: FACE });
      await capture.press(words.openCamera);
      await capture.until(() => capture.status === words['too-dark'], 'the hint');
      shade = 100;
      await capture.until(() => capture.status !== words['too-dark'], 'its end');
      expect(capture.status).to.equal('');
    } finally {
      clearInterval(timer);
    }
  });

  it('has its frame for a card within what is seen, on a screen that is low', async () => {
    const plan = planOf({ document: { supported_types: ['id_card'] } });
    const capture = await begin({ plan });
    await capture.press(words.openCamera);
    await playing(capture);
    const camera = capture.root.querySelector<HTMLElement>('.camera');
    const guide = capture.root.querySelector('.guide');
    // What `70dvh` comes to on a phone that is held sideways.
    if (camera) camera.style.maxHeight = '200px';
    expect(camera?.offsetHeight).to.equal(200);
    expect(guide?.getBoundingClientRect().height).to.be.lessThan(200);
  });
});

describe('a file for <kyc-capture>', () => {
  const platform = overrides();

  it('goes to the one that asks for it, where there are two', async () => {
    const idle = await mountCapture({ plan: FACE });
    const capture = await begin({ plan: FACE });
    document.body.dispatchEvent(pasteOf(await specimen(FACE_FILE)));
    await capture.at('face review');
    expect(idle.element.phase).to.equal('idle');
  });

  it('is left to the host where none is asked for', async () => {
    await mountCapture({ plan: FACE });
    const paste = pasteOf(await specimen(FACE_FILE));
    document.body.dispatchEvent(paste);
    expect(paste.defaultPrevented).to.equal(false);
  });

  it('is a proof on a page that is not secure, too', async () => {
    // Chromium, Firefox and WebKit have it on secure pages alone.
    platform.take(crypto, 'randomUUID');
    const capture = await begin({ plan: planOf({ face: {}, consent: {} }) });
    await capture.give(await specimen(FACE_FILE));
    await capture.give(await specimen(FACE_FILE));
    await capture.press(words.send);
    const keys = capture.last('kyc-captured').detail.proofs.map(({ key }) => key);
    expect(new Set(keys).size).to.equal(2);
    for (const key of keys) expect(key).to.match(/^[\w-]{20,128}$/);
  });

  it('keeps the focus within, from the choice to the review, and when it is refused', async () => {
    const capture = await begin({ plan: FACE });
    capture.button(words.chooseFile)?.focus();
    capture.choose(new Blob(['no']), 'no.txt');
    await capture.until(() => capture.all('kyc-error').length > 0, 'the refusal');
    await capture.element.updateComplete;
    expect(capture.root.activeElement?.className).to.equal('body');
    capture.button(words.chooseFile)?.focus();
    capture.choose(await specimen(FACE_FILE));
    await capture.at('face review');
    expect(capture.root.activeElement?.className).to.equal('body');
  });

  it('is told a size that would have been taken, and the formats of this step, aloud too', async () => {
    const plan = planOf({ face: {}, verification_mode: 'any' });
    const capture = await begin({
      plan: { ...plan, limits: { ...plan.limits, pictureBytes: 2e6 } },
    });
    capture.choose(new Blob(['%PDF-1.7', new Uint8Array(3_000_000)]), 'large.pdf');
    await capture.until(() => capture.all('kyc-error').length > 0, 'the refusal');
    await capture.element.updateComplete;
    expect(capture.last('kyc-error').detail.code).to.equal('file-too-large');
    expect(capture.status).to.contain('2 MB');
    const videos = await begin({ plan: planOf({ face: {}, verification_mode: 'video_only' }) });
    videos.choose(await specimen(FACE_FILE));
    await videos.until(() => videos.all('kyc-error').length > 0, 'the refusal');
    await videos.element.updateComplete;
    expect(videos.status).to.contain('MP4, MOV');
    expect(videos.status).not.to.contain('JPEG');
  });

  it('may be any picture, as far as the dialog goes: what can be read is made anew', async () => {
    const capture = await begin({ plan: planOf({ face: {}, verification_mode: 'image_only' }) });
    const input = capture.root.querySelector<HTMLInputElement>('[data-input=files]');
    expect(input?.accept).to.equal('image/*,application/pdf');
  });

  it('never takes the page away when it is dropped at the wrong time', async () => {
    const capture = await mountCapture({ plan: FACE });
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['a'], 'a.jpg'));
    const over = new DragEvent('dragover', { dataTransfer, cancelable: true, bubbles: true });
    capture.root.querySelector('.stage')?.dispatchEvent(over);
    // A browser tells nobody of a drop where this was let pass.
    expect(over.defaultPrevented).to.equal(true);
    await capture.element.updateComplete;
    expect(capture.root.querySelector('.drop')).to.equal(null);
  });

  it('stays what it was when it changes on the disk before it is sent', async function () {
    // WebKitGTK has no files of a page's own.
    if (!('storage' in navigator)) this.skip();
    const directory = await navigator.storage.getDirectory();
    const handle = await directory.getFileHandle('proof.pdf', { create: true });
    const write = async (text: string): Promise<void> => {
      const stream = await handle.createWritable();
      await stream.write(text);
      await stream.close();
    };
    try {
      await write('%PDF-1.7 as it was chosen');
      const capture = await begin({ plan: FACE });
      await capture.give(await handle.getFile());
      await write('something else');
      await capture.press(words.send);
      const [proof] = capture.last('kyc-captured').detail.proofs;
      expect(await proof?.blob.text()).to.equal('%PDF-1.7 as it was chosen');
    } finally {
      await directory.removeEntry('proof.pdf');
    }
  });
});

describe('the question whether to stop', () => {
  it('stays when a picture is ready meanwhile, which is looked at after it', async () => {
    const capture = await begin({ plan: FACE });
    capture.choose(await specimen(FACE_FILE));
    await capture.press('Stop');
    await capture.at('face review');
    expect(capture.text).to.contain('Stop the verification?');
    await capture.press('Keep going');
    expect(capture.text).to.contain(words.review);
  });

  it('is not asked of who begins anew', async () => {
    const capture = await begin({ plan: FACE });
    await capture.press('Stop');
    capture.element.close();
    capture.element.start();
    await capture.element.updateComplete;
    expect(capture.text).not.to.contain('Stop the verification?');
  });
});

describe('a host of <kyc-capture>', () => {
  it('gets out of a failure that it has mended', async () => {
    const capture = await mountCapture({});
    capture.element.start();
    expect(capture.element.error?.code).to.equal('invalid-plan');
    capture.element.plan = FACE;
    capture.element.retry();
    expect(capture.element.phase).to.equal('capturing');
    expect(capture.element.error).to.equal(undefined);
  });
});
