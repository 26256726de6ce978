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

  it('is not lost for a picture that is wanted while it is changed for another one', async () => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    // As if there were two: not every engine has more than one fake camera.
    platform.set(navigator.mediaDevices, 'enumerateDevices', () =>
      Promise.resolve([...devices, ...devices]),
    );
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
});
