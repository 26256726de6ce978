import { quantile, smaller, type Grey } from './grey.js';

/** Points of the longer side of the copy that is looked at. */
const SIDE = 200;
/** Tangent of how far a side may be turned from level or upright: 31 degrees. */
const STEEPEST = 0.6;
const SLOPES = 41;
/** How far an edge's own slope may be from its line's. */
const ASTRAY = 0.3;
/** Lines that are tried for each of the four sides. */
const LINES = 9;
/** Part of a side where an edge must be seen, of the worst and of all. */
const WORST_SEEN = 0.45;
const SEEN = 0.68;
/** Points of a side that are looked at. */
const STEPS = 40;
/** Beyond a corner a side is followed by this part of its length, and ends there if less is seen. */
const BEYOND = 0.16;
const GOES_ON = 0.6;
/** Part of the picture that the sheet must have. */
const LEAST_AREA = 0.18;

/** How a line goes: where it is in the middle, and what it rises by for each point along. */
interface Line {
  readonly middle: number;
  readonly slope: number;
  readonly votes: number;
}

interface Edges {
  /** How steep the brightness rises, or falls, across an edge that runs along; 0 elsewhere. */
  readonly values: Float32Array;
  /** What the edge itself rises by for each point along. */
  readonly slopes: Float32Array;
  /** Along the lines that are looked for. */
  readonly length: number;
  readonly breadth: number;
}

/** Edges that run mostly across, or mostly down, by Sobel's operator. Down is given turned. */
const edgesOf = ({ values, width, height }: Grey, isDown: boolean): Edges => {
  const [length, breadth] = isDown ? [height, width] : [width, height];
  const found = new Float32Array(length * breadth);
  const slopes = new Float32Array(length * breadth);
  const at = (x: number, y: number): number => values[y * width + x] ?? 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const gx =
        at(x + 1, y - 1) +
        2 * at(x + 1, y) +
        at(x + 1, y + 1) -
        at(x - 1, y - 1) -
        2 * at(x - 1, y) -
        at(x - 1, y + 1);
      const gy =
        at(x - 1, y + 1) +
        2 * at(x, y + 1) +
        at(x + 1, y + 1) -
        at(x - 1, y - 1) -
        2 * at(x, y - 1) -
        at(x + 1, y - 1);
      const [across, along] = isDown ? [gx, gy] : [gy, gx];
      if (Math.abs(along) > Math.abs(across) * 0.8) continue;
      const to = isDown ? x * height + y : y * width + x;
      found[to] = across;
      slopes[to] = across === 0 ? 0 : -along / across;
    }
  }
  return { values: found, slopes, length, breadth };
};

const slopeOf = (n: number): number => ((n / (SLOPES - 1)) * 2 - 1) * STEEPEST;

const numberOf = (slope: number): number => ((slope / STEEPEST + 1) / 2) * (SLOPES - 1);

/** The strongest lines by Hough's transform (Duda and Hart, 1972), none close to a stronger one. */
const linesIn = ({ values, slopes, length, breadth }: Edges, least: number): readonly Line[] => {
  const votes = new Float32Array(SLOPES * breadth);
  for (let at = 0; at < values.length; at += 1) {
    const value = Math.abs(values[at] ?? 0);
    if (value < least) continue;
    const [u, v] = [at % length, Math.floor(at / length)];
    const own = slopes[at] ?? 0;
    const [first, last] = [numberOf(own - ASTRAY), numberOf(own + ASTRAY)];
    for (let n = Math.max(0, Math.ceil(first)); n <= Math.min(SLOPES - 1, last); n += 1) {
      const middle = Math.round(v - slopeOf(n) * (u - length / 2));
      if (middle < 0 || middle >= breadth) continue;
      const cell = n * breadth + middle;
      votes[cell] = (votes[cell] ?? 0) + Math.min(value, least * 3);
    }
  }
  const order = Array.from(votes.keys()).filter(
    (cell) => (votes[cell] ?? 0) > least * length * 0.12,
  );
  order.sort((a, b) => (votes[b] ?? 0) - (votes[a] ?? 0));
  const lines: Line[] = [];
  for (const cell of order) {
    const middle = cell % breadth;
    const slope = slopeOf(Math.floor(cell / breadth));
    if (
      lines.every(
        (line) => Math.abs(line.middle - middle) > 3 || Math.abs(line.slope - slope) > 0.12,
      )
    ) {
      lines.push({ middle, slope, votes: votes[cell] ?? 0 });
    }
    if (lines.length === LINES) break;
  }
  return lines;
};

type Point = readonly [x: number, y: number];

/** Where a line across meets a line down. */
const meet = (across: Line, down: Line, width: number, height: number): Point => {
  // y = m + s (x - w/2), x = n + t (y - h/2)
  const y =
    (across.middle + across.slope * (down.middle - (down.slope * height) / 2 - width / 2)) /
    (1 - across.slope * down.slope);
  return [down.middle + down.slope * (y - height / 2), y];
};

/**
 * Part of the way between two points where an edge runs along, at most a point and a half beside it. All of
 * it has to rise, or all of it to fall: what lies there is lighter than the table, or darker.
 */
const seen = (edges: Edges, [u1, v1]: Point, [u2, v2]: Point, least: number): number => {
  const { values, slopes, length, breadth } = edges;
  const slope = (v2 - v1) / (u2 - u1);
  let all = 0;
  let [rises, falls] = [0, 0];
  for (let n = 0; n < STEPS; n += 1) {
    // Corners may be round.
    const part = 0.06 + (0.88 * n) / (STEPS - 1);
    const u = Math.round(u1 + (u2 - u1) * part);
    const v = Math.round(v1 + (v2 - v1) * part);
    if (u < 1 || v < 1 || u >= length - 1 || v >= breadth - 1) continue;
    all += 1;
    let [isRise, isFall] = [false, false];
    for (const by of [-1, 0, 1]) {
      const at = (v + by) * length + u;
      const value = values[at] ?? 0;
      if (Math.abs((slopes[at] ?? 0) - slope) > ASTRAY) continue;
      isRise ||= value >= least;
      isFall ||= value <= -least;
    }
    if (isRise) rises += 1;
    if (isFall) falls += 1;
  }
  return all < STEPS / 5 ? 0 : Math.max(rises, falls) / all;
};

const turned = ([x, y]: Point): Point => [y, x];

const pairs = (lines: readonly Line[], apart: number): readonly (readonly [Line, Line])[] => {
  const sorted = [...lines].sort((a, b) => a.middle - b.middle);
  return sorted.flatMap((first, n) =>
    sorted
      .slice(n + 1)
      .flatMap((second) =>
        second.middle - first.middle >= apart ? [[first, second] as const] : [],
      ),
  );
};

/** Edges that run one way, and how steep they must be to count. */
interface Family {
  readonly edges: Edges;
  readonly least: number;
  readonly pairs: readonly (readonly [Line, Line])[];
}

const familyOf = (grey: Grey, isDown: boolean): Family => {
  const edges = edgesOf(grey, isDown);
  // An edge is more than what the surface has everywhere.
  const least = Math.max(14, quantile(edges.values.map(Math.abs), 0.8));
  return { edges, least, pairs: pairs(linesIn(edges, least), edges.breadth * 0.25) };
};

type Corners = readonly [Point, Point, Point, Point];

/** Whether all four sides are seen. The corners go round, from above on the left. */
const isSeen = ([a, b, c, d]: Corners, across: Family, down: Family): boolean => {
  const level = (from: Point, to: Point): number => seen(across.edges, from, to, across.least);
  const upright = (from: Point, to: Point): number =>
    seen(down.edges, turned(from), turned(to), down.least);
  const sides = [() => level(a, b), () => level(d, c), () => upright(a, d), () => upright(b, c)];
  let all = 0;
  for (const side of sides) {
    const part = side();
    if (part < WORST_SEEN) return false;
    all += part;
  }
  if (all / sides.length < SEEN) return false;
  // Where two sides go on beyond the third, that one is only printed on the sheet.
  const goesOn = (
    look: (from: Point, to: Point) => number,
    ...ways: readonly (readonly [Point, Point])[]
  ): boolean => ways.every(([from, to]) => look(to, beyond(from, to)) >= GOES_ON);
  return !(
    goesOn(level, [a, b], [d, c]) ||
    goesOn(level, [b, a], [c, d]) ||
    goesOn(upright, [a, d], [b, c]) ||
    goesOn(upright, [d, a], [c, b])
  );
};

const beyond = ([x1, y1]: Point, [x2, y2]: Point): Point => [
  x2 + (x2 - x1) * BEYOND,
  y2 + (y2 - y1) * BEYOND,
];

const distance = ([x1, y1]: Point, [x2, y2]: Point): number => Math.hypot(x2 - x1, y2 - y1);

/**
 * Finds a sheet, all of it: four edges, two across and two down, that meet within the picture, are seen
 * most of the way, and end where they meet. It may be turned by up to 31 degrees.
 *
 * @returns How long its longer side is, as a part of the picture's longer side; `undefined` where there
 *   is none.
 */
export const findSheet = (whole: Grey): number | undefined => {
  const grey = smaller(whole, SIDE);
  const { width, height } = grey;
  const across = familyOf(grey, false);
  const down = familyOf(grey, true);
  const isWithin = ([x, y]: Point): boolean => x >= -1 && y >= -1 && x <= width && y <= height;
  let longest = 0;
  for (const [top, bottom] of across.pairs) {
    for (const [left, right] of down.pairs) {
      const corners: Corners = [
        meet(top, left, width, height),
        meet(top, right, width, height),
        meet(bottom, right, width, height),
        meet(bottom, left, width, height),
      ];
      const [a, b, c, d] = corners;
      const area = Math.abs((c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1])) / 2;
      const long = Math.max(distance(a, b), distance(a, d)) / Math.max(width, height);
      if (long <= longest || area < width * height * LEAST_AREA) continue;
      if (corners.every(isWithin) && isSeen(corners, across, down)) longest = long;
    }
  }
  return longest > 0 ? longest : undefined;
};
