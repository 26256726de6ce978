import type { ProofSubject, QualityHint } from '../model/capture.js';
import { hasGlare } from './glare.js';
import { greyOf, quantile, smaller, type Grey, type Pixels } from './grey.js';
import { findSheet } from './rectangle.js';
import { edgeWidth } from './sharpness.js';

export type { Pixels } from './grey.js';

/** What is asked of a picture of a subject. */
interface Demands {
  /** Widest edge, in points of the copy; see {@link edgeWidth}. */
  readonly edge: number;
  /** Pixels of the longer side, of the sheet or of the picture. */
  readonly pixels: number;
}

const DEMANDS: Readonly<Record<ProofSubject, Demands>> = {
  // 200 dpi on the 85.6 mm of ISO/IEC 7810 ID-1.
  document: { edge: 4.1, pixels: 674 },
  // 3.85 points a millimetre (ITU-T T.4, a fax) on the 297 mm of ISO 216 A4.
  address: { edge: 4.1, pixels: 1143 },
  // Letters by hand are three times as high: the same on the 148 mm of A6.
  consent: { edge: 4.3, pixels: 570 },
  // ISO/IEC 19794-5: 90 between the eyes, which are a sixth of a picture of head and shoulders apart.
  face: { edge: 6.3, pixels: 540 },
};

/** Of 255: what the brightest twentieth of a picture has to reach. */
const BRIGHT = 100;

/** Points of the longer side of the largest copy that anything is looked at in. */
const FINEST = 1024;

/** Part of the longer side that a paper's rim has, where the sheet is the whole picture. */
const RIM = 0.02;

/**
 * Whether the picture is itself the sheet, as a scan is: light all around, with next to nothing that
 * its edge would cut, and something within.
 */
const isAllSheet = (whole: Grey): boolean => {
  const { values, width, height } = smaller(whole, 256);
  const depth = Math.max(2, Math.round(Math.max(width, height) * RIM));
  const rim: number[] = [];
  const inner: number[] = [];
  values.forEach((value, n) => {
    const [x, y] = [n % width, Math.floor(n / width)];
    const isRim = Math.min(x, y, width - 1 - x, height - 1 - y) < depth;
    (isRim ? rim : inner).push(value);
  });
  const paper = quantile(rim, 0.5);
  return paper > 200 && paper - quantile(rim, 0.05) < 14 && paper - quantile(inner, 0.03) > 40;
};

/**
 * What may be wrong with a picture. Nothing is ever refused for it: each is a guess, and how often it is
 * wrong stands in `docs/guide/capture-quality.md`.
 *
 * - `too-dark`: of all pixels the brightest twentieth is darker than middle grey less half a stop.
 * - `blurred`: the sharper edges are wider than the subject allows.
 * - `glare`: a spot is burnt out that fades at its edge. Not looked for in faces.
 * - `too-small`: the sheet, or the picture where none is found, has too few pixels.
 * - `no-rectangle`: the four edges of the sheet are not in the picture. Not looked for with faces; and a
 *   scan of a page needs no edges, where the subject is `address` or `consent`.
 *
 * @param scale how many pixels of the proof one of these stands for, in each direction.
 */
export const hintsOf = (
  pixels: Pixels,
  subject: ProofSubject,
  scale = 1,
): readonly QualityHint[] => {
  const grey = smaller(greyOf(pixels), FINEST);
  const demands = DEMANDS[subject];
  const isFace = subject === 'face';
  const isDark = quantile(smaller(grey, 256).values, 0.95) < BRIGHT;
  const sheet = isFace ? undefined : findSheet(grey);
  const longer = Math.max(pixels.width, pixels.height) * scale * (sheet ?? 1);
  const isWhole = subject !== 'document' && isAllSheet(grey);
  const found: readonly (readonly [QualityHint, boolean])[] = [
    ['too-dark', isDark],
    // In the dark there are no edges to judge by, and on an empty table neither.
    ['blurred', !isDark && (edgeWidth(grey) ?? (isFace ? Infinity : 0)) > demands.edge],
    ['glare', !isFace && hasGlare(pixels)],
    ['too-small', longer < demands.pixels],
    ['no-rectangle', !isFace && sheet === undefined && !isWhole],
  ];
  return found.flatMap(([hint, is]) => (is ? [hint] : []));
};
