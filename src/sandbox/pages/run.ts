import { Capture } from './capture.js';
import type { PageConfig } from './config.js';
import { makeButton } from './dom.js';
import { startPilot } from './pilot.js';
import { PICTURES, type PictureStep } from './pictures.js';
import * as screens from './screens.js';
import { Shell, type View } from './shell.js';
import { createSessionApi, type SessionApi } from './upload.js';
import { createVoice, type Voice } from './voice.js';

/** Where the person is. `over`: the session cannot be run (Shufti Pro: timed out or invalid). */
export type Step =
  | 'waiting'
  | 'intro'
  | 'reload'
  | PictureStep
  | 'review'
  | 'submitting'
  | 'done'
  | 'canceled'
  | 'over';

export interface PageOptions {
  /** Emptied and filled. */
  readonly root: HTMLElement;
  readonly config: PageConfig;
  /** The window that frames the page. Default: the parent; `null` where the page is top-level. */
  readonly host?: Window | null;
  /** Goes to another URL in place of this page. Default: `location.replace`. */
  readonly leave?: (url: string) => void;
}

/** A running page. */
export interface Page {
  readonly step: Step;
  /** Turns the camera off, stops listening and empties the root. */
  close(): void;
}

const parentWindow = (): Window | null => (window.parent === window ? null : window.parent);

const leaveFor = (url: string): void => {
  location.replace(url);
};

type Picture = readonly [which: PictureStep, picture: Blob];

class Run implements Page {
  readonly #config: PageConfig;
  readonly #host: Window | null;
  readonly #leave: (url: string) => void;
  readonly #shell: Shell;
  readonly #api: SessionApi;
  readonly #voice: Voice;
  readonly #capture: Capture;
  readonly #life = new AbortController();
  readonly #pictures = new Map<PictureStep, Blob>();
  #sending = new AbortController();
  /** Settles once the server and the host know of the end. */
  #told = Promise.resolve();
  readonly #urls: string[] = [];
  #step: Step = 'waiting';

  constructor({ root, config, host = parentWindow(), leave = leaveFor }: PageOptions) {
    this.#config = config;
    this.#host = host;
    this.#leave = leave;
    this.#shell = new Shell(root);
    this.#api = createSessionApi(config.api);
    this.#voice = createVoice(config, host);
    this.#capture = new Capture({
      shell: this.#shell,
      report: this.#api.report,
      cancel: this.#cancel,
      keep: this.#keep,
      noCamera: config.fault === 'no-camera',
    });
    // A page in the back-forward cache must not hold the camera.
    addEventListener('pagehide', () => this.#capture.stop(), { signal: this.#life.signal });
    if (config.pilot) startPilot(root, this.#life.signal);
    void this.#open();
  }

  get step(): Step {
    return this.#step;
  }

  close(): void {
    this.#life.abort();
    this.#stop();
    this.#shell.close();
  }

  async #open(): Promise<void> {
    const { fault, embedder, hop, submitted } = this.#config;
    if (hop !== null) {
      this.#leave(hop);
      return;
    }
    const isUnheard = this.#host !== null && embedder === null;
    this.#show('waiting', () => screens.waiting(isUnheard));
    await this.#voice.greet(this.#life.signal);
    if (this.#life.signal.aborted) return;
    if (fault === 'request-timeout' || fault === 'request-invalid') {
      this.#show('over', () => screens.over(fault));
      this.#voice.rejected(fault === 'request-timeout' ? 'request.timeout' : 'request.invalid');
    } else if (submitted) {
      this.#finish();
    } else {
      this.#show('intro', () => screens.intro({ begin: this.#begin, cancel: this.#cancel }));
    }
  }

  #show(step: Step, view: () => View): void {
    if (this.#enters(step)) this.#shell.show(view());
  }

  /**
   * Goes to a step, or cancels instead where the session was asked to. The step shows as an
   * attribute too, for styles and for whoever looks from outside.
   */
  #enters(step: Step): boolean {
    this.#step = step;
    this.#shell.mark(step);
    const cancels = this.#config.fault === `cancel-${step}`;
    if (cancels) this.#cancel();
    return !cancels;
  }

  readonly #begin = (): void => {
    const { vendor, fault } = this.#config;
    void this.#api.report('started');
    this.#voice.started();
    if (vendor === 'veriff' && (fault === 'reload-request' || fault === 'force-reload')) {
      this.#show('reload', () => screens.reload({ goOn: this.#next, cancel: this.#cancel }));
      this.#voice.reload();
    } else {
      this.#next();
    }
  };

  /** On to the picture that is still wanted, or to the review of both. */
  readonly #next = (): void => {
    const missing = (['document', 'face'] as const).find((each) => !this.#pictures.has(each));
    if (missing === undefined) this.#review();
    else this.#take(missing);
  };

  #take(which: PictureStep): void {
    if (this.#enters(which)) void this.#capture.begin(which);
  }

  readonly #keep = (which: PictureStep, picture: Blob): void => {
    this.#pictures.set(which, picture);
    this.#next();
  };

  #review(): void {
    this.#capture.stop();
    this.#show('review', () => {
      const shown = this.#inOrder().map(this.#shown);
      return screens.review(shown, { submit: this.#submit, cancel: this.#cancel });
    });
  }

  /** The pictures, the document first, in whatever order they were taken. */
  #inOrder(): readonly Picture[] {
    return [...this.#pictures].sort(([a], [b]) => PICTURES[a].step - PICTURES[b].step);
  }

  readonly #shown = ([which, picture]: Picture): screens.Shown => {
    const url = URL.createObjectURL(picture);
    this.#urls.push(url);
    const retake = (): void => {
      this.#pictures.delete(which);
      this.#forgetUrls();
      this.#take(which);
    };
    return { which, url, retake };
  };

  readonly #submit = (): void => {
    this.#sending = new AbortController();
    this.#show('submitting', () => screens.submitting(this.#cancel));
    void this.#handIn(this.#sending.signal);
  };

  async #handIn(signal: AbortSignal): Promise<void> {
    try {
      for (const [index, [which, picture]] of this.#inOrder().entries()) {
        this.#shell.say(`Sending picture ${index + 1} of 2.`);
        await this.#api.upload(PICTURES[which].context, picture, signal);
      }
      await this.#api.submit(signal);
    } catch {
      if (signal.aborted) return;
      this.#shell.show(screens.notSent({ submit: this.#submit, cancel: this.#cancel }));
      return;
    }
    if (signal.aborted) return;
    this.#voice.submitted();
    this.#finish();
  }

  #finish(): void {
    this.#forgetPictures();
    this.#show('done', () => screens.done(this.#wayBack()));
    this.#voice.finished();
  }

  readonly #cancel = (): void => {
    this.#stop();
    this.#show('canceled', () => screens.canceled(this.#wayBack()));
    this.#told = this.#tellCanceled();
  };

  /** The server first: at the page's word the host may remove the frame. */
  async #tellCanceled(): Promise<void> {
    await this.#api.report('canceled');
    if (!this.#life.signal.aborted) this.#voice.canceled();
  }

  /** Veriff sends a redirected person back; Shufti Pro loads its `redirect_url` in the frame as well. */
  #wayBack(): readonly HTMLElement[] {
    const { callback, vendor } = this.#config;
    if (callback === null || (vendor === 'veriff' && this.#host !== null)) return [];
    const onClick = (): void => {
      void this.#told.then(() => {
        this.#leave(callback);
      });
    };
    return [makeButton({ label: 'Return', rank: 'primary', name: 'return', pilot: true, onClick })];
  }

  #stop(): void {
    this.#sending.abort();
    this.#capture.stop();
    this.#forgetPictures();
  }

  #forgetPictures(): void {
    this.#pictures.clear();
    this.#forgetUrls();
  }

  #forgetUrls(): void {
    for (const url of this.#urls.splice(0)) URL.revokeObjectURL(url);
  }
}

/** Runs a hosted page in `root`, from the handshake to the thank-you. */
export const runPage = (options: PageOptions): Page => new Run(options);
