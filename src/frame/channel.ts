/** Why a message was not let through. */
export type Refusal = 'synthetic' | 'source' | 'origin';

/**
 * Whether a message is the frame's own: made by the browser, from the frame's present window, from
 * an expected origin; in that order. Neither of the last two is enough alone: the window stays the
 * same when the frame moves on to another site, and two frames may share an origin. A frame that
 * is out of the document has no window, and that `null` must not match the `null` source of a
 * synthetic event.
 *
 * @returns why not, or `undefined` for a good message
 */
export const refusalOf = (
  event: MessageEvent,
  frame: HTMLIFrameElement,
  origins: readonly string[],
): Refusal | undefined => {
  if (!event.isTrusted) return 'synthetic';
  if (!event.source || event.source !== frame.contentWindow) return 'source';
  // The host page itself may be of no origin, and is no better for it.
  return event.origin !== 'null' && origins.includes(event.origin) ? undefined : 'origin';
};

/** A message whose sender is verified. Its data is as untrusted as ever. */
export interface HeardMessage {
  readonly data: unknown;
  /** The sender's origin, one of those expected. */
  readonly origin: string;
  /** Posts to the sender, at its origin alone. */
  readonly answer: (data: unknown) => void;
}

/**
 * Hears the frame's own messages until `signal` aborts.
 *
 * @returns what hears, for messages that came before and have to pass the same checks
 */
export const openChannel = (
  frame: HTMLIFrameElement,
  origins: readonly string[],
  hear: (message: HeardMessage) => void,
  signal: AbortSignal,
): ((event: MessageEvent) => void) => {
  const listen = (event: MessageEvent): void => {
    if (refusalOf(event, frame, origins)) return;
    const { data, origin } = event as { readonly data: unknown; readonly origin: string };
    hear({
      data,
      origin,
      answer: (answer) => frame.contentWindow?.postMessage(answer, origin),
    });
  };
  addEventListener('message', listen, { signal });
  return listen;
};
