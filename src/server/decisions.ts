import type { DecisionWord } from '../model/decisions.js';
import type { Decision } from './provider.js';

/**
 * How much a word settles. Among those that settle a session, what says less about the person gives
 * way: data that were deleted after an approval do not take it back, and of two contradictory
 * answers that cannot be told apart in time the unfavourable one stands.
 */
const ORDER: readonly DecisionWord[] = [
  'pending',
  'unknown',
  'review',
  'resubmission-requested',
  'canceled',
  'abandoned',
  'expired',
  'approved',
  'declined',
];

export const rankOf = (word: DecisionWord): number => ORDER.indexOf(word);

/** What counts of a decision. */
type Said = Pick<Decision, 'word' | 'code' | 'at'>;

/** Where a decision stands in time; one that does not say when stands before all that do. */
const instant = ({ at = NaN }: Said): number => (at > -Infinity ? at : -Infinity);

/** Below zero where `a` comes before `b`. Plain subtraction would give NaN for two infinities. */
const compare = <T extends number | string>(a: T, b: T): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * Whether a decision takes the place of the one that stands. It is a strict total order: by time,
 * then by what the word settles, then by the provider's code. So the same decisions leave the same
 * one standing, in whatever order and however often they arrive; one never replaces its own repetition.
 *
 * What says when stands above what does not, always: were the two compared by their words instead,
 * three decisions could each replace the next in a circle. Clients therefore date what they can.
 */
export const supersedes = (next: Said, present: Said | undefined): boolean =>
  present === undefined ||
  (compare(instant(next), instant(present)) ||
    compare(rankOf(next.word), rankOf(present.word)) ||
    compare(next.code ?? '', present.code ?? '')) > 0;
