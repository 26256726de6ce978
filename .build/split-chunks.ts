import type { Plugin } from 'vite';

/**
 * What the classic script loads on demand: the module that begins each, and its file beside
 * `kyc-verify.js`. A classic script's `import()` is relative to the script itself.
 */
export const CHUNKS: Readonly<Record<string, string>> = {
  trouble: 'kyc-verify.trouble.js',
  'session-endpoint': 'kyc-verify.session.js',
};

/** Leaves what is only needed at times out of the classic script, which has but one file. */
export const splitChunks = (): Plugin => ({
  name: 'split-chunks',
  apply: 'build',
  enforce: 'pre',
  resolveId: {
    filter: { id: /^\.\/(trouble|session-endpoint)\.js$/ },
    handler: (source) => ({ id: `./${CHUNKS[source.slice(2, -3)] ?? ''}`, external: true }),
  },
});
