import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The pages' script, and what it loads on demand: file name to content. */
export const buildScripts = async (): Promise<ReadonlyMap<string, string>> => {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['notes', 'shop'].map((name) => `test/engines/pages/${name}.ts`),
    outbase: 'test/engines/pages',
    outdir: '/',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    // As a bundler of a released shop would, without lit's noisy development build.
    conditions: ['browser', 'production'],
  });
  return new Map(outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), text]));
};
