import { isSecure, parseUrl } from '../model/urls.js';

/** The host's own server, as far as this page may ask it. */
export interface Endpoint {
  /** With the person's cookies: `same-origin`, or `include` where the server is another site's. */
  readonly credentials: 'same-origin' | 'include';
  /** The address of a path below it, for example `sessions`. */
  readonly at: (...path: readonly string[]) => string;
}

/**
 * Reads `session-endpoint`: a path, or a URL. On another origin than the page's only what is secure
 * is asked, since it gets the person's cookies.
 *
 * @param here - the page's own address. Not its base, which markup that was slipped in could set:
 *   whoever answers says which session the person does.
 */
export const readEndpoint = (text: string, here = location.href): Endpoint | undefined => {
  let url: URL | undefined;
  try {
    url = parseUrl(new URL(text, here).href);
  } catch {
    // As if it were not there.
  }
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  const isOwn = url.origin === new URL(here).origin;
  if (!isOwn && !isSecure(url)) return undefined;
  const { origin, pathname, search } = url;
  return {
    credentials: isOwn ? 'same-origin' : 'include',
    at: (...path) =>
      [origin + pathname.replace(/\/+$/, ''), ...path.map(encodeURIComponent)].join('/') + search,
  };
};
