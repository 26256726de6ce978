import type { Provider } from '../model/provider.js';
import { isSecure, parseUrl } from '../model/urls.js';

/** What a host says of a provider that this package does not know. */
export interface GenericProvider extends Pick<
  Provider,
  'id' | 'features' | 'read' | 'reply' | 'localize' | 'readReturn' | 'minimumBrowsers'
> {
  /** The provider's name as a person reads it; default: the id. */
  readonly name?: string;
  /**
   * Origins of the flow, such as `https://verify.example.com`. Session URLs must be on one of
   * them; camera delegation and messages are limited to them.
   */
  readonly origins: readonly string[];
  /** Whether the page posts a message as soon as it is up; default: `false`. */
  readonly greets?: boolean;
}

const canonical = (origin: string): string => {
  const url = parseUrl(origin);
  if (!url || !isSecure(url)) throw new TypeError(`Not a secure origin: ${origin}`);
  return url.origin;
};

/**
 * A provider described by the host: origins, features to delegate, and a pure function from
 * message to signal. Register the result with `registerProvider`.
 *
 * @throws TypeError where one of the origins is neither https nor http on a loopback host
 */
export const generic = (description: GenericProvider): Provider => ({
  name: description.id,
  greets: false,
  ...description,
  hosts: [],
  origins: description.origins.map(canonical),
});
