import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';

import { fragment } from '../../docs/.vitepress/generated/repository.js';
import { linksOf, readPaper, ROOT, ROOT_PAPERS } from './support/papers.js';

/** Fragments of a paper's headings, as GitHub makes them. */
const fragmentsOf = (path: string): ReadonlySet<string> => {
  const seen = new Map<string, number>();
  const headings = readPaper(path)
    .replaceAll(/^```[^]*?^```/gm, '')
    .matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) => {
      const id = fragment(
        heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, ''),
      );
      const count = seen.get(id) ?? 0;
      seen.set(id, count + 1);
      return count === 0 ? id : `${id}-${count}`;
    }),
  );
};

const isElsewhere = (href: string): boolean => /^[a-z]+:/.test(href);

const problemOf = (paper: string, href: string): string | undefined => {
  const [path = '', id = ''] = href.split('#');
  const target = path === '' ? paper : normalize(join(dirname(paper), path));
  if (!existsSync(join(ROOT, target))) return `there is no ${target}`;
  if (id === '' || statSync(join(ROOT, target)).isDirectory()) return undefined;
  return fragmentsOf(target).has(id) ? undefined : `${target} has no heading #${id}`;
};

describe("the links of the repository's papers", () => {
  for (const paper of ROOT_PAPERS) {
    it(`lead somewhere in ${paper}`, () => {
      const problems = linksOf(paper)
        .filter(({ href }) => !isElsewhere(href))
        .flatMap(({ where, href }) => {
          const problem = problemOf(paper, href);
          return problem === undefined ? [] : [`${where}: ${problem}`];
        });
      assert.deepEqual(problems, []);
    });
  }

  it('are https where they lead elsewhere', () => {
    const links = ROOT_PAPERS.flatMap(linksOf).filter(({ href }) => isElsewhere(href));
    assert.deepEqual(
      links.filter(({ href }) => !/^(https:\/\/[\w.-]+(\/|$)|mailto:)/.test(href)),
      [],
    );
  });
});
