import type { Provider } from './provider.js';
import { isSecure } from './urls.js';

/**
 * Whether a parsed URL is the provider's: on one of its origins, or on one of its hosts by https on
 * the default port. The scheme counts too, since `blob:https://vendor.com/…` has the vendor's origin.
 * Comparing the parsed host, and a suffix with its leading dot, is what keeps out
 * `vendor.com.evil.test`, `evilvendor.com`, `vendor.com@evil.test` and the trailing dot.
 */
export const belongsTo = (
  url: URL,
  { hosts, origins }: Pick<Provider, 'hosts' | 'origins'>,
): boolean =>
  isSecure(url) &&
  (origins.includes(url.origin) ||
    (url.protocol === 'https:' &&
      url.port === '' &&
      hosts.some(
        (host) => url.hostname === host || (host.startsWith('.') && url.hostname.endsWith(host)),
      )));
