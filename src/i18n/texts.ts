import type { enCapture } from './en-capture.js';
import type { enSession } from './en-session.js';
import type { enTrouble } from './en-trouble.js';
import { en } from './en.js';

/** Every text of the elements in one language. English is the type, other languages satisfy it. */
export type Texts = Readonly<
  Record<keyof typeof en | keyof typeof enTrouble | keyof typeof enSession, string>
>;

/** What `<kyc-capture>` says besides, in one language. */
export type CaptureTexts = Readonly<Record<Exclude<keyof typeof enCapture, keyof Texts>, string>>;

/** What a language, or a host, may say in place of ours. */
export type SomeTexts = Partial<Texts & CaptureTexts>;

/** The texts that are there: those for trouble, and for sessions, come only with it where they are English. */
export type KnownTexts = Readonly<Record<keyof typeof en, string>> & Readonly<SomeTexts>;

/** Texts together with the language they are in. */
export interface Wording {
  /** BCP 47. */
  readonly language: string;
  readonly texts: KnownTexts;
}

let english: KnownTexts = en;
const languages = new Map<string, SomeTexts>([['en', {}]]);
const readers = new Set<() => void>();

/**
 * Makes a language known to every element, also to those on the page already.
 *
 * @param language - BCP 47, for example `de` or `pt-BR`
 * @param texts - what is missing stays English, or as it was registered before
 */
export const registerTexts = (language: string, texts: SomeTexts): void => {
  const key = language.toLowerCase();
  // Two elements may each bring their own.
  languages.set(key, { ...languages.get(key), ...texts });
  for (const read of readers) read();
};

/** Adds the English texts that come later, under those of every language. */
export const completeEnglish = (texts: SomeTexts): void => {
  english = { ...english, ...texts };
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
    if (texts) return { language, texts: { ...english, ...texts } };
    language = language.replace(/-?[^-]*$/, '') || 'en';
  }
};

/** Puts values into a text's `{names}`. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
