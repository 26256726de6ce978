import { openChannel, type HeardMessage } from '../frame/channel.js';
import { createFrame } from '../frame/frame.js';
import { watchLife, type LifeObserver } from '../frame/life.js';
import { isRetryable, type KycError, type KycErrorCode } from '../model/errors.js';
import type { KycCanceledDetail, KycEventDetails, KycEventName } from '../model/events.js';
import { isRunning, nextPhase, type Phase } from '../model/phases.js';
import type { Provider } from '../model/provider.js';
import { SIGNALS, type Signal } from '../model/signals.js';
import { planRun, type Plan, type RunSettings } from './plan.js';

/** What an event says besides the provider, which the run adds. */
type Detail<N extends KycEventName> = Omit<KycEventDetails[N], 'provider'>;

/** Whom a run tells. */
export interface RunListener {
  /** Dispatches an event; gives whether the host let it stand, that is, did not prevent it. */
  emit<N extends KycEventName>(name: N, detail: KycEventDetails[N]): boolean;
  /** Something that a person can see has changed. */
  changed(): void;
  /** The frame's accessible name, in the person's language. */
  frameTitle(provider: string): string;
}

/** The page is up and the person has not come to an end in it. */
const isAtWork = (phase: Phase): boolean => isRunning(phase) && phase !== 'loading';

/** One word of ours for a foreign message. `read` may be a host's own code: it is trusted with nothing. */
const readSignal = (provider: Provider, data: unknown, sessionUrl: URL): Signal | undefined => {
  try {
    const signal = provider.read(data, sessionUrl);
    return SIGNALS.find((word) => word === signal);
  } catch {
    return undefined;
  }
};

/** One run, from session URL to outcome. Every run is a new object. */
export class Run {
  phase: Phase = 'idle';
  error: KycError | undefined;
  /** The host prevented `kyc-error`: it tells the person by itself. */
  isErrorHandled = false;
  /** The page asked for a reload of the host page, and the person has not answered. */
  isReloadAsked = false;
  /** Nothing was heard for long, from a page that need not speak: offer a quiet way out. */
  isSlow = false;
  /** Mounted wherever the element shows it; `undefined` takes it away. */
  frame: HTMLIFrameElement | undefined;

  readonly #settings: RunSettings;
  readonly #listener: RunListener;
  readonly #life = new AbortController();
  #plan: Plan | undefined;
  /** The origin that the page last spoke from. */
  #voice = '';

  constructor(settings: RunSettings, listener: RunListener) {
    this.#settings = settings;
    this.#listener = listener;
  }

  /** The provider's name as a person reads it; `''` while none is known. */
  get providerName(): string {
    return this.#plan?.provider.name ?? '';
  }

  /** Whether leaving now may cost the person work. A page that never greets may hide it from us. */
  get hasBegun(): boolean {
    return (
      this.phase === 'started' ||
      this.phase === 'submitted' ||
      (this.phase === 'ready' && !this.#plan?.provider.greets)
    );
  }

  /** Mounts the frame, or fails. */
  start(): void {
    const { plan, error } = planRun(this.#settings);
    if (!plan) {
      this.#fail(error.code, error.message);
      return;
    }
    this.#plan = plan;
    const { provider, origins, url, allow } = plan;
    const title = this.#listener.frameTitle(provider.name);
    const { signal } = this.#life;
    const frame = createFrame({ url, allow, title });
    this.frame = frame;
    openChannel(
      frame,
      origins,
      (message) => {
        this.#hear(plan, message);
      },
      signal,
    );
    watchLife(frame, origins, this.#settings.timeout, this.#observer(plan), signal);
    this.#enter('loading');
  }

  /** Ends the run because somebody backed out, and says so. */
  cancel(by: KycCanceledDetail['by']): void {
    if (isRunning(this.phase) || this.phase === 'failed') {
      this.#enter('canceled', 'kyc-canceled', { by });
    }
  }

  /** Takes the question for a reload off the screen. */
  dismissReload(): void {
    this.isReloadAsked = false;
    this.#listener.changed();
  }

  /** Ends the run without a word. */
  end(): void {
    // At once, not at the next rendering: a frame that is moved along would load again.
    this.frame?.remove();
    this.#release();
    this.phase = 'idle';
    this.error = undefined;
  }

  /** Ends the run because the host asked for another, or for none. */
  reset(): void {
    const from = this.phase;
    this.end();
    if (from !== 'idle') this.#emit('kyc-phase-change', { from, to: 'idle' });
  }

  #observer({ provider }: Plan): LifeObserver {
    return {
      loaded: () => {
        if (!provider.greets && this.phase === 'loading') {
          this.#enter('ready', 'kyc-ready', { evidence: 'load' });
        }
      },
      timedOut: () => {
        if (this.#voice) return;
        if (provider.greets) {
          // The frame stays mounted: a page that comes alive after all goes on.
          this.#fail('frame-timeout', `${provider.name}'s page gave no sign of life in time.`);
        } else {
          this.isSlow = true;
          this.#listener.changed();
        }
      },
      blocked: (directive, origin) => {
        // A page that has spoken from there is let in: the blocked frame was another's.
        if (origin === this.#voice) return;
        this.#release();
        this.#fail(
          'frame-blocked',
          `The page's Content-Security-Policy forbids the frame: add ${origin} to ${directive}.`,
        );
      },
    };
  }

  #hear({ provider, sessionUrl }: Plan, { data, origin, answer }: HeardMessage): void {
    const signal = readSignal(provider, data, sessionUrl);
    if (!signal) return;
    this.#voice = origin;
    this.isSlow = false;
    const reply = provider.reply?.(signal, { display: this.#settings.display });
    if (reply !== undefined) answer(reply);
    this.#follow(signal);
  }

  #follow(signal: Signal): void {
    if (signal === 'progress' || signal === 'reload-request') {
      if (isAtWork(this.phase)) this.#note(signal);
      return;
    }
    const to = nextPhase(this.phase, signal);
    if (!to) return;
    switch (signal) {
      case 'ready':
        this.#enter(to, 'kyc-ready', { evidence: 'message' });
        break;
      case 'canceled':
        this.#enter(to, 'kyc-canceled', { by: 'page' });
        break;
      case 'started':
      case 'submitted':
      case 'finished':
        this.#enter(to, `kyc-${signal}`, {});
        break;
      case 'session-expired':
      case 'session-rejected':
        this.#release();
        this.#fail(signal, `The provider says: ${signal.replace('-', ' ')}.`);
        break;
      default:
        signal satisfies never;
    }
  }

  /** What a page may say without the run moving on. */
  #note(signal: 'progress' | 'reload-request'): void {
    if (signal === 'progress') {
      this.#emit('kyc-progress', {});
    } else if (!this.isReloadAsked) {
      this.isReloadAsked = this.#emit('kyc-reload-request', {});
      this.#listener.changed();
    }
  }

  #fail(code: KycErrorCode, message: string): void {
    this.error = { code, message };
    const retryable = isRetryable(code);
    this.isErrorHandled = !this.#enter('failed', 'kyc-error', { code, message, retryable });
    this.#listener.changed();
  }

  /**
   * Moves on to a phase and tells of it, first in general and then by its own event.
   *
   * @returns whether the host let the event stand
   */
  #enter<N extends KycEventName>(to: Phase, name?: N, detail?: Detail<N>): boolean {
    const from = this.phase;
    this.phase = to;
    if (to === 'finished' || to === 'canceled') this.#release();
    if (to !== 'failed') this.error = undefined;
    this.#listener.changed();
    this.#emit('kyc-phase-change', { from, to });
    // A listener may have ended the run in the meantime: nothing is told after the end.
    return this.phase !== to || !name || !detail || this.#emit(name, detail);
  }

  #emit<N extends KycEventName>(name: N, detail: Detail<N>): boolean {
    const provider = this.#plan?.provider.id ?? '';
    return this.#listener.emit(name, { provider, ...detail } as KycEventDetails[N]);
  }

  #release(): void {
    this.#life.abort();
    this.frame = undefined;
  }
}
