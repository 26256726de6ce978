import type { Bench } from './bench.js';
import { startBrowser } from './browser.js';
import { describeMachine, type Machine } from './machine.js';
import { measureBytes } from './measures/bytes.js';
import { measureFirstRequests } from './measures/first-request.js';
import { measureFlood } from './measures/flood.js';
import { measureLayoutShift } from './measures/layout-shift.js';
import { measureMany } from './measures/many.js';
import { measureMemory } from './measures/memory.js';
import { measurePhoto, type PhotoResults } from './measures/photo.js';
import { measurePreconnect } from './measures/preconnect.js';
import { assets } from './pages.js';
import type { Results } from './results.js';
import { Servers } from './servers.js';

export interface PhotoRun extends PhotoResults {
  readonly date: string;
  readonly machine: Machine;
}

const told = async <T>(name: string, measure: () => Promise<T>): Promise<T> => {
  const start = performance.now();
  const found = await measure();
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
  return found;
};

/** With browser and servers of its own, and closed after it. */
const withBench = async <T>(isQuick: boolean, use: (bench: Bench) => Promise<T>): Promise<T> => {
  const browser = await startBrowser();
  const servers = await Servers.start(await assets());
  try {
    return await use({ browser, servers, isQuick });
  } finally {
    await browser.close();
    await servers.close();
  }
};

/** The large photo by itself: it is about another element, and its figures stand apart. */
export const measurePhotoAlone = (isQuick: boolean): Promise<PhotoRun> =>
  withBench(isQuick, async (bench) => ({
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(bench.browser.version()),
    ...(await told('large photo', () => measurePhoto(bench))),
  }));

/** Everything else, one after another: nothing else is to run meanwhile. */
export const measureAll = async (isQuick: boolean): Promise<Results> => {
  const start = performance.now();
  return withBench(isQuick, async (bench) => {
    const machine = describeMachine(bench.browser.version());
    const found = {
      bytes: await told('bytes', measureBytes),
      firstRequest: await told('first requests', () => measureFirstRequests(bench)),
      layoutShift: await told('layout shift', () => measureLayoutShift(bench)),
      many: await told('many', () => measureMany(bench)),
      flood: await told('flood', () => measureFlood(bench)),
      memory: await told('memory', () => measureMemory(bench)),
      preconnect: await told('preconnect', () => measurePreconnect(bench)),
    };
    return {
      date: new Date().toISOString().slice(0, 10),
      minutes: (performance.now() - start) / 60_000,
      machine,
      ...found,
    };
  });
};
