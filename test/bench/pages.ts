import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { build } from 'esbuild';

import { CODE, HERE } from './code.js';
import type { Assets } from './servers.js';

const TEXT =
  'Opening an account takes a few minutes. Have your passport, identity card or driving licence at ' +
  'hand, and sit where the light is good. The pictures go to our partner, who compares them with the ' +
  'document; we are told the result, and write to you. ';

/** A page as a shop might have it, with text before and after the place of the verification. */
export const pageWith = (part: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Your account</title>
<style>
body { font: 16px/1.5 sans-serif; max-width: 1000px; margin: 0 auto; }
iframe { border: 0; }
</style>
</head>
<body>
<h1>Who you are</h1>
<p>${TEXT}</p>
${part}
<h2>What happens next</h2>
${`<p>${TEXT}</p>\n`.repeat(8)}
</body>
</html>`;

/** A page for scripts alone. */
export const emptyPage = (...scripts: readonly (string | undefined)[]): string =>
  ['<!doctype html><meta charset="utf-8"><title>Bench</title><body>']
    .concat(scripts.flatMap((path) => (path ? [`<script src="${path}"></script>`] : [])))
    .join('\n');

export const HARNESS = '/bench.js';
export const PHOTO = '/photo.js';
export const CAPTURE = CODE.capture.path;

const bundled = async (name: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [`${HERE}page/${name}.ts`],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    minify: true,
    write: false,
    // The settings of the repository's own type check are none of its business.
    tsconfigRaw: {},
  });
  return outputFiles[0]?.text ?? '';
};

/** All that the servers give out. */
export const assets = async (): Promise<Assets> => {
  const scripts = new Map([
    [HARNESS, await bundled('harness')],
    [PHOTO, await bundled('photo')],
  ]);
  for (const { path, file } of Object.values(CODE)) {
    // For the large photo alone the peers need not be there.
    if (existsSync(file)) scripts.set(path, await readFile(file, 'utf8'));
  }
  const page = (title: string, script: string): string =>
    `<!doctype html><meta charset="utf-8"><title>${title}</title><p>${title}</p><script>${script}</script>`;
  return {
    scripts,
    providerPage: page('The provider', await bundled('provider')),
    hostilePage: page('A stranger', await bundled('hostile')),
  };
};
