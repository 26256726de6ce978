import { enCapture } from '../i18n/en-capture.js';
import type {
  CaptureStep,
  CaptureTroubleCode,
  MediaLimits,
  QualityHint,
} from '../model/capture.js';
import { pause } from '../session/pause.js';
import { Camera, clipType, type CameraTrouble, type RunningCamera } from './camera.js';
import { Studio, type PreparedProof } from './studio.js';
import type { CameraMode } from './making-views.js';

/** What a maker needs of its element. */
export interface MakerHost {
  /** Something is to be shown anew. */
  changed(): void;
  /** There is something to be looked at. */
  made(): void;
  /** Something went wrong in the step; the person is told by what is shown. */
  report(code: CameraTrouble | CaptureTroubleCode, message: string): void;
  /** Where the camera is shown. */
  video(): HTMLVideoElement | null;
}

/** For the developer; the person has words of their own. What is wrong with a file, both read. */
const MESSAGES: Readonly<Record<CameraTrouble, string>> = {
  'insecure-context': 'The page is not https, so that it gets no camera.',
  'no-media-devices': 'The browser, or the app around it, has no camera interface.',
  'permissions-policy': 'The Permissions-Policy of the page keeps the camera from it.',
  'camera-denied': 'The camera was refused, by the person, the browser or a Permissions-Policy.',
  'no-camera': 'There is no camera that could serve.',
  'camera-busy': 'The camera did not start: something else has it, or the system keeps it.',
  'camera-lost': 'The camera stopped while it was shown.',
};

/** Milliseconds between two looks at what the camera shows. */
const LOOK = 1000;

/** Pixels that such a look is wide. */
const LOOK_WIDTH = 512;

/** What can be told of a small frame, and what the person can do about at once. */
const LIVE: readonly QualityHint[] = ['too-dark', 'glare', 'no-rectangle'];

/** Makes one proof after another: from the camera, or from a file. */
export class Maker {
  readonly #host: MakerHost;
  readonly #camera: Camera;
  #studio: Studio | undefined;
  #work = new AbortController();
  #step: CaptureStep | undefined;
  #limits: MediaLimits | undefined;
  /** The person took the camera once, and will have it at the next step. */
  #isCameraPreferred = false;
  #isShown = true;

  mode: CameraMode = 'off';
  trouble: CameraTrouble | CaptureTroubleCode | undefined;
  /** Not yet accepted by the person. */
  made: PreparedProof | undefined;
  /** `''` where one is over. */
  liveHint: QualityHint | '' | undefined;
  isTorchOn = false;

  constructor(host: MakerHost) {
    this.#host = host;
    this.#camera = new Camera(this.#hearCamera);
  }

  get running(): RunningCamera | undefined {
    return this.#camera.running;
  }

  get canTakePictures(): boolean {
    return !!this.#limits?.types.includes('image/jpeg');
  }

  get canRecord(): boolean {
    return !!this.#limits?.types.includes('video/mp4') && clipType() !== undefined;
  }

  /** The person is to make a proof. */
  enter(step: CaptureStep, limits: MediaLimits): void {
    this.leave();
    this.#step = step;
    this.#limits = limits;
    if (this.#isCameraPreferred && (this.canTakePictures || this.canRecord)) this.openCamera();
  }

  /** The camera stops, whatever was under way is dropped. */
  leave(): void {
    this.#stopCamera('off');
    this.#step = this.trouble = this.made = undefined;
  }

  /** Nothing is kept or runs any more. */
  end(): void {
    this.leave();
    this.#isCameraPreferred = false;
    this.#studio?.close();
    this.#studio = undefined;
  }

  /** Shows again what was accepted before. */
  show(made: PreparedProof): void {
    this.leave();
    this.made = made;
  }

  openCamera(mode: 'opening' | 'switching' = 'opening'): void {
    if (!this.#step) return;
    this.#isCameraPreferred = true;
    this.trouble = undefined;
    this.#stopCamera(mode);
    void this.#camera.open(this.#step.subject);
  }

  /** What is not shown does not run. */
  setShown(isShown: boolean): void {
    this.#isShown = isShown;
    if (isShown && this.mode === 'paused') this.openCamera();
    // One that is still opening is stopped when it comes: a browser's own question may hide the page.
    else if (!isShown && (this.mode === 'on' || this.mode === 'recording'))
      this.#stopCamera('paused');
  }

  async switchCamera(): Promise<void> {
    const { signal } = this.#work;
    if (this.#step) await this.#camera.chooseNext(this.#step.subject);
    if (!signal.aborted) this.openCamera('switching');
  }

  toggleTorch(): void {
    this.isTorchOn = !this.isTorchOn;
    void this.#camera.setTorch(this.isTorchOn);
    this.#host.changed();
  }

  async takePicture(): Promise<void> {
    const video = this.#host.video();
    if (this.mode !== 'on' || !video) return;
    const { signal } = this.#work;
    const blob = await this.#camera.still(video);
    if (signal.aborted) return;
    if (blob) await this.take(blob);
    else this.#stumble('camera-lost');
  }

  async record(): Promise<void> {
    if (this.mode !== 'on') return;
    this.mode = 'recording';
    this.liveHint = undefined;
    this.#host.changed();
    const { signal } = this.#work;
    // A browser that knows the format may have no encoder for it.
    const blob = await this.#camera.clip().catch(() => undefined);
    if (signal.aborted) return;
    if (blob?.size) await this.take(blob);
    else this.#stumble('camera-lost');
  }

  endClip(): void {
    this.#camera.endClip();
  }

  /** What the camera or the person brought becomes a proof, or is refused with words. */
  async take(blob: Blob): Promise<void> {
    const { subject } = this.#step ?? {};
    const limits = this.#limits;
    if (!subject || !limits || this.mode === 'working') return;
    const signal = this.#stopCamera('working');
    this.trouble = undefined;
    this.#host.changed();
    this.#studio ??= new Studio();
    // Nobody waits for it any more where it throws.
    const answer = await this.#studio
      .prepare({ blob, subject, limits }, signal)
      .catch(() => undefined);
    if (!answer || signal.aborted) return;
    const { proof, trouble } = answer;
    if (trouble) {
      this.#stumble(trouble);
      return;
    }
    this.mode = 'off';
    this.made = proof;
    this.#host.made();
  }

  #stumble(trouble: CameraTrouble | CaptureTroubleCode): void {
    this.#stopCamera('off');
    this.#isCameraPreferred = false;
    this.trouble = trouble;
    this.#host.changed();
    this.#host.report(
      trouble,
      trouble in MESSAGES ? MESSAGES[trouble as CameraTrouble] : enCapture[trouble],
    );
  }

  #stopCamera(mode: CameraMode): AbortSignal {
    this.#work.abort();
    this.#work = new AbortController();
    this.#camera.close();
    this.mode = mode;
    this.liveHint = undefined;
    this.isTorchOn = false;
    this.#host.changed();
    return this.#work.signal;
  }

  readonly #hearCamera = (trouble?: CameraTrouble): void => {
    if (trouble) {
      this.#stumble(trouble);
      return;
    }
    if (!this.#isShown) {
      this.#stopCamera('paused');
      return;
    }
    const isNew = this.mode !== 'on';
    this.mode = 'on';
    this.#host.changed();
    if (isNew) void this.#look(this.#work.signal);
  };

  /** Looks at what the camera shows, and tells what had better be changed before it is taken. */
  async #look(signal: AbortSignal): Promise<void> {
    const subject = this.#step?.subject;
    if (!subject) return;
    const isOn = (): boolean => !signal.aborted && this.mode === 'on';
    let last: QualityHint | '' | undefined;
    for (;;) {
      await pause(LOOK, signal);
      const video = this.#host.video();
      if (!isOn()) return;
      if (!video?.videoWidth) continue;
      const frame = await createImageBitmap(video, { resizeWidth: LOOK_WIDTH }).catch(
        () => undefined,
      );
      if (!frame) return;
      this.#studio ??= new Studio();
      const scale = video.videoWidth / frame.width;
      const hints = await this.#studio.assess(frame, subject, scale);
      if (!isOn()) return;
      // Only what is seen twice in a row: it is said aloud, and a hand moves.
      const seen = LIVE.find((hint) => hints.includes(hint)) ?? (this.liveHint && '');
      if (seen === last && seen !== this.liveHint) {
        this.liveHint = seen;
        this.#host.changed();
      }
      last = seen;
    }
  }
}
