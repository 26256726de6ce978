import { byId, onChange } from './dom.js';
import { recall, remember } from './memory.js';

/** Attributes of the root, with their values. */
type Look = Readonly<Record<string, string>>;

const show = (look: Look): void => {
  Object.assign(document.documentElement.dataset, look);
};

/** Shows what was chosen on the demo's page: for the pages that have no options. */
export const recallLook = (): void => show((recall('look') as Look | undefined) ?? {});

/**
 * Theme and accent: attributes of the root, which the style sheet turns into `color-scheme` and the
 * element's `--kyc-*` properties. The element needs to be told nothing.
 */
export const watchLook = (): void => {
  const form = byId('options', HTMLFormElement);
  const read = (): Look => {
    const fields = new FormData(form);
    const pairs = ['theme', 'accent'].map((name) => [name, fields.get(name)] as const);
    return Object.fromEntries(pairs.filter((pair) => typeof pair[1] === 'string')) as Look;
  };
  onChange(form, () => {
    show(read());
    remember('look', read());
  });
  recallLook();
};
