import {
  CameraError,
  firstPicture,
  openCamera,
  serves,
  stopStream,
  takePicture,
} from './camera.js';
import { make, makeButton } from './dom.js';
import { PICTURES, PROBLEM_TEXTS, type PictureStep } from './pictures.js';
import type { CameraProblem } from './camera.js';
import type { Report } from './reports.js';
import type { Shell } from './shell.js';

/** Largest picture that the API takes, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What the capture of pictures needs of the run that it is part of. */
export interface CaptureParts {
  readonly shell: Shell;
  readonly report: (report: Report) => Promise<void>;
  readonly cancel: () => void;
  /** Called with the picture that the person chose to keep. */
  readonly keep: (step: PictureStep, picture: Blob) => void;
  /** Plays a device without a camera. */
  readonly noCamera: boolean;
}

/**
 * Takes one picture: live picture, still, retake; a file where there is no camera. Holds the camera
 * from one picture to the next where one camera serves both, so that the browser asks once.
 */
export class Capture {
  readonly #parts: CaptureParts;
  #stream: MediaStream | undefined;
  #screen = new AbortController();

  constructor(parts: CaptureParts) {
    this.#parts = parts;
  }

  /** Shows the live picture, and asks for the camera where it is not on already. */
  async begin(which: PictureStep): Promise<void> {
    const signal = this.#nextScreen();
    const video = this.#showLive(which);
    try {
      const stream = await this.#open(which, signal);
      const [track] = stream.getVideoTracks();
      const onEnded = (): void => {
        this.#showProblem(which, 'failed');
      };
      track?.addEventListener('ended', onEnded, { signal });
      video.srcObject = stream;
      // Where autoplay is refused, the first picture is enough to go on.
      video.play().catch(() => undefined);
      await firstPicture(video, signal);
      this.#parts.shell.enable('shutter');
      this.#parts.shell.say('The camera is on.');
    } catch (error) {
      if (signal.aborted) return;
      this.#showProblem(which, error instanceof CameraError ? error.problem : 'failed');
    }
  }

  /** Turns the camera off and leaves the screen. */
  stop(): void {
    this.#screen.abort();
    if (this.#stream) stopStream(this.#stream);
    this.#stream = undefined;
  }

  /** Ends what the last screen waited for. */
  #nextScreen(): AbortSignal {
    this.#screen.abort();
    this.#screen = new AbortController();
    return this.#screen.signal;
  }

  async #open(which: PictureStep, signal: AbortSignal): Promise<MediaStream> {
    const { facing } = PICTURES[which];
    if (this.#stream && serves(this.#stream, facing)) return this.#stream;
    if (this.#stream) stopStream(this.#stream);
    this.#stream = undefined;
    if (this.#parts.noCamera) throw new CameraError('missing');
    const stream = await openCamera(facing, signal);
    this.#stream = stream;
    void this.#parts.report('camera-live');
    void this.#parts.report(
      stream.getAudioTracks().length > 0 ? 'microphone-live' : 'microphone-missing',
    );
    return stream;
  }

  #showLive(which: PictureStep): HTMLVideoElement {
    const { step, heading, lead } = PICTURES[which];
    const video = make('video', {
      autoplay: true,
      playsinline: true,
      'aria-label': 'Live picture of your camera',
    });
    video.muted = true;
    const guide = make('span', { class: 'guide', 'aria-hidden': 'true' });
    const shoot = (): void => void this.#shoot(which, video);
    this.#parts.shell.show({
      step,
      heading,
      lead,
      body: [make('div', { class: `stage live ${which}` }, video, guide)],
      status: 'Waiting for the camera. Your browser may ask you to allow it.',
      actions: [
        this.#makeCancel(),
        makeButton({
          label: 'Take picture',
          rank: 'primary',
          name: 'shutter',
          pilot: true,
          disabled: true,
          onClick: shoot,
        }),
      ],
    });
    return video;
  }

  async #shoot(which: PictureStep, video: HTMLVideoElement): Promise<void> {
    const { signal } = this.#screen;
    try {
      const picture = await takePicture(video);
      if (!signal.aborted) this.#showStill(which, picture);
    } catch {
      if (!signal.aborted) this.#showProblem(which, 'failed');
    }
  }

  #showStill(which: PictureStep, picture: Blob): void {
    const signal = this.#nextScreen();
    const { step, check, question, alt } = PICTURES[which];
    const url = URL.createObjectURL(picture);
    signal.addEventListener('abort', () => {
      URL.revokeObjectURL(url);
    });
    const image = make('img', { src: url, alt });
    const retake = (): void => void this.begin(which);
    const keep = (): void => {
      this.#parts.keep(which, picture);
    };
    this.#parts.shell.show({
      step,
      heading: check,
      lead: question,
      body: [make('div', { class: 'stage still' }, image)],
      actions: [
        this.#makeCancel(),
        makeButton({ label: 'Retake', name: 'retake', onClick: retake }),
        makeButton({
          label: 'Use picture',
          rank: 'primary',
          name: 'keep',
          pilot: true,
          onClick: keep,
        }),
      ],
    });
  }

  #showProblem(which: PictureStep, problem: CameraProblem): void {
    this.stop();
    this.#nextScreen();
    void this.#parts.report(`camera-${problem}`);
    const [heading, lead] = PROBLEM_TEXTS[problem];
    const input = this.#makeFileInput(which);
    const choose = (): void => {
      input.click();
    };
    const again = (): void => void this.begin(which);
    this.#parts.shell.show({
      icon: 'problem',
      heading,
      lead,
      body: [input],
      actions: [
        this.#makeCancel(),
        makeButton({ label: 'Choose a file', name: 'choose', onClick: choose }),
        makeButton({ label: 'Try again', rank: 'primary', name: 'again', onClick: again }),
      ],
    });
  }

  /** Hidden, since the button before it opens it. The pilot fills it where a camera is not to be had. */
  #makeFileInput(which: PictureStep): HTMLInputElement {
    const { shell, noCamera } = this.#parts;
    const input = make('input', {
      type: 'file',
      accept: 'image/*',
      hidden: true,
      'data-pilot': noCamera,
    });
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (file === undefined) return;
      if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type))
        shell.say('Please choose a JPEG, PNG, WebP or HEIC picture.');
      else if (file.size > MAX_BYTES)
        shell.say('This picture is larger than 16 MB. Please choose a smaller one.');
      else this.#showStill(which, file);
    });
    return input;
  }

  #makeCancel(): HTMLButtonElement {
    return makeButton({
      label: 'Cancel',
      rank: 'quiet',
      name: 'cancel',
      onClick: this.#parts.cancel,
    });
  }
}
