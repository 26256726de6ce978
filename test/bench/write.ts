import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { ROOT } from './code.js';
import { plot } from './plot.js';
import type { Results } from './results.js';
import { report } from './tables.js';

const START = '<!-- bench:start -->';
const END = '<!-- bench:end -->';

/** Three places after the point are more than a clock is good for. */
const json = (results: Results): string =>
  JSON.stringify(results, (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value,
  );

const between = (page: string, text: string): string => {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`The page lacks ${START} or ${END}.`);
  return `${page.slice(0, start)}${START}\n\n${text}\n\n${page.slice(end)}`;
};

/** Writes the results, the plot and the page: into the docs, or into a folder that nobody keeps. */
export const write = async (results: Results, isKept: boolean): Promise<string> => {
  const docs = join(ROOT, 'docs');
  const target = isKept ? docs : await mkdtemp(join(tmpdir(), 'kyc-verify-bench-'));
  const page = await readFile(join(docs, 'guide/benchmark.md'), 'utf8');
  const put = async (name: string, text: string): Promise<void> => {
    const path = join(target, name);
    await mkdir(join(path, '..'), { recursive: true });
    const options = await resolveConfig(join(docs, name));
    const isSvg = name.endsWith('.svg');
    await writeFile(path, isSvg ? text : await format(text, { ...options, filepath: path }));
  };
  await put('benchmark/results.json', json(results));
  await put('benchmark/plot.svg', plot(results));
  await put('guide/benchmark.md', between(page, report(results)));
  return target;
};
