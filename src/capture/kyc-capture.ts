import {
  adoptStyles,
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { KycElement } from '../element/kyc-element.js';
import { styles } from '../element/kyc.styles.js';
import { fill, type SomeTexts } from '../i18n/texts.js';
import type { CapturePhase, CapturePlan, MediaLimits } from '../model/capture.js';
import type { KycError } from '../model/errors.js';
import { KycEvent } from '../model/events.js';
import { CaptureRun } from './capture-run.js';
import { captureStyles } from './capture.styles.js';
import { Collection, type Place } from './collection.js';
import { endView, errorView } from './endings.js';
import { bringsFiles, fileIn, hasCameraApp, LeaveGuard, limitsFor, onPaste } from './intake.js';
import { Maker } from './maker.js';
import { makeView, pickView } from './making-views.js';
import { Clips, drawPicture } from './previews.js';
import { Sight } from './sight.js';
import { statusText } from './status.js';
import {
  confirmView,
  introView,
  leaveView,
  reviewView,
  uploadView,
  waitView,
  type Acts,
} from './views.js';
import { isVideo, wordsFrom, type Words } from './words.js';

/**
 * Collects the proofs of an identity verification on the merchant's own page, with the camera or from
 * files, and hands them to the merchant's server, or to the page.
 *
 * @summary The merchant's own front end for proofs: camera, files, review, upload.
 * @tagname kyc-capture
 *
 * @slot intro - In place of the panel with the start button. A button of yours calls `start()`.
 * @slot captured - In place of the panel after `kyc-captured`, where there is no endpoint.
 * @slot submitted - In place of the panel after everything has arrived.
 * @slot canceled - In place of the panel after the person or the host backed out.
 * @slot failed - In place of the panel that says what went wrong.
 * @slot handled - In place of nothing, where the host prevented `kyc-error`.
 *
 * @event {KycEvent<'kyc-capture-step'>} kyc-capture-step - The person came to a step, or to its
 *   next part.
 * @event {KycEvent<'kyc-captured'>} kyc-captured - Everything was collected, and the person wants it
 *   to be sent: here are the proofs. Cancelable: prevent it to send them yourself.
 * @event {KycEvent<'kyc-upload-progress'>} kyc-upload-progress - Some more was sent.
 * @event {KycEvent<'kyc-submitted'>} kyc-submitted - Your server has everything. Not a decision.
 * @event {KycEvent<'kyc-canceled'>} kyc-canceled - The person or the host backed out.
 * @event {KycEvent<'kyc-error'>} kyc-error - Something went wrong, in a step or as a whole. Cancelable
 *   in the phase `failed`: prevent it to tell the person yourself.
 *
 * @csspart stage - The surface.
 * @csspart header - The bar with the number of the step and the button to stop.
 * @csspart panel - Any panel.
 * @csspart mark - The sign above a panel's heading.
 * @csspart spinner - The sign of waiting.
 * @csspart heading - A panel's heading.
 * @csspart text - A panel's sentence.
 * @csspart actions - A panel's buttons.
 * @csspart button - Any button.
 * @csspart primary-button - The main button of a panel.
 * @csspart code - The error code in a panel.
 * @csspart choice - A type of document to pick.
 * @csspart consent-text - The text that is to be written.
 * @csspart formats - What files may be chosen.
 * @csspart camera - What the camera shows, with its guide.
 * @csspart hint - What had better be changed, over the camera.
 * @csspart preview - A proof as it will be sent.
 * @csspart hints - What may be wrong with a picture.
 * @csspart trouble - What went wrong in a step.
 * @csspart list - All proofs.
 * @csspart progress - How much was sent.
 *
 * @cssproperty [--kyc-width=1000px] - Largest width.
 * @cssproperty [--kyc-surface=Canvas] - Background.
 * @cssproperty [--kyc-text=CanvasText] - Text and lines.
 * @cssproperty [--kyc-accent] - Main buttons. Default: the text colour.
 * @cssproperty [--kyc-on-accent] - Text on the accent. Default: the background.
 * @cssproperty [--kyc-radius=12px] - Corner radius.
 * @cssproperty [--kyc-font=system-ui] - Font.
 *
 * @cssstate idle - Nothing has begun.
 * @cssstate creating - Your server is asked for a session.
 * @cssstate capturing - The person is at one of the proofs.
 * @cssstate confirming - Everything is there, and not sent.
 * @cssstate uploading - It is being sent.
 * @cssstate captured - The host has the proofs.
 * @cssstate submitted - Your server has the proofs.
 * @cssstate canceled - The person or the host backed out.
 * @cssstate failed - Something went wrong.
 */
export class KycCapture extends KycElement {
  static override properties: PropertyDeclarations = {
    captureEndpoint: { attribute: 'capture-endpoint' },
    provider: {},
    plan: { attribute: false },
    isLeaving: { state: true },
    isDragged: { state: true },
  };

  /**
   * Where the proofs are sent: the path that the backend kit's handler is mounted at, or a URL.
   * Without it nothing is sent, and `kyc-captured` hands them to the page.
   */
  declare captureEndpoint: string | undefined;

  /** `veriff` or `shufti-pro`: asks for what that provider needs at least, where there is no `plan`. */
  declare provider: string | undefined;

  /** What the person is asked for; see `veriffPlan()` and `shuftiProPlan()`. */
  declare plan: CapturePlan | undefined;

  /** Texts that take the place of ours. */
  declare texts: SomeTexts | undefined;

  /** The person is asked whether to stop. */
  declare private isLeaving: boolean;

  /** A file is held over the element. */
  declare private isDragged: boolean;

  readonly #run = new CaptureRun({
    wish: () => ({
      captureEndpoint: this.captureEndpoint,
      provider: this.provider,
      plan: this.plan,
      language: this.wantedLocale.toLowerCase().split('-')[0] ?? '',
    }),
    changed: () => {
      this.#sync();
    },
    emit: (name, detail) => this.dispatchEvent(new KycEvent(name, detail)),
  });
  readonly #maker = new Maker({
    changed: () => {
      this.requestUpdate();
    },
    made: () => {
      this.#run.review();
    },
    report: (code, message) => {
      const { provider } = this.#run;
      this.dispatchEvent(new KycEvent('kyc-error', { provider, code, message, retryable: true }));
    },
    video: () => this.renderRoot.querySelector<HTMLVideoElement>('.camera video'),
  });
  readonly #clips = new Clips();
  readonly #guard = new LeaveGuard();
  /** Steps whose pictures were found fault with once. */
  readonly #hinted = new Set<string>();
  #place: Place | undefined;
  #shownView = '';
  #hadFocus = false;
  readonly #sight = new Sight(() => {
    this.#showCamera();
  });
  #forgetPaste: (() => void) | undefined;

  readonly #acts: Acts = {
    start: () => {
      this.start();
    },
    retry: () => {
      this.retry();
    },
    askToLeave: () => {
      this.isLeaving = true;
    },
    leave: () => {
      this.#run.cancel('person');
    },
    stay: () => {
      this.isLeaving = false;
    },
    pick: (event) => {
      event.preventDefault();
      const type = new FormData(event.currentTarget as HTMLFormElement).get('type');
      if (typeof type === 'string') this.#run.pick(type);
    },
    back: () => {
      this.#run.back();
    },
    skip: () => {
      this.#run.leaveOut();
    },
    openCamera: () => {
      this.#maker.openCamera();
    },
    switchCamera: () => {
      void this.#maker.switchCamera();
    },
    toggleTorch: () => {
      this.#maker.toggleTorch();
    },
    takePicture: () => {
      void this.#maker.takePicture();
    },
    record: () => {
      void this.#maker.record();
    },
    endClip: () => {
      this.#maker.endClip();
    },
    choose: () => {
      this.#input('files')?.click();
    },
    chooseByApp: () => {
      this.#input('app')?.click();
    },
    use: () => {
      const { made } = this.#maker;
      if (made) this.#run.keep(made.blob, made.type);
    },
    retake: () => {
      const { place } = this.#run;
      if (place && this.#maker.made?.hints.length) this.#hinted.add(place.step.context);
      this.#run.retake();
    },
    change: (step) => {
      this.#run.change(step);
    },
    send: () => {
      this.#run.send();
    },
    stopSending: () => {
      this.#run.stopSending();
    },
  };

  constructor() {
    super();
    this.isLeaving = this.isDragged = false;
  }

  /** The present phase. */
  get phase(): CapturePhase {
    return this.#run.phase;
  }

  /** Why it failed; `undefined` in every other phase. */
  get error(): KycError | undefined {
    return this.#run.error;
  }

  /** What holds for the present step. */
  get #limits(): MediaLimits | undefined {
    const { collection, place } = this.#run;
    return collection && place && limitsFor(place.step, collection.plan.limits);
  }

  /** Begins with the first step. Does nothing while it is on, or once everything was handed in. */
  start(): void {
    this.#run.start();
  }

  /** Ends it as canceled by the host: the camera stops, and what was collected is dropped. */
  close(): void {
    this.#run.cancel('host');
  }

  /** Goes on after a failure with what there is; begins anew after a cancelation. */
  retry(): void {
    this.#run.retry();
  }

  /** `moveBefore()` is no departure: nothing stops. */
  connectedMoveCallback(): void {
    // The platform's own steps are left out.
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight.open();
    this.#forgetPaste = onPaste(this, this.#take);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight.close();
    this.#forgetPaste?.();
    this.#showCamera();
    this.#guard.set(false);
    // An element that is moved is back at once.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#run.reset();
      this.#maker.end();
      this.#clips.clear();
    });
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    adoptStyles(root as ShadowRoot, [styles, captureStyles]);
    return root;
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (!this.#run.isActive) this.isLeaving = false;
    const root = this.isConnected && (this.getRootNode() as Document | ShadowRoot);
    this.#hadFocus = !!root && this.contains(root.activeElement);
  }

  protected override updated(): void {
    const { phase, collection } = this.#run;
    this.showState(phase);
    this.#guard.set(
      this.isConnected && this.#run.isActive && (!!this.#maker.made || !!collection?.proofs.length),
    );
    this.#syncCamera();
    this.#syncPreviews();
    this.#syncFocus();
  }

  protected override render(): TemplateResult {
    const { language, texts } = this.wording;
    const words = wordsFrom(texts);
    const { place, collection, phase } = this.#run;
    const isBusy = phase === 'capturing' || phase === 'confirming';
    const steps = collection?.steps ?? [];
    const step = steps.findIndex(({ context }) => context === place?.step.context) + 1;
    return html`<div
      class=${this.isDragged ? 'stage drop' : 'stage'}
      part="stage"
      lang=${language}
      dir=${words.dir}
      @dragover=${this.#onDrag}
      @dragleave=${this.#onDrag}
      @drop=${this.#onDrop}
    >
      ${
        isBusy && !this.isLeaving
          ? html`<div class="bar" part="header">
              <span>${step ? fill(words.step, { step, steps: steps.length }) : words.confirm}</span>
              <button type="button" part="button" @click=${this.#acts.askToLeave}>
                ${words.leaveNow}
              </button>
            </div>`
          : nothing
      }
      <div class="body" tabindex="-1">${this.#renderBody(language, words)}</div>
      ${place?.stage === 'make' ? this.#renderInputs(place) : nothing}
      <p class="status" role="status">${this.#status(language, words)}</p>
    </div>`;
  }

  #renderBody(language: string, words: Words): unknown {
    const run = this.#run;
    const { phase, collection, place } = run;
    const acts = this.#acts;
    if (this.isLeaving) return leaveView(words, acts);
    switch (phase) {
      case 'idle': {
        const plan = run.planned;
        return html`<slot name="intro"
          >${introView(plan && new Collection(plan), words, acts)}</slot
        >`;
      }
      case 'creating':
        return waitView(words.creating);
      case 'capturing':
        return collection && place && this.#renderStep(collection, place, words);
      case 'confirming':
        return collection && confirmView(collection, run.arrived, words, acts, this.#clips);
      case 'uploading':
        return uploadView(run.share, run.isOffline, language, words, acts);
      case 'failed':
        return run.isErrorHandled
          ? html`<slot name="handled"></slot>`
          : html`<slot name="failed">${errorView(run.error, words, acts)}</slot>`;
      case 'captured':
      case 'submitted':
      case 'canceled':
        return html`<slot name=${phase}>${endView(phase, words, acts)}</slot>`;
      default:
        return phase satisfies never;
    }
  }

  #renderStep(collection: Collection, place: Place, words: Words): unknown {
    const { made } = this.#maker;
    const { step, stage } = place;
    const picked = collection.typeFor(step.subject);
    const canGoBack = collection.before(place) !== undefined;
    if (stage === 'pick') return pickView(place, picked, canGoBack, words, this.#acts);
    if (stage === 'review') {
      const isFirst = !this.#hinted.has(step.context);
      return made && reviewView(place, made, isFirst, words, this.#acts, this.#clips);
    }
    const { mode, running, trouble, liveHint, isTorchOn, canRecord, canTakePictures } = this.#maker;
    return makeView({
      words,
      acts: this.#acts,
      place,
      documentType: picked,
      canGoBack,
      limits: this.#limits ?? collection.plan.limits,
      mode,
      camera: running,
      isTorchOn,
      canTakePictures,
      canRecord,
      hasCameraApp: hasCameraApp(),
      trouble,
      liveHint,
    });
  }

  /** Behind the buttons: a file, or on a phone what its own camera app makes of it. */
  #renderInputs({ step }: Place): TemplateResult {
    const types = this.#limits?.types ?? [];
    const app = types.some((type) => !isVideo(type)) ? 'image/*' : 'video/*';
    // Any picture: HEIC and WebP are made anew where the browser reads them, else refused in words.
    const accept = new Set(types.map((type) => type.replace(/^image.*/, 'image/*')));
    return html`<input
        type="file"
        data-input="files"
        hidden
        accept=${[...accept].join()}
        @change=${this.#onFile}
      />
      <input
        type="file"
        data-input="app"
        hidden
        accept=${app}
        capture=${step.subject === 'face' ? 'user' : 'environment'}
        @change=${this.#onFile}
      />`;
  }

  /** What a screen reader says when something changes. */
  #status(language: string, words: Words): string {
    return this.isLeaving ? words.leave : statusText(this.#run, this.#maker, language, words);
  }

  #input(name: 'files' | 'app'): HTMLInputElement | null {
    return this.renderRoot.querySelector(`[data-input=${name}]`);
  }

  /** The maker follows the run. */
  #sync(): void {
    const run = this.#run;
    const { place, collection } = run;
    this.requestUpdate();
    if (!run.isActive) {
      this.#maker.end();
      this.#hinted.clear();
      this.isLeaving = false;
    }
    if (place === this.#place) return;
    this.#place = place;
    const limits = this.#limits;
    const proof = place && collection?.proofOf(place.step);
    if (place?.stage === 'make' && limits) this.#maker.enter(place.step, limits);
    else if (place?.stage !== 'review') this.#maker.leave();
    else if (!this.#maker.made && proof) this.#maker.show({ ...proof, hints: [] });
  }

  /** The stream goes into what shows it, and only what is seen goes on. */
  #syncCamera(): void {
    const frame = this.renderRoot.querySelector('.camera');
    const video = frame?.querySelector('video');
    const stream = this.#maker.running?.stream ?? null;
    if (video && video.srcObject !== stream) video.srcObject = stream;
    this.#showCamera();
    this.#sight.watch(frame);
  }

  #syncPreviews(): void {
    const { collection } = this.#run;
    const { made } = this.#maker;
    const proofs = collection?.proofs ?? [];
    for (const canvas of this.renderRoot.querySelectorAll<HTMLCanvasElement>(
      'canvas[data-proof]',
    )) {
      const { proof: name } = canvas.dataset;
      const shown = name === 'candidate' ? made : proofs.find(({ context }) => context === name);
      if (shown) void drawPicture(canvas, shown.blob);
    }
    const isShown = this.renderRoot.querySelector('.preview video');
    this.#clips.clear(
      new Set(isShown ? [...proofs, ...(made ? [made] : [])].map(({ blob }) => blob) : []),
    );
  }

  /** What is new takes the focus from within the element; so does what comes where it was lost. */
  #syncFocus(): void {
    const { phase, place } = this.#run;
    const { mode } = this.#maker;
    const isCamera = mode === 'on' || mode === 'recording';
    const view = [
      phase,
      place?.step.context,
      place?.stage,
      // The button stays while the camera opens, and so does the focus.
      mode === 'opening' ? 'off' : mode,
      this.isLeaving,
    ].join();
    if (view === this.#shownView) return;
    this.#shownView = view;
    if (!this.#hadFocus) return;
    const body = this.renderRoot.querySelector<HTMLElement>('.body');
    const button = body?.querySelector<HTMLElement>('.actions button');
    (isCamera ? button : body)?.focus({ preventScroll: true });
    this.scrollIntoView({ block: 'nearest' });
  }

  #showCamera(): void {
    this.#maker.setShown(this.#sight.isClear && this.isConnected && !this.isLeaving);
  }

  /** @returns whether one was asked for */
  readonly #take = (file: Blob): boolean => {
    const isWanted = this.#run.place?.stage === 'make' && !this.isLeaving;
    if (isWanted) void this.#maker.take(file);
    return isWanted;
  };

  readonly #onFile = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    const [file] = input.files ?? [];
    // The same file may be chosen again.
    input.value = '';
    if (file) this.#take(file);
  };

  readonly #onDrag = (event: DragEvent): void => {
    if (!bringsFiles(event)) return;
    // At the wrong time too: else the browser would leave this page for the file.
    event.preventDefault();
    this.isDragged = this.#run.place?.stage === 'make' && event.type === 'dragover';
  };

  readonly #onDrop = (event: DragEvent): void => {
    this.isDragged = false;
    const file = fileIn(event.dataTransfer);
    if (!file) return;
    event.preventDefault();
    this.#take(file);
  };
}
