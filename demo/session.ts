import type { Vendor } from '../src/sandbox/switches.js';

/** What the page asks the merchant's backend for. */
export interface SessionWish {
  readonly provider: Vendor;
  readonly fault?: string;
  readonly pilot?: boolean;
  readonly lang: string;
  readonly stay?: boolean;
}

/** What the element needs of a session. The URL is held no longer than it takes to hand it over. */
export interface Session {
  readonly sessionUrl: string;
  readonly trustedOrigins: string;
  /** What a return from a redirect is known by. A URL that was pasted comes without. */
  readonly sessionState?: string;
  /** The session's name at the merchant's. */
  readonly sessionReference?: string;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

/**
 * Asks the merchant's backend, here played by the development server, for a session.
 *
 * @throws Error with a sentence for the person
 */
export const createSession = async (wish: SessionWish): Promise<Session> => {
  let response: Response;
  try {
    response = await fetch('/api/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    });
  } catch (cause) {
    throw new Error('The demo’s server cannot be reached. Is it still running?', { cause });
  }
  const { sessionUrl, trustedOrigins, sessionState, sessionReference, error } = fieldsOf(
    await response.json().catch(() => ({})),
  );
  if (typeof sessionUrl !== 'string') {
    throw new Error(typeof error === 'string' ? error : 'The demo’s server gave no session.');
  }
  const origins: readonly unknown[] = Array.isArray(trustedOrigins) ? trustedOrigins : [];
  return {
    sessionUrl,
    trustedOrigins: origins.filter((each) => typeof each === 'string').join(' '),
    ...(typeof sessionState === 'string' && { sessionState }),
    ...(typeof sessionReference === 'string' && { sessionReference }),
  };
};
