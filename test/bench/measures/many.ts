import type { Bench } from '../bench.js';
import { ask, inNewTab } from '../browser.js';
import { BARE, candidates, OURS } from '../candidates.js';
import { CODE } from '../code.js';
import { emptyPage, HARNESS } from '../pages.js';
import { inTurn, Rounds, spreadOf, type Spread } from '../statistics.js';

/** Milliseconds by how many there are. */
export interface ManyRow {
  readonly id: string;
  readonly label: string;
  readonly by: readonly { readonly count: number; readonly spread: Spread }[];
}

export interface Many {
  /** Closed dialogs waiting in the markup, when the script comes. */
  readonly closed: ManyRow;
  /** The page's own work to put so many frames in. */
  readonly work: readonly ManyRow[];
  /** Until every frame's page has spoken. */
  readonly spoken: readonly ManyRow[];
}

const CLOSED = [1, 10, 100, 1000];

/** A thousand frames are more than Chromium lets into one page. */
const FRAMES = [1, 10, 100];

/** Didit's has one run a page. */
const MANY = candidates.filter(({ id }) => [BARE, 'veriff', OURS].includes(id));

export const measureMany = async (bench: Bench): Promise<Many> => {
  const { browser, servers, isQuick } = bench;
  const figures = new Rounds();
  const frames = isQuick ? FRAMES.slice(0, 2) : FRAMES;

  const upgrade = (count: number): Promise<number> =>
    inNewTab(browser, async ({ page }) => {
      await page.goto(servers.urlOf(servers.visit(() => emptyPage(HARNESS))));
      return ask<number>(page, 'upgradeMany', count, CODE.ours.path);
    });
  const mount = (id: string, script: string | undefined, count: number) =>
    inNewTab(browser, async ({ page }) => {
      const visit = servers.visit(() => emptyPage(script, HARNESS));
      visit.answers.open();
      await page.goto(servers.urlOf(visit));
      const url = servers.sessionUrlOf(visit);
      return ask<{ readonly work: number; readonly spoken: number }>(
        page,
        'mountMany',
        id,
        count,
        url,
      );
    });

  for (let round = 0; round < (isQuick ? 1 : 5); round += 1) {
    for (const count of CLOSED) figures.add(`closed ${count}`, await upgrade(count));
    for (const count of frames) {
      for (const { id, script } of inTurn(MANY, round)) {
        const { work, spoken } = await mount(id, script, count);
        figures.add(`work ${id} ${count}`, work);
        figures.add(`spoken ${id} ${count}`, spoken);
      }
    }
  }

  const by = (name: string, counts: readonly number[]): ManyRow['by'] =>
    counts.map((count) => ({ count, spread: spreadOf(figures.of(`${name} ${count}`)) }));
  const rows = (name: string): readonly ManyRow[] =>
    MANY.map(({ id, label }) => ({ id, label, by: by(`${name} ${id}`, frames) }));
  return {
    closed: { id: OURS, label: 'closed dialogs', by: by('closed', CLOSED) },
    work: rows('work'),
    spoken: rows('spoken'),
  };
};
