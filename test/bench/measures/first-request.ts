import type { Bench } from '../bench.js';
import { countWork, inNewTab, throttle, workOf, type Tab } from '../browser.js';
import { BARE, candidates, control, type Candidate } from '../candidates.js';
import { pageWith } from '../pages.js';
import { inTurn, ratiosOf, Rounds, spreadOf, type Spread } from '../statistics.js';

export interface Condition {
  readonly id: 'cold' | 'cached' | 'coldSlow' | 'cachedSlow';
  readonly label: string;
  readonly isCached: boolean;
  readonly isSlow: boolean;
}

const SLOW = 'slow machine and network';

export const conditions: readonly Condition[] = [
  { id: 'cold', label: 'cold', isCached: false, isSlow: false },
  { id: 'cached', label: 'cached', isCached: true, isSlow: false },
  { id: 'coldSlow', label: `cold, ${SLOW}`, isCached: false, isSlow: true },
  { id: 'cachedSlow', label: `cached, ${SLOW}`, isCached: true, isSlow: true },
];

/** Milliseconds, and how many times the bare iframe's. */
export interface Timing {
  readonly spread: Spread;
  readonly ratio: Spread;
}

export interface FirstRequestRow {
  readonly id: string;
  readonly label: string;
  /** From the page's own request to the first for the session. */
  readonly wait: Readonly<Record<Condition['id'], Timing>>;
  /** The main thread's work until that request. */
  readonly untilRequest: Readonly<Record<Condition['id'], Timing>>;
  /** The same until the page and the frame in it have loaded. */
  readonly untilLoaded: Readonly<Record<Condition['id'], Timing>>;
}

type Measure = 'wait' | 'untilRequest' | 'untilLoaded';

const visitOnce = async (
  { servers }: Bench,
  tab: Tab,
  { known, label }: Candidate,
): Promise<Readonly<Record<Measure, number>>> => {
  const visit = servers.visit((sessionUrl) => pageWith(known(sessionUrl)));
  await countWork(tab);
  const loaded = tab.page.goto(servers.urlOf(visit), { waitUntil: 'load' });
  await visit.asked.opened;
  const atRequest = await workOf(tab);
  visit.answers.open();
  await loaded;
  const atLoad = await workOf(tab);
  if (visit.requests !== 1)
    throw new Error(`${label} asked ${visit.requests} times for one session.`);
  return {
    wait: visit.wait,
    untilRequest: atRequest,
    untilLoaded: atLoad,
  };
};

const measure = (bench: Bench, candidate: Candidate, { isCached, isSlow }: Condition) =>
  inNewTab(bench.browser, async (tab) => {
    if (!isCached) {
      await tab.cdp.send('Network.enable');
      await tab.cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    }
    // The process and the connection to the merchant's site are there already, for everybody.
    await tab.page.goto(`${bench.servers.host}/blank`);
    if (isCached) {
      await visitOnce(bench, tab, candidate);
      await tab.page.goto(`${bench.servers.host}/blank`);
    }
    // A smoke run's figures are worth nothing, and slowness is what takes the time.
    if (isSlow && !bench.isQuick) await throttle(tab);
    return visitOnce(bench, tab, candidate);
  });

/** Every candidate under every condition, in turn, over and over. */
export const measureFirstRequests = async (bench: Bench): Promise<readonly FirstRequestRow[]> => {
  const all = [...candidates, control];
  const figures = new Rounds();
  const key = (what: Measure, id: string, condition: Condition): string =>
    `${what} ${id} ${condition.id}`;
  for (const condition of conditions) {
    // A candidate that is measured for the first time is not: the browser itself is still warming up.
    await measure(bench, control, condition);
    const rounds = bench.isQuick ? 1 : condition.isSlow ? 12 : 30;
    for (let round = 0; round < rounds; round += 1) {
      for (const candidate of inTurn(all, round)) {
        const found = await measure(bench, candidate, condition);
        for (const what of ['wait', 'untilRequest', 'untilLoaded'] as const) {
          figures.add(key(what, candidate.id, condition), found[what]);
        }
      }
    }
  }
  const timings = (what: Measure, id: string): Record<Condition['id'], Timing> =>
    Object.fromEntries(
      conditions.map((condition) => {
        const own = figures.of(key(what, id, condition));
        const ratio = ratiosOf(own, figures.of(key(what, BARE, condition)));
        return [condition.id, { spread: spreadOf(own), ratio }];
      }),
    ) as Record<Condition['id'], Timing>;
  return all.map(({ id, label }) => ({
    id,
    label,
    wait: timings('wait', id),
    untilRequest: timings('untilRequest', id),
    untilLoaded: timings('untilLoaded', id),
  }));
};
