import type { Feature } from '../model/provider.js';

/**
 * The value of `allow`: each feature for exactly these origins. A bare feature would reach the
 * origin of `src` alone and be lost when the flow moves on; `*` would follow it anywhere.
 */
export const delegation = (features: readonly Feature[], origins: readonly string[]): string =>
  features.map((feature) => [feature, ...origins].join(' ')).join('; ');

/**
 * The iframe, not yet in the document.
 *
 * @param allow - value of the `allow` attribute, see {@link delegation}
 * @param title - accessible name, in the person's language
 */
export const createFrame = (url: URL, allow: string, title: string): HTMLIFrameElement => {
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.part.add('frame');
  // `no-referrer` breaks vendors that check the embedding domain; anything looser leaks the path.
  frame.referrerPolicy = 'strict-origin';
  // Browsers read `allow` once, when the navigation starts: it has to stand before `src`.
  frame.allow = allow;
  frame.src = url.href;
  return frame;
};
