import { isSecure, parseUrl } from '../model/urls.js';

/** What came of reading a session URL: the URL, or what it "is" or "holds" that is wrong. */
export type SessionUrlReading =
  | { readonly url: URL; readonly problem?: never }
  | { readonly problem: string; readonly url?: never };

/** The origins named in a space-separated list; what is not a secure origin is left out. */
export const readOrigins = (list: string): readonly string[] =>
  list
    .split(/\s+/)
    .map(parseUrl)
    .flatMap((url) => (url && isSecure(url) ? [url.origin] : []));

/**
 * Reads the text of a session URL. The scheme is looked at before anything else, because
 * `blob:https://vendor/…` has the vendor's origin; credentials are refused, because
 * `https://vendor@evil/` does not.
 */
export const readSessionUrl = (text: string): SessionUrlReading => {
  const url = parseUrl(text);
  if (!url) return { problem: 'is not an absolute URL' };
  if (!isSecure(url)) return { problem: 'is not https (or http on loopback)' };
  if (url.username || url.password) return { problem: 'holds credentials' };
  return { url };
};
