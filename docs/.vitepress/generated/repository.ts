import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A text file of the checkout. */
export const read = (path: string): string => readFileSync(`${ROOT}/${path}`, 'utf8');

/** The fragment that GitHub gives a heading; the papers of the repository link by these. */
export const fragment = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
