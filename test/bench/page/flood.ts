/**
 * What a stranger posts: words of every provider, in the right shape, from the wrong window. None
 * that ends a run, since then nothing would be left to be flooded.
 */
const WORDS: readonly unknown[] = [
  'VERIFF_STARTED',
  { type: 'bench:step' },
  { type: 'didit:step_started', data: { step: 'document' } },
  'hello',
  { verification_status: 'review.pending', request_id: 'nobody' },
  { source: 'an-extension', payload: { id: 1, list: [1, 2, 3] } },
];

/** Posts so many messages a second, catching up where a timer comes late; gives how many. */
export const flood = (
  target: Window,
  origin: string,
  perSecond: number,
  seconds: number,
): Promise<number> =>
  new Promise((resolve) => {
    const start = performance.now();
    const all = perSecond * seconds;
    let sent = 0;
    const post = (): void => {
      const due = Math.min(all, ((performance.now() - start) / 1000) * perSecond);
      for (; sent < due; sent += 1) target.postMessage(WORDS[sent % WORDS.length], origin);
      if (sent < all) setTimeout(post, 4);
      else resolve(sent);
    };
    post();
  });
