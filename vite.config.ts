import { defineConfig, type Plugin, type UserConfig } from 'vite';

import { leanCapture } from './.build/lean-capture.js';
import { leanLit } from './.build/lean-lit.js';
import { leanTemplates } from './.build/lean-templates.js';
import { minifyModule } from './.build/minify-module.js';
import { otherBundles } from './.build/other-bundles.js';
import { splitChunks } from './.build/split-chunks.js';
import { studioFileBeside } from './.build/studio-file.js';
import { demoServer } from './demo/server.js';

type Build = NonNullable<UserConfig['build']>;

/** All in one classic script with one global, which is its name. */
const classicScript = (name: string, entry: string, file: string): Build => ({
  lib: { entry, name, formats: ['iife'], fileName: () => file },
  rolldownOptions: {
    output: {
      generatedCode: { symbols: false },
      // A second copy does nothing at all: where Trusted Types hold, its Lit may not even begin.
      banner: `globalThis.${name} ||`,
    },
  },
});

const SCRIPT = classicScript('KycVerify', 'src/script.ts', 'kyc-verify.js');

/** `<kyc-capture>` alone: a page that frames a provider's has no use for it. */
const CAPTURE: Build = {
  ...classicScript('KycCapture', 'src/capture-script.ts', 'kyc-capture.js'),
  emptyOutDir: false,
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

const BUILDS: Readonly<Record<string, Build>> = { module: MODULE, capture: CAPTURE };

const OWN_PLUGIN: Readonly<Record<string, () => Plugin>> = {
  production: otherBundles,
  module: minifyModule,
  capture: leanCapture,
};

/**
 * `vite` serves the demo; `vite build` makes the script and what lies beside it,
 * `vite build --mode module` its twin, `vite build --mode capture` the one of `<kyc-capture>`.
 */
export default defineConfig(({ mode }) => ({
  plugins: [
    demoServer(),
    // First, since a piece of a style sheet is told by its layout.
    OWN_PLUGIN[mode]?.(),
    leanTemplates(),
    leanLit(),
    splitChunks(),
    studioFileBeside(),
  ],
  server: { port: 5173 },
  build: {
    target: 'es2022',
    copyPublicDir: false,
    sourcemap: true,
    ...(BUILDS[mode] ?? SCRIPT),
  },
}));
