import type { Plugin } from 'vite';

/** Beside `kyc-verify.js`; a classic script's `import()` is relative to the script itself. */
export const TROUBLE_FILE = 'kyc-verify.trouble.js';

/** Leaves what is only needed in trouble out of the classic script, which has but one file. */
export const splitTrouble = (): Plugin => ({
  name: 'split-trouble',
  apply: 'build',
  enforce: 'pre',
  resolveId: {
    filter: { id: /^\.\/trouble\.js$/ },
    handler: () => ({ id: `./${TROUBLE_FILE}`, external: true }),
  },
});
