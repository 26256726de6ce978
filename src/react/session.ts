import * as React from 'react';

/** What a server answers that created a session. */
export interface CreatedSession {
  /** The one-time URL from the provider. */
  readonly sessionUrl: string;
  /** The state in the session's callback URL. */
  readonly sessionState?: string | undefined;
  /** Your own name for the session. */
  readonly sessionReference?: string | undefined;
}

/** Gets a session from your server: its URL alone, or with what belongs to it. */
export type CreateSession = () => Promise<string | CreatedSession>;

/** Also for a function that throws before it promises anything, and for an answer that is none. */
const ask = async (createSession: CreateSession): Promise<CreatedSession> => {
  const answer: unknown = await createSession();
  const { sessionUrl, sessionState, sessionReference } = (
    typeof answer === 'string' ? { sessionUrl: answer } : Object(answer)
  ) as Partial<CreatedSession>;
  if (!sessionUrl) throw new TypeError('createSession gave no session URL.');
  return { sessionUrl, sessionState, sessionReference };
};

/**
 * Asks for a session, once in the life of a component. StrictMode runs effects twice, and a tree that
 * was hidden runs them again: the promise outlasts both.
 *
 * @param fail - called at most once, while the component is there
 */
export const useSession = (
  createSession: CreateSession | undefined,
  fail: (error: unknown) => void,
): CreatedSession | undefined => {
  const asked = React.useRef<Promise<CreatedSession> | undefined>(undefined);
  const hasFailed = React.useRef(false);
  const latestFail = React.useRef(fail);
  const [session, setSession] = React.useState<CreatedSession>();
  React.useEffect(() => {
    latestFail.current = fail;
  });
  React.useEffect(() => {
    if (!createSession) return undefined;
    let isThere = true;
    asked.current ??= ask(createSession);
    asked.current.then(
      (answer) => {
        if (isThere) setSession(answer);
      },
      (error: unknown) => {
        if (!isThere || hasFailed.current) return;
        hasFailed.current = true;
        latestFail.current(error);
      },
    );
    return () => {
      isThere = false;
    };
  }, [createSession === undefined]);
  return session;
};
