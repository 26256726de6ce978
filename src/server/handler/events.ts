import type { SessionStatus } from '../../model/status.js';
import { utf8 } from '../crypto.js';
import { ALWAYS, empty, later } from './answers.js';
import type { Kit } from './kit.js';
import { refresh, statusNow } from './progress.js';
import { isOver, keyOf, type SessionRecord } from './records.js';

/** Milliseconds before a browser asks again for a stream that has ended. */
const RETRY = 3000;

/** The streams that are open in this process. */
export interface Streams {
  /** How many each person has. */
  readonly places: Map<string, number>;
  /** What ends each. */
  readonly ends: Set<() => void>;
}

/** Takes one of the person's places; answers with what gives it back. */
const takePlace = ({ places: streams }: Streams, person: string, most: number): (() => void) => {
  const count = streams.get(person) ?? 0;
  if (count >= most) throw later('rate-limited', RETRY);
  streams.set(person, count + 1);
  return () => {
    const left = (streams.get(person) ?? 1) - 1;
    if (left > 0) streams.set(person, left);
    else streams.delete(person);
  };
};

const eventOf = (status: SessionStatus): string =>
  `id: ${status.version}\nevent: status\ndata: ${JSON.stringify(status)}\n\n`;

/** Runs one after the other; of those that come meanwhile, one. */
const oneAtATime = (work: () => Promise<void>): (() => void) => {
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await work();
    }
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
};

/** Writes what becomes of a session until it is over, or the stream has lived long enough. */
const follow = (
  kit: Kit,
  streams: Streams,
  session: SessionRecord,
  seen: number,
  giveBack: () => void,
  signal: AbortSignal,
): ReadableStream<Uint8Array> => {
  const { limits, store } = kit;
  const ends: (() => void)[] = [giveBack];
  let isOpen = true;
  const end = (): void => {
    isOpen = false;
    for (const each of ends.splice(0)) each();
  };
  const later = (stop: () => void): void => {
    if (isOpen) ends.push(stop);
    else stop();
  };
  return new ReadableStream<Uint8Array>({
    start: async (controller) => {
      const say = (text: string): void => controller.enqueue(utf8(text));
      const close = (): void => {
        if (!isOpen) return;
        end();
        controller.close();
      };
      let last = seen;
      const look = oneAtATime(async () => {
        try {
          const status = await statusNow(kit, session);
          if (!isOpen) return;
          if (status.version !== last) say(eventOf(status));
          last = status.version;
          if (isOver(status.decision)) close();
        } catch (error) {
          // Asked again at the next look.
          kit.report(error, 'store');
        }
      });
      say(`retry: ${RETRY}\n\n`);
      const heart = setInterval(() => say(':\n\n'), limits.heartbeat);
      const poll = setInterval(() => void refresh(kit, session).then(look), limits.poll);
      const life = setTimeout(close, limits.streamLife);
      later(() => {
        clearInterval(heart);
        clearInterval(poll);
        clearTimeout(life);
      });
      signal.addEventListener('abort', close);
      streams.ends.add(close);
      later(() => {
        signal.removeEventListener('abort', close);
        streams.ends.delete(close);
      });
      if (signal.aborted) {
        close();
        return;
      }
      look();
      const key = keyOf('progress', session.provider, session.providerId);
      // Without it there is still the poll.
      later(await store.watch(key, look).catch(() => () => undefined));
      // What came between the first look and the watch.
      if (isOpen) look();
    },
    cancel: end,
  });
};

/**
 * `GET /sessions/:id/events`. Each event's id is the version of the status. It ends after a decision
 * that is the last; a browser that comes back for more is told by 204 to stop.
 */
export const streamEvents = async (
  kit: Kit,
  streams: Streams,
  session: SessionRecord,
  request: Request,
): Promise<Response> => {
  const id = request.headers.get('last-event-id') ?? '';
  const seen = /^\d{1,15}$/.test(id) ? Number(id) : 0;
  const status = await statusNow(kit, session);
  if (isOver(status.decision) && status.version === seen) return empty();
  const giveBack = takePlace(streams, session.person, kit.limits.streams);
  return new Response(follow(kit, streams, session, seen, giveBack, request.signal), {
    headers: {
      ...ALWAYS,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      // nginx holds back what it can otherwise.
      'x-accel-buffering': 'no',
    },
  });
};
