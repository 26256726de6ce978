import type { DecisionWord } from './decisions.js';

/** How far the person got, as the provider told the merchant's server. */
export type SessionStage = 'created' | 'started' | 'submitted';

/**
 * What a merchant's server tells its own page of a session: the body of `GET /sessions/:id`, and the
 * data of every `status` event of `GET /sessions/:id/events`. No reason and nothing of the person.
 */
export interface SessionStatus {
  /** The session's id at the merchant's server; not the provider's. */
  readonly id: string;
  /** Id of the provider, for example `veriff`. */
  readonly provider: string;
  readonly stage: SessionStage;
  readonly decision: DecisionWord;
  /** Grows with every change. The id of the event that tells of it. */
  readonly version: number;
}

/**
 * What a merchant's server answers to `POST /sessions`. Its body may hold `provider` (an id),
 * `language` (a BCP 47 tag) and `flow` (`hosted`, the default, or `capture`).
 */
export interface StartedSession {
  readonly id: string;
  readonly provider: string;
  /** The session URL, a secret. Absent where the person has nothing to do at the provider. */
  readonly url?: string;
  /** The state in the session's callback URL. */
  readonly state: string;
  readonly status: SessionStatus;
}
