import type { PhotoRun } from './all.js';
import type { PhotoRow } from './measures/photo.js';
import type { Aim } from './verdicts.js';
import { milliseconds, times } from './words.js';

const rowOf = ({ rows }: PhotoRun, id: PhotoRow['id']): PhotoRow => {
  const row = rows.find((each) => each.id === id);
  if (!row) throw new Error(`There are no figures for ${id}.`);
  return row;
};

/** Chromium tells of no task below 50 ms. */
const task = (value: number): string => (value === 0 ? 'none of 50 ms' : milliseconds(value));

export const photoAim = (run: PhotoRun): Aim => {
  const [ours, theirs] = [rowOf(run, 'capture'), rowOf(run, 'naive')];
  return {
    aim: 'A photo of 40 megapixels: no task over 50 ms on the main thread, in any round',
    figure: `${task(ours.longest.worst)}; in the page itself ${task(theirs.longest.worst)}`,
    isMet: ours.longest.worst <= 50,
  };
};

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** What goes between the page's markers. */
export const photoReport = (run: PhotoRun): string => {
  const { machine: it, date, size, made, ratio, rows } = run;
  const { aim, figure, isMet } = photoAim(run);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `${date}, ${rows[0]?.took.count ?? 0} rounds. ${it.processor}, ${it.cores} cores; Chromium ${it.chromium}, headless. Load when it began: ${it.load.toFixed(2)}. The photo has ${megabytes(size)}, what is made of it ${megabytes(made)}.`,
    `${aim}: ${figure}: ${isMet ? 'met' : '**missed**'}.`,
    [
      line(['', 'longest task, median', 'in the worst round', 'blocked', 'took']),
      '| --- | --: | --: | --: | --: |',
      ...rows.map(({ label, longest, blocked, took }) =>
        line([
          label,
          task(longest.median),
          task(longest.worst),
          milliseconds(blocked.median),
          milliseconds(took.median),
        ]),
      ),
    ].join('\n'),
    `It takes **${times(ratio.median)}** (${ratio.low.toFixed(2)} – ${ratio.high.toFixed(2)}) the time of the way in the page, with its code loaded, the picture judged, and its preview drawn.`,
  ].join('\n\n');
};
