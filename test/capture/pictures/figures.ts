import { hintsOf } from '../../../src/capture/quality.js';
import type { QualityHint } from '../../../src/model/capture.js';
import { allPictures, HELD_OUT, type Variant } from './pictures.js';

export const HINTS: readonly QualityHint[] = [
  'too-dark',
  'blurred',
  'glare',
  'too-small',
  'no-rectangle',
];

/** How often a hint was given where it should have been, and where it should not. */
export interface Figures {
  found: number;
  having: number;
  falseAlarms: number;
  lacking: number;
  /** By `subject, variant`: how many were called wrongly. */
  readonly wrong: Map<string, number>;
}

/** Variants that cannot tell of a hint: nothing is to be seen in the dark, or what lies there is gone. */
const isOpen = (hint: QualityHint, variant: Variant): boolean =>
  (variant === 'dark' && (hint === 'blurred' || hint === 'no-rectangle')) ||
  (variant === 'nothing there' && hint !== 'no-rectangle' && hint !== 'glare') ||
  (variant === 'cut off' && hint === 'too-small');

/** Looks at every picture that is held out. */
export const measureQuality = (seeds = HELD_OUT): ReadonlyMap<QualityHint, Figures> => {
  const figures = new Map(
    HINTS.map((hint): [QualityHint, Figures] => [
      hint,
      { found: 0, having: 0, falseAlarms: 0, lacking: 0, wrong: new Map() },
    ]),
  );
  for (const { subject, variant, expected, pixels, scale } of allPictures(seeds)) {
    const hints = hintsOf(pixels, subject, scale);
    for (const [hint, of] of figures) {
      if (isOpen(hint, variant) || (subject === 'face' && /glare|rect/.test(hint))) continue;
      const is = hints.includes(hint);
      const should = expected.includes(hint);
      if (should) of.having += 1;
      else of.lacking += 1;
      if (is && should) of.found += 1;
      if (is && !should) of.falseAlarms += 1;
      const name = `${subject}, ${variant}`;
      if (is !== should) of.wrong.set(name, (of.wrong.get(name) ?? 0) + 1);
    }
  }
  return figures;
};

const percent = (part: number, all: number): string => `${Math.round((100 * part) / all)} %`;

/** The figures as the docs have them. */
export const tableOf = (figures: ReadonlyMap<QualityHint, Figures>): string =>
  [
    '| hint | found, of those that have it | false alarms, of those that do not | wrong where |',
    '| --- | --: | --: | --- |',
    ...Array.from(figures, ([hint, { found, having, falseAlarms, lacking, wrong }]) => {
      const where = Array.from(wrong, ([name, count]) => `${name}: ${count}`).join('; ');
      return (
        `| \`${hint}\` | ${found} of ${having}, ${percent(found, having)} | ` +
        `${falseAlarms} of ${lacking}, ${percent(falseAlarms, lacking)} | ${where || '–'} |`
      );
    }),
  ].join('\n');

const START = '<!-- quality:start -->';
const END = '<!-- quality:end -->';

/** A page with the table between its markers. */
export const withTable = (page: string, table: string): string => {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`The page lacks ${START} or ${END}.`);
  return `${page.slice(0, start)}${START}\n\n${table}\n\n${page.slice(end)}`;
};
