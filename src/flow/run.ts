import { openChannel, type HeardMessage } from '../frame/channel.js';
import { createFrame } from '../frame/frame.js';
import { watchLife, type LifeObserver } from '../frame/life.js';
import { isRetryable, type KycError, type KycErrorCode } from '../model/errors.js';
import type { KycCanceledDetail, KycEventDetails, KycEventName } from '../model/events.js';
import { isRunning, nextPhase, type Phase } from '../model/phases.js';
import type { Signal } from '../model/signals.js';
import { planRun, type Plan, type RunSettings } from './plan.js';

/** What an event says besides the provider, which the run adds. */
type Detail<N extends KycEventName> = Omit<KycEventDetails[N], 'provider'>;

/** The phases that have an event of their own name. */
type ToldPhase = 'ready' | 'started' | 'submitted' | 'finished' | 'canceled';

/** Whom a run tells. */
export interface RunListener {
  /** Dispatches an event; gives whether the host let it stand, that is, did not prevent it. */
  emit<N extends KycEventName>(name: N, detail: KycEventDetails[N]): boolean;
  /** Something that a person can see has changed. */
  changed(): void;
}

/** One run, from session URL to outcome. Every run is a new object. */
export class Run {
  phase: Phase = 'idle';
  error: KycError | undefined;
  /** The host prevented `kyc-error`: it tells the person by itself. */
  isErrorHandled = false;
  /** The person is to be asked for a reload of the host page. */
  isReloadAsked = false;
  /** Nothing was heard for long, from a page that need not speak: offer a quiet way out. */
  isSlow = false;
  /** What the run is made of; `undefined` where that could not be told from the settings. */
  plan: Plan | undefined;
  /** To be shown by the element, which gives it its title; `undefined` takes it away. */
  frame: HTMLIFrameElement | undefined;

  readonly #settings: RunSettings;
  readonly #listener: RunListener;
  readonly #life = new AbortController();
  /** The origin that the page last spoke from. */
  #voice = '';
  /** A reload was asked for, and neither the person nor the run has moved on since. */
  #isReloadTold = false;

  constructor(settings: RunSettings, listener: RunListener) {
    this.#settings = settings;
    this.#listener = listener;
  }

  /** Whether leaving now may cost the person work. A page that never greets may hide it from us. */
  get hasBegun(): boolean {
    const { phase } = this;
    return (
      phase === 'started' ||
      phase === 'submitted' ||
      (phase === 'ready' && (this.isSlow || !this.plan?.provider.greets))
    );
  }

  /**
   * Mounts the frame, or fails.
   *
   * @param moved - a frame of the same session that loads anew already, since it was moved
   */
  start(moved?: HTMLIFrameElement): void {
    const { plan, error } = planRun(this.#settings);
    if (!plan) {
      this.#fail(error.code, error.message);
      return;
    }
    this.plan = plan;
    const { origins } = plan;
    const { signal } = this.#life;
    const frame = moved ?? createFrame(plan.url, plan.allow);
    const hear = (message: HeardMessage): void => {
      this.#hear(plan, message);
    };
    this.frame = frame;
    openChannel(frame, origins, hear, signal);
    watchLife(frame, origins, this.#settings.timeout, this.#observer(plan), signal);
    this.#enter('loading');
  }

  /** Ends the run because somebody backed out, and says so. */
  cancel(by: KycCanceledDetail['by']): void {
    if (this.frame) this.#tell('canceled', { by });
  }

  /** Shows a page that was given up on, and leaves it to the person whether it is of use. */
  show(): void {
    this.isSlow = true;
    this.#tell('ready', { evidence: 'load' });
  }

  /** Takes the question for a reload off the screen. */
  dismissReload(): void {
    this.isReloadAsked = this.#isReloadTold = false;
    this.#listener.changed();
  }

  /** Ends the run without a word. */
  end(): void {
    this.#release();
    this.phase = 'idle';
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
        if (!provider.greets && this.phase === 'loading') this.#tell('ready', { evidence: 'load' });
      },
      timedOut: () => {
        if (this.#voice && this.phase !== 'loading') return;
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
          `Content-Security-Policy: ${directive} must allow ${origin} and where it redirects.`,
        );
      },
    };
  }

  #hear({ provider, sessionUrl }: Plan, { data, origin, answer }: HeardMessage): void {
    let signal: Signal | undefined;
    try {
      signal = provider.read(data, sessionUrl);
      const reply = signal && provider.reply?.(signal, this.#settings);
      if (reply !== undefined) answer(reply);
    } catch {
      // Both may be a host's own code. What it made out before it failed still counts.
    }
    if (!signal) return;
    this.#voice = origin;
    this.isSlow = false;
    if (!provider.greets && this.phase === 'loading' && !nextPhase('loading', signal)) {
      this.#tell('ready', { evidence: 'message' });
    }
    this.#follow(signal);
  }

  #follow(signal: Signal): void {
    if (signal === 'progress' || signal === 'reload-request') {
      if (isRunning(this.phase) && this.phase !== 'loading') this.#note(signal);
    } else if (!nextPhase(this.phase, signal)) {
      return;
    } else if (signal === 'session-expired' || signal === 'session-rejected') {
      this.#release();
      this.#fail(signal, `The provider's page says: ${signal}.`);
    } else if (signal === 'ready') {
      this.#tell(signal, { evidence: 'message' });
    } else if (signal === 'canceled') {
      this.#tell(signal, { by: 'page' });
    } else {
      this.#tell(signal, {});
    }
  }

  /** What a page may say without the run moving on. */
  #note(signal: 'progress' | 'reload-request'): void {
    if (signal === 'progress') {
      this.#emit('kyc-progress', {});
    } else if (!this.#isReloadTold) {
      this.#isReloadTold = true;
      this.isReloadAsked = this.#emit('kyc-reload-request', {});
      this.#listener.changed();
    }
  }

  #tell<P extends ToldPhase>(phase: P, detail: Detail<`kyc-${P}`>): void {
    if (phase === 'finished' || phase === 'canceled') this.#release();
    if (this.#enter(phase)) this.#emit(`kyc-${phase}`, detail);
  }

  #fail(code: KycErrorCode, message: string): void {
    const detail = { code, message, retryable: isRetryable(code) };
    if (!this.#enter('failed', { code, message })) return;
    this.isErrorHandled = !this.#emit('kyc-error', detail);
    this.#listener.changed();
  }

  /**
   * Moves on to a phase, and tells of it in general.
   *
   * @returns whether it still holds: a listener may have ended the run, and nothing is told after
   */
  #enter(to: Phase, error?: KycError): boolean {
    const from = this.phase;
    this.phase = to;
    this.error = error;
    this.isReloadAsked = this.#isReloadTold = false;
    this.#listener.changed();
    this.#emit('kyc-phase-change', { from, to });
    return this.phase === to;
  }

  #emit<N extends KycEventName>(name: N, detail: Detail<N>): boolean {
    const provider = this.plan?.provider.id ?? '';
    return this.#listener.emit(name, { provider, ...detail } as KycEventDetails[N]);
  }

  #release(): void {
    this.#life.abort();
    this.frame = undefined;
  }
}
