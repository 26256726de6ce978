import type { DecisionWord } from '../../model/decisions.js';
import { fieldsOf } from '../body.js';
import type { Decision, WebhookEvent } from '../provider.js';
import { isSecureUrl } from '../secure.js';
import { isSessionId } from './request.js';

type Others = Readonly<Record<string, unknown>>;

/** What `POST /v1/sessions` answers, inside `verification`. Older answers have `baseUrl` for `host`. */
export interface VeriffSession extends Others {
  readonly id: string;
  /** The session URL, a secret. */
  readonly url: string;
  readonly vendorData?: string | null;
  readonly host?: string;
  readonly baseUrl?: string;
  readonly status?: string;
  readonly sessionToken?: string;
}

/** What was decided on a session. Personal. */
export interface VeriffVerification extends Others {
  readonly id: string;
  /** `approved`, `declined`, `resubmission_requested`, `review`, `expired` or `abandoned`. */
  readonly status: string;
  /** 9001, 9102, 9103, 9121, or 9104 for both of the last. */
  readonly code?: number | null;
  readonly attemptId?: string | null;
  readonly reason?: string | null;
  readonly reasonCode?: number | string | null;
  readonly vendorData?: string | null;
  readonly endUserId?: string | null;
  /** In ISO 8601. */
  readonly decisionTime?: string | null;
  readonly acceptanceTime?: string | null;
  readonly person?: Others | null;
  readonly document?: Others | null;
}

/** What `GET …/decision` answers, and a decision webhook says. `null`: there is no decision. */
export interface VeriffDecision extends Others {
  readonly status: 'success';
  readonly verification: VeriffVerification | null;
  readonly technicalData?: Others | null;
}

/** An event webhook. 7001: the person began. 7002: it was submitted. */
export interface VeriffEvent extends Others {
  readonly id: string;
  readonly code: number;
  readonly action: string;
  readonly attemptId?: string | null;
  readonly feature?: string | null;
  readonly vendorData?: string | null;
}

/** What `GET …/attempts` answers. */
export interface VeriffAttempts extends Others {
  readonly status: 'success';
  readonly verifications: readonly (Others & { readonly id: string; readonly status: string })[];
}

/** What `GET …/media` answers. */
export interface VeriffMediaList extends Others {
  readonly status: 'success';
  readonly images?: readonly Others[];
  readonly videos?: readonly Others[];
}

const verificationOf = (body: unknown): Others => fieldsOf(fieldsOf(body)['verification']);

export const isDone = (body: unknown): body is Others => fieldsOf(body)['status'] === 'success';

export const isCreated = (body: unknown): body is { readonly verification: VeriffSession } => {
  const { id, url } = verificationOf(body);
  return isDone(body) && isSessionId(id) && isSecureUrl(url);
};

const isDecided = (
  body: unknown,
): body is VeriffDecision & { readonly verification: VeriffVerification } => {
  const { id, status } = verificationOf(body);
  return isDone(body) && isSessionId(id) && typeof status === 'string';
};

/** Not on another session, which a cache or a proxy may have mixed up. */
export const isDecisionOn =
  (id: string) =>
  (body: unknown): body is VeriffDecision =>
    isDecided(body) ? body.verification.id === id : isDone(body) && body['verification'] === null;

export const isAttempts = (body: unknown): body is VeriffAttempts =>
  isDone(body) && Array.isArray(body['verifications']);

/** Where a file names its session, it is this one. */
export const isMediaListOf =
  (id: string) =>
  (body: unknown): body is VeriffMediaList => {
    if (!isDone(body)) return false;
    const lists = [body['images'], body['videos']].filter(Array.isArray);
    const isOfIt = (file: unknown): boolean => (fieldsOf(file)['sessionId'] ?? id) === id;
    return lists.length > 0 && lists.flat().every(isOfIt);
  };

const isEvent = (body: unknown): body is VeriffEvent => {
  const { id, code, action } = fieldsOf(body);
  return isSessionId(id) && typeof code === 'number' && typeof action === 'string';
};

/** Which of the person's tries it is about. */
const attemptOf = ({ attemptId }: { readonly attemptId?: string | null }) =>
  typeof attemptId === 'string' && { attempt: attemptId };

/** By the word and not by the code: 9104 is both expired and abandoned. */
const WORDS: readonly DecisionWord[] = [
  'approved',
  'declined',
  'resubmission-requested',
  'review',
  'expired',
  'abandoned',
];

/** In milliseconds: how long a session lives. */
export const WEEK = 604_800_000;

/**
 * When it was decided. A session that ran out of time was not, and may have no time of decision; it
 * ran out a week after it began, and so after whatever was decided on before.
 */
const decidedAt = ({ status, decisionTime, acceptanceTime }: VeriffVerification): number => {
  const at = Date.parse(String(decisionTime));
  const ranOut = status === 'expired' || status === 'abandoned';
  return Number.isNaN(at) && ranOut ? Date.parse(String(acceptanceTime)) + WEEK : at;
};

/** What a decision of Veriff's says, in the words of every provider. */
export const readVeriffDecision = (raw: VeriffDecision): Decision<VeriffDecision> => {
  const { verification } = raw;
  if (!verification) return { word: 'pending', raw };
  const { status, code, reason } = verification;
  const at = decidedAt(verification);
  return {
    word: WORDS.find((word) => word.replace('-', '_') === status) ?? 'unknown',
    raw,
    ...(code && { code: String(code) }),
    ...(typeof reason === 'string' && { reason }),
    ...(!Number.isNaN(at) && { at }),
    ...attemptOf(verification),
  };
};

/** What a genuine webhook of Veriff's says; `undefined` for what is neither of the two kinds. */
export const readVeriffWebhook = (
  body: unknown,
): WebhookEvent<VeriffDecision | VeriffEvent> | undefined => {
  if (isDecided(body)) {
    return { providerId: body.verification.id, decision: readVeriffDecision(body), raw: body };
  }
  if (!isEvent(body)) return undefined;
  const stage = ({ 7001: 'started', 7002: 'submitted' } as const)[body.code];
  return { providerId: body.id, raw: body, ...(stage && { stage, ...attemptOf(body) }) };
};
