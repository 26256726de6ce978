import { posix, relative } from 'node:path';
import type { Renderer } from '../markdown.js';
import { ROOT } from './repository.js';

type Token = Parameters<Renderer['renderer']['render']>[0][number];

/** The papers of the repository that are pages of this site. */
const PAPERS: Readonly<Record<string, string>> = {
  'README.md': 'index.md',
  'TROUBLESHOOTING.md': 'guide/camera.md',
  'SECURITY.md': 'guide/security.md',
  'CHANGELOG.md': 'changelog.md',
};

/** The page of this site for a link between the papers of the repository, from the folder `docs`. */
const pageFor = (href: string): string | undefined => {
  const own = /^(?:\.\/)?docs\/(.*)$/.exec(href)?.[1];
  if (own !== undefined) return own;
  const [, paper = '', id = ''] = /^(?:\.\/)?([A-Z]+\.md)(?:#(.*))?$/.exec(href) ?? [];
  const page = PAPERS[paper];
  return page !== undefined && id !== '' ? `${page}#${id}` : page;
};

const rewrite = (token: Token, name: string, page: string): void => {
  const value = token.attrGet(name);
  if (value === null) return;
  const folder = posix.dirname(page);
  const target = name === 'href' ? pageFor(value) : undefined;
  if (target !== undefined) token.attrSet(name, `./${posix.relative(folder, target)}`);
  // Pictures of the papers are beside them, one folder up from this site.
  if (value.startsWith('.github/')) {
    token.attrSet(name, posix.join(posix.relative(folder, '.') || '.', '..', value));
  }
};

/** Makes links and pictures of the repository's papers work on the pages that include them. */
export const repositoryLinks = (md: Renderer): void => {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    const { path = '' } = env as { path?: string };
    const page = relative(`${ROOT}/docs`, path).replaceAll('\\', '/');
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === 'link_open') rewrite(token, 'href', page);
      if (token.type === 'image') rewrite(token, 'src', page);
    }
  });
};
