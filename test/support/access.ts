import { expect } from '@open-wc/testing';
import { ar } from '../../src/i18n/ar.js';
import { registerTexts } from '../../src/index.js';

/** In light and dark, from left to right and from right to left, axe finds nothing. */
export const itIsAccessible = (
  what: string,
  reach: (locale: string) => Promise<HTMLElement>,
): void => {
  for (const scheme of ['light', 'dark']) {
    for (const locale of ['en', 'ar']) {
      it(`axe finds nothing: ${what}, in ${scheme}, in ${locale}`, async () => {
        registerTexts('ar', ar);
        document.documentElement.style.colorScheme = scheme;
        try {
          const element = await reach(locale);
          await expect(element).to.be.accessible();
          element.remove();
        } finally {
          document.documentElement.style.colorScheme = '';
        }
      });
    }
  }
};
