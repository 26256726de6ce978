import { nextPhase, type Phase } from '../../src/model/phases.js';
import type { Signal } from '../../src/model/signals.js';

/** Every phase; one that is left out does not compile. */
const EVERY_PHASE: Readonly<Record<Phase, true>> = {
  idle: true,
  creating: true,
  loading: true,
  ready: true,
  started: true,
  submitted: true,
  finished: true,
  canceled: true,
  failed: true,
  redirected: true,
  returned: true,
  decided: true,
};

const EVERY_SIGNAL: Readonly<Record<Signal, true>> = {
  ready: true,
  started: true,
  progress: true,
  submitted: true,
  finished: true,
  canceled: true,
  'reload-request': true,
  'session-expired': true,
  'session-rejected': true,
};

const PHASES = Object.keys(EVERY_PHASE) as readonly Phase[];
const SIGNALS = Object.keys(EVERY_SIGNAL) as readonly Signal[];

/** One arrow of the picture. */
export interface Transition {
  readonly from: Phase;
  readonly to: Phase;
  /** Words of the page, any of which leads there. */
  readonly signals: readonly Signal[];
}

/** What the page's words do, asked of the element's own table. */
export const TRANSITIONS: readonly Transition[] = PHASES.flatMap((from) =>
  PHASES.flatMap((to) => {
    const signals = SIGNALS.filter((signal) => nextPhase(from, signal) === to);
    return signals.length > 0 ? [{ from, to, signals }] : [];
  }),
);

/** What is not the page's doing: the element, the person or the host. As the page "Events and phases" says. */
export const OTHER_WAYS = [
  ['idle', 'loading', 'there is a session URL; in a modal, and it is opened'],
  ['idle', 'creating', 'with `session-endpoint`: the person presses the button, or `start()`'],
  ['creating', 'loading', 'your server gave a session URL'],
  ['creating', 'finished', 'your server says that the person has done their part'],
  ['creating', 'decided', 'your server says how it ended'],
  ['creating', 'failed', 'your server gave no session, or one that does not fit'],
  ['creating', 'redirected', 'your server gave a session URL, with `display="redirect"`'],
  ['creating', 'canceled', 'the person closes the modal, or the host calls `close()`'],
  ['idle', 'failed', 'the URL, the provider or the host page does not fit'],
  ['idle', 'redirected', '`start()` with `display="redirect"`'],
  ['loading', 'ready', '`load` of the frame, where the page does not greet'],
  ['loading', 'failed', '`frame-timeout`, where the page greets'],
  ['running', 'failed', '`frame-blocked`'],
  ['running', 'canceled', 'the person stops, or the host calls `close()`'],
  ['running', 'redirected', 'the person goes on in a tab of its own'],
  ['running', 'returned', 'the frame went on to the callback page'],
  ['failed', 'ready', '"Show the page", after `frame-timeout`'],
  ['failed', 'canceled', '"Stop", or `close()`, after `frame-timeout`'],
  ['failed', 'redirected', 'the person takes a link, or `fallback="redirect"`'],
  ['redirected', 'returned', 'the person came back at the callback'],
  ['followed', 'decided', 'your server says how it ended, or that new pictures are needed'],
  ['redirected', 'canceled', 'the person stops, or the host calls `close()`'],
  ['over', 'loading', '`retry()`, or "Try again"; by way of `idle`'],
  ['renewable', 'creating', 'the same, with `session-endpoint`; not once the person is verified'],
  ['any', 'idle', 'the session URL, or the endpoint, is taken away, or is another one'],
] as const;

/** The names in {@link OTHER_WAYS} that stand for several phases. */
export const GROUPS: Readonly<Record<string, string>> = {
  running: '`loading`, `ready`, `started`, `submitted`',
  followed: 'any phase with a session from your server',
  renewable: '`failed`, `canceled`, `redirected`, `returned`, `decided`',
  over: '`failed`, `canceled`, `redirected`, `returned`',
  any: 'any phase',
};
