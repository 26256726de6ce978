/** Why a frame that the host rendered itself cannot be taken over. */
export type Misfit = 'src' | 'allow' | 'referrerpolicy' | 'sandbox';

/**
 * The frame that the host rendered inside its element, if it did: one without a slot.
 *
 * @param slot - selects those that were taken over
 */
export const givenFrame = (host: ParentNode, slot = ':not([slot])'): HTMLIFrameElement | null =>
  host.querySelector(`:scope>iframe${slot}`);

/**
 * Whether the host's own frame is what we would have made, so that it can stay without a reload.
 *
 * @param hrefs - addresses, any of which it may have
 * @param allow - as from `delegation()`, to the letter
 * @returns what speaks against it, or `undefined`
 */
export const misfitOf = (
  frame: HTMLIFrameElement,
  hrefs: readonly string[],
  allow: string,
): Misfit | undefined => {
  if (!hrefs.includes(frame.src)) return 'src';
  if (frame.allow !== allow) return 'allow';
  if (frame.referrerPolicy !== 'strict-origin') return 'referrerpolicy';
  // A `srcdoc` takes the place of `src`, and has the host's own origin.
  return frame.matches('[sandbox],[srcdoc]') ? 'sandbox' : undefined;
};
