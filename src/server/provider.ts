import type { ProofSubject } from '../model/capture.js';
import type { DecisionWord } from '../model/decisions.js';
import type { SessionStage } from '../model/status.js';

/** Of one call to a provider. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** What a provider decided, and how it said so. */
export interface Decision<Raw = unknown> {
  readonly word: DecisionWord;
  /** The provider's own word or number for it, for example `9102` or `verification.declined`. */
  readonly code?: string;
  /** Why, in the provider's words. May be personal: for the merchant alone, never for a page. */
  readonly reason?: string;
  /** When, by the provider's clock, in milliseconds since 1970; absent where it does not say. */
  readonly at?: number;
  /** Which try of the person's it is about, where the provider tells tries apart. */
  readonly attempt?: string;
  /** What was parsed: the whole signed body. Personal. */
  readonly raw: Raw;
}

/** A picture, document or clip that the merchant's own page collected. */
export interface Proof {
  /**
   * What it shows. Veriff: a context, such as `face`, `document-front`. Shufti Pro: `face`,
   * `document`, `document-additional`, `address`, `address-additional`, `consent`.
   */
  readonly context: string;
  readonly bytes: Uint8Array;
}

/**
 * Which type of document each proof is of, in the provider's words, as the person picked it on the
 * page: nothing but their word for it.
 */
export type PickedTypes = Readonly<Partial<Record<ProofSubject, string>>>;

/** What the merchant's server asks a provider for. */
export interface SessionWish {
  /** The merchant's id for it: letters and digits alone, 32 of them. */
  readonly reference: string;
  /** Where the person comes back to, with the state in it. */
  readonly callbackUrl: string;
  /** Where the provider sends its webhooks, for providers that are told so with each session. */
  readonly webhookUrl?: string;
  /** BCP 47 tag. */
  readonly language?: string;
  /** Fields of the provider's own request, which the client checks as it checks any. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A session at the provider. */
export interface ProviderSession {
  /** What webhooks and calls name it by. */
  readonly providerId: string;
  /** The session URL; absent where the merchant's own page collects the proofs. */
  readonly url?: string;
}

/** What a genuine webhook says. */
export interface WebhookEvent<Raw = unknown> {
  readonly providerId: string;
  /** How far the person got. */
  readonly stage?: SessionStage;
  /** In which try of theirs, where the provider tells tries apart. */
  readonly attempt?: string;
  readonly decision?: Decision<Raw>;
  /** The provider only says that something changed: `readDecision` tells what. */
  readonly isStale?: boolean;
  readonly raw: Raw;
}

/** Every flag is told: nothing is to be concluded from an absence. */
export type WebhookResult<Raw = unknown> =
  | { readonly isAuthentic: true; readonly isUnderstood: true; readonly event: WebhookEvent<Raw> }
  | { readonly isAuthentic: true; readonly isUnderstood: false; readonly refusal: 'bad-body' }
  | {
      readonly isAuthentic: false;
      readonly isUnderstood: false;
      readonly refusal:
        'no-signature' | 'bad-signature' | 'wrong-client' | 'too-large' | 'bad-method';
    };

/** What the handler needs of a provider. The clients are such. */
export interface KycProvider {
  /** The same id as the element's, for example `veriff`. */
  readonly id: string;
  /** Milliseconds that a session URL is good for. */
  readonly sessionLifetime: number;
  /** Whether each session has to be told where its webhooks go. */
  readonly needsWebhookUrl: boolean;
  /**
   * Whether proofs are sent with the submission, all at once, and so must be kept until then. Else
   * each is sent when it comes.
   */
  readonly isSentAtOnce: boolean;
  /** Creates a session with a page of the provider's. */
  openHosted(wish: SessionWish, options?: CallOptions): Promise<ProviderSession>;
  /** Begins a session for proofs that the merchant's own page collects. */
  openCapture(wish: SessionWish, options?: CallOptions): Promise<ProviderSession>;
  /** @throws KycServerError `bad-request` where the provider would not take the proof */
  checkProof(proof: Proof): void;
  /** Sends one proof; for a provider to which they are sent at once, nothing. Safe to repeat. */
  sendProof(providerId: string, proof: Proof, options?: CallOptions): Promise<void>;
  /**
   * Hands the session in. `proofs` are those that were kept, else none. `types` may narrow what the
   * merchant asked for, and never widen it.
   */
  submitCapture(
    wish: SessionWish & {
      readonly providerId: string;
      readonly proofs: readonly Proof[];
      readonly types?: PickedTypes;
    },
    options?: CallOptions,
  ): Promise<Decision | undefined>;
  /** What the provider says now, by an authenticated answer. */
  readDecision(providerId: string, options?: CallOptions): Promise<Decision>;
  /** Reads the body of the request, once. Never throws for what a stranger may send. */
  verifyWebhook(request: Request): Promise<WebhookResult>;
}
