import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A piece of code in a paper. */
export interface Block {
  /** For messages: the paper and the line that it begins at. */
  readonly where: string;
  readonly language: string;
  /** `example=script-tag file=index.html` of the info string. */
  readonly words: Readonly<Record<string, string>>;
  readonly code: string;
}

const papersIn = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === '.vitepress' ? [] : papersIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });

/** Papers that stand in the repository's root. */
export const ROOT_PAPERS = [
  'README.md',
  'TROUBLESHOOTING.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
] as const;

/** Every paper that somebody reads to use the package. */
export const PAPERS: readonly string[] = [...ROOT_PAPERS, ...papersIn('docs')];

export const readPaper = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const FENCE = /^( *)(`{3,})(\w*) ?(.*)$/;

/** The pieces of code of a paper. */
export const blocksOf = (path: string): readonly Block[] => {
  const blocks: Block[] = [];
  const lines = readPaper(path).split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, indent = '', fence, language = '', info = ''] = FENCE.exec(lines[at] ?? '') ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((line, index) => index > at && line.trim() === fence);
    if (end < 0) throw new Error(`${path}:${at + 1}: the code has no end.`);
    blocks.push({
      where: `${path}:${at + 1}`,
      language,
      words: Object.fromEntries(info.split(' ').map((word) => word.split('=') as [string, string])),
      code: lines
        .slice(at + 1, end)
        .map((line) => line.slice(indent.length))
        .join('\n'),
    });
    at = end;
  }
  return blocks;
};

export const BLOCKS: readonly Block[] = PAPERS.flatMap(blocksOf);

/** A link in a paper, outside of code. */
export interface Link {
  readonly where: string;
  readonly href: string;
}

/** The links and pictures of a paper. */
export const linksOf = (path: string): readonly Link[] => {
  let isCode = false;
  return readPaper(path)
    .split('\n')
    .flatMap((line, index) => {
      if (FENCE.test(line)) isCode = !isCode;
      if (isCode) return [];
      const text = line.replaceAll(/`[^`]*`/g, '``');
      const links = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:src|href)="([^"]+)"/g)];
      return links.map(([, href, attribute]) => ({
        where: `${relative(ROOT, join(ROOT, path))}:${index + 1}`,
        href: href ?? attribute ?? '',
      }));
    });
};
