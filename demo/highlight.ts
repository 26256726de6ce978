import { html, type TemplateResult } from 'lit';

/** Comments, strings, tags and a few words: enough to read by, and nothing to load. */
const TOKENS =
  /(?<comment><!--.*?-->|(?<=^|\s)\/\/[^\n]*)|(?<string>'[^'\n]*'|"[^"\n]*")|(?<tag><\/?[\w-]+|\/?>)|(?<word>\b(?:import|from|export|const|await|async|function|return|new)\b)/gs;

const KINDS = ['comment', 'string', 'tag', 'word'] as const;

/** The code with its tokens marked, as text nodes: no text becomes markup. */
export const highlight = (code: string): readonly (string | TemplateResult)[] => {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of code.matchAll(TOKENS)) {
    const kind = KINDS.find((name) => match.groups?.[name]) ?? '';
    // `=>` ends in what looks like the end of a tag.
    if (match[0] === '>' && code[match.index - 1] === '=') continue;
    parts.push(code.slice(end, match.index), html`<span class=${kind}>${match[0]}</span>`);
    end = match.index + match[0].length;
  }
  return [...parts, code.slice(end)];
};
