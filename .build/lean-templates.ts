import { transformSync } from 'esbuild';
import MagicString from 'magic-string';
import ts from 'typescript';

import type { Plugin } from 'vite';

type Shorten = (quasi: ts.TemplateLiteralLikeNode, raw: string) => string;

/** A piece that ends within a quoted attribute. */
const IN_QUOTES = /=\s*(?:"[^"]*|'[^']*)$/;

/** Indentation becomes one blank, which is what a browser makes of it. */
const leanHtml: Shorten = (quasi, raw) => {
  // See `lean-lit.ts`.
  if ((ts.isTemplateHead(quasi) || ts.isTemplateMiddle(quasi)) && IN_QUOTES.test(raw)) {
    throw new Error(`An attribute may be one binding and nothing besides: ${raw}`);
  }
  return raw.replace(/\s*\n\s*/g, ' ');
};

/** A whole style sheet goes through a real minifier; a piece of one is left alone. */
const leanCss: Shorten = (quasi, raw) =>
  ts.isNoSubstitutionTemplateLiteral(quasi)
    ? transformSync(quasi.text, { loader: 'css', minify: true })
        .code.trim()
        .replace(/[\\`]|\$(?=\{)/g, '\\$&')
    : raw;

const SHORTEN = new Map([
  ['css', leanCss],
  ['html', leanHtml],
  ['svg', leanHtml],
]);

/** Takes indentation and comments out of Lit's templates; minifiers leave template literals alone. */
export const leanTemplates = (): Plugin => ({
  name: 'lean-templates',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/.*\.ts$/ },
    handler(code, id) {
      const source = ts.createSourceFile(id, code, ts.ScriptTarget.ES2022);
      const output = new MagicString(code);
      const shorten = (quasi: ts.TemplateLiteralLikeNode, lean: Shorten): void => {
        const closing = ts.isTemplateHead(quasi) || ts.isTemplateMiddle(quasi) ? '${' : '`';
        const start = quasi.getStart(source) + 1;
        const end = quasi.end - closing.length;
        if (start < end) output.update(start, end, lean(quasi, code.slice(start, end)));
      };
      const visit = (node: ts.Node, lean?: Shorten): void => {
        if (ts.isTaggedTemplateExpression(node)) {
          visit(node.template, SHORTEN.get(node.tag.getText(source)));
        } else if (ts.isTemplateSpan(node)) {
          visit(node.expression);
          if (lean) shorten(node.literal, lean);
        } else if (lean && (ts.isTemplateHead(node) || ts.isNoSubstitutionTemplateLiteral(node))) {
          shorten(node, lean);
        } else {
          const inherited = ts.isTemplateExpression(node) ? lean : undefined;
          ts.forEachChild(node, (child) => visit(child, inherited));
        }
      };
      visit(source);
      return { code: output.toString(), map: output.generateMap({ hires: true }) };
    },
  },
});
