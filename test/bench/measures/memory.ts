import type { Bench } from '../bench.js';
import { ask, inNewTab, type Tab } from '../browser.js';
import { BARE, candidates, OURS, type Candidate } from '../candidates.js';
import { emptyPage, HARNESS } from '../pages.js';

export interface MemoryRow {
  readonly id: string;
  readonly label: string;
  readonly mounts: number;
  /** What is left of them once the garbage is collected: kilobytes of heap, and numbers. */
  readonly heap: number;
  readonly listeners: number;
  readonly nodes: number;
  readonly documents: number;
}

interface Left {
  readonly heap: number;
  readonly listeners: number;
  readonly nodes: number;
  readonly documents: number;
}

const leftIn = async ({ page, cdp }: Tab): Promise<Left> => {
  await ask(page, 'rest');
  // What a finalizer lets go of is collected only the next time.
  for (let n = 0; n < 3; n += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { documents, nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
  return { heap: usedSize / 1024, listeners: jsEventListeners, nodes, documents };
};

const measure = (
  { browser, servers, isQuick }: Bench,
  { id, label, script }: Candidate,
): Promise<MemoryRow> =>
  inNewTab(browser, async (tab) => {
    const mounts = isQuick ? 10 : 1000;
    const visit = servers.visit(() => emptyPage(script, HARNESS));
    visit.answers.open();
    await tab.page.goto(servers.urlOf(visit));
    const url = servers.sessionUrlOf(visit);
    await ask(tab.page, 'keepProvider', url);
    // What the first few leave is kept for the next ones: caches, styles, code.
    await ask(tab.page, 'mountInTurn', id, 20, url);
    const before = await leftIn(tab);
    await ask(tab.page, 'mountInTurn', id, mounts, url);
    const after = await leftIn(tab);
    return {
      id,
      label,
      mounts,
      heap: after.heap - before.heap,
      listeners: after.listeners - before.listeners,
      nodes: after.nodes - before.nodes,
      documents: after.documents - before.documents,
    };
  });

export const measureMemory = async (bench: Bench): Promise<readonly MemoryRow[]> => {
  const rows: MemoryRow[] = [];
  for (const candidate of candidates) {
    if (![BARE, 'veriff', 'didit', OURS].includes(candidate.id)) continue;
    rows.push(await measure(bench, candidate));
  }
  return rows;
};
