import { build } from 'esbuild';

import type { Plugin } from 'vite';

/** Vite leaves a library's module half minified, for bundlers to see through. Ours is for pages. */
export const minifyModule = (): Plugin => {
  let outDir = '';
  return {
    name: 'minify-module',
    apply: 'build',
    configResolved({ build: { outDir: resolved } }) {
      outDir = resolved;
    },
    async closeBundle() {
      const file = `${outDir}/kyc-verify.module.js`;
      await build({
        entryPoints: [file],
        outfile: file,
        allowOverwrite: true,
        minify: true,
        sourcemap: true,
        target: 'es2022',
        logLevel: 'warning',
      });
    },
  };
};
