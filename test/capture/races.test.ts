import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { enCapture as words } from '../../src/i18n/en-capture.js';
import { overrides } from '../support/override.js';
import { begin, FACE, planOf, type Capture } from './support/capture.js';

const playing = (capture: Capture): Promise<void> =>
  capture.until(() => !!capture.video?.videoWidth, 'the camera');

const tracksOf = ({ video }: Capture): readonly MediaStreamTrack[] =>
  (video?.srcObject as MediaStream | null)?.getTracks() ?? [];

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
