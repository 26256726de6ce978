/**
 * In place of `studio-file.ts` in the scripts that have all in one file, where no bundler will look
 * for the worker: it lies beside them.
 */
import type { StudioWork } from './studio-job.js';
import { passedWorker } from './studio-passed.js';
import { studioFile } from './studio-place.js';

export const openings: readonly (() => Worker)[] = [() => passedWorker(new URL(studioFile()))];

export const loadWork = (): Promise<StudioWork> =>
  import(/* @vite-ignore */ studioFile()) as Promise<StudioWork>;
