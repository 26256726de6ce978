import type { Letter } from './outbox.js';
import type { Outcome } from './outcomes.js';
import { signVeriff } from './signatures.js';
import { attemptOf, decidedAttempt, type Session } from './sessions.js';
import type { SandboxKeys } from './keys.js';

/** Veriff's own word and code for an outcome. */
const WORDS: Readonly<Record<Outcome, readonly [status: string, code: number]>> = {
  approved: ['approved', 9001],
  declined: ['declined', 9102],
  resubmission: ['resubmission_requested', 9103],
  review: ['review', 9121],
  expired: ['expired', 9104],
  abandoned: ['abandoned', 9104],
  // Never decided of a Veriff session; `abandoned` is what becomes of one that was canceled.
  canceled: ['abandoned', 9104],
};

/** What was read from the pictures: of the test documents, or as the integrator said. */
const PERSON = { firstName: 'SAM', lastName: 'SPECIMEN', dateOfBirth: '1990-01-31' } as const;
const DOCUMENT = {
  type: 'ID_CARD',
  number: 'SPECIMEN-0001',
  country: 'EE',
  validFrom: '2020-01-01',
  validUntil: '2035-12-31',
} as const;

/** The member `verification` of a decision; `null` until there is one. */
export const veriffVerification = (session: Session): Readonly<Record<string, unknown>> | null => {
  const attempt = decidedAttempt(session);
  if (!attempt?.outcome) return null;
  const [status, code] = WORDS[attempt.outcome];
  const { person, document } = session.asked.services;
  const isRead = attempt.submittedAt !== null;
  return {
    id: session.id,
    attemptId: attempt.id,
    code,
    status,
    reason: attempt.reason?.text ?? null,
    reasonCode: attempt.reason?.code ?? null,
    vendorData: session.reference,
    person: { ...(isRead ? PERSON : {}), ...person },
    document: { ...(isRead ? DOCUMENT : {}), ...document },
    comments: [],
    additionalVerifiedData: {},
    decisionTime: attempt.decidedAt,
    acceptanceTime: attempt.createdAt,
  };
};

/** What stands beside it. */
export const TECHNICAL_DATA = { ip: '127.0.0.1' } as const;

/** `GET …/attempts`. */
export const veriffAttempts = ({ attempts, status }: Session): readonly unknown[] =>
  attempts.map(({ id, createdAt, outcome }) => ({
    id,
    createdTime: createdAt,
    status: outcome === null ? status : WORDS[outcome][0],
  }));

/** The address under which Veriff's calls and answers name a file. */
export const mediaUrl = (origin: string, id: string): string => `${origin}/v1/media/${id}`;

/** `GET …/media`, and the answer to an upload. */
export const veriffImages = ({ media, id: sessionId }: Session, origin: string) =>
  [...media.values()].map(({ id, context, type, bytes }) => ({
    id,
    name: context,
    context,
    timestamp: null,
    size: bytes,
    mimetype: type,
    url: mediaUrl(origin, id),
    sessionId,
  }));

/** Signed as the vendor signs webhooks; in the older manner too where the integrator uses it. */
const letterOf = (
  session: Session,
  event: string,
  content: unknown,
  isLast: boolean,
  { apiKey, sharedSecret }: SandboxKeys['veriff'],
): Letter => {
  const body = JSON.stringify(content);
  return {
    event,
    body,
    isLast,
    headers: { 'x-auth-client': apiKey, 'vrf-auth-client': apiKey },
    signatures: {
      'x-hmac-signature': signVeriff('hmac', body, sharedSecret),
      ...(session.isLegacy && { 'x-signature': signVeriff('legacy', body, sharedSecret) }),
    },
  };
};

const EVENT_CODES = { started: 7001, submitted: 7002 } as const;

/** The event webhook: how far the person got. */
export const veriffEventLetter = (
  session: Session,
  action: keyof typeof EVENT_CODES,
  keys: SandboxKeys['veriff'],
): Letter => {
  const content = {
    id: session.id,
    attemptId: attemptOf(session).id,
    feature: 'selfid',
    code: EVENT_CODES[action],
    action,
    vendorData: session.reference,
  };
  return letterOf(session, action, content, false, keys);
};

/** The decision webhook. */
export const veriffDecisionLetter = (session: Session, keys: SandboxKeys['veriff']): Letter => {
  const verification = veriffVerification(session);
  const content = { status: 'success', verification, technicalData: TECHNICAL_DATA };
  const event = String(verification?.['status']);
  return letterOf(session, event, content, event !== 'review', keys);
};
