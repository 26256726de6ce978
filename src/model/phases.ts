import type { Signal } from './signals.js';

/**
 * The phases of one run.
 *
 * | phase | meaning |
 * |---|---|
 * | `idle` | nothing is mounted |
 * | `creating` | the host's server is asked for a session |
 * | `loading` | the frame is mounted, and its page has not spoken |
 * | `ready` | the page is up |
 * | `started` | the person began |
 * | `submitted` | the pictures were handed in |
 * | `finished` | the person's part is over; no decision |
 * | `canceled` | the person or the host backed out |
 * | `failed` | something went wrong; `error` says what |
 * | `redirected` | the person was sent to the provider's own page, in this tab or another |
 * | `returned` | the person came back at the callback; nobody here knows how it went |
 * | `decided` | the host's server said how it ended, or that new pictures are needed; `decision` says which |
 */
export type Phase =
  | 'idle'
  | 'creating'
  | 'loading'
  | 'ready'
  | 'started'
  | 'submitted'
  | 'finished'
  | 'canceled'
  | 'failed'
  | 'redirected'
  | 'returned'
  | 'decided';

/** What a signal of the page makes of each phase. A pair that is not listed changes nothing. */
type Transitions = Readonly<Partial<Record<Phase, Readonly<Partial<Record<Signal, Phase>>>>>>;

/** A page may end the run at any time, also without a word before (Shufti Pro). */
const ENDS = {
  finished: 'finished',
  canceled: 'canceled',
  'session-expired': 'failed',
  'session-rejected': 'failed',
} as const;

const TRANSITIONS: Transitions = {
  // There is no page yet that could say something.
  creating: {},
  loading: { ...ENDS, ready: 'ready' },
  ready: { ...ENDS, started: 'started' },
  started: { ...ENDS, submitted: 'submitted' },
  submitted: ENDS,
  // A page that was given up on (`frame-timeout`) keeps its frame and may still come alive.
  failed: { ...ENDS, ready: 'ready' },
};

/**
 * The phase after `signal`, or `undefined` where the signal has no place in `phase`: a duplicate,
 * a word out of order, or anything after the end.
 */
export const nextPhase = (phase: Phase, signal: Signal): Phase | undefined => {
  const next = TRANSITIONS[phase]?.[signal];
  // A host's careless reader may let any word through, `constructor` among them.
  return typeof next === 'string' ? next : undefined;
};

/** Whether a run is on: a session is asked for, or a frame is mounted and may hold a person at work. */
export const isRunning = (phase: Phase): boolean => phase !== 'failed' && phase in TRANSITIONS;

/** Whether the person is at the provider's own page, or came back from it. */
export const isAway = (phase: Phase): boolean => phase === 'redirected' || phase === 'returned';

/** Whether the person's part is over, here or by what the server says. */
export const isOver = (phase: Phase): boolean => phase === 'finished' || phase === 'decided';
