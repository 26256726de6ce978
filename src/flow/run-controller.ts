import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { takeEarly } from '../frame/early.js';
import { givenFrame } from '../frame/given.js';
import { KycEvent, type KycCanceledDetail } from '../model/events.js';
import { isOver, isRunning, type Phase } from '../model/phases.js';
import { hasTraces } from '../redirect/traces.js';
import { trouble, troubleInTime } from './load-trouble.js';
import { Run, type RunListener } from './run.js';
import type { RunSettings } from './plan.js';

/** The element that runs are tied to. Its own properties are what the next run is to be made of. */
export interface RunHost extends ReactiveControllerHost, Element, RunSettings {
  /** Taken from a frame that the host rendered itself, where there is no other. */
  sessionUrl: string | undefined;
  sessionState: string | undefined;
  sessionReference: string | undefined;
  /** Its properties are yet to be set. */
  readonly isDeferred: boolean;
  /** Whether a run may start by itself, now. */
  readonly isRunWanted: boolean;
}

/** What a run is made of, and what therefore takes a new run to change. */
const identity = (settings: RunSettings): string => {
  const { sessionUrl, sessionEndpoint, provider, trustedOrigins, display } = settings;
  return JSON.stringify([sessionUrl, sessionEndpoint, provider, trustedOrigins, display]);
};

/**
 * Ties runs to an element: starts one when there is what it takes, ends it when the host asks for
 * another or takes the element away, and turns what happens into events.
 */
export class RunController implements ReactiveController {
  /** The present run, over or not. */
  run: Run | undefined;

  readonly #host: RunHost;
  readonly #listener: RunListener;
  #identity = '';
  /** Sees a frame of the host's own that the page's parser puts in later. */
  #children: MutationObserver | undefined;
  /** The frame's window when it was last rendered. */
  #window: Window | null | undefined;
  /** Nothing was rendered yet since the element came into the document. */
  #isNew = true;
  /** What may have been left in the middle is being looked for. */
  isLooking = false;
  /** A start was asked for meanwhile. */
  #isWished = false;

  constructor(host: RunHost) {
    this.#host = host;
    this.#listener = {
      emit: (name, detail) => host.dispatchEvent(new KycEvent(name, detail)),
      changed: () => {
        host.requestUpdate();
      },
    };
    host.addController(this);
  }

  get phase(): Phase {
    return this.run?.phase ?? 'idle';
  }

  /** To be shown, unless the host has asked for another run since. */
  get frame(): HTMLIFrameElement | undefined {
    return this.#isCurrent ? this.run?.frame : undefined;
  }

  get #isCurrent(): boolean {
    return identity(this.#host) === this.#identity;
  }

  hostConnected(): void {
    const host = this.#host;
    this.#isNew = true;
    this.#children ??= new MutationObserver(() => {
      host.requestUpdate();
    });
    this.#children.observe(host, { childList: true });
    this.run?.listen();
    host.requestUpdate();
  }

  /** A run with a frame does not survive this. One that is over stays, to be seen elsewhere. */
  hostDisconnected(): void {
    const { run } = this;
    const frame = run?.frame;
    this.#isWished = false;
    // Its listener would stay behind where no run has begun.
    takeEarly(this.#host);
    if (this.#host.isConnected) {
      // A plain move: browsers tell of it when the frame is in its new place already.
      this.hostMoved();
    } else if (run?.isUnderWay) {
      run.end();
      this.run = undefined;
      // At once, not at the next rendering: put back in the same task it would load by itself.
      frame?.remove();
    } else {
      run?.release();
      run?.attendant?.rest();
    }
  }

  /**
   * A frame that was moved has another window where the engine loads it anew. That load is the
   * request of a new run: another frame would ask once more for a URL that may be good for one.
   */
  hostMoved(): void {
    const { run } = this;
    const frame = run?.frame;
    // One that was never rendered has no window, and stays what it is.
    if (!frame?.contentWindow || frame.contentWindow === this.#window) return;
    run?.end();
    this.run = undefined;
    if (this.#isCurrent) this.#begin(frame);
    else frame.remove();
  }

  /** After rendering, so that what a listener changes is seen by a rendering of its own. */
  hostUpdated(): void {
    this.#window = this.run?.frame?.contentWindow;
    if (this.run && !this.#isCurrent) this.#adopt(this.run);
    if (!this.#host.isConnected || this.#host.isDeferred) return;
    this.#wake();
    this.#clear();
  }

  /** Starts a run unless one is on, or the person's part is over, or they come back from one. */
  start(): void {
    if (isRunning(this.phase) || isOver(this.phase)) return;
    if (!this.run && this.#look()) this.#isWished = true;
    else this.restart();
  }

  /** Ends the present run, if any, and starts another. */
  restart(): void {
    this.#reset();
    if (!this.run && this.#host.isConnected) this.#begin();
  }

  cancel(by: KycCanceledDetail['by']): void {
    this.#isWished = false;
    this.run?.cancel(by);
  }

  #begin(moved?: HTMLIFrameElement): void {
    const given = moved ? null : givenFrame(this.#host);
    const run = this.#make();
    run.start(moved ?? given, given ? takeEarly(this.#host) : undefined);
    if (given === run.frame) run.frame.slot = 'frame';
    else given?.remove();
  }

  /** Takes away a frame of the host's own that is no longer the run's, or came too late for one. */
  #clear(): void {
    const { run } = this;
    const taken = givenFrame(this.#host, '[slot=frame]');
    const late = run && givenFrame(this.#host);
    if (taken !== run?.frame) taken?.remove();
    if (!late) return;
    run.explainFrame('late');
    late.remove();
  }

  #make(): Run {
    this.#identity = identity(this.#host);
    this.run = new Run(this.#host, this.#listener);
    return this.run;
  }

  /** The host has changed what a run is made of, or a resumed one now gets what it is made of. */
  #adopt(run: Run): void {
    if (!run.isResumed) {
      this.#reset();
      return;
    }
    this.#identity = identity(this.#host);
    run.replan();
  }

  /** Starts what is to start by itself. */
  #wake(): void {
    if (this.run || this.#look()) return;
    this.#host.sessionUrl ||= givenFrame(this.#host)?.getAttribute('src') ?? undefined;
    if (this.#host.isRunWanted) this.restart();
  }

  /**
   * Looks for a run that was left in the middle, which comes before any other.
   *
   * @returns whether that is not known yet; a start that is wished for meanwhile comes after it
   */
  #look(): boolean {
    if (this.#isNew && hasTraces()) {
      this.isLooking = true;
      void troubleInTime().then(() => {
        this.#resume();
        this.isLooking = false;
        if (this.#isWished && !this.run) this.restart();
        this.#isWished = false;
        this.#host.requestUpdate();
      });
    }
    this.#isNew = false;
    return this.isLooking;
  }

  /** Takes up the run of this element that left for the provider's page, if there is one. */
  #resume(): void {
    if (this.run || !this.#host.isConnected) return;
    const { sessionState, provider } = this.#host;
    const found = trouble?.pickUp(sessionState, provider);
    if (found) this.#make().resume(found);
  }

  #reset(): void {
    const { run } = this;
    this.run = undefined;
    run?.reset();
    this.#host.requestUpdate();
  }
}
