import type { Plugin } from 'vite';

/**
 * Lit's `css-tag.js` for the browsers that the script supports, all of which have constructable
 * style sheets: a sheet is made at once and adopted. What is left out is the way of older ones.
 */
const CSS_TAG = `
export const css = ([text]) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
};
export const getCompatibleStyle = (style) => style;
export const adoptStyles = (root, sheets) => {
  root.adoptedStyleSheets = sheets;
};
export { css as unsafeCSS, css as CSSResult, css as supportsAdoptingStyleSheets };
`;

/**
 * What a script without decorators, hydration and polyfills has no use for. All of it is about
 * globals, and the script promises to have one.
 */
const LEFT_OUT: Readonly<Record<string, readonly RegExp[]>> = {
  'reactive-element.js': [
    /Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap;/,
    /const (\w)=this\[Symbol\.metadata\];if\(null!==\1\)\{.*?litPropertyMetadata.*?\)\}/,
    /,\w=\w\.reactiveElementPolyfillSupport/,
    /,\w\?\.\(\{ReactiveElement:\w\}\),\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[^"]*"\)/,
  ],
  'lit-html.js': [
    /,\w=\w\.litHtmlPolyfillSupport;\w\?\.\(\w,\w\),\(\w\.litHtmlVersions\?\?=\[\]\)\.push\("[^"]*"\)/,
  ],
  'lit-element.js': [
    /,\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\);const \w=\w\.litElementPolyfillSupport;\w\?\.\(\{LitElement:\w\}\)/,
    /\(\w\.litElementVersions\?\?=\[\]\)\.push\("[^"]*"\);/,
  ],
};

const leaveOut = (code: string, pattern: RegExp): string => {
  if (!pattern.test(code)) throw new Error(`Lit has changed: ${pattern.source} is not in it.`);
  return code.replace(pattern, '');
};

/** Takes out of Lit what the classic script does without; says so when Lit no longer has it. */
export const leanLit = (): Plugin => ({
  name: 'lean-lit',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /\/node_modules\/(?:lit-html|lit-element|@lit)\// },
    handler: (code, id) => {
      const file = id.slice(id.lastIndexOf('/') + 1);
      return file === 'css-tag.js' ? CSS_TAG : (LEFT_OUT[file] ?? []).reduce(leaveOut, code);
    },
  },
});
