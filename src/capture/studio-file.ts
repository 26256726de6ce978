/**
 * Where the worker's file is: here, for whoever bundles the package or loads it as it is. Vite and
 * webpack find the worker by this very form of words. The scripts that have all in one file take
 * `studio-file-beside.ts` in its place.
 */
import type { StudioWork } from './studio-job.js';
import { passedWorker } from './studio-passed.js';

type Opening = new (url: URL, options: WorkerOptions) => { readonly worker: Worker };

class Passed {
  readonly worker: Worker;

  constructor(url: URL) {
    this.worker = passedWorker(url);
  }
}

/** Vite looks at no more than the name `Worker`. */
const openWith = (Worker: Opening): Worker =>
  new Worker(new URL('./studio-worker.js', import.meta.url), { type: 'module' }).worker;

/**
 * Ways to open the worker, each for where the one before throws: the second is for a page with
 * Trusted Types, or with a script from elsewhere.
 */
export const openings: readonly (() => Worker)[] = [
  () => new Worker(new URL('./studio-worker.js', import.meta.url), { type: 'module' }),
  () => openWith(Passed),
];

/** The same code without a worker. */
export const loadWork = (): Promise<StudioWork> => import('./studio-worker.js');
