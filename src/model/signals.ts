/**
 * What a provider's hosted page can say, in our words. A foreign message becomes one of these
 * before anything else of the product sees it; what fits none of them is dropped.
 *
 * No word for "accepted" or "declined" exists, by design: a message is never a decision.
 */
export const SIGNALS = [
  /** The page is up (Veriff: and waits for an answer). */
  'ready',
  /** The person began. */
  'started',
  /** The person moved on a step. */
  'progress',
  /** The person's pictures were handed in. */
  'submitted',
  /** The person's part is over. Says nothing of the outcome. */
  'finished',
  /** The person backed out. */
  'canceled',
  /** The page needs the camera asked for again, which takes a reload of the host page. */
  'reload-request',
  /** The session ran out of time. */
  'session-expired',
  /** The provider will not run this session. */
  'session-rejected',
] as const;

export type Signal = (typeof SIGNALS)[number];
