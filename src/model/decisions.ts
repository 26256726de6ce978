/**
 * What has become of a session, in one vocabulary for every provider. Only a signed webhook or an
 * authenticated answer of the provider, at the merchant's server, makes one.
 *
 * | word | meaning | waits for |
 * |---|---|---|
 * | `pending` | there is no decision | the person, or the provider |
 * | `review` | a human looks at it | the provider |
 * | `unknown` | the provider said something that is not understood | the merchant |
 * | `resubmission-requested` | the person is asked for better pictures, with the same session | the person |
 * | `approved` | verified | nobody |
 * | `declined` | not verified | nobody |
 * | `expired` | the session ran out of time | nobody |
 * | `abandoned` | the person began and did not come back | nobody |
 * | `canceled` | the person or the merchant called it off | nobody |
 */
export const DECISIONS = [
  'pending',
  'review',
  'unknown',
  'resubmission-requested',
  'approved',
  'declined',
  'expired',
  'abandoned',
  'canceled',
] as const;

export type DecisionWord = (typeof DECISIONS)[number];

/** Whether the provider is still to be waited for. */
export const isAwaited = (word: DecisionWord): boolean =>
  word === 'pending' || word === 'review' || word === 'unknown';

/** Whether nobody is waited for. A provider may think again all the same. */
export const isFinal = (word: DecisionWord): boolean =>
  !isAwaited(word) && word !== 'resubmission-requested';
