import { quantile, smaller, type Grey } from './grey.js';

/** Points of the longer side at which edges are looked at first. */
const SIDE = 1024;
/** Of 255: what an edge has to rise at least to be more than the sensor's noise. */
const CONTRAST = 24;
/** Edges in one direction, less than which say nothing. */
const ENOUGH = 60;
/** Where the sharp edges are among all: a background may be out of focus. */
const SHARP = 0.3;
/** Points over which an edge may rise. */
const REACH = 24;

/** Each second line along `step`, smoothed across with 1 2 1 against noise. */
const lineOf = (
  grey: Grey,
  start: number,
  length: number,
  step: number,
  across: number,
): Float32Array => {
  const { values } = grey;
  const line = new Float32Array(length);
  for (let i = 0; i < length; i += 1) {
    const at = start + i * step;
    line[i] = ((values[at - across] ?? 0) + 2 * (values[at] ?? 0) + (values[at + across] ?? 0)) / 4;
  }
  return line;
};

/** How far from `at` the line goes on rising, or falling, on one side. */
const foot = (line: Float32Array, at: number, step: 1 | -1, sign: number): number => {
  let end = at;
  for (let i = at; Math.abs(i - at) < REACH; i += step) {
    const [here, next] = [line[i], line[i + step]];
    if (here === undefined || next === undefined || (next - here) * sign * step <= 0) break;
    end = i + step;
  }
  return end;
};

/** Widths of the edges in a line: what each rises by, through how steep it is. */
const widthsIn = (line: Float32Array, widths: number[]): void => {
  for (let i = 2; i < line.length - 2; i += 1) {
    const slope = (line[i + 1] ?? 0) - (line[i] ?? 0);
    const steep = Math.abs(slope);
    const before = Math.abs((line[i] ?? 0) - (line[i - 1] ?? 0));
    const after = Math.abs((line[i + 2] ?? 0) - (line[i + 1] ?? 0));
    if (steep < 2 || steep < before || steep <= after) continue;
    const sign = Math.sign(slope);
    const rise = Math.abs(
      (line[foot(line, i + 1, 1, sign)] ?? 0) - (line[foot(line, i, -1, sign)] ?? 0),
    );
    if (rise >= CONTRAST) widths.push(rise / steep);
  }
};

const widthAlong = (grey: Grey, isAcross: boolean): number | undefined => {
  const { width, height } = grey;
  const widths: number[] = [];
  const [lines, length, step, across] = isAcross
    ? [height, width, 1, width]
    : [width, height, width, 1];
  for (let n = 1; n < lines - 1; n += 2) {
    widthsIn(lineOf(grey, n * across, length, step, across), widths);
  }
  return widths.length < ENOUGH ? undefined : quantile(widths, SHARP);
};

/**
 * How wide the sharper edges of a picture are, in points of a copy whose longer side is 1024 (or of the
 * picture, where it is smaller): the larger of the widths across and down, since what moved is blurred
 * in one direction only. Where it has too few edges, a copy of half the size is looked at, and then
 * one of a quarter: `undefined` where that has too few too.
 *
 * After P. Marziliano et al., "A no-reference perceptual blur metric", ICIP 2002, which takes the width
 * of edges for blur. A width here is the edge's rise through its steepest slope, which noise at its feet
 * does not change. An edge that a lens spreads by a Gauss of σ is 2.5 σ wide (√2π), one that moved by n
 * points is n wide.
 */
export const edgeWidth = (grey: Grey): number | undefined => {
  for (const part of [1, 2, 4]) {
    const copy = smaller(grey, SIDE / part);
    const widths = [widthAlong(copy, true), widthAlong(copy, false)];
    const known = widths.filter((width) => width !== undefined);
    const factor =
      Math.min(SIDE, Math.max(grey.width, grey.height)) / Math.max(copy.width, copy.height);
    if (known.length > 0) return Math.max(...known) * factor;
  }
  return undefined;
};
