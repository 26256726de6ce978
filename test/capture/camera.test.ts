import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { Camera } from '../../src/capture/camera.js';
import { enCapture as words } from '../../src/i18n/en-capture.js';
import { engine } from '../support/engine.js';
import { overrides } from '../support/override.js';
import { begin, FACE, FACE_FILE, planOf, specimen, type Capture } from './support/capture.js';

const open = async (plan = FACE): Promise<Capture> => {
  const capture = await begin({ plan });
  await capture.press(words.openCamera);
  await playing(capture);
  return capture;
};

const playing = (capture: Capture): Promise<void> =>
  capture.until(() => !!capture.video?.videoWidth, 'the camera');

const trackOf = ({ video }: Capture): MediaStreamTrack => {
  const [track] = (video?.srcObject as MediaStream | null)?.getVideoTracks() ?? [];
  if (!track) throw new Error('No camera runs.');
  return track;
};

const ended = (capture: Capture, track: MediaStreamTrack): Promise<void> =>
  capture.until(() => track.readyState === 'ended', 'the end of the track');

describe('the camera of <kyc-capture>', () => {
  const platform = overrides();

  it('is off until the person opens it', async () => {
    const asked: unknown[] = [];
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    platform.set(navigator.mediaDevices, 'getUserMedia', (wish: MediaStreamConstraints) => {
      asked.push(wish);
      return real(wish);
    });
    const capture = await begin({ plan: FACE });
    expect(asked).to.deep.equal([]);
    expect(capture.primary).to.equal(words.openCamera);
    await capture.press(words.openCamera);
    await playing(capture);
    expect(asked).to.have.length(1);
    const [{ audio, video }] = asked as [{ audio: boolean; video: MediaTrackConstraints }];
    expect(audio).to.equal(false);
    expect(video.facingMode).to.deep.equal({ ideal: 'user' });
  });

  it('says aloud what the picture has to be like', async () => {
    const capture = await open();
    expect(capture.status).to.contain(words['face-guide']);
    expect(capture.root.querySelector('.guide')?.className).to.equal('guide face');
  });

  it('takes a picture, and is off when it is looked at', async () => {
    const capture = await open();
    const track = trackOf(capture);
    await capture.press(words.takePicture);
    await capture.at('face review');
    expect(track.readyState).to.equal('ended');
    const canvas = capture.root.querySelector('canvas');
    expect(canvas?.ariaLabel ?? canvas?.getAttribute('aria-label')).to.contain(words['face-proof']);
    await capture.until(() => (canvas?.width ?? 0) > 300, 'the preview');
  });

  it('takes a picture of the first thing that it shows, where nothing is shown yet', async () => {
    // As in a browser without it: Firefox, Safari.
    platform.take(globalThis, 'ImageCapture');
    const camera = new Camera(() => undefined);
    await camera.open('face');
    const video = await fixture<HTMLVideoElement>(html`<video autoplay muted playsinline></video>`);
    video.srcObject = camera.running?.stream ?? null;
    expect(video.videoWidth).to.equal(0);
    const picture = await camera.still(video);
    camera.close();
    expect(picture?.size).to.be.greaterThan(1000);
  });

  it('is on again by itself for another picture, and for the next step', async () => {
    const capture = await open(planOf({ face: {}, consent: { text: 'I agree' } }));
    await capture.press(words.takePicture);
    await capture.press(words.retake);
    await playing(capture);
    await capture.press(words.takePicture);
    await capture.press(words.use);
    await capture.at('consent make');
    await playing(capture);
    expect(capture.root.querySelector('.guide')?.className).to.equal('guide page');
    expect(capture.root.querySelector('blockquote')?.textContent).to.equal('I agree');
  });

  it('ends at once when a file is chosen instead', async () => {
    const capture = await open();
    const track = trackOf(capture);
    capture.choose(await specimen(FACE_FILE));
    expect(track.readyState).to.equal('ended');
    await capture.at('face review');
  });

  it('ends at once when the element goes, and nothing comes after', async () => {
    const capture = await open();
    const track = trackOf(capture);
    capture.element.remove();
    expect(track.readyState).to.equal('ended');
    await aTimeout(0);
    expect(capture.element.phase).to.equal('idle');
    expect(capture.video).to.equal(null);
  });

  it('ends at once when the host calls it off', async () => {
    const capture = await open();
    const track = trackOf(capture);
    capture.element.close();
    expect(track.readyState).to.equal('ended');
    expect(capture.last('kyc-canceled').detail.by).to.equal('host');
  });

  it('is off while the person is asked whether to stop, and goes on', async () => {
    const capture = await open();
    const track = trackOf(capture);
    await capture.press('Stop');
    await ended(capture, track);
    expect(capture.text).to.contain('Stop the verification?');
    await capture.press('Keep going');
    await playing(capture);
    expect(trackOf(capture).readyState).to.equal('live');
  });

  it('is off while it is hidden, and on again when it is shown', async () => {
    const capture = await open();
    const track = trackOf(capture);
    capture.element.hidden = true;
    await ended(capture, track);
    capture.element.hidden = false;
    await playing(capture);
    expect(trackOf(capture).readyState).to.equal('live');
  });

  it('is off while it is scrolled away', async () => {
    const capture = await open();
    const track = trackOf(capture);
    capture.element.style.marginTop = '300vh';
    scrollTo(0, 0);
    await ended(capture, track);
    capture.element.style.marginTop = '';
    await playing(capture);
  });

  it('is off while the page is put away', async () => {
    const capture = await open();
    const track = trackOf(capture);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(track.readyState).to.equal('ended');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await playing(capture);
  });

  it('is stopped when it comes after the person has gone on', async () => {
    let give: (stream: MediaStream) => void = () => undefined;
    const real = await navigator.mediaDevices.getUserMedia({ video: true });
    platform.set(
      navigator.mediaDevices,
      'getUserMedia',
      () =>
        new Promise<MediaStream>((resolve) => {
          give = resolve;
        }),
    );
    const capture = await begin({ plan: FACE });
    await capture.press(words.openCamera);
    expect(capture.status).to.equal(words.openingCamera);
    capture.element.close();
    give(real);
    await capture.until(
      () => real.getTracks().every(({ readyState }) => readyState === 'ended'),
      'the end of what came late',
    );
  });

  it('tells that it stopped by itself, and offers another try or a file', async function () {
    // Firefox gives a track no event that a page made, and its fake camera cannot be unplugged.
    if (engine === 'firefox') this.skip();
    const capture = await open();
    const track = trackOf(capture);
    // What a browser does when the camera is unplugged: it ends, and says so.
    track.stop();
    track.dispatchEvent(new Event('ended'));
    await capture.until(() => capture.all('kyc-error').length > 0, 'the error');
    await capture.element.updateComplete;
    expect(capture.last('kyc-error').detail.code).to.equal('camera-lost');
    expect(capture.text).to.contain(words['camera-lost']);
    expect(capture.primary).to.equal(words.chooseFile);
    await capture.press('Try again');
    await playing(capture);
  });

  const refusals = {
    NotAllowedError: 'camera-denied',
    NotFoundError: 'no-camera',
    OverconstrainedError: 'no-camera',
    NotReadableError: 'camera-busy',
    AbortError: 'camera-busy',
  } as const;

  for (const [name, code] of Object.entries(refusals)) {
    it(`says ${code} for ${name}, and a file is the way on`, async () => {
      platform.set(navigator.mediaDevices, 'getUserMedia', () =>
        Promise.reject(new DOMException('', name)),
      );
      const capture = await begin({ plan: FACE });
      await capture.press(words.openCamera);
      await capture.until(() => capture.all('kyc-error').length > 0, 'the error');
      await capture.element.updateComplete;
      const { detail } = capture.last('kyc-error');
      expect(detail.code).to.equal(code);
      expect(detail.retryable).to.equal(true);
      expect(capture.text).to.contain(words[code]);
      expect(capture.text).to.contain(code);
      expect(capture.status).to.contain(words.otherWay);
      await capture.give(await specimen(FACE_FILE));
      expect(capture.element.phase).to.equal('confirming');
    });
  }

  it('says so where the page is not secure, and where there is no camera interface', async () => {
    platform.set(globalThis, 'isSecureContext', false);
    const insecure = await begin({ plan: FACE });
    await insecure.press(words.openCamera);
    await insecure.until(() => insecure.all('kyc-error').length > 0, 'the error');
    expect(insecure.last('kyc-error').detail.code).to.equal('insecure-context');
    platform.set(globalThis, 'isSecureContext', true);
    platform.take(navigator, 'mediaDevices');
    const bare = await begin({ plan: FACE });
    await bare.press(words.openCamera);
    await bare.until(() => bare.all('kyc-error').length > 0, 'the error');
    expect(bare.last('kyc-error').detail.code).to.equal('no-media-devices');
  });

  it('can be changed for another one, where there are several', async function () {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const cameras = devices.filter(({ kind }) => kind === 'videoinput');
    const capture = await open();
    if (cameras.length < 2) {
      // Firefox has one fake camera.
      expect(capture.labels).not.to.contain(words.switchCamera);
      return;
    }
    const before = trackOf(capture);
    await capture.press(words.switchCamera);
    await ended(capture, before);
    await capture.until(() => {
      const stream = capture.video?.srcObject as MediaStream | null | undefined;
      return !!stream && !stream.getVideoTracks().includes(before);
    }, 'the other camera');
    expect(trackOf(capture).getSettings().deviceId).not.to.equal(before.getSettings().deviceId);
  });

  it('has its light turned on and off, where it has one', async () => {
    const wishes: unknown[] = [];
    const { prototype } = MediaStreamTrack;
    platform.set(prototype, 'getCapabilities', () => ({ torch: true }));
    platform.set(prototype, 'applyConstraints', (wish: MediaTrackConstraints) => {
      wishes.push(wish.advanced?.[0]);
      return Promise.resolve();
    });
    const capture = await open();
    expect(capture.button(words.torch)?.ariaPressed).to.equal('false');
    await capture.press(words.torch);
    expect(capture.button(words.torch)?.ariaPressed).to.equal('true');
    await capture.press(words.torch);
    expect(wishes).to.deep.equal([{ torch: true }, { torch: false }]);
  });

  it('has no button for a light that it has not', async () => {
    platform.set(MediaStreamTrack.prototype, 'getCapabilities', () => ({}));
    const capture = await open();
    expect(capture.labels).not.to.contain(words.torch);
  });

  it('records a clip where the browser makes an MP4, else says that a file is wanted', async function () {
    const plan = planOf({ face: {}, verification_mode: 'video_only' });
    const canRecord =
      typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported('video/mp4');
    if (!canRecord) {
      // Firefox records WebM alone, which no provider here takes; WebKitGTK has no MediaRecorder.
      expect(engine).not.to.equal('chromium');
      const capture = await begin({ plan });
      expect(capture.text).to.contain(words.noRecording);
      expect(capture.labels).not.to.contain(words.openCamera);
      return;
    }
    const capture = await open(plan);
    expect(capture.labels).not.to.contain(words.takePicture);
    const track = trackOf(capture);
    await capture.press(words.record);
    expect(capture.labels).to.deep.equal([words.stopRecording]);
    expect(capture.status).to.contain('10');
    const { video } = capture;
    const from = video?.currentTime ?? 0;
    await capture.until(() => (video?.currentTime ?? 0) > from + 0.3, 'something to record');
    await capture.press(words.stopRecording);
    await capture.at('face review');
    expect(track.readyState).to.equal('ended');
    const player = capture.root.querySelector<HTMLVideoElement>('.preview video');
    await capture.until(() => !!player?.videoWidth, 'the clip');
    await capture.press(words.use);
    await capture.press(words.send);
    const [proof] = capture.last('kyc-captured').detail.proofs;
    expect(proof?.type).to.equal('video/mp4');
    expect(proof?.blob.size).to.be.greaterThan(1000);
  });

  it('goes on with the element when that is moved', async () => {
    const capture = await open();
    const other = await fixture<HTMLElement>(html`<div></div>`);
    other.append(capture.element);
    expect(capture.element.phase).to.equal('capturing');
    await capture.until(
      () => trackOf(capture).readyState === 'live' && !!capture.video?.videoWidth,
      'the camera',
    );
  });
});
