import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { ROOT } from './code.js';
import type { PhotoRun } from './all.js';
import { photoReport } from './photo-report.js';
import { plot } from './plot.js';
import type { Results } from './results.js';
import { report } from './tables.js';

const marker = (name: string, place: 'start' | 'end'): string => `<!-- ${name}:${place} -->`;

/** Three places after the point are more than a clock is good for. */
const json = (results: unknown): string =>
  JSON.stringify(results, (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value,
  );

const between = (page: string, name: string, text: string): string => {
  const [head, foot] = [marker(name, 'start'), marker(name, 'end')];
  const [start, end] = [page.indexOf(head), page.indexOf(foot)];
  if (start < 0 || end < start) throw new Error(`The page lacks ${head} or ${foot}.`);
  return `${page.slice(0, start)}${head}\n\n${text}\n\n${page.slice(end)}`;
};

const DOCS = join(ROOT, 'docs');
const PAGE = 'guide/benchmark.md';

/** The docs, or a folder that nobody keeps. */
const targetOf = (isKept: boolean): Promise<string> | string =>
  isKept ? DOCS : mkdtemp(join(tmpdir(), 'kyc-verify-bench-'));

const put = async (target: string, name: string, text: string): Promise<void> => {
  const path = join(target, name);
  await mkdir(join(path, '..'), { recursive: true });
  const options = await resolveConfig(join(DOCS, name));
  const isSvg = name.endsWith('.svg');
  await writeFile(path, isSvg ? text : await format(text, { ...options, filepath: path }));
};

/** Writes the results of the large photo, and its part of the page. */
export const writePhoto = async (run: PhotoRun, isKept: boolean): Promise<string> => {
  const target = await targetOf(isKept);
  const page = await readFile(join(DOCS, PAGE), 'utf8');
  await put(target, 'benchmark/photo.json', json(run));
  await put(target, PAGE, between(page, 'photo', photoReport(run)));
  return target;
};

/** Writes the results, the plot and the page. */
export const write = async (results: Results, isKept: boolean): Promise<string> => {
  const target = await targetOf(isKept);
  const page = await readFile(join(DOCS, PAGE), 'utf8');
  await put(target, 'benchmark/results.json', json(results));
  await put(target, 'benchmark/plot.svg', plot(results));
  await put(target, PAGE, between(page, 'bench', report(results)));
  return target;
};
