import { conditions, type FirstRequestRow, type Timing } from './measures/first-request.js';
import type { ManyRow } from './measures/many.js';
import type { Results } from './results.js';
import type { Spread } from './statistics.js';
import { aimsOf, lossesOf } from './verdicts.js';
import { kilobytes, microseconds, milliseconds, number, times } from './words.js';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    `| ${head.join(' | ')} |`,
    `| --- |${' --: |'.repeat(head.length - 1)}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');

const within = ({ low, high }: Spread, write: (value: number) => string): string =>
  `${write(low)} – ${write(high)}`;

const timing = ({ spread, ratio }: Timing): string =>
  `${milliseconds(spread.median)}, **${times(ratio.median)}** (${ratio.low.toFixed(2)} – ${ratio.high.toFixed(2)})`;

const timings = (
  rows: readonly FirstRequestRow[],
  read: (row: FirstRequestRow) => FirstRequestRow['wait'],
): string =>
  table(
    ['', ...conditions.map(({ label }) => label)],
    rows.map((row) => [row.label, ...conditions.map(({ id }) => timing(read(row)[id]))]),
  );

const many = (rows: readonly ManyRow[]): string =>
  table(
    ['', ...(rows[0]?.by ?? []).map(({ count }) => number(count))],
    rows.map(({ label, by }) => [label, ...by.map(({ spread }) => milliseconds(spread.median))]),
  );

const bytes = (results: Results): string =>
  [
    table(
      ['', 'gzip', 'brotli', 'uncompressed'],
      results.bytes.map((row) => [row.label, ...[row.gzip, row.brotli, row.raw].map(kilobytes)]),
    ),
    results.bytes.map(({ label, made }) => `- ${label}: ${made}`).join('\n'),
  ].join('\n\n');

const flood = (results: Results): string =>
  table(
    [
      '',
      'messages a second',
      'main thread a message',
      'of it its own',
      'real message, median',
      'the slowest',
      'lost',
      'hostile ones it told the page of',
      'believes a stranger’s “finished”',
    ],
    results.flood.map(({ label, rate, cost, extra, delay, lost, believed, isEndBelieved }) => [
      label,
      number(Math.round(rate.median)),
      `${microseconds(cost.median)} (${within(cost, (value) => value.toFixed(1))})`,
      microseconds(extra.median),
      delay ? milliseconds(delay.median) : '–',
      delay ? milliseconds(delay.worst) : '–',
      delay ? number(lost ?? 0) : '–',
      delay ? number(believed) : '–',
      delay ? (isEndBelieved ? 'yes' : 'no') : '–',
    ]),
  );

const memory = (results: Results): string =>
  table(
    ['', 'mounts', 'heap', 'listeners', 'nodes', 'documents'],
    results.memory.map(({ label, mounts, heap, listeners, nodes, documents }) => [
      label,
      number(mounts),
      `${heap.toFixed(0)} kB`,
      ...[listeners, nodes, documents].map(number),
    ]),
  );

const preconnect = (results: Results): string =>
  table(
    ['', 'without', 'with', 'ratio'],
    results.preconnect.map((row) => [
      row.label,
      milliseconds(row.without.median),
      milliseconds(row.with.median),
      `**${times(row.ratio.median)}** (${row.ratio.low.toFixed(2)} – ${row.ratio.high.toFixed(2)})`,
    ]),
  );

const aims = (results: Results): string =>
  table(
    ['aim', 'figure', ''],
    aimsOf(results).map(({ aim, figure, isMet }) => [aim, figure, isMet ? 'met' : '**missed**']),
  );

const losses = (results: Results): string => {
  const all = lossesOf(results);
  return all.length > 0 ? all.map((each) => `- ${each}`).join('\n') : 'Nowhere, in this run.';
};

const machine = ({ machine: it, date, minutes }: Results): string =>
  `${date}, one run of ${minutes.toFixed(0)} minutes. ${it.processor}, ${it.cores} cores, ` +
  `${it.memory} GB, ${it.system}; Chromium ${it.chromium}, headless; Node ${it.node}. ` +
  `Other work on the machine when it began: a load of ${it.load.toFixed(2)}.`;

const RATIO = 'Bold: how many times the bare iframe’s. In brackets: its quartiles, round by round.';

/** Heading, a sentence on how to read it, and the figures. */
const sections = (results: Results): readonly (readonly [string, string, string])[] => [
  ['The machine', '', machine(results)],
  ['Aims', '', aims(results)],
  ['Where we lose', '', losses(results)],
  [
    'Time to the provider’s first request',
    `From the page’s own request to that for the session, both seen at the servers. ${RATIO}`,
    timings(results.firstRequest, ({ wait }) => wait),
  ],
  [
    'Main thread until that request',
    'Work of the page’s main thread, whatever it does.',
    timings(results.firstRequest, ({ untilRequest }) => untilRequest),
  ],
  [
    'Main thread until page and frame are loaded',
    'The same, until the load event of the page, which waits for the frame’s.',
    timings(results.firstRequest, ({ untilLoaded }) => untilLoaded),
  ],
  [
    'Layout shift',
    'The page has text around, and gets the session URL after it is shown.',
    table(
      ['', 'layout shift'],
      results.layoutShift.map(({ label, shift }) => [label, shift.median.toFixed(3)]),
    ),
  ],
  ['Bytes over the wire', 'What a page loads to open a session.', bytes(results)],
  [
    'Many at once: the page’s work',
    'From the first one created to the last one rendered.',
    many(results.many.work),
  ],
  [
    'Many at once: until every frame has spoken',
    'The same, and then the browser’s own work on so many frames.',
    many(results.many.spoken),
  ],
  [
    'Many at once: closed dialogs',
    'They stand in the markup and have no session. From the script’s first line to the last one rendered.',
    many([results.many.closed]),
  ],
  [
    'A flood of messages',
    '10,000 a second: half from a stranger’s frame, half from the page’s own window.',
    flood(results),
  ],
  ['After many mounts', 'What is left when each one was taken away again.', memory(results)],
  [
    'Preconnect',
    'From the frame’s mounting to the first byte of the provider’s page. The provider is 75 ms away.',
    preconnect(results),
  ],
];

/** All that goes between the page's markers. */
export const report = (results: Results): string =>
  sections(results)
    .map((section) =>
      [`### ${section[0]}`, ...section.slice(1).filter((text) => text)].join('\n\n'),
    )
    .join('\n\n');
