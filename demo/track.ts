import type { KycPhaseChangeDetail, Phase } from '../src/index.js';
import { byId } from './dom.js';
import { since, type Entry } from './recorder.js';

/** The way that a run takes when nothing goes wrong; canceled and failed branch off it. */
const MAIN: readonly Phase[] = ['idle', 'loading', 'ready', 'started', 'submitted', 'finished'];

const track = byId('track', HTMLElement);

const nodes = [...track.querySelectorAll<HTMLElement>('[data-phase]')];

const now = byId('now', HTMLElement);

const clear = (): void => {
  for (const node of nodes) {
    node.classList.remove('passed', 'joined');
    node.style.removeProperty('--column');
    node.querySelector('time')?.replaceChildren();
  }
};

/** Where a branch hangs: under the phase that was left, or beside the branch that was left. */
const columnAfter = (from: Phase): number => {
  const left = nodes.find(({ dataset }) => dataset['phase'] === from);
  const beside = Number(left?.style.getPropertyValue('--column')) + 1;
  return MAIN.indexOf(from) + 1 || Math.min(beside, MAIN.length);
};

/** Marks the present phase, the ones the run came through, and where a branch left the line. */
const move = ({ from, to }: KycPhaseChangeDetail, at: number): void => {
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
    if (!MAIN.includes(to)) node.style.setProperty('--column', String(column));
  }
};

/** Moves the track along with the run. */
export const followTrack = ({ name, detail, at }: Entry): void => {
  if (name === 'kyc-phase-change') move(detail as KycPhaseChangeDetail, at);
};
