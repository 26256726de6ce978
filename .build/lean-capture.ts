import type { Plugin } from 'vite';

/** Texts of `en.ts` that are about the provider's page, which `<kyc-capture>` does not show. */
const TEXTS = [
  'title',
  'frame',
  'loading',
  'ready',
  'submitted',
  'frame-timeout',
  'frame-timeoutText',
  'frame-blocked',
  'frame-blockedText',
  'continue',
  'newTab',
  'reload',
  'reloadText',
  'reloadNow',
  'reloadNot',
  'slow',
  'show',
  'close',
];

/** Rules of `kyc.styles.ts` for its frame, and for dialogs. */
const RULES = [
  / {2}\.note \{[^]*?(?= {2}bdi \{)/,
  / {2}\.cover \{[^}]*\}\n/,
  / {2}\[part='close-button'\] \{[^}]*\}\n/,
  / {2}@media \(max-width: 640px\)[^]*?\n {2}\}\n/,
];

const entryOf = (key: string): RegExp =>
  new RegExp(`^ {2}'?${key}'?:\\s*'(?:[^'\\\\]|\\\\.)*',\\n`, 'm');

const without = (code: string, pieces: readonly RegExp[]): string =>
  pieces.reduce((rest, piece) => {
    if (!piece.test(rest)) throw new Error(`There is no ${piece.source} any more.`);
    return rest.replace(piece, '');
  }, code);

/**
 * Leaves out of the script of `<kyc-capture>` what the elements share and it has no use for. A view
 * that names such a text all the same fails the build.
 */
export const leanCapture = (): Plugin => ({
  name: 'lean-capture',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/(capture\/[^/]+|element\/kyc\.styles|i18n\/en)\.ts$/ },
    handler: (code, id) => {
      if (id.endsWith('/en.ts')) return { code: without(code, TEXTS.map(entryOf)), map: null };
      if (id.endsWith('/kyc.styles.ts')) return { code: without(code, RULES), map: null };
      const named = TEXTS.find((key) => new RegExp(`words(\\.|\\[')${key}\\b(?!-)`).test(code));
      if (named) throw new Error(`${id} needs the text "${named}", which lean-capture.ts drops.`);
      return undefined;
    },
  },
});
