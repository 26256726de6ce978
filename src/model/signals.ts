/**
 * What a provider's hosted page can say, in our words. A foreign message becomes one of these
 * before anything else of the product sees it; what fits none of them is dropped.
 *
 * | signal | meaning |
 * |---|---|
 * | `ready` | the page is up (Veriff: and waits for an answer) |
 * | `started` | the person began |
 * | `progress` | the person moved on a step |
 * | `submitted` | the pictures were handed in |
 * | `finished` | the person's part is over; says nothing of the outcome |
 * | `canceled` | the person backed out |
 * | `reload-request` | the camera must be asked for again, which takes a reload of the host page |
 * | `session-expired` | the session ran out of time |
 * | `session-rejected` | the provider will not run this session |
 *
 * No word for "accepted" or "declined" exists, by design: a message is never a decision.
 */
export type Signal =
  | 'ready'
  | 'started'
  | 'progress'
  | 'submitted'
  | 'finished'
  | 'canceled'
  | 'reload-request'
  | 'session-expired'
  | 'session-rejected';
