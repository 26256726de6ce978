import { en } from './en.js';

/** Every text of the element in one language. English is the type, other languages satisfy it. */
export type Texts = Readonly<Record<keyof typeof en, string>>;

/** Texts together with the language they are in. */
export interface Wording {
  /** BCP 47. */
  readonly language: string;
  readonly texts: Texts;
}

const languages = new Map<string, Texts>([['en', en]]);
const readers = new Set<() => void>();

/**
 * Makes a language known to every element, also to those on the page already.
 *
 * @param language - BCP 47, for example `de` or `pt-BR`
 * @param texts - what is missing stays English
 */
export const registerTexts = (language: string, texts: Partial<Texts>): void => {
  languages.set(language.toLowerCase(), { ...en, ...texts });
  for (const read of readers) read();
};

/** Calls `read` after each {@link registerTexts}, until the function it returns is called. */
export const onTexts = (read: () => void): (() => void) => {
  readers.add(read);
  return () => {
    readers.delete(read);
  };
};

/** The closest known language: `de-AT` gives `de-at`, else `de`; English where none is known. */
export const wordingFor = (locale: string): Wording => {
  let language = locale.toLowerCase();
  // It ends with English at the latest, which is always there.
  for (;;) {
    const texts = languages.get(language);
    if (texts) return { language, texts };
    language = language.replace(/-?[^-]*$/, '') || 'en';
  }
};

/** Puts the provider's name into a text. */
export const fill = (text: string, provider: string): string =>
  text.replaceAll('{provider}', () => provider);
