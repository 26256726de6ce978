import type { CapturedProof } from '../model/capture.js';
import type { KycError } from '../model/errors.js';
import type { KycUploadProgressDetail } from '../model/events.js';
import type { SessionStatus } from '../model/status.js';
import { readErrorCode, readId, readStatus } from './answers.js';
import { ask, type Answer } from './ask.js';
import { readEndpoint, type Endpoint } from './endpoint.js';
import { pause } from './pause.js';
import { sendProof } from './send-proof.js';

/** Milliseconds to the second try; doubled until the longest, half of it by chance. */
const SHORTEST = 1000;
const LONGEST = 30_000;

/** So often in a row nothing more may get through: about a minute. */
const TRIES = 8;

/** Milliseconds that a server may ask for. Nobody sits before a bar that stands for longer. */
const PATIENCE = 120_000;

/** Where the proofs go. */
export interface UploadTarget {
  /** The host's `capture-endpoint`. */
  readonly endpoint: string;
  /** Of the session, at that server. */
  readonly id: string;
}

/** Who is told how it goes. */
export interface UploadListener {
  /** Only ever more: what has to be sent again counts once it is further than before. */
  progress(detail: Omit<KycUploadProgressDetail, 'provider'>): void;
  /** Whether it waits for the connection, or for the server, and will go on by itself. */
  waiting(isWaiting: boolean): void;
  /** The server has this proof. */
  sent(context: string): void;
}

/** What came of it. `context`: of the proof that was being sent. */
export type UploadResult =
  | { readonly status: SessionStatus; readonly error?: never }
  | { readonly error: KycError; readonly context?: string; readonly status?: never };

const refuse = (code: KycError['code'], what: string, context?: string): UploadResult => ({
  error: { code, message: `The capture endpoint ${what}.` },
  ...(context !== undefined && { context }),
});

/** A failure in our words. What the server wrote is left out, but for a code of its own. */
const wordsOf = (answer: Answer | undefined): string => {
  if (!answer) return 'did not answer';
  const code = readErrorCode(answer.body);
  return answer.status === 0
    ? 'answered a redirect'
    : `answered ${answer.status}${code && ` (${code})`}`;
};

/** Whether there was no answer, or one that time may change. */
const isPassing = (answer: Answer | undefined): boolean =>
  !answer || /^(408|425|429|5..)$/.test(String(answer.status));

const codeOf = (status: number): KycError['code'] => {
  switch (status) {
    case 401:
      return 'not-signed-in';
    case 400:
    case 413:
    case 415:
    case 422:
      return 'proof-refused';
    case 404:
    case 409:
    case 410:
      return 'capture-closed';
    default:
      return 'session-refused';
  }
};

/** Until the time is over, or `signal` aborts, or the browser says that it is `online`. */
const rest = async (wait: number, isOffline: boolean, signal: AbortSignal): Promise<void> => {
  const over = new AbortController();
  const end = (): void => {
    over.abort();
  };
  signal.addEventListener('abort', end, { signal: over.signal });
  if (isOffline) addEventListener('online', end, { signal: over.signal });
  await pause(wait, over.signal);
  end();
};

/**
 * Sends proofs to the host's server, one after another, and then has them handed in. What the
 * connection breaks is sent again, by itself for a while, with the proof's own key: so the server can
 * tell, and has each of them once.
 */
export class Upload {
  readonly #target: UploadTarget;
  readonly #listener: UploadListener;
  readonly #total: number;
  /** Types that were picked, by subject. */
  readonly #types: Readonly<Record<string, string>>;
  readonly #arrived: Set<string>;
  /** Each is let go of once it has arrived. */
  #left: readonly CapturedProof[];
  /** Bytes of what has arrived. */
  #done: number;
  /** Bytes that have left, at most. */
  #most: number;
  #isWaiting = false;

  /** @param arrived - keys of those that the server has from an earlier upload to this session */
  constructor(
    target: UploadTarget,
    proofs: readonly CapturedProof[],
    listener: UploadListener,
    arrived: Iterable<string> = [],
  ) {
    const sum = (list: readonly CapturedProof[]): number =>
      list.reduce((bytes, { blob }) => bytes + blob.size, 0);
    this.#target = target;
    this.#listener = listener;
    this.#arrived = new Set(arrived);
    this.#left = proofs.filter(({ key }) => !this.#arrived.has(key));
    this.#total = sum(proofs);
    this.#done = this.#most = this.#total - sum(this.#left);
    this.#types = Object.fromEntries(
      proofs.flatMap(({ subject, documentType }) =>
        documentType === undefined ? [] : [[subject, documentType]],
      ),
    );
  }

  /** Keys of the proofs that the server has. */
  get arrived(): ReadonlySet<string> {
    return this.#arrived;
  }

  /**
   * Sends what is left. Called again after a failure, it goes on from there.
   *
   * @returns `undefined` once `signal` has aborted
   */
  async run(signal: AbortSignal): Promise<UploadResult | undefined> {
    const server = readEndpoint(this.#target.endpoint);
    const id = readId(this.#target.id);
    if (!server || id === undefined)
      return refuse('session-refused', 'is no path, nor a URL that is secure');
    let tries = 0;
    const isOn = (): boolean => !signal.aborted;
    while (isOn()) {
      const before = this.#most;
      const [proof] = this.#left;
      const answer = await this.#send(server, id, proof, signal);
      if (!isOn()) break;
      if (answer && !isPassing(answer)) {
        this.#wait(false);
        const result = this.#hear(answer, id, proof);
        if (result) return result;
        tries = 0;
        continue;
      }
      tries = this.#most > before ? 1 : tries + 1;
      const asked = answer?.retryAfter ?? 0;
      if (tries === TRIES || asked > PATIENCE) {
        this.#wait(false);
        return refuse('upload-failed', `${wordsOf(answer)}, tries: ${tries}`, proof?.context);
      }
      this.#wait(true);
      // Half of it by chance, so that many pages do not come back at once.
      const own = Math.min(SHORTEST * 2 ** (tries - 1), LONGEST) * (0.5 + Math.random() / 2);
      await rest(Math.max(own, asked), !answer, signal);
    }
    return undefined;
  }

  async #send(
    server: Endpoint,
    id: string,
    proof: CapturedProof | undefined,
    signal: AbortSignal,
  ): Promise<Answer | undefined> {
    if (proof) {
      const { context } = proof;
      const count = (sent: number): void => {
        if (sent > 0) this.#wait(false);
        this.#count(context, this.#done + sent);
      };
      return sendProof(server, id, proof, count, signal);
    }
    return ask(server, ['sessions', id, 'submit'], signal, { types: this.#types });
  }

  /** @returns what it comes to, if that is the end of it */
  #hear(answer: Answer, id: string, proof: CapturedProof | undefined): UploadResult | undefined {
    const { status: code } = answer;
    if (code < 200 || code > 299) return refuse(codeOf(code), wordsOf(answer), proof?.context);
    if (!proof) {
      const status = readStatus(answer.body);
      return status?.id === id ? { status } : refuse('session-refused', 'told no status');
    }
    const { key, context, blob } = proof;
    this.#left = this.#left.slice(1);
    this.#arrived.add(key);
    this.#done += blob.size;
    this.#count(context, this.#done);
    this.#listener.sent(context);
    return undefined;
  }

  #count(context: string, sent: number): void {
    if (sent <= this.#most) return;
    this.#most = sent;
    this.#listener.progress({ context, sent, total: this.#total });
  }

  #wait(isWaiting: boolean): void {
    if (isWaiting === this.#isWaiting) return;
    this.#isWaiting = isWaiting;
    this.#listener.waiting(isWaiting);
  }
}
