/** What a callback's parameters let one guess. Never trusted, never a decision. */
export type ReturnHint = 'finished' | 'canceled';

/** What is remembered of a run while the person is at the provider's own page. Never the URL. */
export interface Ticket {
  readonly version: 1;
  /** Id of the provider. */
  readonly provider: string;
  /** The host's own name for the session, or `''`. */
  readonly reference: string;
  /** The state in the callback URL; `''` where the host gave none, and then no return matches. */
  readonly state: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Where the person left: path, query and fragment on the host's own origin. */
  readonly returnPath: string;
}
