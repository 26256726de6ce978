import * as v from 'valibot';

import type { DecisionWord } from '../../model/decisions.js';
import type { SessionStage } from '../../model/status.js';
import type { Decision, WebhookEvent } from '../provider.js';
import { fits } from '../valid.js';

const maybe = v.nullish(v.string());

/** Any answer and any webhook: `event` says what it is. Personal. */
export const ANSWER = v.looseObject({
  event: v.string(),
  reference: maybe,
  verification_url: maybe,
  declined_reason: maybe,
  /** An empty text where there is none. */
  error: v.optional(v.unknown()),
  /** Each check's result: 1 accepted, 0 declined, null not processed. */
  verification_result: v.optional(v.unknown()),
  verification_data: v.optional(v.unknown()),
  /** URLs that live for 15 minutes. */
  proof: v.optional(v.unknown()),
});

export type ShuftiAnswer = v.InferOutput<typeof ANSWER>;

export const TOKEN = v.looseObject({ access_token: v.pipe(v.string(), v.minLength(1)) });

interface Meaning {
  readonly word: DecisionWord;
  readonly stage?: SessionStage;
  /** It only says that something changed. */
  readonly isStale?: true;
}

/** The twelve events. What is no decision and no step of one is for the merchant to look at. */
const EVENTS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['request.pending', { word: 'pending', stage: 'created' }],
  ['request.invalid', { word: 'unknown' }],
  ['request.unauthorized', { word: 'unknown' }],
  ['request.timeout', { word: 'expired' }],
  ['request.received', { word: 'pending', stage: 'submitted' }],
  ['request.deleted', { word: 'canceled' }],
  ['request.data.changed', { word: 'unknown', isStale: true }],
  ['review.pending', { word: 'review', stage: 'submitted' }],
  ['verification.accepted', { word: 'approved', stage: 'submitted' }],
  ['verification.declined', { word: 'declined', stage: 'submitted' }],
  ['verification.cancelled', { word: 'canceled' }],
  ['verification.status.changed', { word: 'unknown', isStale: true }],
]);

export const isShuftiEvent = (event: string): boolean => EVENTS.has(event);

/** What an answer of Shufti Pro's says, in the words of every provider. It never says when. */
export const readShuftiDecision = (raw: ShuftiAnswer): Decision<ShuftiAnswer> => {
  const { event, declined_reason: reason } = raw;
  return {
    word: EVENTS.get(event)?.word ?? 'unknown',
    raw,
    ...(/^[a-z._]{1,64}$/.test(event) && { code: event }),
    ...(reason && { reason }),
  };
};

/** What a genuine webhook of Shufti Pro's says; `undefined` for what names no event or reference. */
export const readShuftiWebhook = (body: unknown): WebhookEvent<ShuftiAnswer> | undefined => {
  if (!fits(ANSWER, body) || !body.reference) return undefined;
  const { stage, isStale } = EVENTS.get(body.event) ?? {};
  return {
    providerId: body.reference,
    raw: body,
    ...(stage && { stage }),
    ...(isStale ? { isStale } : { decision: readShuftiDecision(body) }),
  };
};
