/**
 * Every way a call can fail. The strings are stable.
 *
 * | code | meaning |
 * |---|---|
 * | `bad-request` | the input is not valid; nothing was sent, or the provider refused it. `path` names the field |
 * | `unauthorised` | the provider does not know the credentials, or they may not do this |
 * | `payment-required` | the account has no credit |
 * | `not-found` | the provider knows no such session |
 * | `conflict` | it is too late for that, for example after the submission, or it exists already |
 * | `rate-limited` | too many calls; `retryAfter` says when the next may be made |
 * | `provider-down` | no answer, or a 5xx |
 * | `timeout` | no answer in time |
 * | `aborted` | the caller's signal |
 * | `bad-signature` | the answer's signature is missing or wrong, so its body is not believed |
 * | `bad-answer` | the answer is not what the provider documents |
 */
export type KycServerErrorCode =
  | 'bad-request'
  | 'unauthorised'
  | 'payment-required'
  | 'not-found'
  | 'conflict'
  | 'rate-limited'
  | 'provider-down'
  | 'timeout'
  | 'aborted'
  | 'bad-signature'
  | 'bad-answer';

/** What is known of a failure besides its code. */
export interface KycServerErrorFacts {
  /** Where in the input, for example `document.name.first_name`. */
  readonly path?: string | undefined;
  /** The answer's HTTP status. */
  readonly status?: number | undefined;
  /** Milliseconds to wait before the next try. */
  readonly retryAfter?: number | undefined;
  /** The provider's own code, where it is one of its documented words or numbers. */
  readonly providerCode?: string | undefined;
  readonly cause?: unknown;
}

/** The one error of the backend kit. Holds no secret and nothing of the person, whatever failed. */
export class KycServerError extends Error {
  override readonly name = 'KycServerError';
  declare readonly code: KycServerErrorCode;
  declare readonly path: string | undefined;
  declare readonly status: number | undefined;
  declare readonly retryAfter: number | undefined;
  declare readonly providerCode: string | undefined;

  constructor(code: KycServerErrorCode, message: string, facts: KycServerErrorFacts = {}) {
    super(message);
    Object.assign(this, { code }, facts);
  }
}
