import { inspect, type Session } from './sandbox.js';

interface NavigateEvent extends Event {
  readonly destination: { readonly url: string; readonly sameDocument: boolean };
}

/** Chromium and Firefox have it, WebKitGTK has not. */
const { navigation } = globalThis as { readonly navigation?: EventTarget };

export interface Departures {
  /** Where the page was about to go, in engines that tell. */
  readonly urls: readonly string[];
  /**
   * Resolves when the page goes to this session. Where the engine does not tell of it, the session is
   * to be one that is answered with 204 (fault `http-204`): the browser asks for it, and stays.
   *
   * @param framed - how often the session was framed before
   */
  to(session: Session, framed?: number): Promise<void>;
}

/** Keeps the page of these tests where it is. Call it within a `describe`. */
export const departures = (): Departures => {
  const urls: string[] = [];
  const stay = (event: Event): void => {
    const { destination } = event as NavigateEvent;
    if (destination.sameDocument) return;
    urls.push(destination.url);
    event.preventDefault();
  };
  beforeEach(() => {
    urls.length = 0;
    navigation?.addEventListener('navigate', stay);
  });
  afterEach(() => {
    navigation?.removeEventListener('navigate', stay);
  });
  const hasLeft = async (session: Session, framed: number): Promise<boolean> => {
    if (navigation) return urls.includes(session.url);
    // A navigation that begins cuts off whatever the page is fetching, this question too.
    const answer = await inspect(session).catch(() => undefined);
    return !!answer && answer.pageRequests > framed;
  };
  return {
    urls,
    to: async (session, framed = 0) => {
      while (!(await hasLeft(session, framed))) await new Promise(requestAnimationFrame);
    },
  };
};
