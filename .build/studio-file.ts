import { fileURLToPath } from 'node:url';

import type { Plugin } from 'vite';

const BESIDE = fileURLToPath(new URL('../src/capture/studio-file-beside.ts', import.meta.url));

/** Where the scripts that have all in one file find the worker of `<kyc-capture>`: beside them. */
export const studioFileBeside = (): Plugin => ({
  name: 'studio-file-beside',
  apply: 'build',
  enforce: 'pre',
  resolveId: { filter: { id: /^\.\/studio-file\.js$/ }, handler: () => BESIDE },
});
