/** What is said of a handful of figures: no mean, since one slow visit would move it. */
export interface Spread {
  readonly median: number;
  /** The first and the third quartile. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place % 1);
};

export const spreadOf = (figures: readonly number[]): Spread => {
  const sorted = [...figures].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
    count: sorted.length,
  };
};

/** Round by round, so that what slowed a whole round down is on both sides. */
export const ratiosOf = (figures: readonly number[], to: readonly number[]): Spread =>
  spreadOf(figures.flatMap((figure, round) => (to[round] ? [figure / to[round]] : [])));

/** Figures by name, one each round. */
export class Rounds {
  readonly #figures = new Map<string, number[]>();

  add(name: string, figure: number): void {
    const known = this.#figures.get(name);
    if (known) known.push(figure);
    else this.#figures.set(name, [figure]);
  }

  of(name: string): readonly number[] {
    return this.#figures.get(name) ?? [];
  }
}

/** The same list, begun elsewhere each round: nobody is always first, or always after the same one. */
export const inTurn = <T>(list: readonly T[], round: number): readonly T[] => {
  const start = round % list.length;
  const turned = [...list.slice(start), ...list.slice(0, start)];
  return round % 2 ? turned.reverse() : turned;
};
