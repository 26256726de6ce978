import { isOnHosts } from '../model/hosts.js';

/** What came of reading a session URL: the URL, or what it "is" or "holds" that is wrong. */
export type SessionUrlReading =
  | { readonly url: URL; readonly problem?: never }
  | { readonly problem: string; readonly url?: never };

const isLoopback = ({ hostname }: URL): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

const parse = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

/** Whether a page from this URL could be given a camera at all: https, or http on loopback. */
const isSecure = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));

/**
 * The origins named in a space-separated list. What is not a secure origin is left out, and so is
 * `own`, the host page's origin: `srcdoc`, `blob:` and `javascript:` frames carry it.
 */
export const readOrigins = (list: string, own?: string): readonly string[] =>
  list
    .split(/\s+/)
    .map(parse)
    .flatMap((url) => (url && isSecure(url) && url.origin !== own ? [url.origin] : []));

/**
 * Reads the text of a session URL. The scheme is looked at before anything else, because
 * `blob:https://vendor/…` has the vendor's origin; credentials are refused, because
 * `https://vendor@evil/` does not.
 */
export const readSessionUrl = (text: string): SessionUrlReading => {
  const url = parse(text);
  if (!url) return { problem: 'is not an absolute URL' };
  if (!isSecure(url)) return { problem: 'is not https (or http on a loopback host)' };
  if (url.username || url.password) return { problem: 'holds credentials' };
  return { url };
};

/** Whether the URL may be framed: on a host of the provider, or on a trusted origin. */
export const isExpected = (
  url: URL,
  hosts: readonly string[],
  trusted: readonly string[],
): boolean => isOnHosts(url, hosts) || trusted.includes(url.origin);
