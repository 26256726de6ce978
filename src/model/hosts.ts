/**
 * Whether a parsed URL is on one of `hosts` (`app.example.com` exactly, `.example.com` for
 * anything below). Only https on the default port counts. Comparing the parsed host, and the suffix
 * with its leading dot, is what keeps out `vendor.com.evil.test`, `evilvendor.com`, `vendor.com@evil.test`
 * and the trailing dot.
 */
export const isOnHosts = (url: URL, hosts: readonly string[]): boolean =>
  url.protocol === 'https:' &&
  url.port === '' &&
  hosts.some((host) => url.hostname === host || (host[0] === '.' && url.hostname.endsWith(host)));
