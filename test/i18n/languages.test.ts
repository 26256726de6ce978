import { expect } from '@open-wc/testing';
import { ar } from '../../src/i18n/ar.js';
import { de } from '../../src/i18n/de.js';
import { enSession } from '../../src/i18n/en-session.js';
import { enTrouble } from '../../src/i18n/en-trouble.js';
import { en } from '../../src/i18n/en.js';
import { es } from '../../src/i18n/es.js';
import { et } from '../../src/i18n/et.js';
import { fr } from '../../src/i18n/fr.js';
import type { Texts } from '../../src/i18n/texts.js';

interface Language {
  readonly texts: Texts;
  readonly dir: 'ltr' | 'rtl';
  /**
   * Ways to say that somebody is verified, approved, confirmed or accepted, or that something
   * succeeded. Only the host's server knows that, and one text alone says it.
   */
  readonly verdict: RegExp;
}

/** English comes in three parts; every other language in one. */
const ENGLISH: Texts = { ...en, ...enTrouble, ...enSession };

const LANGUAGES: Readonly<Record<string, Language>> = {
  en: {
    texts: ENGLISH,
    dir: 'ltr',
    verdict:
      /\b(verified|approved|confirmed|accepted|validated|passed|success(ful(ly)?)?|congratulations)\b/i,
  },
  de: {
    texts: de,
    dir: 'ltr',
    verdict:
      /verifiziert|bestätigt|genehmigt|akzeptiert|angenommen|bestanden|anerkannt|erfolgreich|glückwunsch/i,
  },
  es: {
    texts: es,
    dir: 'ltr',
    verdict: /verificad[oa]|aprobad[oa]|confirmad[oa]|aceptad[oa]|validad[oa]|superad[oa]|éxito/i,
  },
  fr: {
    texts: fr,
    dir: 'ltr',
    verdict: /vérifiée?s?(?!\p{L})|approuvé|confirmé|accepté|validé|réussi|succès|félicitations/iu,
  },
  et: {
    texts: et,
    dir: 'ltr',
    verdict: /kinnitatud|kontrollitud|heaks kiidetud|vastu võetud|tuvastatud|edukalt|õnnestus/i,
  },
  ar: {
    texts: ar,
    dir: 'rtl',
    verdict: /تم التحقق|موثّ?ق|تمت الموافقة|مقبول|تم قبول|تم تأكيد|بنجاح|معتمد/,
  },
};

const KEYS = Object.keys(ENGLISH) as (keyof Texts)[];

for (const [language, { texts, dir, verdict }] of Object.entries(LANGUAGES)) {
  describe(`the texts in ${language}`, () => {
    it('have the keys of English and no others', () => {
      expect(Object.keys(texts)).to.have.members(KEYS);
    });

    it('are none of them empty, nor with white space around', () => {
      for (const key of KEYS) {
        expect(texts[key].trim(), key).to.not.equal('');
        expect(texts[key].trim(), key).to.equal(texts[key]);
      }
    });

    it(`are written ${dir}`, () => {
      expect(texts.dir).to.equal(dir);
    });

    it('name the provider where English does, and have no other place for anything', () => {
      for (const key of KEYS) {
        const places = (text: string) => text.match(/\{.*?\}/g) ?? [];
        expect(places(texts[key]), key).to.deep.equal(places(ENGLISH[key]));
      }
    });

    it('hold no markup', () => {
      for (const key of KEYS) expect(texts[key], key).to.not.match(/[<>]|&\w+;/);
    });

    it('say that the check is passed in one place, which is shown at the server’s word alone', () => {
      expect(KEYS.filter((key) => verdict.test(texts[key]))).to.deep.equal(['verified']);
    });

    it('are not English', () => {
      if (language === 'en') return;
      const same = KEYS.filter((key) => key !== 'dir' && texts[key] === ENGLISH[key]);
      expect(same).to.deep.equal([]);
    });
  });
}
