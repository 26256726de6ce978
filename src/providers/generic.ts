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
 * @throws TypeError where one of the origins is not a URL
 */
export const generic = (description: GenericProvider): Provider => {
  const urls = description.origins.map((origin) => new URL(origin));
  return {
    name: description.id,
    greets: false,
    ...description,
    origins: urls.map(({ origin }) => origin),
    hosts: urls.map(({ hostname }) => hostname),
  };
};
