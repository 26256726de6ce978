import { createHmac } from 'node:crypto';

import { failedContexts } from './findings.js';
import { formatOfType } from './files.js';
import type { SandboxKeys } from './keys.js';
import type { Letter } from './outbox.js';
import type { Outcome } from './outcomes.js';
import { isSame, phpJson, signShufti, type ShuftiScheme } from './signatures.js';
import { decidedAttempt, type Context, type Media, type Session } from './sessions.js';

/** Shufti Pro's twelve events. */
export const SHUFTI_EVENTS = [
  'request.pending',
  'request.invalid',
  'request.unauthorized',
  'request.timeout',
  'request.received',
  'request.deleted',
  'request.data.changed',
  'review.pending',
  'verification.accepted',
  'verification.declined',
  'verification.cancelled',
  'verification.status.changed',
] as const;

export type ShuftiEvent = (typeof SHUFTI_EVENTS)[number];

const EVENT_OF: Readonly<Record<Outcome, ShuftiEvent>> = {
  approved: 'verification.accepted',
  declined: 'verification.declined',
  // Never decided of a Shufti Pro session: the vendor asks for nothing twice.
  resubmission: 'verification.declined',
  review: 'review.pending',
  expired: 'request.timeout',
  abandoned: 'request.timeout',
  canceled: 'verification.cancelled',
};

/** What a status answer says of the session now. */
export const shuftiEvent = (session: Session): ShuftiEvent => {
  const outcome = decidedAttempt(session)?.outcome;
  if (session.isDeleted) return 'request.deleted';
  if (outcome) return EVENT_OF[outcome];
  const { showsResults, isOffsite } = session.asked;
  return session.status === 'submitted' && (isOffsite || !showsResults)
    ? 'request.received'
    : 'request.pending';
};

/** The service that a file is a proof of, and which of its proofs. */
const proofOf = (context: Context): readonly [service: string, proof: string] => {
  const [service = ''] = context.split('-');
  const isSecond = context.endsWith('-additional') || context === 'document-back';
  return [service, isSecond ? 'additional_proof' : 'proof'];
};

/** In milliseconds: the vendor's proof addresses live so long. */
const PROOF_LIFE = 15 * 60 * 1000;

const proofToken = (id: string, expires: number, secret: string): string =>
  `${expires}.${createHmac('sha256', secret).update(`${id} ${expires}`).digest('hex')}`;

/** Whether the token in a proof's address is one of ours, and still good. */
export const isProofToken = (id: string, token: string, secret: string, now: number): boolean => {
  const expires = Number(token.split('.')[0]);
  return expires > now && isSame(token, proofToken(id, expires, secret));
};

type Fields = Readonly<Record<string, unknown>>;

const proofsOf = ({ id, media }: Session, origin: string, secret: string): Fields => {
  const token = proofToken(id, Date.now() + PROOF_LIFE, secret);
  const urlOf = ({ context, type }: Media, name: string): string =>
    `${origin}/api/storage/${id}/${context}/${name}.${formatOfType(type)}?access_token=${token}`;
  const proofs: Record<string, Record<string, string>> = {};
  for (const each of media.values()) {
    const [service, name] = proofOf(each.context);
    proofs[service] = { ...proofs[service], [name]: urlOf(each, name) };
  }
  return proofs;
};

/** What is read from the test documents where the request leaves a field empty. */
const READ: Fields = {
  name: { first_name: 'Sam', middle_name: null, last_name: 'Specimen' },
  dob: '1990-01-31',
  document_number: 'SPECIMEN-0001',
  issue_date: '2020-01-01',
  expiry_date: '2035-12-31',
  full_address: '1 Example Street, Specimen Town',
};

const isEmpty = (value: unknown): boolean =>
  value === '' ||
  (typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => each === '' || each === undefined));

const dataOf = (service: Fields): Fields => {
  const types = service['supported_types'];
  const first: unknown = Array.isArray(types) ? types[0] : undefined;
  return {
    ...Object.fromEntries(
      Object.entries(service).map(([name, value]) => [
        name,
        isEmpty(value) && name in READ ? READ[name] : value,
      ]),
    ),
    ...(first !== undefined && { selected_type: [first] }),
  };
};

/** 1 for verified, 0 for not, `null` for not looked at: of one service. */
const resultOf = (name: string, service: Fields, passed: 0 | 1 | null): unknown => {
  if (name === 'face' || name === 'phone' || name === 'background_checks') return passed;
  const details = name === 'consent' ? [] : Object.keys(service);
  const checked = details.filter((key) => key in READ);
  // As the vendor tells it: what the document itself is, then what stands on it.
  const own =
    name === 'consent'
      ? ['consent', 'selected_type']
      : [
          name === 'document' ? 'document' : 'address_document',
          `${name}_visibility`,
          'selected_type',
        ];
  return Object.fromEntries([...checked, ...own].map((key) => [key, passed]));
};

const resultsOf = (session: Session, isAccepted: boolean): Fields => {
  const failed = new Set(failedContexts(session).map((context) => proofOf(context)[0]));
  return Object.fromEntries(
    Object.entries(session.asked.services).map(([name, service]) => {
      const passed = isAccepted || (failed.size > 0 && !failed.has(name));
      return [name, resultOf(name, service, passed ? 1 : 0)];
    }),
  );
};

/** The members that every answer and callback about a session has. */
export const shuftiContent = (session: Session, event: ShuftiEvent): Fields => {
  const { reference, asked } = session;
  const base = { reference, event, error: '', verification_url: '' };
  if (event === 'request.deleted' || event === 'verification.status.changed')
    return { reference, event };
  const person = { email: asked.email, country: asked.country };
  if (event === 'review.pending' || event === 'request.received') return { ...base, ...person };
  if (event !== 'verification.accepted' && event !== 'verification.declined') return base;
  const reason = decidedAttempt(session)?.reason;
  return {
    ...base,
    ...person,
    verification_result: resultsOf(session, event === 'verification.accepted'),
    verification_data: Object.fromEntries(
      Object.entries(asked.services).map(([name, service]) => [name, dataOf(service)]),
    ),
    ...(event === 'verification.declined' && {
      declined_reason: reason?.text ?? null,
      declined_codes: reason ? [reason.code] : [],
    }),
  };
};

/** `POST /status`: the same with the proofs' addresses. */
export const shuftiStatus = (session: Session, origin: string, secret: string): Fields => {
  const event = shuftiEvent(session);
  const content = shuftiContent(session, event);
  return event === 'request.deleted'
    ? content
    : { ...content, proof: proofsOf(session, origin, secret) };
};

/** A callback: PHP's JSON, with the signature over its bytes. */
export const shuftiLetter = (
  session: Session,
  event: ShuftiEvent,
  { secretKey }: SandboxKeys['shuftiPro'],
  scheme: ShuftiScheme,
): Letter => {
  const body = phpJson(shuftiContent(session, event));
  const isLast = ![
    'request.pending',
    'request.received',
    'request.data.changed',
    'review.pending',
  ].includes(event);
  return {
    event,
    body,
    isLast,
    headers: {},
    signatures: { Signature: signShufti(scheme, body, secretKey) },
  };
};
