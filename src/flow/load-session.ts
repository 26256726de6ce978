import { completeEnglish } from '../i18n/texts.js';
import type * as SessionModule from './session-endpoint.js';

type Session = typeof SessionModule;

/** What an element with `session-endpoint` needs besides, once it was loaded. */
export let session: Session | undefined;

/** Loads it, once. @throws where it cannot be had; unlike with trouble, there is no way without. */
export const loadSession = async (): Promise<Session> => {
  if (!session) {
    session = await import('./session-endpoint.js');
    completeEnglish(session.enSession);
  }
  return session;
};
