import { html, render, type TemplateResult } from 'lit';
import { byId } from './dom.js';
import { highlight } from './highlight.js';
import type { Options } from './options.js';
import { SNIPPETS, type Snippet } from './snippets.js';

const root = byId('snippets', HTMLElement);

let shown = SNIPPETS[0];
let options: Options | undefined;
/** What the copy button says; it says its outcome for as long as the snippet stays the same. */
let copied: 'Copy' | 'Copied' | 'Failed' = 'Copy';

const show = (snippet: Snippet | undefined): void => {
  shown = snippet;
  copied = 'Copy';
  draw();
};

const copy = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    copied = 'Copied';
  } catch {
    copied = 'Failed';
  }
  draw();
};

/** As tabs do: the arrows move and show, Home and End go to the ends. */
const onKey = (event: KeyboardEvent): void => {
  const last = SNIPPETS.length - 1;
  const now = SNIPPETS.findIndex((each) => each === shown);
  const next = {
    ArrowRight: now === last ? 0 : now + 1,
    ArrowLeft: now === 0 ? last : now - 1,
    Home: 0,
    End: last,
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  show(SNIPPETS[next]);
  root.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
};

const tab = (snippet: Snippet): TemplateResult =>
  html`<button
    type="button"
    role="tab"
    id="tab-${snippet.id}"
    aria-controls="snippet"
    aria-selected=${snippet === shown ? 'true' : 'false'}
    tabindex=${snippet === shown ? 0 : -1}
    @click=${() => show(snippet)}
  >
    ${snippet.title}
  </button>`;

const draw = (): void => {
  if (!shown || !options) return;
  const code = shown.code(options);
  render(
    html`<div class="bar">
        <div role="tablist" aria-label="Ways to embed" @keydown=${onKey}>${SNIPPETS.map(tab)}</div>
        <button type="button" class="quiet copy" aria-live="polite" @click=${() => copy(code)}>
          ${copied}
        </button>
      </div>
      <pre
        role="tabpanel"
        id="snippet"
        aria-labelledby="tab-${shown.id}"
        tabindex="0"
      ><code>${highlight(code)}</code></pre>`,
    root,
  );
};

/** Shows the snippets for what is chosen. */
export const showSnippets = (chosen: Options): void => {
  options = chosen;
  show(shown);
};
