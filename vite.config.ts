import { defineConfig, type UserConfig } from 'vite';

import { leanLit } from './.build/lean-lit.js';
import { leanTemplates } from './.build/lean-templates.js';
import { minifyModule } from './.build/minify-module.js';
import { otherBundles } from './.build/other-bundles.js';
import { splitChunks } from './.build/split-chunks.js';
import { studioFileBeside } from './.build/studio-file.js';
import { demoServer } from './demo/server.js';

type Build = NonNullable<UserConfig['build']>;

/** All in one classic script with one global, `KycVerify`. */
const SCRIPT: Build = {
  lib: {
    entry: 'src/script.ts',
    name: 'KycVerify',
    formats: ['iife'],
    fileName: () => 'kyc-verify.js',
  },
  rolldownOptions: {
    output: {
      generatedCode: { symbols: false },
      // A second copy does nothing at all: where Trusted Types hold, its Lit may not even begin.
      banner: 'globalThis.KycVerify ||',
    },
  },
};

/** Its twin for module scripts. */
const MODULE: Build = {
  emptyOutDir: false,
  lib: {
    entry: 'src/module.ts',
    formats: ['es'],
    fileName: () => 'kyc-verify.module.js',
  },
};

/** `vite` serves the demo; `vite build` makes the script, `vite build --mode module` its twin. */
export default defineConfig(({ mode }) => ({
  plugins: [
    demoServer(),
    leanTemplates(),
    leanLit(),
    splitChunks(),
    studioFileBeside(),
    mode === 'module' ? minifyModule() : otherBundles(),
  ],
  server: { port: 5173 },
  build: {
    target: 'es2022',
    copyPublicDir: false,
    sourcemap: true,
    ...(mode === 'module' ? MODULE : SCRIPT),
  },
}));
