import { readFileSync } from 'node:fs';

import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';

/** Public for other files of ours alone; the analyzer does not see that of a reactive property. */
const INTERNAL = ['isDeferred'];

/** @param {any} item what the analyzer found: its types are loose */
const isPublic = ({ privacy = 'public', name = '', fieldName = name }) =>
  privacy === 'public' && !INTERNAL.includes(fieldName);

/**
 * The analyzer gives every reactive property an attribute, internal state too.
 * @param {any} value
 */
const withoutInnerAttributes = (value) => {
  if (!value?.attributes) return value;
  const fields = new Set(
    value.members?.filter(isPublic).map((/** @type {any} */ { name }) => name),
  );
  const attributes = value.attributes.filter(
    (/** @type {any} */ { fieldName }) => !fieldName || fields.has(fieldName),
  );
  return { ...value, attributes };
};

/** The choices that an attribute's type names: `Display` is `'inline' | 'modal' | 'redirect'`. */
const choices = new Map(
  Array.from(
    readFileSync('src/model/provider.ts', 'utf8').matchAll(/export type (\w+) =\s*('[^;]+);/g),
    ([, name, union]) => [name, union?.replaceAll(/\s+/g, ' ')],
  ),
);

/**
 * Editors know no types of ours, and offer the words.
 * @param {any} value
 */
const withChoices = (value) =>
  choices.has(value?.text) ? { ...value, text: choices.get(value.text) } : value;

/** custom-elements.json: the public side of the element, from the JSDoc of the sources. */
export default {
  globs: [
    'src/element/kyc-*.ts',
    'src/capture/kyc-*.ts',
    'src/define.ts',
    'src/capture.ts',
    'src/model/events.ts',
  ],
  exclude: ['src/**/*.styles.ts'],
  outdir: 'dist',
  litelement: true,
  // package.json names the manifest itself.
  packagejson: false,
  plugins: [
    {
      name: 'as-published',
      /**
       * Only what others may touch, at the paths the package has.
       * @param {any} analysis
       */
      packageLinkPhase({ customElementsManifest }) {
        const published = JSON.stringify(customElementsManifest, (_key, value) =>
          Array.isArray(value)
            ? value.filter(isPublic)
            : withChoices(withoutInnerAttributes(value)),
        ).replaceAll(/"(\/?)src\/([^"]*)\.[jt]s"/g, '"$1dist/$2.js"');
        Object.assign(customElementsManifest, JSON.parse(published));
      },
    },
    // What editors read, made of the manifest.
    customElementVsCodePlugin({ outdir: 'dist', cssFileName: null, hideLogs: true }),
    customElementJetBrainsPlugin({
      outdir: 'dist',
      packageJson: false,
      excludeCss: true,
      hideLogs: true,
    }),
  ],
};
