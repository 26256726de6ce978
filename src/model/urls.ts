/**
 * Engines let punctuation through in a host that no real host has, and that would say something
 * else in an `allow` attribute: `https://x;geolocation.vendor.com`.
 */
const PLAIN_HOST = /^[\w.:[\]-]*$/;

const LOOPBACK = /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/;

/** The absolute URL in a text, or `undefined` for what is none, or has a host that is no plain name. */
export const parseUrl = (text: string): URL | undefined => {
  try {
    const url = new URL(text);
    return PLAIN_HOST.test(url.hostname) ? url : undefined;
  } catch {
    return undefined;
  }
};

/** Whether a page from this URL could be given a camera at all: https, or http on loopback. */
export const isSecure = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
