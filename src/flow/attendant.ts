import { warnOnce } from '../environment/console.js';
import { isAwaited, isFinal } from '../model/decisions.js';
import type { SessionStatus } from '../model/status.js';
import { followStatus } from '../session/follow-status.js';
import { startSession } from '../session/start-session.js';
import type { AttendedRun } from './attended.js';

/**
 * Gets a run its session from the host's server, and learns there what becomes of it. The only place
 * that a decision comes from.
 */
export class Attendant {
  readonly #run: AttendedRun;
  readonly #endpoint: string;
  /** The session's id at the server, once there is one. */
  #id: string | undefined;
  /** As long as the server is listened to; the frame may be gone long since. */
  #following: AbortController | undefined;

  /** @param id - of a session that the run is about already; a run that begins gets another */
  constructor(run: AttendedRun, id?: string) {
    this.#run = run;
    this.#endpoint = run.settings.sessionEndpoint ?? '';
    if (run.phase === 'creating') {
      void this.#create();
    } else {
      this.#id = id;
      this.follow();
    }
  }

  /** Listens to the server, unless everything is told. */
  follow(): void {
    const run = this.#run;
    if (!this.#id || this.#following || run.phase === 'idle' || run.phase === 'decided') return;
    this.#following = new AbortController();
    const { signal } = this.#following;
    void followStatus(this.#endpoint, this.#id, run.status, this.#learn, signal).then((status) => {
      if (!status) return;
      warnOnce(
        'status-lost',
        `the session endpoint answered ${status} to a question for the status. Nothing more is asked; the person is told to come back later.`,
      );
    });
  }

  /** Stops listening, until it is wanted again. */
  rest(): void {
    this.#following?.abort();
    this.#following = undefined;
  }

  /** There may be nothing left to do in the session. */
  async #create(): Promise<void> {
    const run = this.#run;
    const { settings, signal } = run;
    const { provider, language } = settings;
    const { session, error } = await startSession(
      { endpoint: this.#endpoint, provider, language },
      signal,
    );
    if (signal.aborted) return;
    if (!session) {
      run.fail(error.code, error.message);
      return;
    }
    const { id, state, url, status } = session;
    settings.sessionState = state;
    settings.sessionReference = this.#id = id;
    if (url) {
      // Its word is no news: the person is about to do something about it.
      run.inform(status);
      run.open(url, session.provider);
    } else if (!isAwaited(status.decision) || run.enter('finished')) {
      this.#learn(status);
    }
    this.follow();
  }

  /** Gives whether that is the end of it. */
  readonly #learn = (status: SessionStatus): boolean => {
    const run = this.#run;
    const { id, decision, stage } = status;
    const before = run.status;
    // Asked for once more: nothing else is new, and yet something is.
    const isRepeated = decision === 'resubmission-requested' && stage === before?.stage;
    const isNews = isRepeated || decision !== (before?.decision ?? 'pending');
    run.inform(status);
    if (isNews && !isAwaited(decision)) {
      this.rest();
      // Where the person is in another tab, the callback page there still wants to be told.
      if (run.phase !== 'redirected') run.release();
      if (!run.enter('decided')) return true;
    }
    if (isNews) run.emit('kyc-decision', { id, decision, isFinal: isFinal(decision) });
    return isNews && !isAwaited(decision);
  };
}
