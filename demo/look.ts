import { byId, onChange } from './dom.js';

/**
 * Theme and accent: attributes of the root, which the style sheet turns into `color-scheme` and the
 * element's `--kyc-*` properties. The element needs to be told nothing.
 */
export const watchLook = (): void => {
  const form = byId('options', HTMLFormElement);
  const root = document.documentElement;
  const show = (): void => {
    for (const name of ['theme', 'accent']) {
      const value = new FormData(form).get(name);
      if (typeof value === 'string') root.dataset[name] = value;
    }
  };
  onChange(form, show);
  show();
};
