import { spoil } from './signatures.js';
import type { Delivery, Session } from './sessions.js';

/** One webhook. */
export interface Letter {
  /** The vendor's word for what it tells. */
  readonly event: string;
  readonly body: string;
  /** Of the body. */
  readonly signatures: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether nothing is waited for after it, so that what was held back may go. */
  readonly isLast: boolean;
}

/** How webhooks are sent. */
export interface OutboxOptions {
  /**
   * Milliseconds until a webhook that got no 2xx is sent again; each time twice as long as the last.
   * Default 100. The vendors take about an hour.
   */
  readonly retryAfter?: number;
  /** How often a webhook is sent at most. Default 10: with the default above, for about 50 seconds. */
  readonly tries?: number;
  /** Milliseconds that the webhooks of a session with `late` are held. Default 3000. */
  readonly late?: number;
  /** Milliseconds that the receiver has to answer. Default 10 000. */
  readonly timeout?: number;
}

/** Most that is remembered of the webhooks of one session. */
const MOST_DELIVERIES = 100;

/** Sends webhooks, and goes on sending them until they are taken. */
export class Outbox {
  readonly #options: Required<OutboxOptions>;
  readonly #life = new AbortController();
  /** Of each session: settles once the last webhook was sent for the first time. */
  readonly #lines = new Map<string, Promise<void>>();
  /** Of each session that asked for disorder: what waits for the decision. */
  readonly #held = new Map<string, Letter[]>();

  constructor(options: OutboxOptions = {}) {
    this.#options = { retryAfter: 100, tries: 10, late: 3000, timeout: 10_000, ...options };
  }

  /** Sends a webhook, with whatever the session's switches say is wrong with it. Never throws. */
  send(session: Session, url: string, letter: Letter): void {
    switch (session.switches.webhooks) {
      case 'none':
        return;
      case 'twice':
        this.#enqueue(session, url, letter);
        this.#enqueue(session, url, letter);
        return;
      case 'out-of-order':
        this.#hold(session, url, letter);
        return;
      case 'badly-signed':
        this.#enqueue(session, url, {
          ...letter,
          signatures: Object.fromEntries(
            Object.entries(letter.signatures).map(([name, value]) => [name, spoil(value)]),
          ),
        });
        return;
      case 'late':
      case undefined:
        this.#enqueue(session, url, letter);
    }
  }

  /** Gives up on everything. */
  close(): void {
    this.#life.abort();
    this.#held.clear();
    this.#lines.clear();
  }

  #hold(session: Session, url: string, letter: Letter): void {
    const held = [...(this.#held.get(session.id) ?? []), letter];
    if (!letter.isLast) {
      this.#held.set(session.id, held);
      return;
    }
    this.#held.delete(session.id);
    for (const each of held.reverse()) this.#enqueue(session, url, each);
  }

  /** After the session's last one was tried once: what fails is overtaken, as at the vendors. */
  #enqueue(session: Session, url: string, letter: Letter): void {
    const delivery: Delivery = { event: letter.event, tries: 0, status: null };
    if (session.deliveries.length < MOST_DELIVERIES) session.deliveries.push(delivery);
    const late = session.switches.webhooks === 'late' ? this.#options.late : 0;
    const line = (this.#lines.get(session.id) ?? Promise.resolve()).then(async () => {
      await this.#pause(late);
      const isTaken = await this.#attempt(url, letter, delivery);
      if (!isTaken) void this.#insist(url, letter, delivery);
    });
    this.#lines.set(session.id, line);
    void line.then(() => {
      if (this.#lines.get(session.id) === line) this.#lines.delete(session.id);
    });
  }

  async #insist(url: string, letter: Letter, delivery: Delivery): Promise<void> {
    let wait = this.#options.retryAfter;
    while (delivery.tries < this.#options.tries && !this.#life.signal.aborted) {
      await this.#pause(wait);
      if (await this.#attempt(url, letter, delivery)) return;
      wait *= 2;
    }
  }

  /** @returns whether it was taken */
  async #attempt(url: string, letter: Letter, delivery: Delivery): Promise<boolean> {
    if (this.#life.signal.aborted) return false;
    delivery.tries += 1;
    // Not AbortSignal.any(): on Node 20 the collector may take a time-out's signal that it depends on.
    const limit = new AbortController();
    const abort = (): void => {
      limit.abort();
    };
    const timer = setTimeout(abort, this.#options.timeout);
    this.#life.signal.addEventListener('abort', abort);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...letter.headers,
          ...letter.signatures,
        },
        body: letter.body,
        // To be told elsewhere is not to be told that it was taken.
        redirect: 'manual',
        signal: limit.signal,
      });
      await answer.body?.cancel();
      delivery.status = answer.status;
      return answer.ok;
    } catch {
      delivery.status = null;
      return false;
    } finally {
      clearTimeout(timer);
      this.#life.signal.removeEventListener('abort', abort);
    }
  }

  #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#life;
    if (milliseconds === 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      // A webhook that nobody takes must not keep the process.
      timer.unref();
      signal.addEventListener('abort', done);
    });
  }
}
