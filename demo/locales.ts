import { ar } from '../src/i18n/ar.js';
import { arCapture } from '../src/i18n/capture/ar.js';
import { deCapture } from '../src/i18n/capture/de.js';
import { esCapture } from '../src/i18n/capture/es.js';
import { etCapture } from '../src/i18n/capture/et.js';
import { frCapture } from '../src/i18n/capture/fr.js';
import { de } from '../src/i18n/de.js';
import { es } from '../src/i18n/es.js';
import { et } from '../src/i18n/et.js';
import { fr } from '../src/i18n/fr.js';
import { registerTexts, type SomeTexts } from '../src/i18n/texts.js';

const LANGUAGES: Readonly<Record<string, SomeTexts>> = {
  ar: { ...ar, ...arCapture },
  de: { ...de, ...deCapture },
  es: { ...es, ...esCapture },
  et: { ...et, ...etCapture },
  fr: { ...fr, ...frCapture },
};

/** English is in the elements; the other languages are registered by who wants them. */
export const registerLocales = (): void => {
  for (const [language, texts] of Object.entries(LANGUAGES)) registerTexts(language, texts);
};
