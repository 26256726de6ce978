import { declineReason, failedContexts, RESUBMISSION_REASON } from './findings.js';
import type { SandboxKeys } from './keys.js';
import type { Outbox } from './outbox.js';
import { type Letter } from './outbox.js';
import { isWithoutSubmission, outcomesOf, type Outcome } from './outcomes.js';
import { shuftiEvent, shuftiLetter, type ShuftiEvent } from './shufti-words.js';
import type { ShuftiScheme } from './signatures.js';
import { attemptOf, newAttempt, type Reason, type Session } from './sessions.js';
import { InvalidInput, rulesOf, type Rule, type Verdict } from './switches.js';
import { veriffDecisionLetter, veriffEventLetter } from './veriff-words.js';

/** Where webhooks go that have no address of their own. */
export interface WebhookAddresses {
  readonly veriff?: string;
  /** For requests without `callback_url`. */
  readonly shuftiPro?: string;
}

export interface CourseOptions {
  readonly keys: SandboxKeys;
  readonly outbox: Outbox;
  readonly shuftiScheme: ShuftiScheme;
  /** For sessions that do not say it themselves. `by-files`: approved, unless a file is a fake. */
  readonly decision: Rule | 'by-files';
  /** In milliseconds. */
  readonly decisionAfter: number;
  /** Called when a session has changed by itself. */
  readonly changed: (session: Session) => void;
}

const OF_VERDICT: Readonly<Record<Verdict, Outcome | undefined>> = {
  'request.received': undefined,
  'review.pending': 'review',
  'verification.accepted': 'approved',
  'verification.declined': 'declined',
};

/** What becomes of sessions: who is told, what is decided, and when. */
export class Course {
  readonly #options: CourseOptions;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #addresses: WebhookAddresses = {};

  constructor(options: CourseOptions) {
    this.#options = options;
  }

  set addresses(addresses: WebhookAddresses) {
    this.#addresses = addresses;
  }

  /** A session was made. */
  created(session: Session): void {
    if (session.vendor === 'shufti-pro' && !session.asked.isOffsite) {
      this.callBack(session, 'request.pending');
    }
    const rule = this.#ruleOf(session);
    if (rule !== 'none' && rule !== 'by-files' && isWithoutSubmission(rule)) {
      this.#decideSoon(session);
    }
  }

  /** The person, or the first file, is here. */
  started(session: Session): void {
    this.#begin(session);
    if (session.status === 'started') return;
    session.status = 'started';
    if (session.vendor === 'veriff') {
      this.#send(session, veriffEventLetter(session, 'started', this.#options.keys.veriff));
    }
  }

  /** Everything is in. */
  submitted(session: Session): void {
    this.#begin(session);
    session.status = 'submitted';
    attemptOf(session).submittedAt = new Date().toISOString();
    if (session.vendor === 'veriff') {
      this.#send(session, veriffEventLetter(session, 'submitted', this.#options.keys.veriff));
    } else if (!session.asked.showsResults) {
      this.callBack(session, 'request.received');
    }
    this.#decideSoon(session);
  }

  /** The person backed out. Veriff tells nobody: the session may be run again. */
  canceled(session: Session): void {
    session.status = 'canceled';
    if (session.vendor === 'shufti-pro') this.decide(session, 'canceled');
  }

  /**
   * Decides, whatever was decided before: a review ends so, and a mistake is put right so.
   *
   * @throws InvalidInput where the vendor has no word for it, or the session was deleted
   */
  decide(session: Session, outcome: Outcome): void {
    if (session.isDeleted) throw new InvalidInput('The session was deleted.');
    if (!outcomesOf(session.vendor).includes(outcome)) {
      throw new InvalidInput(`A ${session.vendor} session is never "${outcome}".`);
    }
    this.#stopTimer(session);
    const attempt = attemptOf(session);
    const before = attempt.outcome;
    attempt.outcome = outcome;
    attempt.decidedAt = new Date().toISOString();
    attempt.reason = this.#reasonFor(session, outcome);
    if (outcome === 'resubmission') {
      session.status = 'created';
    } else if (!isWithoutSubmission(outcome)) {
      // Decided at the desk while the person was still at it: there is nothing left to hand in.
      session.status = 'submitted';
      attempt.submittedAt ??= attempt.decidedAt;
    }
    this.#tellDecision(session, before);
    this.#options.changed(session);
  }

  /** Decides now what would be decided soon. */
  decideNow(session: Session): void {
    const rule = this.#ruleOf(session);
    if (rule !== 'none') this.decide(session, this.#byRule(session, rule));
  }

  /** Sends one of Shufti Pro's callbacks, and changes nothing. */
  callBack(session: Session, event: ShuftiEvent): void {
    const { keys, shuftiScheme } = this.#options;
    this.#send(session, shuftiLetter(session, event, keys.shuftiPro, shuftiScheme));
  }

  /** Nothing more becomes of it. */
  forget(session: Session): void {
    this.#stopTimer(session);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#options.outbox.close();
  }

  /** Whoever comes back, after pictures that would not do or after a cancel, begins anew. */
  #begin({ attempts, media }: Session): void {
    const outcome = attempts.at(-1)?.outcome;
    if (outcome !== 'resubmission' && outcome !== 'canceled') return;
    attempts.push(newAttempt());
    media.clear();
  }

  #ruleOf({ switches, attempts, vendor }: Session): Rule | 'by-files' {
    if (attempts.some(({ outcome }) => outcome === 'resubmission')) return 'by-files';
    const { decision, verdict } = switches;
    const own = decision ?? (verdict && OF_VERDICT[verdict]);
    if (own !== undefined) return own;
    // Of all sessions: what one vendor has no word for is meant for the other's.
    const general = this.#options.decision;
    return rulesOf(vendor).find((rule) => rule === general) ?? 'by-files';
  }

  #byRule(session: Session, rule: Outcome | 'by-files'): Outcome {
    if (rule !== 'by-files') return rule;
    return failedContexts(session).length > 0 ? 'declined' : 'approved';
  }

  #reasonFor(session: Session, outcome: Outcome): Reason | null {
    if (outcome === 'declined') return declineReason(session);
    return outcome === 'resubmission' ? RESUBMISSION_REASON : null;
  }

  #decideSoon(session: Session): void {
    this.#stopTimer(session);
    const after = session.switches.after ?? this.#options.decisionAfter;
    const timer = setTimeout(() => {
      this.#timers.delete(session.id);
      this.decideNow(session);
    }, after);
    timer.unref();
    this.#timers.set(session.id, timer);
  }

  #stopTimer({ id }: Session): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #tellDecision(session: Session, before: Outcome | null): void {
    const { keys } = this.#options;
    if (session.vendor === 'veriff') {
      this.#send(session, veriffDecisionLetter(session, keys.veriff));
    } else if (before === null || before === 'canceled') {
      this.callBack(session, shuftiEvent(session));
    } else {
      // The vendor only says that it is no longer as it was; `/status` tells what it is.
      this.callBack(session, 'verification.status.changed');
    }
  }

  #send(session: Session, letter: Letter): void {
    const own = session.vendor === 'veriff' ? this.#addresses.veriff : this.#addresses.shuftiPro;
    const url = session.webhookUrl ?? own;
    if (url !== undefined) this.#options.outbox.send(session, url, letter);
  }
}
