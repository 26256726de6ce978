import { cp, readdir } from 'node:fs/promises';

import { build } from 'esbuild';

import { CHUNKS } from './split-chunks.js';

import type { Plugin } from 'vite';

const common = {
  bundle: true,
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
} as const;

const buildLocale = (outfile: string, contents: string): Promise<unknown> =>
  build({
    ...common,
    stdin: { contents, resolveDir: 'src/i18n' },
    format: 'iife',
    charset: 'utf8',
    outfile,
  });

/**
 * Two classic scripts a language: one to load after `kyc-verify.js`, one after `kyc-capture.js`, each
 * with all that the elements there say. English is in those already.
 */
const buildLocales = async (outDir: string): Promise<void> => {
  const files = await readdir('src/i18n/capture');
  const languages = files.flatMap((file) => /^([a-z]{2})\.ts$/.exec(file)?.[1] ?? []);
  await Promise.all(
    languages.flatMap((language) => [
      buildLocale(
        `${outDir}/locales/${language}.js`,
        `import { ${language} } from './${language}.js';
          KycVerify.registerTexts('${language}', ${language});`,
      ),
      buildLocale(
        `${outDir}/locales/capture.${language}.js`,
        `import { ${language} } from './${language}.js';
          import { ${language}Capture } from './capture/${language}.js';
          KycCapture.registerTexts('${language}', { ...${language}, ...${language}Capture });`,
      ),
    ]),
  );
};

/** The hosted pages of the sandbox: one script, one style, whatever they are written in. */
const buildPages = (outDir: string): Promise<unknown> =>
  build({
    ...common,
    entryPoints: ['src/sandbox/pages/page.ts', 'src/sandbox/pages/page.css'],
    format: 'esm',
    outdir: `${outDir}/sandbox/pages`,
  });

/** The sandbox's test documents, beside the module that reads them. */
const copySpecimens = (outDir: string): Promise<void> =>
  cp('src/sandbox/specimens', `${outDir}/sandbox/specimens`, { recursive: true });

/** What the classic script loads on demand; see `split-chunks.ts`. */
const buildChunks = (outDir: string): Promise<unknown> =>
  Promise.all(
    Object.entries(CHUNKS).map(([name, file]) =>
      build({
        ...common,
        entryPoints: [`src/flow/${name}.ts`],
        format: 'esm',
        charset: 'utf8',
        outfile: `${outDir}/${file}`,
      }),
    ),
  );

/** What `<kyc-capture>` does elsewhere, for its classic script: a worker that a page can import too. */
const buildStudio = (outDir: string): Promise<unknown> =>
  build({
    ...common,
    entryPoints: ['src/capture/studio-worker.ts'],
    format: 'esm',
    outfile: `${outDir}/kyc-capture.worker.js`,
  });

/** What the package holds besides the element: bundles that need no chunks and no plugins. */
export const otherBundles = (): Plugin => {
  let outDir = '';
  return {
    name: 'other-bundles',
    apply: 'build',
    configResolved({ build: { outDir: resolved } }) {
      outDir = resolved;
    },
    async closeBundle() {
      await Promise.all([
        buildLocales(outDir),
        buildPages(outDir),
        buildChunks(outDir),
        buildStudio(outDir),
        copySpecimens(outDir),
      ]);
    },
  };
};
