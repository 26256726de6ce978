import type { KycPhaseChangeDetail, Phase } from '../src/index.js';
import { byId } from './dom.js';
import { since, type Entry } from './recorder.js';

/** The way that a run takes in a frame when nothing goes wrong; the others branch off it. */
const MAIN: readonly Phase[] = ['idle', 'loading', 'ready', 'started', 'submitted', 'finished'];

/** The way by a redirect. */
const AWAY: readonly Phase[] = ['redirected', 'returned'];

const track = byId('track', HTMLElement);

const nodes = [...track.querySelectorAll<HTMLElement>('[data-phase]')];

const now = byId('now', HTMLElement);

const clear = (): void => {
  for (const node of nodes) {
    node.classList.remove('passed', 'joined', 'beside');
    node.style.removeProperty('--column');
    node.querySelector('time')?.replaceChildren();
  }
};

/**
 * Where a branch hangs: under the phase that was left, or beside the branch that was left, as far
 * from it as its name is long.
 */
const columnAfter = (from: Phase): number => {
  const left = nodes.find(({ dataset }) => dataset['phase'] === from);
  const beside = Number(left?.style.getPropertyValue('--column')) + (from === 'redirected' ? 2 : 1);
  return MAIN.indexOf(from) + 1 || Math.min(beside, MAIN.length);
};

/** The phase that was left. On a page that picks up a run from another, the element begins at idle. */
const leftFor = ({ from, to }: KycPhaseChangeDetail): Phase => {
  const isPickedUp = track.dataset['now'] === 'redirected' && AWAY.includes(to);
  return from === 'idle' && isPickedUp ? 'redirected' : from;
};

/** Marks the present phase, the ones the run came through, and where a branch left the line. */
const move = (detail: KycPhaseChangeDetail, at: number): void => {
  const { to } = detail;
  const from = leftFor(detail);
  if (from === to) return;
  if (from === 'idle' || to === 'idle') clear();
  const column = columnAfter(from);
  track.dataset['now'] = to;
  now.textContent = to === 'idle' ? to : `${to} ${since(at)}`;
  for (const [index, node] of nodes.entries()) {
    const phase = node.dataset['phase'];
    if (phase === from && to !== 'idle') node.classList.add('passed');
    // The line reaches a phase also where the page said nothing of those between.
    if (index < MAIN.indexOf(to)) node.classList.add('joined');
    if (phase !== to) {
      node.removeAttribute('aria-current');
      continue;
    }
    node.setAttribute('aria-current', 'step');
    if (to === 'idle') continue;
    node.querySelector('time')?.replaceChildren(since(at));
    if (MAIN.includes(to)) continue;
    node.style.setProperty('--column', String(column));
    node.classList.toggle('beside', !MAIN.includes(from));
  }
};

/** Moves the track along with the run. */
export const followTrack = ({ name, detail, at }: Entry): void => {
  if (name === 'kyc-phase-change') move(detail as KycPhaseChangeDetail, at);
};
