import type { CapturedProof, CapturePhase, CapturePlan, CaptureStep } from '../model/capture.js';
import type { KycError } from '../model/errors.js';
import type { KycCanceledDetail, KycCaptureEventName, KycEventDetails } from '../model/events.js';
import type { StartedSession } from '../model/status.js';
import { startSession } from '../session/start-session.js';
import { Upload } from '../session/upload.js';
import { Collection, type Place } from './collection.js';
import { presetFor } from './plans.js';

/** What the host set on the element. */
export interface CaptureWish {
  readonly captureEndpoint: string | undefined;
  readonly provider: string | undefined;
  readonly plan: CapturePlan | undefined;
  /** The first part of a BCP 47 tag, or `''`. */
  readonly language: string;
}

/** What a run needs of its element. */
export interface CaptureHost {
  wish(): CaptureWish;
  /** Something is to be shown anew. */
  changed(): void;
  /** @returns whether the host let it pass */
  emit<N extends KycCaptureEventName>(name: N, detail: KycEventDetails[N]): boolean;
}

/** Where something is on that the person or the host may call off. */
const ACTIVE: readonly CapturePhase[] = [
  'creating',
  'capturing',
  'confirming',
  'uploading',
  'failed',
];

/** Where the same proofs may do at another try. */
export const isRetryable = (code: KycError['code']): boolean =>
  code !== 'invalid-plan' && code !== 'session-refused';

/** One collection, from the start button to what became of it; knows nothing of how it is shown. */
export class CaptureRun {
  readonly #host: CaptureHost;
  #phase: CapturePhase = 'idle';
  #error: KycError | undefined;
  #isErrorHandled = false;
  #collection: Collection | undefined;
  #place: Place | undefined;
  #work = new AbortController();
  /** Where the session is of: what the host sets later is for another one. */
  #endpoint = '';
  #session: StartedSession | undefined;
  #upload: Upload | undefined;
  /** The proof that was not taken. */
  #refused: string | undefined;
  #share = 0;
  #isOffline = false;

  constructor(host: CaptureHost) {
    this.#host = host;
  }

  get phase(): CapturePhase {
    return this.#phase;
  }

  get error(): KycError | undefined {
    return this.#error;
  }

  get isErrorHandled(): boolean {
    return this.#isErrorHandled;
  }

  get collection(): Collection | undefined {
    return this.#collection;
  }

  get place(): Place | undefined {
    return this.#place;
  }

  /** Keys of the proofs that the server has. */
  get arrived(): ReadonlySet<string> {
    return this.#upload?.arrived ?? new Set();
  }

  /** How much was sent, 0 to 1. */
  get share(): number {
    return this.#share;
  }

  /** It waits for the connection. */
  get isOffline(): boolean {
    return this.#isOffline;
  }

  get provider(): string {
    const { plan, provider } = this.#host.wish();
    const known = this.#collection?.plan.provider ?? plan?.provider ?? provider;
    return known ?? this.#session?.provider ?? '';
  }

  /** What the person will be asked for, as far as it is known before the server is asked. */
  get planned(): CapturePlan | undefined {
    const { plan, provider } = this.#host.wish();
    return plan ?? presetFor(provider ?? this.#session?.provider ?? '');
  }

  get isActive(): boolean {
    return ACTIVE.includes(this.#phase);
  }

  start(): void {
    if (this.#phase !== 'idle' && this.#phase !== 'canceled' && this.#phase !== 'captured') return;
    this.drop();
    this.#open();
  }

  /** Goes on after a failure with what there is, or begins anew. */
  retry(): void {
    if (this.#phase !== 'failed') {
      this.start();
      return;
    }
    const { code } = this.#error ?? {};
    this.#error = undefined;
    const step = this.#stepOf(this.#refused);
    if (step) {
      this.#refused = undefined;
      this.#go({ step, stage: 'make' });
    } else if (code === 'upload-failed') {
      void this.#send();
    } else {
      // Where it is of no use to the person, the host may have mended it.
      this.#open();
    }
  }

  cancel(by: KycCanceledDetail['by']): void {
    if (!this.isActive) return;
    const { provider } = this;
    this.drop();
    this.#enter('canceled');
    this.#host.emit('kyc-canceled', { provider, by });
  }

  pick(type: string): void {
    const { step } = this.#place ?? {};
    if (!step) return;
    this.#collection?.pick(step.subject, type);
    this.#go({ step, stage: 'make' });
  }

  /** The proof was made and is to be looked at. */
  review(): void {
    if (this.#place) this.#go({ ...this.#place, stage: 'review' });
  }

  keep(blob: Blob, type: CapturedProof['type']): void {
    const { step } = this.#place ?? {};
    const before = step && this.#collection?.proofOf(step);
    // Looked at once more, and not made anew: the server may have it already.
    if (step && before?.blob !== blob) this.#collection?.keep(step, blob, type);
    this.#goOn();
  }

  leaveOut(): void {
    if (this.#place) this.#collection?.leaveOut(this.#place.step);
    this.#goOn();
  }

  retake(): void {
    if (this.#place) this.#go({ ...this.#place, stage: 'make' });
  }

  back(): void {
    const before = this.#place && this.#collection?.before(this.#place);
    if (before) this.#go(before);
  }

  /** What is there is looked at first: it may do after all. */
  change(step: CaptureStep): void {
    if (this.#collection) this.#go(this.#collection.placeOf(step));
  }

  /** The person wants it to be sent. */
  send(): void {
    const { collection, provider } = this;
    if (this.#phase !== 'confirming' || !collection) return;
    const { proofs } = collection;
    const isOurs = this.#host.emit('kyc-captured', { provider, proofs });
    // What heard it may have ended it.
    if (this.#collection !== collection) return;
    if (isOurs && this.#session) {
      void this.#send();
    } else {
      this.drop();
      this.#enter('captured');
    }
  }

  stopSending(): void {
    if (this.#phase !== 'uploading') return;
    this.#renew();
    this.#enter('confirming');
  }

  /** Lets go of everything that the person gave. */
  drop(): void {
    this.#renew();
    this.#collection = this.#place = this.#upload = this.#error = this.#refused = undefined;
    this.#session = undefined;
    this.#share = 0;
  }

  /** As if nothing had been, for an element that was taken out of the page. */
  reset(): void {
    this.drop();
    this.#phase = 'idle';
  }

  #renew(): AbortSignal {
    this.#work.abort();
    this.#isOffline = false;
    this.#work = new AbortController();
    return this.#work.signal;
  }

  #enter(phase: CapturePhase): void {
    this.#phase = phase;
    if (phase !== 'capturing') this.#place = undefined;
    this.#host.changed();
  }

  #fail(error: KycError, context?: string): void {
    const { provider } = this;
    this.#renew();
    this.#error = error;
    this.#refused = error.code === 'proof-refused' ? context : undefined;
    this.#isErrorHandled = false;
    // Of no use any more, and not to be kept.
    if (!isRetryable(error.code)) this.#collection = undefined;
    this.#enter('failed');
    this.#isErrorHandled = !this.#host.emit('kyc-error', {
      provider,
      ...error,
      retryable: isRetryable(error.code),
    });
  }

  #open(): void {
    const { captureEndpoint } = this.#host.wish();
    if (captureEndpoint === undefined) this.#begin();
    else void this.#create(captureEndpoint);
  }

  /** Asks the server for a session, to which the proofs will belong. */
  async #create(endpoint: string): Promise<void> {
    const signal = this.#renew();
    this.#endpoint = endpoint;
    this.#enter('creating');
    const { provider, language, plan } = this.#host.wish();
    const wish = {
      endpoint,
      provider: plan?.provider ?? provider,
      language,
      flow: 'capture',
    } as const;
    const { session, error } = await startSession(wish, signal);
    if (signal.aborted) return;
    if (error) {
      this.#fail(error);
      return;
    }
    // What another session has, this one has not.
    if (this.#session?.id !== session.id) this.#upload = undefined;
    this.#session = session;
    const { stage, decision } = session.status;
    if (stage === 'submitted' && decision !== 'resubmission-requested') this.#submitted();
    else if (this.#collection) this.#goOn();
    else this.#begin();
  }

  #begin(): void {
    const { planned } = this;
    if (!planned || planned.steps.length === 0) {
      const message = planned ? 'The plan has no steps.' : 'There is no plan, and no preset.';
      this.#fail({ code: 'invalid-plan', message });
      return;
    }
    this.#collection = new Collection(planned);
    this.#goOn();
  }

  #goOn(): void {
    const next = this.#collection?.next;
    if (next) this.#go(next);
    else this.#enter('confirming');
  }

  #go(place: Place): void {
    const { collection, provider } = this;
    if (!collection) return;
    this.#place = place;
    this.#enter('capturing');
    const { steps } = collection;
    this.#host.emit('kyc-capture-step', {
      provider,
      context: place.step.context,
      stage: place.stage,
      step: steps.findIndex(({ context }) => context === place.step.context) + 1,
      steps: steps.length,
    });
  }

  #stepOf(context: string | undefined): CaptureStep | undefined {
    return this.#collection?.steps.find((step) => step.context === context);
  }

  async #send(): Promise<void> {
    const proofs = this.#collection?.proofs ?? [];
    const signal = this.#renew();
    const target = { endpoint: this.#endpoint, id: this.#session?.id ?? '' };
    const upload = new Upload(target, proofs, this.#listener(signal), this.arrived);
    this.#upload = upload;
    this.#share = 0;
    this.#enter('uploading');
    const result = await upload.run(signal);
    if (signal.aborted || !result) return;
    if (result.error) this.#fail(result.error, result.context);
    else this.#submitted();
  }

  #listener(signal: AbortSignal): ConstructorParameters<typeof Upload>[2] {
    const isOn = (): boolean => !signal.aborted;
    return {
      progress: (detail) => {
        if (!isOn()) return;
        this.#share = detail.sent / detail.total;
        this.#host.changed();
        this.#host.emit('kyc-upload-progress', { provider: this.provider, ...detail });
      },
      waiting: (isWaiting) => {
        if (!isOn()) return;
        this.#isOffline = isWaiting;
        this.#host.changed();
      },
      sent: () => {
        if (isOn()) this.#host.changed();
      },
    };
  }

  #submitted(): void {
    const { provider } = this;
    this.drop();
    this.#enter('submitted');
    this.#host.emit('kyc-submitted', { provider });
  }
}
