import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { attribute, parseMarkup, type Element } from './markup.js';
import { ROOT } from './papers.js';

const run = promisify(execFile);

export const BASE = '/docs/';

const SITE = join(ROOT, 'docs/.vitepress/dist');

/** Builds the site as `npm run docs:build` does; a dead link between pages fails it. */
export const buildSite = async (): Promise<void> => {
  const vitepress = join(ROOT, 'node_modules/vitepress/bin/vitepress.js');
  await run(process.execPath, [vitepress, 'build', 'docs'], {
    cwd: ROOT,
    env: { ...process.env, DOCS_BASE: BASE },
  });
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(SITE, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : [path];
  });

/** A page as it was built. */
export interface Page {
  readonly path: string;
  readonly elements: readonly Element[];
  readonly ids: ReadonlySet<string>;
}

/** Every file of the site, and every page of it. */
export const readSite = (): { files: ReadonlySet<string>; pages: readonly Page[] } => {
  const files = filesIn('');
  const pages = files
    .filter((path) => path.endsWith('.html'))
    .map((path) => {
      const { elements } = parseMarkup(readFileSync(join(SITE, path), 'utf8'));
      const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
      return { path, elements, ids: new Set(ids) };
    });
  return { files: new Set(files), pages };
};

/** What is wrong with a page's link, or what it loads. */
const problemOf = (
  { path }: Page,
  href: string,
  files: ReadonlySet<string>,
  idsOf: (path: string) => ReadonlySet<string> | undefined,
): string | undefined => {
  const { origin, pathname, hash } = new URL(href, `https://site.test${BASE}${path}`);
  if (origin !== 'https://site.test') return undefined;
  if (!pathname.startsWith(BASE)) return 'leads out of the site';
  const inside = decodeURIComponent(pathname.slice(BASE.length));
  const file = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
  if (!files.has(file)) return `there is no ${file}`;
  const id = decodeURIComponent(hash.slice(1));
  const ids = idsOf(file);
  return id === '' || !ids || ids.has(id) ? undefined : `${file} has no #${id}`;
};

/** Links, pictures, scripts and styles that lead nowhere. */
export const brokenLinks = (): readonly string[] => {
  const { files, pages } = readSite();
  const ids = new Map(pages.map((page) => [page.path, page.ids]));
  return pages.flatMap((page) =>
    page.elements.flatMap((element) => {
      const href = attribute(element, 'href') ?? attribute(element, 'src');
      if (href === undefined || href.startsWith('data:')) return [];
      const problem = problemOf(page, href, files, (path) => ids.get(path));
      return problem === undefined ? [] : [`${page.path}: ${href}: ${problem}`];
    }),
  );
};

const LOADING = new Set(['script', 'img', 'iframe', 'source', 'video', 'link']);

/** What a page would load from elsewhere. */
export const foreignLoads = (): readonly string[] =>
  readSite().pages.flatMap(({ path, elements }) =>
    elements
      .filter(({ tagName }) => LOADING.has(tagName))
      .map((element) => attribute(element, 'src') ?? attribute(element, 'href') ?? '')
      .filter((address) => /^(https?:)?\/\//.test(address))
      .map((address) => `${path}: ${address}`),
  );
