import type { KycErrorCode } from '../model/errors.js';
import type { KycDecisionDetail } from '../model/events.js';
import type { Phase } from '../model/phases.js';
import type { SessionStatus } from '../model/status.js';
import type { RunSettings } from './plan.js';

/** A run whose session comes from the host's server: what may be done with it from there. */
export interface AttendedRun {
  readonly settings: RunSettings;
  readonly phase: Phase;
  /** Aborts when the run ends, or moves on in a way that makes a session useless. */
  readonly signal: AbortSignal;
  /** The last that the host's server told of the session. */
  readonly status: SessionStatus | undefined;
  /** Goes on with this URL, which is looked at like any other. */
  open(sessionUrl: string, provider: string): void;
  enter(to: Phase): boolean;
  /** Sets the status, and has it shown. */
  inform(status: SessionStatus): void;
  fail(code: KycErrorCode, message: string): void;
  emit(name: 'kyc-decision', detail: Omit<KycDecisionDetail, 'provider'>): boolean;
  release(): void;
}
