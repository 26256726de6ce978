import { ar } from '../src/i18n/ar.js';
import { de } from '../src/i18n/de.js';
import { es } from '../src/i18n/es.js';
import { et } from '../src/i18n/et.js';
import { fr } from '../src/i18n/fr.js';
import { registerTexts } from '../src/index.js';

/** English is in the element; the other languages are registered by who wants them. */
export const registerLocales = (): void => {
  for (const [language, texts] of Object.entries({ ar, de, es, et, fr })) {
    registerTexts(language, texts);
  }
};
