import { nextMessage } from './puppet.js';

/** What a callback page in `pages/callback.html` says of itself once it has landed. */
export interface Landed {
  readonly landed: string;
  readonly text: string;
}

const isLanded = (data: unknown): data is Landed =>
  typeof data === 'object' && data !== null && 'landed' in data;

/** The address of a callback page on this origin, or another. */
export const callbackAt = (query: string, origin = location.origin): string =>
  `${origin}/test/support/pages/callback.html${query}`;

/** Resolves when a callback page below `frame` has landed. To be called before it is loaded. */
export const landing = async (frame: HTMLIFrameElement): Promise<Landed> => {
  const { data } = await nextMessage(
    (event) => event.source === frame.contentWindow && isLanded(event.data),
  );
  return data as Landed;
};
