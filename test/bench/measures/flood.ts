import type { Bench } from '../bench.js';
import { ask, countWork, inNewTab, workOf } from '../browser.js';
import { BARE, candidates, OURS } from '../candidates.js';
import { emptyPage, HARNESS } from '../pages.js';
import { inTurn, Rounds, spreadOf, type Spread } from '../statistics.js';

export interface FloodRow {
  readonly id: string;
  readonly label: string;
  /** Messages a second, as they were sent in the end. */
  readonly rate: Spread;
  /** The main thread's work for each message, in microseconds. */
  readonly cost: Spread;
  /** What of it is due to the candidate: the rest costs a page with nobody who listens, too. */
  readonly extra: Spread;
  /** From the provider's `postMessage` to the page's own listener, in milliseconds. */
  readonly delay?: Spread & { readonly worst: number };
  /** Real messages that never arrived. */
  readonly lost?: number;
  /** Messages of the stranger's that the page was told as if they were the provider's. */
  readonly believed: number;
  /** The stranger said that the run is over, and the page was told so. */
  readonly isEndBelieved: boolean;
}

/** Nothing but the frame. */
const FRAME = { id: 'frame', label: 'frame, nobody listens', script: undefined };

const PER_SECOND = 10_000;
const REAL = 50;

interface Told {
  readonly real: readonly number[];
  readonly strange: number;
  readonly isFinished: boolean;
}

interface Flooded {
  readonly rate: number;
  readonly cost: number;
  readonly delays: readonly number[];
  readonly lost: number;
  readonly believed: number;
  readonly isEndBelieved: boolean;
}

const measure = (
  { browser, servers }: Bench,
  { id, script }: { readonly id: string; readonly script?: string | undefined },
  seconds: number,
): Promise<Flooded> =>
  inNewTab(browser, async (tab) => {
    const { page } = tab;
    const visit = servers.visit(() => emptyPage(script, HARNESS));
    visit.answers.open();
    await page.goto(servers.urlOf(visit));
    const step = await ask(page, 'listen', id, servers.sessionUrlOf(visit), servers.hostile);
    const frameAt = (origin: string) => {
      const found = page.frames().find((frame) => frame.url().startsWith(origin));
      if (!found) throw new Error(`There is no frame of ${origin}.`);
      return found;
    };
    const stranger = frameAt(servers.hostile);

    await countWork(tab);
    const start = performance.now();
    // One half comes from the other frame, and one from the page's own window, as extensions do it.
    const [said, fromFrame, fromWindow] = await Promise.all([
      ask<readonly number[]>(
        frameAt(servers.provider),
        'speak',
        step,
        REAL,
        (seconds * 1000) / REAL,
      ),
      ask<number>(stranger, 'flood', PER_SECOND / 2, seconds),
      ask<number>(page, 'flood', PER_SECOND / 2, seconds),
    ]);
    const took = performance.now() - start;
    await ask(page, 'drained');
    const work = await workOf(tab);
    const told = await ask<Told>(page, 'told');

    await ask(stranger, 'lie');
    await ask(page, 'drained');
    const { isFinished } = await ask<Told>(page, 'told');
    return {
      rate: ((fromFrame + fromWindow) * 1000) / took,
      cost: (work * 1000) / (fromFrame + fromWindow),
      delays: told.real.map((at, n) => at - (said[n] ?? Number.NaN)),
      lost: said.length - told.real.length,
      believed: told.strange,
      isEndBelieved: isFinished,
    };
  });

export const measureFlood = async (bench: Bench): Promise<readonly FloodRow[]> => {
  const all = [
    FRAME,
    ...candidates.filter(({ id }) => [BARE, 'veriff', 'didit', OURS].includes(id)),
  ];
  const figures = new Rounds();
  const [rounds, seconds] = bench.isQuick ? [1, 1] : [4, 5];
  for (let round = 0; round < rounds; round += 1) {
    for (const candidate of inTurn(all, round)) {
      const { id } = candidate;
      const found = await measure(bench, candidate, seconds);
      figures.add(`rate ${id}`, found.rate);
      figures.add(`cost ${id}`, found.cost);
      for (const delay of found.delays) figures.add(`delay ${id}`, delay);
      figures.add(`lost ${id}`, found.lost);
      figures.add(`believed ${id}`, found.believed);
      figures.add(`ends ${id}`, found.isEndBelieved ? 1 : 0);
    }
  }
  const silent = figures.of(`cost ${FRAME.id}`);
  return all.map(({ id, label }) => {
    const costs = figures.of(`cost ${id}`);
    const delays = figures.of(`delay ${id}`);
    return {
      id,
      label,
      rate: spreadOf(figures.of(`rate ${id}`)),
      cost: spreadOf(costs),
      extra: spreadOf(costs.map((cost, round) => cost - (silent[round] ?? Number.NaN))),
      // Where nobody listens, nobody is told.
      ...(delays.length > 0 && {
        delay: { ...spreadOf(delays), worst: Math.max(...delays) },
        lost: figures.of(`lost ${id}`).reduce((sum, lost) => sum + lost, 0),
      }),
      believed: figures.of(`believed ${id}`).reduce((sum, count) => sum + count, 0),
      isEndBelieved: figures.of(`ends ${id}`).includes(1),
    };
  });
};
