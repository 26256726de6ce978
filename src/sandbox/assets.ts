import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the hosted pages load. */
export interface Assets {
  readonly script: string;
  readonly style: string;
}

const BESIDE = fileURLToPath(new URL('./pages/', import.meta.url));

/** Bundles the source: in a checkout there is no built page. Needs esbuild, a development dependency. */
const bundle = async (entry: string): Promise<string> => {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
};

const load = async (folder: string): Promise<Assets> => {
  const built = join(folder, 'page.js');
  const source = join(folder, 'page.ts');
  if (!existsSync(built) && !existsSync(source)) {
    throw new Error(`No page.js and no page.ts in ${folder}; set pagesFolder to where they are.`);
  }
  const [script, style] = await Promise.all([
    existsSync(built) ? readFile(built, 'utf8') : bundle(source),
    readFile(join(folder, 'page.css'), 'utf8'),
  ]);
  return { script, style };
};

const loaded = new Map<string, Promise<Assets>>();

/**
 * The script and style of the hosted pages: `page.js` and `page.css` where they are built, and
 * otherwise `page.ts`, bundled once a process.
 *
 * @param folder - default: `pages` beside this module
 * @throws where the folder holds neither script
 */
export const loadAssets = (folder: string = BESIDE): Promise<Assets> => {
  const assets = loaded.get(folder) ?? load(folder);
  loaded.set(folder, assets);
  return assets;
};
