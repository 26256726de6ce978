import { defineConfig } from 'vite';

import { leanLit } from './.build/lean-lit.js';
import { leanTemplates } from './.build/lean-templates.js';
import { otherBundles } from './.build/other-bundles.js';
import { splitTrouble } from './.build/split-trouble.js';
import { demoServer } from './demo/server.js';

/** `vite` serves the demo; `vite build` makes the classic script, with its one global, `KycVerify`. */
export default defineConfig({
  plugins: [demoServer(), leanTemplates(), leanLit(), splitTrouble(), otherBundles()],
  server: { port: 5173 },
  build: {
    target: 'es2022',
    copyPublicDir: false,
    sourcemap: true,
    lib: {
      entry: 'src/script.ts',
      name: 'KycVerify',
      formats: ['iife'],
      fileName: () => 'kyc-verify.js',
    },
    rolldownOptions: { output: { generatedCode: { symbols: false } } },
  },
});
