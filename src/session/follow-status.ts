import type { SessionStatus } from '../model/status.js';
import { parseStatus, readId, readStatus } from './answers.js';
import { ask } from './ask.js';
import { readEndpoint, type Endpoint } from './endpoint.js';
import { pause } from './pause.js';

/** Milliseconds to the first question after the events broke; doubled until the longest. */
const SHORTEST = 1000;
const LONGEST = 60_000;

/** Milliseconds that the events are given to say something: a proxy may hold them back. */
const SILENCE = 10_000;

/** So often in a row the events may bring nothing; from then on it is asked alone. */
const ATTEMPTS = 2;

/** The server will not tell, now or later. A time-out, `too early` and `too many` pass. */
const REFUSED = /^4(?!08|25|29)/;

/** Told of each news; says whether that is the end of it. */
export type Learn = (status: SessionStatus) => boolean;

/** Until the page is there to be seen, or `signal` aborts. */
const shown = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (!document.hidden || signal.aborted) {
      resolve();
      return;
    }
    const seen = new AbortController();
    const end = (): void => {
      if (document.hidden && !signal.aborted) return;
      seen.abort();
      resolve();
    };
    document.addEventListener('visibilitychange', end, { signal: seen.signal });
    signal.addEventListener('abort', end, { signal: seen.signal });
  });

/**
 * Listens to the events, which the browser takes up again by itself with the last one's number.
 *
 * @returns when they have broken for good, the page is put away, or all is told: whether any came
 */
const listen = (
  { credentials, at }: Endpoint,
  id: string,
  learn: Learn,
  signal: AbortSignal,
): Promise<boolean> =>
  new Promise((resolve) => {
    const source = new EventSource(at('sessions', id, 'events'), {
      withCredentials: credentials === 'include',
    });
    let hasSpoken = false;
    let failures = 0;
    const over = new AbortController();
    const end = (): void => {
      over.abort();
      clearTimeout(timer);
      source.close();
      resolve(hasSpoken);
    };
    const timer = setTimeout(() => {
      if (!hasSpoken) end();
    }, SILENCE);
    source.addEventListener('status', ({ data }: MessageEvent<unknown>) => {
      const status = parseStatus(String(data));
      if (status?.id !== id) return;
      hasSpoken = true;
      if (learn(status)) end();
    });
    source.addEventListener('open', () => {
      // A server ends its events after a while, and says nothing again where nothing is new.
      if (hasSpoken) failures = 0;
    });
    source.addEventListener('error', () => {
      failures += 1;
      if (source.readyState === EventSource.CLOSED || failures >= ATTEMPTS) end();
    });
    signal.addEventListener('abort', end, { signal: over.signal });
    // A page that holds a connection is not kept for the Back button.
    addEventListener('pagehide', end, { signal: over.signal });
  });

/**
 * Follows a session at the host's server until `learn` says that it is over, or `signal` aborts: by
 * events, and where those fail by questions, further and further apart, none of them while the page is
 * hidden. What is older than what is known already is left out.
 *
 * @param known - the last that is known
 * @param learn - called with each news
 * @returns an HTTP status where the server will not tell any more, for example 401
 */
export const followStatus = async (
  endpoint: string,
  reference: string,
  known: SessionStatus | undefined,
  learn: Learn,
  signal: AbortSignal,
): Promise<number | undefined> => {
  const server = readEndpoint(endpoint);
  const id = readId(reference);
  if (!server || id === undefined) return undefined;
  let last = known?.version ?? -Infinity;
  let isOver = false;
  const isOn = (): boolean => !isOver && !signal.aborted;
  const hear = (status: SessionStatus | undefined): boolean => {
    if (status?.id === id && status.version > last && isOn()) {
      last = status.version;
      isOver = learn(status);
    }
    return isOver;
  };
  let fruitless = 0;
  let wait = SHORTEST;
  while (isOn()) {
    if (fruitless < ATTEMPTS) {
      const before = last;
      // There may be no events at all.
      const hasSpoken = await listen(server, id, hear, signal).catch(() => false);
      fruitless = hasSpoken ? 0 : fruitless + 1;
      if (last > before) wait = SHORTEST;
    }
    if (!isOn()) break;
    // Half of it by chance, so that many pages do not come back at once.
    await pause(wait * (0.5 + Math.random() / 2), signal);
    await shown(signal);
    wait = Math.min(wait * 2, LONGEST);
    const answer = await ask(server, ['sessions', id], signal);
    if (answer?.status === 200) hear(readStatus(answer.body));
    else if (answer && REFUSED.test(String(answer.status))) return answer.status;
    if (answer?.retryAfter) wait = Math.max(wait, Math.min(answer.retryAfter, 10 * LONGEST));
  }
  return undefined;
};
