import { ADOPTED, candidates, OURS } from './candidates.js';
import { columnsOf, type Column } from './columns.js';
import { conditions } from './measures/first-request.js';
import { rowOf, type Results } from './results.js';
import type { Spread } from './statistics.js';
import { kilobytes, milliseconds, times } from './words.js';

/** What we set out to reach, and whether we did. */
export interface Aim {
  readonly aim: string;
  readonly figure: string;
  readonly isMet: boolean;
}

type Standing = 'ahead' | 'level' | 'behind';

const SDKS = ['veriff', 'didit'];

const labelOf = (id: string): string => candidates.find((each) => each.id === id)?.label ?? id;

/** Two medians of which one lies among the other's middle half are not told apart. */
const standing = (ours: Spread, theirs: Spread): Standing => {
  const isWithin = (value: number, { low, high }: Spread): boolean => value >= low && value <= high;
  if (isWithin(ours.median, theirs) || isWithin(theirs.median, ours)) return 'level';
  return ours.median < theirs.median ? 'ahead' : 'behind';
};

interface Comparison {
  readonly column: Column;
  readonly sdk: string;
  readonly ours: Spread;
  readonly theirs: Spread;
  readonly standing: Standing;
}

export const compare = (results: Results): readonly Comparison[] =>
  columnsOf(results).flatMap((column) =>
    SDKS.flatMap((sdk) => {
      const ours = column.of.get(OURS);
      const theirs = column.of.get(sdk);
      return ours && theirs
        ? [{ column, sdk, ours, theirs, standing: standing(ours, theirs) }]
        : [];
    }),
  );

const ratioAim = (results: Results, id: string, isCached: boolean, limit: number): Aim[] =>
  conditions
    .filter((condition) => condition.isCached === isCached)
    .map((condition) => {
      const { median } = rowOf(results.firstRequest, id).wait[condition.id].ratio;
      return {
        aim: `Time to the provider’s first request, ${condition.label}, ${labelOf(id)}: at most ${times(limit)} the bare iframe`,
        figure: times(median),
        isMet: median <= limit,
      };
    });

const bytesAim = ({ bytes }: Results): Aim => {
  const smallest = bytes
    .filter(({ kind }) => kind === 'peer')
    .reduce((least, row) => (row.gzip < least.gzip ? row : least));
  const ours = rowOf(bytes, 'without-lit');
  const ratio = ours.gzip / smallest.gzip;
  return {
    aim: `Bytes without Lit, gzip: at most ${times(1.5)} the smallest peer, ${smallest.label}`,
    figure: `${times(ratio)}, ${kilobytes(ours.gzip)} to ${kilobytes(smallest.gzip)}`,
    isMet: ratio <= 1.5,
  };
};

export const aimsOf = (results: Results): readonly Aim[] => {
  const worst = rowOf(results.flood, OURS).delay?.worst ?? Number.NaN;
  const compared = compare(results);
  const behind = compared.filter((each) => each.standing === 'behind').length;
  const level = compared.filter((each) => each.standing === 'level').length;
  return [
    ...ratioAim(results, OURS, true, 1.1),
    ...ratioAim(results, ADOPTED, false, 1.05),
    {
      aim: 'A real message in the flood: within 50 ms, every one',
      figure: milliseconds(worst),
      isMet: worst <= 50,
    },
    {
      aim: 'Script tag ahead of every SDK in each column but bytes',
      figure: `ahead in ${compared.length - behind - level}, level in ${level}, behind in ${behind}, of ${compared.length} comparisons`,
      isMet: behind + level === 0,
    },
    bytesAim(results),
  ];
};

/** One plain sentence for each place where somebody else is better. */
export const lossesOf = (results: Results): readonly string[] => {
  const behind = compare(results).filter((each) => each.standing === 'behind');
  const columns = [...new Set(behind.map(({ column }) => column))];
  return [
    ...columns.map((column) => {
      const lost = behind.filter((each) => each.column === column);
      const who = lost.map(
        ({ sdk, theirs }) => `${labelOf(sdk)} with ${column.write(theirs.median)}`,
      );
      const own = lost[0]?.ours.median ?? Number.NaN;
      return `${column.label}: our script tag, with ${column.write(own)}, is behind ${who.join(' and ')}.`;
    }),
    ...aimsOf(results)
      .filter(({ isMet, aim }) => !isMet && !aim.startsWith('Script tag'))
      .map(({ aim, figure }) => `Aim missed: ${aim}. It is ${figure}.`),
  ];
};
