import { leastOf, quantile, smaller, type Grey, type Pixels } from './grey.js';

/** Points of the longer side of the copy that is looked at. */
const SIDE = 384;
/** Of 255: from here on all three colours are at their end, and nothing can be read. */
const BURNT = 248;
/** Part of the picture that a spot has at least, and at most: larger ones are walls and windows. */
const LEAST = 0.0025;
const MOST = 0.3;
/** Of 255: where the picture is mostly as bright as this, nothing tells a reflection from paper. */
const WHITE = 238;

interface Spot {
  readonly points: readonly number[];
  readonly isAtEdge: boolean;
}

const neighbours = (at: number, width: number): readonly number[] => [
  at - 1,
  at + 1,
  at - width,
  at + width,
];

/** All points that hang together with `start` and are burnt out. */
const spotAt = (start: number, { values, width, height }: Grey, isSeen: Uint8Array): Spot => {
  const points = [start];
  let isAtEdge = false;
  isSeen[start] = 1;
  for (const at of points) {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) {
      isAtEdge = true;
      continue;
    }
    for (const next of neighbours(at, width)) {
      if (isSeen[next] === 1 || (values[next] ?? 0) < BURNT) continue;
      isSeen[next] = 1;
      points.push(next);
    }
  }
  return { points, isAtEdge };
};

/** How bright it is around a spot, so many points away. */
const around = ({ points }: Spot, { values, width }: Grey, away: number): number => {
  const found: number[] = [];
  for (const at of points) {
    for (const step of neighbours(0, width)) {
      const value = values[at + step * away] ?? 0;
      if ((values[at + step] ?? 0) < BURNT && value < BURNT) found.push(value);
    }
  }
  return found.length > 0 ? quantile(found, 0.5) : 0;
};

/**
 * Whether a lamp or a window is mirrored: a spot that is burnt out, lies within the picture, and fades
 * at its edge, as light does. What is printed white ends at once.
 */
export const hasGlare = (pixels: Pixels): boolean => {
  const grey = smaller(leastOf(pixels), SIDE);
  const middle = quantile(grey.values, 0.5);
  if (middle >= WHITE) return false;
  const isSeen = new Uint8Array(grey.values.length);
  for (const [at, value] of grey.values.entries()) {
    if (value < BURNT || isSeen[at] === 1) continue;
    const spot = spotAt(at, grey, isSeen);
    const part = spot.points.length / grey.values.length;
    if (part < LEAST || part > MOST || spot.isAtEdge) continue;
    if (around(spot, grey, 2) > middle + (255 - middle) * 0.55) return true;
  }
  return false;
};
