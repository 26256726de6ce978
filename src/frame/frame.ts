import type { Feature } from '../model/provider.js';

/**
 * The value of `allow`: each feature for exactly these origins. A bare feature would reach the
 * origin of `src` alone and be lost when the flow moves on; `*` would follow it anywhere.
 */
export const delegation = (features: readonly Feature[], origins: readonly string[]): string =>
  features.map((feature) => [feature, ...origins].join(' ')).join('; ');

/**
 * The iframe, not yet in the document, and in need of a title in the person's language.
 *
 * @param allow - value of the `allow` attribute, see {@link delegation}
 */
export const createFrame = (url: URL, allow: string): HTMLIFrameElement => {
  const frame = document.createElement('iframe');
  frame.part.add('frame');
  // `no-referrer` breaks vendors that check the embedding domain; anything looser leaks the path.
  frame.referrerPolicy = 'strict-origin';
  // Browsers read `allow` once, when the navigation starts: it has to stand before `src`.
  frame.allow = allow;
  frame.src = url.href;
  return frame;
};
