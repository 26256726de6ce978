import type { Bench } from '../bench.js';
import { ask, inNewTab } from '../browser.js';
import { candidates, type Candidate } from '../candidates.js';
import { HARNESS, pageWith } from '../pages.js';
import { inTurn, Rounds, spreadOf, type Spread } from '../statistics.js';

export interface LayoutShiftRow {
  readonly id: string;
  readonly label: string;
  /** The sum of all shifts, as browsers count them. */
  readonly shift: Spread;
}

/** The page has text before and after, and asks its server for the session: it is shown by then. */
const measure = ({ browser, servers }: Bench, { fetched }: Candidate): Promise<number> =>
  inNewTab(browser, async ({ page }) => {
    const visit = servers.visit((sessionUrl, sessionCall) =>
      pageWith(`${fetched(sessionCall, sessionUrl)}<script async src="${HARNESS}"></script>`),
    );
    visit.answers.open();
    await page.goto(servers.urlOf(visit), { waitUntil: 'load' });
    await visit.asked.opened;
    return ask<number>(page, 'layoutShift');
  });

export const measureLayoutShift = async (bench: Bench): Promise<readonly LayoutShiftRow[]> => {
  const figures = new Rounds();
  for (let round = 0; round < (bench.isQuick ? 1 : 5); round += 1) {
    for (const candidate of inTurn(candidates, round)) {
      figures.add(candidate.id, await measure(bench, candidate));
    }
  }
  return candidates.map(({ id, label }) => ({ id, label, shift: spreadOf(figures.of(id)) }));
};
