import type { MarkdownOptions } from 'vitepress';
import { expand } from './generated/index.js';
import { repositoryLinks } from './generated/links.js';

export type Renderer = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/** Braces in code are braces, for Vue's templates too. */
const leaveBraces = (md: Renderer): void => {
  md.core.ruler.push('code-as-it-stands', ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === 'code_inline') token.attrSet('v-pre', '');
    }
  });
};

/** A column without a head has an empty cell there, and no head that says nothing. */
const dropEmptyHeads = (md: Renderer): void => {
  md.core.ruler.push('empty-heads', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const end = tokens[index + 2];
      if (token.type !== 'th_open' || tokens[index + 1]?.content !== '' || !end) continue;
      token.tag = end.tag = 'td';
    }
  });
};

/** What this site adds to markdown. */
export const extendMarkdown = (md: Renderer): void => {
  // First of all, so that what is generated is markdown like any other, also for the search.
  md.core.ruler.before('normalize', 'generated', (state) => {
    state.src = expand(state.src);
  });
  leaveBraces(md);
  dropEmptyHeads(md);
  repositoryLinks(md);
};
