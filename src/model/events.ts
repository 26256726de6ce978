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
  'kyc-error': KycErrorDetail;
  'kyc-phase-change': KycPhaseChangeDetail;
}

export type KycEventName = keyof KycEventDetails;

/** For `addEventListener`: event name to event. */
export type KycEventMap = { [N in KycEventName]: KycEvent<N> };

/** The events that a host may veto with `preventDefault()`. */
const CANCELABLE: readonly KycEventName[] = [
  'kyc-error',
  'kyc-reload-request',
  'kyc-redirect',
  'kyc-returned',
];

/** An event of `<kyc-verify>` or `<kyc-return>`. Bubbles, and crosses shadow roots. */
export class KycEvent<N extends KycEventName = KycEventName> extends CustomEvent<
  KycEventDetails[N]
> {
  declare readonly type: N;

  constructor(name: N, detail: KycEventDetails[N]) {
    super(name, { detail, bubbles: true, composed: true, cancelable: CANCELABLE.includes(name) });
  }
}
