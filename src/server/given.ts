import { parseUrl } from '../model/urls.js';
import { isSecureUrl } from './secure.js';
import { refuse } from './valid.js';

/**
 * A provider's base URL without a slash at its end.
 *
 * @throws KycServerError `bad-request` unless it is https (or http on loopback): it is told secrets
 */
export const readBase = (text: string): string => {
  const { href = '', origin = '', pathname = '' } = parseUrl(text) ?? {};
  // Without a name, a query or a fragment, that is.
  return href === origin + pathname && isSecureUrl(text)
    ? href.replace(/\/+$/, '')
    : refuse('baseUrl', 'must be https, or http on loopback');
};

/**
 * One secret or several, as a list.
 *
 * @throws KycServerError `bad-request` where one is empty or could not stand in a header
 */
export const readSecrets = (path: string, given: string | readonly string[]): readonly string[] => {
  const secrets: readonly unknown[] = [given].flat();
  // An empty secret would make every signature a stranger's to forge.
  const isGood = secrets.every((one) => typeof one === 'string' && /^[\x21-\x7e]+$/.test(one));
  return secrets.length > 0 && isGood
    ? (secrets as readonly string[])
    : refuse(path, 'must be given, in plain ASCII without spaces');
};
