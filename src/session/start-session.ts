import type { KycError } from '../model/errors.js';
import type { StartedSession } from '../model/status.js';
import { readErrorCode, readStartedSession } from './answers.js';
import { ask, type Answer } from './ask.js';
import { readEndpoint } from './endpoint.js';

/** What is wished of a new session. */
export interface SessionRequest {
  /** The host's `session-endpoint`. */
  readonly endpoint: string;
  /** Id of a provider; the server chooses where it is absent. */
  readonly provider: string | undefined;
  /** The first part of a BCP 47 tag, or `''`. */
  readonly language: string;
  /** Where the page itself collects the proofs; else they are shown on a page of the provider's. */
  readonly flow?: 'capture';
}

/** A page may be in a language of its own making, which a provider knows nothing of. */
const LANGUAGE = /^[a-z]{2,3}$/;

/** What came of asking for a session. */
export type SessionAnswer =
  | { readonly session: StartedSession; readonly error?: never }
  | { readonly error: KycError; readonly session?: never };

const refuse = (code: KycError['code'], message: string): SessionAnswer => ({
  error: { code, message },
});

/** A failure in our words. What the server wrote is left out, but for a code of its own. */
const refusalOf = ({ status, body }: Answer): SessionAnswer => {
  const code = readErrorCode(body);
  // Of a redirect that was not followed, a browser tells the status 0.
  const said = status === 0 ? 'a redirect' : `${status}${code && ` (${code})`}`;
  const message = `The session endpoint answered ${said}.`;
  if (status === 401) return refuse('not-signed-in', message);
  const isPassing = status >= 500 || status === 408 || status === 425 || status === 429;
  return refuse(isPassing ? 'session-unavailable' : 'session-refused', message);
};

/**
 * Asks the host's server for a session, which makes one or gives the one that is on. The URL in the
 * answer is as untrusted as one that a host sets.
 */
export const startSession = async (
  { endpoint, provider, language, flow }: SessionRequest,
  signal: AbortSignal,
): Promise<SessionAnswer> => {
  const server = readEndpoint(endpoint);
  if (!server) {
    return refuse('session-refused', 'The session endpoint is no path, nor a URL that is secure.');
  }
  const wish = {
    ...(provider && { provider }),
    ...(LANGUAGE.test(language) && { language }),
    // Of `undefined`, JSON says nothing.
    flow,
  };
  const answer = await ask(server, ['sessions'], signal, wish);
  if (!answer) return refuse('session-unavailable', 'The session endpoint did not answer.');
  if (answer.status !== 200 && answer.status !== 201) return refusalOf(answer);
  const session = readStartedSession(answer.body);
  return session ? { session } : refuse('session-refused', 'The session endpoint told no session.');
};
