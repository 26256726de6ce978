/** `scheme://host:port/path`, each part but the host optional. */
const HOST_SOURCE =
  /^(?:([a-z][a-z\d+.-]*):\/\/)?(\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*)(?::(\d+|\*))?(\/[^?#]*)?(?:[?#].*)?$/i;
const SCHEME_SOURCE = /^[a-z][a-z\d+.-]*:$/i;

/** A policy for http lets the same over https in, and the web sockets of it. */
const UPGRADES: Readonly<Record<string, readonly string[]>> = {
  'http:': ['https:'],
  'ws:': ['wss:', 'http:', 'https:'],
  'wss:': ['https:'],
};
const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  'http:': '80',
  'ws:': '80',
  'https:': '443',
  'wss:': '443',
};

const isSchemeMatched = (wanted: string, actual: string): boolean =>
  wanted === actual || (UPGRADES[wanted] ?? []).includes(actual);

const portOf = ({ port, protocol }: URL): string => port || (DEFAULT_PORTS[protocol] ?? '');

const isHostMatched = (wanted: string, actual: string): boolean =>
  wanted === '*' ||
  (wanted.startsWith('*.') ? actual.endsWith(wanted.slice(1)) : actual === wanted);

const isPortMatched = (wanted: string | undefined, url: URL): boolean =>
  wanted === undefined
    ? url.port === ''
    : wanted === '*' ||
      wanted === portOf(url) ||
      (wanted === '80' && portOf(url) === '443' && /^(https|wss):$/.test(url.protocol));

const decode = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const isPathMatched = (wanted: string, actual: string): boolean =>
  wanted.endsWith('/')
    ? decode(actual).startsWith(decode(wanted))
    : decode(actual) === decode(wanted);

const isSelf = (url: URL, self: URL): boolean =>
  url.origin === self.origin ||
  (url.hostname === self.hostname &&
    (portOf(url) === portOf(self) || (url.port === '' && self.port === '')) &&
    (/^(https|wss):$/.test(url.protocol) || (self.protocol === 'http:' && url.protocol === 'ws:')));

/**
 * Whether one source expression lets a URL in, as Content Security Policy Level 3 compares them.
 * Nonces, hashes and the other keywords let no URL in.
 *
 * @param self - the page with the policy
 */
export const matchesSource = (source: string, url: URL, self: URL): boolean => {
  const lower = source.toLowerCase();
  if (lower === "'self'") return isSelf(url, self);
  if (source === '*')
    return /^(https?|wss?):$/.test(url.protocol) || url.protocol === self.protocol;
  if (SCHEME_SOURCE.test(source)) return isSchemeMatched(lower, url.protocol);
  const [, scheme, host, port, path = ''] = HOST_SOURCE.exec(source) ?? [];
  return (
    host !== undefined &&
    isSchemeMatched(scheme ? `${scheme.toLowerCase()}:` : self.protocol, url.protocol) &&
    isHostMatched(host.toLowerCase(), url.hostname) &&
    isPortMatched(port, url) &&
    (path === '' || isPathMatched(path, url.pathname))
  );
};

/** Whether any of the sources lets a URL in. */
export const matchesAny = (sources: readonly string[], url: URL, self: URL): boolean =>
  sources.some((source) => matchesSource(source, url, self));
