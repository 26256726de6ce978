import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { KycEvent, type KycCanceledDetail } from '../model/events.js';
import { isRunning, type Phase } from '../model/phases.js';
import { Run, type RunListener } from './run.js';
import type { RunSettings } from './plan.js';

/** The element that runs are tied to. */
export interface RunHost extends ReactiveControllerHost, EventTarget {
  readonly isConnected: boolean;
  /** What the next run is to be made of. */
  readonly runSettings: RunSettings;
  /** Whether a run may start by itself, now. */
  readonly isRunWanted: boolean;
}

/** What a run is made of, and what therefore takes a new run to change. */
const identity = ({ sessionUrl, provider, trustedOrigins, display }: RunSettings): string =>
  JSON.stringify([sessionUrl, provider, trustedOrigins, display]);

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

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  /**
   * A frame does not survive this, and the run ends without a word. A run that is over stays, so
   * that it can be seen wherever the element turns up again.
   */
  hostDisconnected(): void {
    const frame = this.run?.frame;
    if (!frame) return;
    this.run?.end();
    this.run = undefined;
    if (this.#host.isConnected) {
      // A plain move: the browser tells of it when the frame is loading in its new place already.
      // Another frame would be another request for a URL that may be good for one.
      this.#begin(frame);
    } else {
      // At once, not at the next rendering: put back in the same task it would load by itself.
      frame.remove();
    }
  }

  /** After rendering, so that what a listener changes is seen by a rendering of its own. */
  hostUpdated(): void {
    const settings = this.#host.runSettings;
    if (this.run && identity(settings) !== this.#identity) this.#reset();
    if (!this.run && this.#host.isConnected && this.#host.isRunWanted) this.restart();
  }

  /** Starts a run unless one is on, or the person's part is over. */
  start(): void {
    if (!isRunning(this.phase) && this.phase !== 'finished') this.restart();
  }

  /** Ends the present run, if any, and starts another. */
  restart(): void {
    this.#reset();
    this.#begin();
  }

  cancel(by: KycCanceledDetail['by']): void {
    this.run?.cancel(by);
  }

  #begin(moved?: HTMLIFrameElement): void {
    const settings = this.#host.runSettings;
    this.#identity = identity(settings);
    this.run = new Run(settings, this.#listener);
    this.run.start(moved);
  }

  #reset(): void {
    const { run } = this;
    this.run = undefined;
    run?.reset();
    this.#host.requestUpdate();
  }
}
