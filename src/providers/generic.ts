import type { Provider } from '../model/provider.js';

/** What a host says of a provider that this package does not know. */
export interface GenericProvider extends Pick<
  Provider,
  'id' | 'features' | 'read' | 'reply' | 'localize'
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

/**
 * A provider described by the host: origins, features to delegate, and a pure function from
 * message to signal. Register the result with `registerProvider`.
 *
 * @throws TypeError where an origin is not an https origin (`http` on a loopback host is let
 * through by `trusted-origins` alone), or a feature or the id is malformed
 */
export const generic = (description: GenericProvider): Provider => {
  const { id, origins, features } = description;
  const malformed = [id, ...features].find((word) => !/^[a-z][a-z\d-]*$/.test(word));
  if (malformed !== undefined) throw new TypeError(`Not an id or feature: ${malformed}`);
  const hosts = origins.map((origin) => {
    const url = new URL(origin);
    if (url.origin !== origin || url.protocol !== 'https:') {
      throw new TypeError(`Not an https origin: ${origin}`);
    }
    return url.hostname;
  });
  return { name: id, greets: false, ...description, hosts };
};
