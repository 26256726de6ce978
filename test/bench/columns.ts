import { conditions } from './measures/first-request.js';
import type { Results } from './results.js';
import type { Spread } from './statistics.js';
import { microseconds, milliseconds } from './words.js';

/** One thing that was measured of several candidates. Less is better, always. */
export interface Column {
  readonly label: string;
  readonly of: ReadonlyMap<string, Spread>;
  readonly write: (value: number) => string;
}

const single = (value: number, tolerance = 0): Spread => ({
  median: value,
  low: value - tolerance,
  high: value + tolerance,
  count: 1,
});

const column = <T extends { readonly id: string }>(
  label: string,
  rows: readonly T[],
  read: (row: T) => Spread | undefined,
  write: (value: number) => string,
): Column => ({
  label,
  of: new Map(
    rows.flatMap((row) => {
      const spread = read(row);
      return spread ? [[row.id, spread] as const] : [];
    }),
  ),
  write,
});

const count = (value: number): string => value.toFixed(0);

/** A heap of some thousand objects is never twice of the same size, by this many kilobytes. */
const HEAP_TOLERANCE = 64;

/** Every column but bytes, which have an aim of their own. */
export const columnsOf = (results: Results): readonly Column[] => [
  ...conditions.map(({ id, label }) =>
    column(
      `Time to the provider’s first request, ${label}`,
      results.firstRequest,
      ({ wait }) => wait[id].spread,
      milliseconds,
    ),
  ),
  ...conditions.map(({ id, label }) =>
    column(
      `Main thread until that request, ${label}`,
      results.firstRequest,
      ({ untilRequest }) => untilRequest[id].spread,
      milliseconds,
    ),
  ),
  ...conditions.map(({ id, label }) =>
    column(
      `Main thread until all is loaded, ${label}`,
      results.firstRequest,
      ({ untilLoaded }) => untilLoaded[id].spread,
      milliseconds,
    ),
  ),
  column(
    'Layout shift',
    results.layoutShift,
    ({ shift }) => shift,
    (value) => value.toFixed(3),
  ),
  ...(results.many.work[0]?.by ?? []).map((_, n) =>
    column(
      `The page’s work to mount ${results.many.work[0]?.by[n]?.count} at once`,
      results.many.work,
      ({ by }) => by[n]?.spread,
      milliseconds,
    ),
  ),
  column('Cost of a hostile message', results.flood, ({ cost }) => cost, microseconds),
  column('A real message in the flood', results.flood, ({ delay }) => delay, milliseconds),
  column(
    'The slowest real message in the flood',
    results.flood,
    ({ delay }) => delay && single(delay.worst),
    milliseconds,
  ),
  column(
    `Heap left by ${results.memory[0]?.mounts} mounts`,
    results.memory,
    ({ heap }) => single(heap, HEAP_TOLERANCE),
    (value) => `${value.toFixed(0)} kB`,
  ),
  column(
    `Listeners left by ${results.memory[0]?.mounts} mounts`,
    results.memory,
    ({ listeners }) => single(listeners),
    count,
  ),
];
