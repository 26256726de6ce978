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

type Cut = RegExp | readonly [pattern: RegExp, replacement: string];

/**
 * What our templates and properties have no use for: decorators, hydration and polyfills, which are
 * about globals, and the script promises to have one; then directives, bindings to elements, to
 * properties, and in raw text or comments, attributes of several pieces, SVG and MathML as roots, lists of style sheets, properties
 * of type `Number`, `Object` or `Array`, with `useDefault`, or with accessors of one's own. A template or property that needs one of them fails the test of the built script.
 */
const CUTS: Readonly<Record<string, readonly Cut[]>> = {
  'reactive-element.js': [
    /Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap;/,
    /const (\w)=this\[Symbol\.metadata\];if\(null!==\1\)\{.*?litPropertyMetadata.*?\)\}/,
    /,\w=\w\.reactiveElementPolyfillSupport/,
    /,\w\?\.\(\{ReactiveElement:\w\}\),\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[^"]*"\)/,
    /case Object:case Array:\w=null==\w\?\w:JSON\.stringify\(\w\)/,
    /case Number:\w=null===\w\?null:Number\(\w\);break;case Object:case Array:try\{.*?catch\(\w\)\{\w=null\}/,
    /,this\.prototype\.hasOwnProperty\(\w\)&&\(\(\w=Object\.create\(\w\)\)\.wrapped=!0\)/,
    /,void 0!==\w\.l&&\(this\.l=\[\.\.\.\w\.l\]\)/,
    /,this\.constructor\.l\?\.forEach\(\w=>\w\(this\)\)/,
    /\?\?this\._\$Ej\?\.get\(\w\)\?\?\w/,
    /,this\._\$EO\?\.forEach\(\w=>\w\.hostUpdate\?\.\(\)\)/,
    /useDefault:!1,/,
    [/\{useDefault:(\w),reflect:(\w),wrapped:\w\},\w(?=\))/, '{useDefault:$1,reflect:$2}'],
    /static addInitializer\(\w\)\{.*?\}(?=static)/,
    /removeController\(\w\)\{this\._\$EO\?\.delete\(\w\)\}/,
    [/(?<=static finalizeStyles\((\w)\)\{)const \w=\[\];if\(Array.*?return \w(?=\})/, 'return[$1]'],
    /\|\|\w\.useDefault&&\w\.reflect&&\w===this\._\$Ej\?\.get\(\w\)&&!this\.hasAttribute\(\w\._\$Eu\(\w,\w\)\)/,
    /\w&&!\(this\._\$Ej\?\?=new Map\)\.has\(\w\)&&\(this\._\$Ej\.set\(.*?\|\|void 0!==\w\)\|\|/,
    /const \w=this\.constructor\.elementProperties;if\(\w\.size>0\)for\(const\[\w,\w\]of \w\)\{const\{wrapped:.*?\)\}/,
  ],
  'lit-html.js': [
    /,\w=\w\.litHtmlPolyfillSupport;\w\?\.\(\w,\w\),\(\w\.litHtmlVersions\?\?=\[\]\)\.push\("[^"]*"\)/,
    /if\(\w===\w\)return \w;let \w=void 0!==\w\?\w\._\$Co\?\.\[\w\]:\w\._\$Cl;const \w=\w\(\w\)\?void 0:\w\._\$litDirective\$;/,
    /(?<=return )\w\?\.constructor!==\w&&\(.*?_\$AS\(\w,\w\.values\),\w,\w\)\),/,
    /"\."===\w\[1\]\?\w:/,
    /get tagName\(\)\{return this\.element\.tagName\}get _\$AU\(\)\{.*?\}/,
    /get parentNode\(\)\{return this\._\$AM\.parentNode\}get _\$AU\(\)\{.*?\}/,
    /get _\$AU\(\)\{return this\._\$AM\?\._\$AU\?\?this\._\$Cv\}/,
    /get parentNode\(\)\{let \w=this\._\$AA\.parentNode;.*?\}get startNode\(\)\{.*?\}get endNode\(\)\{.*?\}/,
    /,this\._\$Cv=\w\?\.isConnected\?\?!0/,
    /else\{const \w=\w;let \w,\w;for\(\w=\w\[0\],\w=0;.*?this\._\$AH\[\w\]=\w\}/,
    /\w\.length>2\|\|""!==\w\[0\]\|\|""!==\w\[1\]\?\(this\._\$AH=Array\(\w\.length-1\)\.fill\(new String\),this\.strings=\w\):/,
    /\w\.test\(\w\[2\]\)&&\(\w=RegExp\("<\/"\+\w\[2\],"g"\)\),/,
    /setConnected\(\w\)\{.*?\)\)\}(?=\})/,
    [/6===\w\.type&&\(\w=new \w\(\w,this,\w\)\)/, '0'],
    /else \w\.startsWith\(\w\)&&\(\w\.push\(\{type:6,index:\w\}\),\w\.removeAttribute\(\w\)\);/,
    /if\(\w\.test\(\w\.tagName\)\)\{.*?\w\.append\(\w\[\w\],\w\(\)\)\}\}/,
    /else\{let \w=-1;for\(;-1!==.*?\.length-1\}/,
    [/\{const \w=this\.el\.content\.firstChild;\w\.replaceWith\(\.\.\.\w\.childNodes\)\}/, ';'],
    /\+\(2===\w\?"<\/svg>":3===\w\?"<\/math>":""\)/,
  ],
  'lit-element.js': [
    /connectedCallback\(\)\{super\.connectedCallback\(\),this\._\$Do\?\.setConnected\(!0\)\}disconnectedCallback\(\)\{.*?\(!1\)\}/,
    /,\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\);const \w=\w\.litElementPolyfillSupport;\w\?\.\(\{LitElement:\w\}\)/,
    /\(\w\.litElementVersions\?\?=\[\]\)\.push\("[^"]*"\);/,
  ],
};

const cutOut = (code: string, cut: Cut): string => {
  const [pattern, replacement] = cut instanceof RegExp ? [cut, ''] : cut;
  if (!pattern.test(code)) throw new Error(`Lit has changed: ${pattern.source} is not in it.`);
  return code.replace(pattern, replacement);
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
      const lean = file === 'css-tag.js' ? CSS_TAG : (CUTS[file] ?? []).reduce(cutOut, code);
      // Lit's own build: nobody looks for a line of it.
      return { code: lean, map: { mappings: '' } };
    },
  },
});
