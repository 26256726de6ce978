/** @param {any} item what the analyzer found: its types are loose */
const isPublic = ({ privacy = 'public' }) => privacy === 'public';

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

/** custom-elements.json: the public side of the element, from the JSDoc of the sources. */
export default {
  globs: ['src/element/kyc-*.ts', 'src/define.ts', 'src/model/events.ts'],
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
          Array.isArray(value) ? value.filter(isPublic) : withoutInnerAttributes(value),
        ).replaceAll(/"(\/?)src\/([^"]*)\.[jt]s"/g, '"$1dist/$2.js"');
        Object.assign(customElementsManifest, JSON.parse(published));
      },
    },
  ],
};
