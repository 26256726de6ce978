import { delegation } from '../frame/frame.js';
import type { KycError, KycErrorCode } from '../model/errors.js';
import { belongsTo } from '../model/membership.js';
import type { Display, Fallback, Provider } from '../model/provider.js';
import { providerById, providerOf } from '../providers/registry.js';
import { readOrigins, readSessionUrl } from '../session/session-url.js';

/** What the host asks for, unread. */
export interface RunSettings {
  readonly sessionUrl: string | undefined;
  /** Id of a provider; inferred from the URL's host where absent. */
  readonly provider: string | undefined;
  /** Space-separated origins. */
  readonly trustedOrigins: string | undefined;
  readonly display: Display;
  readonly fallback: Fallback;
  /** Where the host's server is asked for a session, if there is no URL. */
  readonly sessionEndpoint: string | undefined;
  /** The state in the session's callback URL. Set by a run that asked for its session. */
  sessionState: string | undefined;
  /** The session's name at the host's server. Set likewise. */
  sessionReference: string | undefined;
  /** Whether the session is from the host's server, and not from the host page. */
  readonly isServed: boolean;
  /** The person's language, for the provider's page; `''` leaves the choice to that page. */
  readonly language: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/** A run that can be mounted. */
export interface Plan {
  readonly provider: Provider;
  readonly sessionUrl: URL;
  /** What the frame navigates to: the session URL with the person's language. */
  readonly url: URL;
  /** Where messages may come from. */
  readonly origins: readonly string[];
  readonly allow: string;
}

export type Planned =
  | { readonly plan: Plan; readonly error?: never }
  | { readonly error: KycError; readonly plan?: never };

const refuse = (code: KycErrorCode, message: string): Planned => ({ error: { code, message } });

/**
 * Checks what the host asks for, and says what is wrong with it without repeating the URL.
 *
 * @param own - the host page's origin; unknown on a server
 * @param sessionUrl - in place of the settings', which have none where the host's server gave it
 * @param byName - its provider, where the settings name none
 */
export const planRun = (
  settings: Pick<RunSettings, 'sessionUrl' | 'provider' | 'trustedOrigins' | 'language'>,
  own = self.origin,
  sessionUrl = settings.sessionUrl,
  byName = '',
): Planned => {
  const { language } = settings;
  if (!sessionUrl) return refuse('missing-session-url', 'There is no session URL.');

  const { url, problem } = readSessionUrl(sessionUrl);
  if (!url) return refuse('invalid-session-url', `The session URL ${problem}.`);

  const id = settings.provider || byName;
  const provider = id ? providerById(id) : providerOf(url);
  if (!provider) {
    return refuse(
      'unknown-provider',
      id
        ? 'The provider attribute names no registered provider.'
        : "The session URL's host is no known provider's: set the provider attribute.",
    );
  }

  // Never the host page's own origin, whoever names it: `srcdoc` and `blob:` frames have it too.
  const named = [...provider.origins, settings.trustedOrigins].join(' ');
  const known = readOrigins(named).filter((origin) => origin !== own);
  if (url.origin === own || !belongsTo(url, { hosts: provider.hosts, origins: known })) {
    return refuse(
      'invalid-session-url',
      `The session URL's host is neither ${provider.name}'s nor in trusted-origins.`,
    );
  }

  const origins = [...new Set([url.origin, ...known])];
  return {
    plan: {
      provider,
      sessionUrl: url,
      url: (language && provider.localize?.(url, language)) || url,
      origins,
      allow: delegation(provider.features, origins),
    },
  };
};
