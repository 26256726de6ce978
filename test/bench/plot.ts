import { candidates, BARE } from './candidates.js';
import { conditions, type FirstRequestRow } from './measures/first-request.js';
import { rowOf, type Results } from './results.js';
import { times } from './words.js';

const WIDTH = 860;
const LEFT = 210;
const RIGHT = 96;
const TOP = 96;
const BAR = 18;
const STEP = 24;
const GROUP = 44;

/** Colours for both schemes, and a ground of its own: it is read on a page of either. */
const STYLE = `
  svg { color-scheme: light dark; font: 13px system-ui, sans-serif; }
  .ground { fill: #ffffff; }
  text { fill: #1c2330; }
  .quiet { fill: #56607a; }
  .title { font-size: 17px; font-weight: 600; }
  .group { font-weight: 600; }
  .grid { stroke: #dde1ea; }
  .one { stroke: #1c2330; stroke-width: 1.5; stroke-dasharray: 4 3; }
  .range { stroke: #1c2330; stroke-width: 1.5; }
  .other { fill: #9aa5bd; }
  .ours { fill: #3b62d6; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #1b1b1f; }
    text { fill: #e6e9f0; }
    .quiet { fill: #a5aec4; }
    .grid { stroke: #33374a; }
    .one, .range { stroke: #e6e9f0; }
    .other { fill: #69748f; }
    .ours { fill: #7d9bff; }
  }`;

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

const text = (x: number, y: number, words: string, name = '', anchor = 'start'): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" class="${name}" text-anchor="${anchor}">${escaped(words)}</text>`;

const line = (x1: number, y1: number, x2: number, y2: number, name: string): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" class="${name}"/>`;

/** Bars from zero to the ratio, with a line across that holds the middle half of all rounds. */
const bar = (
  row: FirstRequestRow,
  id: (typeof conditions)[number]['id'],
  y: number,
  xOf: (ratio: number) => number,
): string => {
  const { median, low, high } = row.wait[id].ratio;
  const name = row.label.startsWith('kyc-verify') ? 'ours' : 'other';
  const middle = y + BAR / 2;
  return [
    text(LEFT - 10, middle + 4.5, row.label, '', 'end'),
    `<rect x="${LEFT}" y="${y}" width="${(xOf(median) - LEFT).toFixed(1)}" height="${BAR}" rx="2" class="${name}"/>`,
    line(xOf(low), middle, xOf(high), middle, 'range'),
    text(WIDTH - 24, middle + 4.5, times(median), '', 'end'),
  ].join('\n');
};

/** The time to the provider's first request, as a ratio to the bare iframe's. */
export const plot = (results: Results): string => {
  const shown = candidates.filter(({ id }) => id !== BARE);
  const rows = shown.map(({ id }) => rowOf(results.firstRequest, id));
  const greatest = Math.max(
    ...rows.flatMap(({ wait }) => conditions.map(({ id }) => wait[id].ratio.high)),
  );
  const end = Math.ceil(greatest * 2) / 2;
  const xOf = (ratio: number): number => LEFT + (ratio / end) * (WIDTH - LEFT - RIGHT);
  const height = TOP + conditions.length * (GROUP + rows.length * STEP) + 64;
  const bottom = height - 58;

  const ticks = Array.from({ length: end * 2 + 1 }, (_, n) => n / 2).map((ratio) =>
    [
      line(xOf(ratio), TOP - 6, xOf(ratio), bottom, ratio === 1 ? 'one' : 'grid'),
      text(xOf(ratio), bottom + 18, `${ratio.toFixed(1)} ×`, 'quiet', 'middle'),
    ].join('\n'),
  );
  const groups = conditions.map(({ id, label }, group) => {
    const y = TOP + group * (GROUP + rows.length * STEP);
    return [
      text(24, y + 18, `${label[0]?.toUpperCase()}${label.slice(1)}`, 'group'),
      ...rows.map((row, n) => bar(row, id, y + 28 + n * STEP, xOf)),
    ].join('\n');
  });
  const title = 'Time to the provider’s first request';
  const unit = 'As a multiple of the bare iframe’s time. Shorter is better.';
  const { machine, date } = results;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}, as a multiple of the bare iframe’s.">
<title>${title}</title>
<style>${STYLE}
</style>
<rect width="${WIDTH}" height="${height}" rx="8" class="ground"/>
${text(24, 34, title, 'title')}
${text(24, 56, unit, 'quiet')}
<rect x="24" y="68" width="12" height="12" rx="2" class="ours"/>
${text(42, 79, 'kyc-verify')}
<rect x="124" y="68" width="12" height="12" rx="2" class="other"/>
${text(142, 79, 'other SDKs')}
${line(230, 74, 256, 74, 'one')}
${text(262, 79, 'the bare iframe')}
${line(376, 74, 402, 74, 'range')}
${text(408, 79, 'middle half of all rounds')}
${ticks.join('\n')}
${groups.join('\n')}
${text(24, height - 14, `${date} · ${machine.cores} cores · Chromium ${machine.chromium}`, 'quiet')}
</svg>
`;
};
