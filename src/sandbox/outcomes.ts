/**
 * What can become of a session. Pure.
 *
 * | outcome | Veriff says | Shufti Pro says |
 * |---|---|---|
 * | `approved` | `approved`, 9001 | `verification.accepted` |
 * | `declined` | `declined`, 9102 | `verification.declined` |
 * | `resubmission` | `resubmission_requested`, 9103: the session may be run again | – |
 * | `review` | `review`, 9121 | `review.pending` |
 * | `expired` | `expired`, 9104 | `request.timeout` |
 * | `abandoned` | `abandoned`, 9104 | `request.timeout` |
 * | `canceled` | – | `verification.cancelled` |
 */
export const OUTCOMES = [
  'approved',
  'declined',
  'resubmission',
  'review',
  'expired',
  'abandoned',
  'canceled',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** The outcomes that a vendor has a word for. */
export const outcomesOf = (vendor: 'veriff' | 'shufti-pro'): readonly Outcome[] =>
  OUTCOMES.filter((outcome) => outcome !== (vendor === 'veriff' ? 'canceled' : 'resubmission'));

/** Whether it comes of the person's not going on, so that nobody waits for a submission. */
export const isWithoutSubmission = (outcome: Outcome): boolean =>
  outcome === 'expired' || outcome === 'abandoned' || outcome === 'canceled';
