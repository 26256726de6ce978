import type { CapturedProof, CaptureStage } from './capture.js';
import type { DecisionWord } from './decisions.js';
import type { KycErrorCode } from './errors.js';
import type { Phase } from './phases.js';
import type { ReturnHint } from './tickets.js';

/** What every event of a run tells. */
export interface KycEventDetail {
  /** Id of the provider, for example `veriff`; `''` while none is known. */
  readonly provider: string;
}

export interface KycReadyDetail extends KycEventDetail {
  /**
   * `message`: the page itself spoke. `load`: only the frame's `load` event, which browsers send
   * for error pages too; it is all there is with a provider that posts no early message.
   */
  readonly evidence: 'message' | 'load';
}

export interface KycCanceledDetail extends KycEventDetail {
  /** Who ended the run: the provider's `page`, the `person` at our controls, the `host` by script. */
  readonly by: 'page' | 'person' | 'host';
}

export interface KycErrorDetail extends KycEventDetail {
  readonly code: KycErrorCode;
  /** For the developer, in English. Never holds the session URL. */
  readonly message: string;
  /** Whether the same may work at another try. */
  readonly retryable: boolean;
}

/** Where the provider's page is opened: in this tab, or in another. */
export type RedirectTarget = 'same-tab' | 'new-tab';

export interface KycRedirectDetail extends KycEventDetail {
  readonly target: RedirectTarget;
  /** Why a frame cannot serve; absent where the redirect is the main way. */
  readonly reason?: KycErrorCode;
}

export interface KycReturnedDetail extends KycEventDetail {
  /** Nothing here knows it: one callback serves finish and cancel alike. Ask your server. */
  readonly outcome: 'unknown';
  /** What the provider's own parameters let one guess. Never trust it. */
  readonly hint?: ReturnHint;
  /** The session's name at the host's server, as given by `sessionReference`. */
  readonly reference?: string;
}

/** What the merchant's own server says of the session. */
export interface KycDecisionDetail extends KycEventDetail {
  /** The session's id at that server. */
  readonly id: string;
  readonly decision: DecisionWord;
  /** Whether nobody is waited for: neither the provider nor the person. */
  readonly isFinal: boolean;
}

export interface KycPhaseChangeDetail extends KycEventDetail {
  readonly from: Phase;
  readonly to: Phase;
}

/** Where in `<kyc-capture>` the person is. */
export interface KycCaptureStepDetail extends KycEventDetail {
  /** Of the step's proof, for example `document-front`. */
  readonly context: string;
  readonly stage: CaptureStage;
  /** From 1. */
  readonly step: number;
  /** How many there are, as far as it is known: it may depend on the document's type. */
  readonly steps: number;
}

/** Everything was collected, and the person wants it to be sent. */
export interface KycCapturedDetail extends KycEventDetail {
  readonly proofs: readonly CapturedProof[];
}

export interface KycUploadProgressDetail extends KycEventDetail {
  /** Of the proof that is being sent. */
  readonly context: string;
  /** Bytes of all proofs that have left, those of one under way included. */
  readonly sent: number;
  /** Bytes of all proofs. */
  readonly total: number;
}

/** The one table of events, name to detail. Every type that names an event derives from it. */
export interface KycEventDetails {
  'kyc-ready': KycReadyDetail;
  'kyc-started': KycEventDetail;
  'kyc-progress': KycEventDetail;
  'kyc-submitted': KycEventDetail;
  'kyc-finished': KycEventDetail;
  'kyc-canceled': KycCanceledDetail;
  'kyc-reload-request': KycEventDetail;
  'kyc-redirect': KycRedirectDetail;
  'kyc-returned': KycReturnedDetail;
  'kyc-decision': KycDecisionDetail;
  'kyc-capture-step': KycCaptureStepDetail;
  'kyc-captured': KycCapturedDetail;
  'kyc-upload-progress': KycUploadProgressDetail;
  'kyc-error': KycErrorDetail;
  'kyc-phase-change': KycPhaseChangeDetail;
}

export type KycEventName = keyof KycEventDetails;

/** For `addEventListener`: event name to event. */
export type KycEventMap = { [N in KycEventName]: KycEvent<N> };

type CaptureOnly = 'kyc-capture-step' | 'kyc-captured' | 'kyc-upload-progress';

/** The events of `<kyc-capture>`. */
export type KycCaptureEventName = CaptureOnly | 'kyc-submitted' | 'kyc-canceled' | 'kyc-error';

/** The events of `<kyc-verify>`. */
export type KycVerifyEventName = Exclude<KycEventName, CaptureOnly>;

/** The events that a host may veto with `preventDefault()`. */
const CANCELABLE: readonly KycEventName[] = [
  'kyc-captured',
  'kyc-error',
  'kyc-reload-request',
  'kyc-redirect',
  'kyc-returned',
];

/** An event of `<kyc-verify>`, `<kyc-return>` or `<kyc-capture>`. Bubbles, and crosses shadow roots. */
export class KycEvent<N extends KycEventName = KycEventName> extends CustomEvent<
  KycEventDetails[N]
> {
  declare readonly type: N;

  constructor(name: N, detail: KycEventDetails[N]) {
    super(name, { detail, bubbles: true, composed: true, cancelable: CANCELABLE.includes(name) });
  }
}
