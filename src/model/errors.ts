import type { CaptureFailureCode, CaptureTroubleCode } from './capture.js';
import type { BlockingCode } from './findings.js';

/**
 * Every way a run can fail. The strings are stable: hosts may switch on them. Those that the
 * examination finds before anything is mounted are in {@link BlockingCode}, those of `<kyc-capture>`
 * in {@link CaptureTroubleCode} and {@link CaptureFailureCode}.
 *
 * | code | meaning | retryable |
 * |---|---|---|
 * | `missing-session-url` | a start was asked for, and there is no session URL | no |
 * | `invalid-session-url` | the URL is not one that may be framed with a camera; the message says why | no |
 * | `unknown-provider` | no provider by that id, or none that the URL's host belongs to | no |
 * | `frame-timeout` | the page gave no sign of life within `timeout` | yes |
 * | `frame-blocked` | the host page's Content-Security-Policy forbids the frame | no |
 * | `session-expired` | the provider says that the session ran out of time | no |
 * | `session-rejected` | the provider says that the session is not valid | no |
 * | `session-refused` | the session endpoint will not give a session: it answered 4xx, or nothing of use | no |
 * | `not-signed-in` | the session endpoint does not know the person (401) | yes |
 * | `session-unavailable` | the session endpoint cannot be reached, or is too busy (5xx, 429) | yes |
 * | `script-missing` | what it takes to ask the session endpoint could not be loaded | no |
 * | `return-mismatch` | somebody came to the callback with a state that is missing, wrong, used or expired | no |
 */
export type KycErrorCode =
  | BlockingCode
  | CaptureTroubleCode
  | CaptureFailureCode
  | 'missing-session-url'
  | 'invalid-session-url'
  | 'unknown-provider'
  | 'frame-timeout'
  | 'frame-blocked'
  | 'session-expired'
  | 'session-rejected'
  | 'session-refused'
  | 'not-signed-in'
  | 'session-unavailable'
  | 'script-missing'
  | 'return-mismatch';

/** Why a run failed. */
export interface KycError {
  /** Stable, for programs. */
  readonly code: KycErrorCode;
  /** For the developer, in English. Never holds the session URL. */
  readonly message: string;
}

/** Whether the provider's page may still work where the frame does not: in a tab of its own. */
export const isRedirectable = (code: string): boolean =>
  /^(frame|insecure|cross|permissions)-/.test(code);

/** Whether the same may work at another try. */
export const isRetryable = (code: string): boolean =>
  /^(frame-timeout|not-signed-in|session-unavailable)$/.test(code);
