import * as v from 'valibot';

import type { DecisionWord } from '../../model/decisions.js';
import { isSecure, parseUrl } from '../../model/urls.js';
import type { Decision, WebhookEvent } from '../provider.js';
import { fits } from '../valid.js';
import { SESSION_ID } from './request.js';

const id = v.pipe(v.string(), v.regex(SESSION_ID));

const maybe = v.nullish(v.string());

/** `201` of `POST /v1/sessions`. Older answers have `baseUrl` in place of `host`. */
export const CREATED = v.looseObject({
  status: v.literal('success'),
  verification: v.looseObject({
    id,
    url: v.pipe(
      v.string(),
      v.check((value) => {
        const url = parseUrl(value);
        return url !== undefined && isSecure(url);
      }),
    ),
    vendorData: maybe,
    host: v.optional(v.string()),
    baseUrl: v.optional(v.string()),
    status: v.optional(v.string()),
    sessionToken: v.optional(v.string()),
  }),
});

export type VeriffSession = v.InferOutput<typeof CREATED>['verification'];

const VERIFICATION = v.looseObject({
  id,
  status: v.string(),
  code: v.nullish(v.union([v.number(), v.string()])),
  attemptId: maybe,
  reason: maybe,
  reasonCode: v.nullish(v.union([v.number(), v.string()])),
  vendorData: maybe,
  endUserId: maybe,
  decisionTime: maybe,
  acceptanceTime: maybe,
  person: v.nullish(v.looseObject({})),
  document: v.nullish(v.looseObject({})),
});

/** A decision webhook; also what `GET …/decision` answers once there is a decision. Personal. */
export const DECIDED = v.looseObject({ status: v.literal('success'), verification: VERIFICATION });

/** `GET …/decision`: `verification` is null until there is a decision. */
export const DECISION = v.looseObject({
  status: v.literal('success'),
  verification: v.nullable(VERIFICATION),
});

export type VeriffDecision = v.InferOutput<typeof DECISION>;

/** An event webhook. 7001: the person began. 7002: it was submitted. */
const EVENT = v.looseObject({
  id,
  attemptId: maybe,
  feature: maybe,
  code: v.number(),
  action: v.string(),
  vendorData: maybe,
});

export type VeriffEvent = v.InferOutput<typeof EVENT>;

/** `GET …/attempts`. */
export const ATTEMPTS = v.looseObject({
  status: v.literal('success'),
  verifications: v.array(v.looseObject({ id: v.string(), status: v.string() })),
});

export type VeriffAttempts = v.InferOutput<typeof ATTEMPTS>;

const FILES = v.optional(
  v.array(v.looseObject({ id: v.string(), context: maybe, url: maybe })),
  [],
);

/** `GET …/media`. */
export const MEDIA_LIST = v.looseObject({
  status: v.literal('success'),
  images: FILES,
  videos: FILES,
});

export type VeriffMediaList = v.InferOutput<typeof MEDIA_LIST>;

/** A picture that arrived, or a submission. */
export const DONE = v.looseObject({ status: v.literal('success') });

/** By the word and not by the code: 9104 is both expired and abandoned. */
const WORDS: ReadonlyMap<string, DecisionWord> = new Map([
  ['approved', 'approved'],
  ['declined', 'declined'],
  ['resubmission_requested', 'resubmission-requested'],
  ['review', 'review'],
  ['expired', 'expired'],
  ['abandoned', 'abandoned'],
]);

const WEEK = 7 * 24 * 60 * 60 * 1000;

const timeOf = (time: string | null | undefined): number => (time ? Date.parse(time) : NaN);

/**
 * When it was decided. A session that ran out of time was not, and may have no time of decision; it
 * ran out a week after it began, and so after whatever was decided on before.
 */
const decidedAt = (
  { decisionTime, acceptanceTime }: v.InferOutput<typeof VERIFICATION>,
  word: DecisionWord,
): number | undefined => {
  const ranOut = word === 'expired' || word === 'abandoned';
  const times = [timeOf(decisionTime), ...(ranOut ? [timeOf(acceptanceTime) + WEEK] : [])];
  return times.find((time) => !Number.isNaN(time));
};

/** What a decision of Veriff's says, in the words of every provider. */
export const readVeriffDecision = (raw: VeriffDecision): Decision<VeriffDecision> => {
  const { verification } = raw;
  if (!verification) return { word: 'pending', raw };
  const { status, code, reason } = verification;
  const word = WORDS.get(status) ?? 'unknown';
  const at = decidedAt(verification, word);
  return {
    word,
    raw,
    ...((code ?? undefined) !== undefined && { code: String(code) }),
    ...(reason && { reason }),
    ...(at !== undefined && { at }),
  };
};

/** What a genuine webhook of Veriff's says; `undefined` for what is neither of the two kinds. */
export const readVeriffWebhook = (
  body: unknown,
): WebhookEvent<VeriffDecision | VeriffEvent> | undefined => {
  if (fits(DECIDED, body)) {
    const decision = readVeriffDecision(body);
    return { providerId: body.verification.id, decision, raw: body };
  }
  if (!fits(EVENT, body)) return undefined;
  const stage = body.code === 7001 ? 'started' : body.code === 7002 ? 'submitted' : undefined;
  return { providerId: body.id, raw: body, ...(stage && { stage }) };
};
