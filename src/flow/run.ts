import { blockersOf } from '../environment/blockers.js';
import { findWarnings } from '../environment/warnings.js';
import { openChannel, type HeardMessage } from '../frame/channel.js';
import { createFrame } from '../frame/frame.js';
import { misfitOf, type Misfit } from '../frame/given.js';
import { watchLife, type LifeObserver } from '../frame/life.js';
import { isRedirectable, isRetryable, type KycError, type KycErrorCode } from '../model/errors.js';
import type {
  KycCanceledDetail,
  KycEventDetails,
  KycEventName,
  RedirectTarget,
} from '../model/events.js';
import type { FindingCode, WarningCode } from '../model/findings.js';
import { isAway, isRunning, nextPhase, type Phase } from '../model/phases.js';
import type { Signal } from '../model/signals.js';
import type { SessionStatus } from '../model/status.js';
import type { ReturnHint, Ticket } from '../model/tickets.js';
import { readReturnMessage } from '../redirect/message.js';
import type { Found } from '../redirect/away.js';
import { hintIn } from './landing.js';
import type { AttendedRun } from './attended.js';
import { loadSession } from './load-session.js';
import type { Attendant } from './session-endpoint.js';
import { trouble, troubleInTime, withTrouble } from './load-trouble.js';
import { planRun, type Plan, type RunSettings } from './plan.js';

/** What an event says besides the provider, which the run adds. */
type Detail<N extends KycEventName> = Omit<KycEventDetails[N], 'provider'>;

/** The phases that have an event of their own name. */
type ToldPhase = 'ready' | 'started' | 'submitted' | 'finished' | 'canceled' | 'returned';

const EXPLAINED = 'The console says what to change.';

/** Whom a run tells. */
export interface RunListener {
  /** Dispatches an event; gives whether the host let it stand, that is, did not prevent it. */
  emit<N extends KycEventName>(name: N, detail: KycEventDetails[N]): boolean;
  /** Something that a person can see has changed. */
  changed(): void;
}

/** One run, from session URL to outcome. Every run is a new object. */
export class Run implements AttendedRun {
  phase: Phase = 'idle';
  error: KycError | undefined;
  /** The host prevented `kyc-error`: it tells the person by itself. */
  isErrorHandled = false;
  /** The person is to be asked for a reload of the host page. */
  isReloadAsked = false;
  /** Nothing was heard for long, from a page that need not speak: offer a quiet way out. */
  isSlow = false;
  /** What may keep the camera away, until the person waves it aside. */
  warning: WarningCode | undefined;
  /** What the run is made of; `undefined` where that could not be told from the settings. */
  plan: Plan | undefined;
  /** The last that the host's server told of the session. */
  status: SessionStatus | undefined;
  /** Knows that server, where the session is from there. */
  attendant: Attendant | undefined;
  /** To be shown by the element, which gives it its title; `undefined` takes it away. */
  frame: HTMLIFrameElement | undefined;

  /** As they are at any time: a state may come later than the URL. */
  readonly settings: RunSettings;
  readonly #listener: RunListener;
  #life = new AbortController();
  /** What is remembered while the person is away, and what they came back with. */
  #ticket: Pick<Ticket, 'provider' | 'reference' | 'state'> | undefined;
  /** The origin that the page last spoke from. */
  #voice = '';
  /** A reload was asked for, and neither the person nor the run has moved on since. */
  #isReloadTold = false;

  constructor(settings: RunSettings, listener: RunListener) {
    this.settings = settings;
    this.#listener = listener;
  }

  /** Whether leaving now may cost the person work. A page that never greets may hide it from us. */
  get hasBegun(): boolean {
    const { phase } = this;
    return (
      phase === 'started' ||
      phase === 'submitted' ||
      phase === 'redirected' ||
      (phase === 'ready' && (this.isSlow || !this.plan?.provider.greets))
    );
  }

  /** The run was found in this tab's storage, and the host has not named its URL since. */
  get isResumed(): boolean {
    return !this.plan && isAway(this.phase);
  }

  get signal(): AbortSignal {
    return this.#life.signal;
  }

  /** Whether there is something to stop. */
  get isUnderWay(): boolean {
    return !!this.frame || this.phase === 'redirected' || this.phase === 'creating';
  }

  get #providerId(): string {
    return this.plan?.provider.id ?? this.#ticket?.provider ?? this.status?.provider ?? '';
  }

  get #reference(): string | undefined {
    return this.#ticket?.reference ?? this.settings.sessionReference;
  }

  /**
   * Mounts the frame, or fails; where the redirect is the main way, leaves.
   *
   * @param present - a frame that loads already: ours, where it was moved, or the host's own
   * @param early - what the host's own frame may have said before
   */
  start(present?: HTMLIFrameElement | null, early?: readonly MessageEvent[]): void {
    if (!this.settings.isServed) this.open(undefined, undefined, present, early);
    else if (this.enter('creating')) this.#attend();
  }

  /** The host's server is asked for a session, or what became of the one that there is. */
  #attend(): void {
    const { signal } = this.#life;
    if (!this.settings.isServed) return;
    loadSession().then(
      ({ Attendant }) => {
        if (!signal.aborted) this.attendant ??= new Attendant(this, this.#reference);
      },
      () => {
        if (this.phase === 'creating')
          this.fail('script-missing', 'kyc-verify.session.js is missing.');
      },
    );
  }

  /** Hears of the session, again where the element was away, maybe since before that was loaded. */
  listen(): void {
    this.attendant?.follow();
    if (this.phase === 'returned') this.#attend();
  }

  inform(status: SessionStatus): void {
    this.status = status;
    this.#listener.changed();
  }

  /** Goes on with a session URL, as `start` says. `named`: its provider, if the host names none. */
  open(
    sessionUrl?: string,
    named?: string,
    present?: HTMLIFrameElement | null,
    early?: readonly MessageEvent[],
  ): void {
    const { settings } = this;
    const { plan, error } = planRun(settings, undefined, sessionUrl, named);
    if (!plan) {
      this.fail(error.code, error.message);
      return;
    }
    this.plan = plan;
    if (settings.display === 'redirect') {
      this.#leave();
      return;
    }
    const misfit =
      present && early && misfitOf(present, [plan.url.href, plan.sessionUrl.href], plan.allow);
    if (misfit) this.explainFrame(misfit);
    const frame = (misfit ? undefined : present) ?? createFrame(plan.url, plan.allow);
    const blockers = blockersOf(frame, plan.provider.features);
    for (const code of blockers) this.#explain(code);
    if (blockers[0]) {
      this.fail(blockers[0], EXPLAINED);
      return;
    }
    this.#mount(frame, plan, settings.timeout, misfit ? undefined : early);
    this.#examine(frame, plan);
  }

  /** Takes up a run from this tab's storage, whose person is away or back. */
  resume({ isBack, receipt }: Found): void {
    this.#ticket = receipt;
    this.replan();
    if (isBack) {
      this.#return(receipt.hint);
    } else {
      if (!this.enter('redirected')) return;
      this.#wait();
      this.#attend();
    }
  }

  /** A resumed run has no URL, and so no link to go on by, until the host gives it. */
  replan(): void {
    this.plan = planRun(this.settings).plan;
    this.#listener.changed();
  }

  /**
   * The person goes, or is sent, to the provider's own page, unless the host objects.
   *
   * @param go - goes there; called once what it takes to come back is there, or at once for a new tab
   */
  async leave(target: RedirectTarget, go: (url: URL) => void): Promise<void> {
    const { phase, plan, isSlow } = this;
    const { signal } = this.#life;
    // A way on in any case: without a ticket the return is a mismatch, and no more. A new tab is
    // opened within the press: WebKit blocks what comes after any wait, and this page stays anyway.
    if (target === 'same-tab') await troubleInTime();
    // A page that came alive meanwhile is not left. One that never greets may have loaded only.
    const isSame = phase === this.phase || (isSlow && this.isSlow);
    if (plan && !signal.aborted && isSame && this.#redirect(target)) go(plan.url);
  }

  #redirect(target: RedirectTarget): boolean {
    const { plan, error } = this;
    const life = this.#life;
    const isAllowed = this.emit('kyc-redirect', {
      target,
      ...(error && { reason: error.code }),
    });
    // A listener may have ended the run instead.
    if (!plan || !isAllowed || life.signal.aborted) return false;
    this.release();
    this.#forget();
    const { sessionState: state = '', sessionReference: reference = '' } = this.settings;
    const ticket = { provider: plan.provider.id, reference, state };
    this.#ticket = ticket;
    const { signal } = this.#life;
    // At once if it can be, since this page may be about to go.
    if (trouble) {
      trouble.depart(ticket, target, this.#hearReturn, signal);
    } else {
      void withTrouble(({ depart }) => {
        if (!signal.aborted) depart(ticket, target, this.#hearReturn, signal);
      });
    }
    return this.enter('redirected');
  }

  /** The person has read the warning. */
  dismissWarning(): void {
    this.warning = undefined;
    this.#listener.changed();
  }

  /** Ends the run because somebody backed out, and says so. */
  cancel(by: KycCanceledDetail['by']): void {
    if (this.isUnderWay) {
      this.#forget();
      this.#tell('canceled', { by });
    } else {
      this.release();
    }
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
    this.release();
    this.attendant?.rest();
    if (this.#ticket) trouble?.letGo(this.#ticket.state);
    this.phase = 'idle';
  }

  /** Ends the run because the host asked for another, or for none. */
  reset(): void {
    const from = this.phase;
    this.end();
    this.#forget();
    if (from !== 'idle') this.emit('kyc-phase-change', { from, to: 'idle' });
  }

  #mount(
    frame: HTMLIFrameElement,
    plan: Plan,
    timeout: number,
    early?: readonly MessageEvent[],
  ): void {
    const { origins } = plan;
    const { signal } = this.#life;
    // Our own origin is the callback page's, where the provider loads it in the frame.
    const hear = (message: HeardMessage): void => {
      if (message.origin === self.origin) this.#hearCallback(message);
      else this.#hear(plan, message);
    };
    this.frame = frame;
    const listen = openChannel(frame, [...origins, self.origin], hear, signal);
    if (this.enter('loading')) {
      early?.forEach(listen);
      watchLife(frame, origins, timeout, this.#observer(plan), signal, !!early);
    }
  }

  /** Looks for what may go wrong while the page loads already. */
  #examine(frame: HTMLIFrameElement, { provider }: Plan): void {
    const { signal } = this.#life;
    void findWarnings(frame, provider, (code) => {
      void withTrouble(({ isInApp }) => {
        if (signal.aborted || (code === 'in-app-browser' && !isInApp())) return;
        this.#explain(code);
        this.warning ??= code;
        this.#listener.changed();
      });
    });
  }

  /** Tells the developer what to do. */
  #explain(code: FindingCode | 'frame-blocked'): void {
    const { plan } = this;
    void withTrouble(({ explain }) => {
      explain(code, plan);
    });
  }

  /** Tells the developer why the host's own frame was replaced. */
  explainFrame(misfit: Misfit | 'late'): void {
    const { plan } = this;
    void withTrouble(({ explainFrame }) => {
      explainFrame(misfit, plan);
    });
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
          this.fail('frame-timeout', `${provider.name}'s page gave no sign of life in time.`);
        } else {
          this.isSlow = true;
          this.#listener.changed();
          // Its link is about to be shown.
          this.#wait();
        }
      },
      blocked: (policy, origin) => {
        // A page that has spoken from there is let in: the blocked frame was another's.
        if (origin === this.#voice) return;
        this.#explain(policy === 'frame-src' ? 'frame-blocked' : 'cross-origin-isolated');
        this.release();
        this.fail('frame-blocked', EXPLAINED);
      },
    };
  }

  #hear({ provider, sessionUrl }: Plan, { data, origin, answer }: HeardMessage): void {
    let signal: Signal | undefined;
    try {
      signal = provider.read(data, sessionUrl);
      const reply = signal && provider.reply?.(signal, this.settings);
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

  #hearCallback({ data }: HeardMessage): void {
    const message = readReturnMessage(data);
    if (!message) return;
    const { state, query } = message;
    // For the texts.
    void withTrouble();
    if (state && state === this.settings.sessionState) {
      this.#hearReturn(query);
    } else {
      this.release();
      this.fail('return-mismatch', 'The state is not sessionState.');
    }
  }

  /** Leaves by itself, with the host's consent: by calling it so, or by asking for this fallback. */
  #leave(): void {
    void this.leave('same-tab', (url) => {
      location.assign(url);
    });
  }

  /** For the callback page in another tab. */
  #wait(): void {
    const state = this.#ticket?.state ?? this.settings.sessionState ?? '';
    const { signal } = this.#life;
    void withTrouble(({ awaitReturn }) => {
      awaitReturn(state, this.#hearReturn, signal);
    });
  }

  readonly #hearReturn = (query: string): void => {
    this.#return(hintIn(this.#providerId, query));
  };

  #return(hint?: ReturnHint): void {
    if (this.#ticket) trouble?.settle(this.#ticket.state);
    if (this.phase === 'decided') return;
    const reference = this.#reference;
    this.#tell('returned', {
      outcome: 'unknown',
      ...(hint && { hint }),
      ...(reference && { reference }),
    });
    if (this.phase === 'returned') this.#attend();
  }

  #follow(signal: Signal): void {
    if (signal === 'progress' || signal === 'reload-request') {
      if (isRunning(this.phase) && this.phase !== 'loading') this.#note(signal);
    } else if (!nextPhase(this.phase, signal)) {
      return;
    } else if (signal === 'session-expired' || signal === 'session-rejected') {
      this.release();
      this.fail(signal, `The provider's page says: ${signal}.`);
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
      this.emit('kyc-progress', {});
    } else if (!this.#isReloadTold) {
      this.#isReloadTold = true;
      this.isReloadAsked = this.emit('kyc-reload-request', {});
      this.#listener.changed();
    }
  }

  #tell<P extends ToldPhase>(phase: P, detail: Detail<`kyc-${P}`>): void {
    if (phase === 'finished' || phase === 'canceled' || phase === 'returned') this.release();
    if (this.enter(phase)) this.emit(`kyc-${phase}`, detail);
  }

  fail(code: KycErrorCode, message: string): void {
    const detail = { code, message, retryable: isRetryable(code) };
    const { signal } = this.#life;
    if (!this.enter('failed', { code, message })) return;
    this.isErrorHandled = !this.emit('kyc-error', detail);
    this.#listener.changed();
    // A listener may have ended the run, or taken the element away.
    if (this.phase !== 'failed' || signal.aborted || this.isErrorHandled) return;
    // The words for it.
    void withTrouble();
    if (!isRedirectable(code)) return;
    if (this.settings.fallback === 'redirect') this.#leave();
    else this.#wait();
  }

  /**
   * Moves on to a phase, and tells of it in general.
   *
   * @returns whether it still holds: a listener may have ended the run, and nothing is told after
   */
  enter(to: Phase, error?: KycError): boolean {
    const from = this.phase;
    this.phase = to;
    this.error = error;
    this.isReloadAsked = this.#isReloadTold = false;
    this.#listener.changed();
    if (from !== to) this.emit('kyc-phase-change', { from, to });
    return this.phase === to;
  }

  emit<N extends KycEventName>(name: N, detail: Detail<N>): boolean {
    return this.#listener.emit(name, {
      provider: this.#providerId,
      ...detail,
    } as KycEventDetails[N]);
  }

  /** Drops what is in storage of this run, so that nothing resumes from it. */
  #forget(): void {
    if (this.#ticket) trouble?.forget(this.#ticket.state);
  }

  /** Lets go of all that it holds, a redirect that is about to happen among it. */
  release(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.frame = this.warning = undefined;
  }
}
