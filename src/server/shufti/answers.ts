import type { DecisionWord } from '../../model/decisions.js';
import type { SessionStage } from '../../model/status.js';
import { fieldsOf } from '../body.js';
import type { Decision, WebhookEvent } from '../provider.js';

/** Any answer and any webhook: `event` says what it is. Personal. */
export interface ShuftiAnswer extends Readonly<Record<string, unknown>> {
  readonly event: string;
  readonly reference?: string | null;
  /** The session URL, a secret. */
  readonly verification_url?: string | null;
  readonly declined_reason?: string | null;
  /** What was wrong: `{service, key, message}`. An empty text where nothing was. */
  readonly error?: unknown;
  /** Each check's result: 1 accepted, 0 declined, null not processed. */
  readonly verification_result?: unknown;
  readonly verification_data?: unknown;
  /** The proofs' URLs, which live for 15 minutes. */
  readonly proof?: unknown;
}

export const isShuftiAnswer = (body: unknown): body is ShuftiAnswer =>
  typeof fieldsOf(body)['event'] === 'string';

export const isToken = (body: unknown): body is { readonly access_token: string } => {
  const { access_token: token } = fieldsOf(body);
  return typeof token === 'string' && token !== '';
};

/** What an event means; without a word, only that something changed. */
type Meaning = readonly [word: DecisionWord | undefined, stage?: SessionStage];

/** The twelve events. What is no decision and no step of one is for the merchant to look at. */
const EVENTS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['request.pending', ['pending', 'created']],
  ['request.invalid', ['unknown']],
  ['request.unauthorized', ['unknown']],
  ['request.timeout', ['expired']],
  ['request.received', ['pending', 'submitted']],
  ['request.deleted', ['canceled']],
  ['request.data.changed', [undefined]],
  ['review.pending', ['review', 'submitted']],
  ['verification.accepted', ['approved', 'submitted']],
  ['verification.declined', ['declined', 'submitted']],
  ['verification.cancelled', ['canceled']],
  ['verification.status.changed', [undefined]],
]);

export const isShuftiEvent = (event: string): boolean => EVENTS.has(event);

/** What an answer of Shufti Pro's says, in the words of every provider. It never says when. */
export const readShuftiDecision = (raw: ShuftiAnswer): Decision<ShuftiAnswer> => {
  const { event, declined_reason: reason } = raw;
  return {
    word: EVENTS.get(event)?.[0] ?? 'unknown',
    raw,
    ...(/^[a-z._]{1,64}$/.test(event) && { code: event }),
    ...(typeof reason === 'string' && { reason }),
  };
};

/** What a genuine webhook of Shufti Pro's says; `undefined` for what names no event or reference. */
export const readShuftiWebhook = (body: unknown): WebhookEvent<ShuftiAnswer> | undefined => {
  if (!isShuftiAnswer(body) || typeof body.reference !== 'string') return undefined;
  const { reference: providerId, event } = body;
  const [word, stage] = EVENTS.get(event) ?? ['unknown'];
  return {
    providerId,
    raw: body,
    ...(stage && { stage }),
    ...(word ? { decision: readShuftiDecision(body) } : { isStale: true }),
  };
};
