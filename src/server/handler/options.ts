import type { Decision, KycProvider } from '../provider.js';
import type { KycStore } from '../store.js';
import type { Flow, SessionRecord } from './records.js';

/** What `onDecision` is told. */
export interface DecidedSession {
  /** The session's id here; absent for a session that this handler did not make. */
  readonly id: string | undefined;
  /** Whom `identify` named; absent likewise. */
  readonly person: string | undefined;
  /** Id of the provider. */
  readonly provider: string;
  /** The session's id at the provider. */
  readonly providerId: string;
  readonly decision: Decision;
}

/** What the handler was doing when something failed. */
export type Task = 'identify' | 'provider' | 'webhook' | 'decision' | 'store' | 'request';

/** Numbers that may be set otherwise. Times are in milliseconds. */
export interface HandlerLimits {
  /** New sessions at the provider for one person in an hour. Default 10. */
  readonly sessionsPerHour: number;
  /** `POST /sessions` of one person in a minute. Default 60. */
  readonly requestsPerMinute: number;
  /** Open event streams of one person, in one process. Default 8. */
  readonly streams: number;
  /** How long an event stream lives before the page has to ask for the next. Default 5 minutes. */
  readonly streamLife: number;
  /** Between two comments that keep an event stream open. Default 15 seconds. */
  readonly heartbeat: number;
  /** Between two looks of an event stream at the store, besides the word of changes. Default 5 seconds. */
  readonly poll: number;
  /** Between two questions to the provider for a decision that is still awaited. Default 15 seconds. */
  readonly look: number;
  /** How long the provider may take for one call, `details` included. Default 20 seconds. */
  readonly providerTimeout: number;
  /** How long `onDecision` may take before it counts as failed. Default 5 seconds. */
  readonly decisionTimeout: number;
  /** Before the first repetition of a failed `onDecision`; doubled each time, up to an hour. Default 1 second. */
  readonly retryDelay: number;
  /** The largest proof in bytes. Default 20 MiB. */
  readonly proofSize: number;
  /** How many proofs one session may have waiting for its submission. Default 16. */
  readonly proofs: number;
  /** Proofs that one person may send in an hour, the same one again included. Default 64. */
  readonly proofsPerHour: number;
  /** How long proofs wait for their submission. Default, and at most, an hour. */
  readonly proofLife: number;
  /** How long a session is remembered after its URL has expired. Default 90 days. */
  readonly retention: number;
}

/** Options of `createKycHandler`. */
export interface KycHandlerOptions {
  /** One provider, or several, of which the first is the default. */
  readonly provider: KycProvider | readonly KycProvider[];
  readonly store: KycStore;
  /**
   * Who is signed in, by the merchant's own session: an id that stays the same. `undefined`: nobody,
   * which is answered with 401.
   */
  readonly identify: (request: Request) => string | undefined | Promise<string | undefined>;
  /** Where the person comes back to: the page that has `<kyc-return>`. https, or http on loopback. */
  readonly callbackUrl: string;
  /**
   * The public address of this handler's `/webhooks`, to which `/<provider>` is appended, for providers
   * that are told with each session where its webhooks go.
   */
  readonly webhookUrl?: string;
  /**
   * Called for each decision that becomes a session's state (not for `pending`), in order for one
   * session, at least once: again after a crash, a rejection or a time-out. So it must be repeatable.
   */
  readonly onDecision: (session: DecidedSession) => unknown;
  /** Fields of the provider's own request, for example the person's name. */
  readonly details?: (
    person: string,
    wish: { readonly provider: string; readonly flow: Flow; readonly request: Request },
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
  /**
   * Origins of pages that may call besides those of the host that is asked. Needed where a proxy changes
   * the `Host`, for browsers without `Sec-Fetch-Site`. No CORS headers are sent.
   */
  readonly origins?: readonly string[];
  /**
   * Told of what failed, while the page is told no more than a code. Default: a line on the console
   * with the error's code or name, nothing else of it.
   */
  readonly onError?: (error: unknown, task: Task) => void;
  readonly limits?: Partial<HandlerLimits>;
  /**
   * `captureRoutes`, where the merchant's own page collects the proofs. Default: none, so that nothing
   * can be uploaded, and a page that wants the flow `capture` is told `no-capture`.
   */
  readonly capture?: CaptureRoutes;
}

/** The options, checked, as all parts of the handler use them. */
export interface Kit extends Omit<KycHandlerOptions, 'provider' | 'limits' | 'onError'> {
  readonly providers: ReadonlyMap<string, KycProvider>;
  readonly first: KycProvider;
  readonly limits: HandlerLimits;
  readonly report: (error: unknown, task: Task) => void;
  /** When a forged webhook of each provider was reported last. */
  readonly reported: Map<string, number>;
}

/** What answers to a route for proofs. */
type CaptureRoute = (kit: Kit, session: SessionRecord, request: Request) => Promise<Response>;

/** The routes for proofs: `captureRoutes` is all there is of them. What is in it is the handler's own. */
export interface CaptureRoutes {
  readonly media: CaptureRoute;
  readonly submit: CaptureRoute;
}

const HOUR = 3_600_000;

export const LIMITS: HandlerLimits = {
  sessionsPerHour: 10,
  requestsPerMinute: 60,
  streams: 8,
  streamLife: 300_000,
  heartbeat: 15_000,
  poll: 5000,
  look: 15_000,
  providerTimeout: 20_000,
  decisionTimeout: 5000,
  retryDelay: 1000,
  proofSize: 20 * 1024 * 1024,
  proofs: 16,
  proofsPerHour: 64,
  proofLife: HOUR,
  retention: 90 * 24 * HOUR,
};
