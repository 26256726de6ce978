import type { Phase } from '../../src/model/phases.js';
import { GROUPS, OTHER_WAYS, TRANSITIONS, type Transition } from './phase-transitions.js';

/** Middle of each phase's box. Everything else of the picture follows from the transitions. */
const PLACES: Readonly<Record<Phase, readonly [x: number, y: number]>> = {
  idle: [70, 110],
  creating: [157, 30],
  loading: [245, 110],
  ready: [395, 110],
  started: [545, 110],
  submitted: [695, 110],
  finished: [880, 110],
  returned: [245, 350],
  redirected: [395, 350],
  failed: [545, 350],
  canceled: [695, 350],
  decided: [1050, 110],
};

const WIDTH = 112;
const HEIGHT = 44;

/** The boxes around phases that share their ways out. */
const RUNNING = { left: 170, right: 770, top: 62, bottom: 158 } as const;
const OVER = { left: 170, right: 770, top: 302, bottom: 398 } as const;

const isEnd = (phase: Phase): boolean => ['finished', 'canceled', 'failed'].includes(phase);

/** Phases whose every end is the same: one arrow from around them says it for all. */
const running: readonly Phase[] = TRANSITIONS.filter(({ to }) => to === 'failed').map(
  ({ from }) => from,
);

const middle = (phase: Phase): readonly [number, number] => PLACES[phase];

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const label = (x: number, y: number, text: string, anchor = 'middle'): string =>
  `<text class="label" x="${x}" y="${y}" text-anchor="${anchor}">${escape(text)}</text>`;

const arrow = (d: string, isOurs = false): string =>
  `<path class="way${isOurs ? ' ours' : ''}" d="${d}" marker-end="url(#phase-tip)" />`;

const node = (phase: Phase): string => {
  const [x, y] = middle(phase);
  const box = `x="${x - WIDTH / 2}" y="${y - HEIGHT / 2}" width="${WIDTH}" height="${HEIGHT}" rx="9"`;
  return `<rect class="phase${phase === 'finished' || phase === 'decided' ? ' end' : ''}" ${box} /><text class="name" x="${x}" y="${y + 5}" text-anchor="middle">${phase}</text>`;
};

/** Sideways to the next box; a line to another one would run through those between. */
const aside = (from: Phase, to: Phase, text: string, isOurs = false): string => {
  const [x, y] = middle(from);
  const [end, height] = middle(to);
  if (height !== y || Math.abs(end - x) > 180) throw new Error(`Draw a way from ${from} to ${to}.`);
  const way = Math.sign(end - x);
  const start = x + (way * WIDTH) / 2;
  const tip = end - way * (WIDTH / 2 + 3);
  return arrow(`M${start} ${y}H${tip}`, isOurs) + label((start + tip) / 2, y - 30, text);
};

const words = ({ signals }: Transition): string => signals.join(', ');

const isShared = (to: Phase): boolean =>
  running.every((from) => TRANSITIONS.some((each) => each.from === from && each.to === to));

/** From the box around the running phases to one of the ends. */
const fromRunning = (to: Phase, text: string): string => {
  if (!isShared(to)) throw new Error(`The picture says that every running phase may be ${to}.`);
  const [x, y] = middle(to);
  if (y === middle('loading')[1]) {
    return arrow(`M${RUNNING.right} ${y}H${x - WIDTH / 2 - 3}`) + label(800, y - 30, text);
  }
  return (
    arrow(`M${x} ${RUNNING.bottom}V${y - HEIGHT / 2 - 3}`) +
    text
      .split(', ')
      .map((line, index) => label(x + 8, 216 + index * 17, line, 'start'))
      .join('')
  );
};

const fromFailed = (transition: Transition): string => {
  const { to } = transition;
  if (to === 'canceled') return aside('failed', to, '');
  if (to === 'finished') {
    return (
      arrow(`M545 372V420Q545 432 557 432H868Q880 432 880 420V135`) +
      label(712, 450, words(transition))
    );
  }
  const [x] = middle(to);
  return arrow(`M512 328L${x + 22} 135`) + label(446, 216, words(transition), 'end');
};

/** A failure that is told again, with another code, is no way in a picture; the table has it. */
const isWay = ({ from, to }: Transition): boolean => from !== to;

/** A way inside of the first row, an end that all running phases share, or one out of `failed`. */
const way = (transition: Transition): string => {
  const { from, to } = transition;
  if (from === 'failed') return fromFailed(transition);
  if (!isEnd(to)) return aside(from, to, words(transition));
  return from === running[0] ? fromRunning(to, words(transition)) : '';
};

/** The ways of {@link OTHER_WAYS} that fit into a picture; the table has them all. */
const ours = [
  aside('idle', 'loading', '', true),
  label(132, 80, 'session URL'),
  // Over and into the row, from the button to the session URL that the host's server gave.
  arrow('M70 88V42Q70 30 82 30H98', true),
  label(62, 62, 'button', 'end'),
  arrow('M213 30H233Q245 30 245 42V85', true),
  arrow('M936 110H991', true),
  label(964, 80, 'your server'),
  aside('failed', 'redirected', '', true),
  aside('redirected', 'returned', '', true),
  arrow('M70 132V420Q70 432 82 432H383Q395 432 395 420V375', true),
  label(238, 450, 'display="redirect"'),
  arrow(`M245 ${RUNNING.bottom}V325`, true),
  label(253, 250, 'callback page', 'start'),
  label(253, 267, 'in the frame', 'start'),
  arrow(`M${OVER.left} 350H120V150Q120 122 148 122H186`, true),
  label(128, 250, 'retry', 'start'),
].join('');

const box = ({ left, right, top, bottom }: typeof RUNNING | typeof OVER): string =>
  `<rect class="group" x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" rx="14" />`;

const LEGEND = `<g transform="translate(70 490)"><path class="way" d="M0 0H34" marker-end="url(#phase-tip)" />${label(46, 5, 'a word of the provider’s page', 'start')}<path class="way ours" d="M290 0H324" marker-end="url(#phase-tip)" />${label(336, 5, 'the element, the person or the host', 'start')}</g>`;

/** The picture, for a page that has the styles; in one line, as markdown wants it. */
export const phaseDiagram = (): string =>
  `<div class="phase-diagram" tabindex="0" role="group" aria-label="The phases as a picture; the table below says the same"><svg viewBox="0 0 1126 505" role="img" aria-labelledby="phase-title phase-desc"><title id="phase-title">The phases of one run</title><desc id="phase-desc">From idle to loading, ready, started, submitted and finished. From loading on, the page may end the run in finished, canceled or failed. A page that failed by a timeout may still come alive. Redirected and returned are the way through a tab of its own. With a session endpoint, a run begins by way of creating, and ends in decided.</desc><defs><marker id="phase-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0L8 4L0 8z" /></marker></defs>${LEGEND}${box(RUNNING)}${box(OVER)}${TRANSITIONS.filter(isWay).map(way).join('')}${ours}${(Object.keys(PLACES) as Phase[]).map(node).join('')}</svg></div>`;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The same as a table, complete. */
export const transitionTable = (): string =>
  [
    row(['from', 'to', 'when the page says']),
    row(['---', '---', '---']),
    ...TRANSITIONS.map(({ from, to, signals }) =>
      row([`\`${from}\``, `\`${to}\``, signals.map((signal) => `\`${signal}\``).join(', ')]),
    ),
  ].join('\n');

/** What else leads from phase to phase. */
export const otherWaysTable = (): string =>
  [
    row(['from', 'to', 'when']),
    row(['---', '---', '---']),
    ...OTHER_WAYS.map(([from, to, when]) =>
      row([GROUPS[from] ?? `\`${from}\``, `\`${to}\``, when]),
    ),
  ].join('\n');
