import { expect } from '@open-wc/testing';
import { ar } from '../../src/i18n/ar.js';
import { arCapture } from '../../src/i18n/capture/ar.js';
import { deCapture } from '../../src/i18n/capture/de.js';
import { esCapture } from '../../src/i18n/capture/es.js';
import { etCapture } from '../../src/i18n/capture/et.js';
import { frCapture } from '../../src/i18n/capture/fr.js';
import { de } from '../../src/i18n/de.js';
import { enCapture } from '../../src/i18n/en-capture.js';
import { enSession } from '../../src/i18n/en-session.js';
import { enTrouble } from '../../src/i18n/en-trouble.js';
import { en } from '../../src/i18n/en.js';
import { es } from '../../src/i18n/es.js';
import { et } from '../../src/i18n/et.js';
import { fr } from '../../src/i18n/fr.js';
import type { CaptureTexts, Texts } from '../../src/i18n/texts.js';

interface Language {
  readonly texts: Texts & CaptureTexts;
  readonly dir: 'ltr' | 'rtl';
  /**
   * Ways to say that somebody is verified, approved, confirmed or accepted, or that something
   * succeeded. Only the host's server knows that, and one text alone says it.
   */
  readonly verdict: RegExp;
}

/** English comes in four parts; every other language in two. */
const ENGLISH: Texts & CaptureTexts = { ...enCapture, ...en, ...enTrouble, ...enSession };

const LANGUAGES: Readonly<Record<string, Language>> = {
  en: {
    texts: ENGLISH,
    dir: 'ltr',
    verdict:
      /\b(verified|approved|confirmed|accepted|validated|passed|success(ful(ly)?)?|congratulations)\b/i,
  },
  de: {
    texts: { ...de, ...deCapture },
    dir: 'ltr',
    verdict:
      /verifiziert|bestätigt|genehmigt|akzeptiert|angenommen|bestanden|anerkannt|erfolgreich|glückwunsch/i,
  },
  es: {
    texts: { ...es, ...esCapture },
    dir: 'ltr',
    verdict: /verificad[oa]|aprobad[oa]|confirmad[oa]|aceptad[oa]|validad[oa]|superad[oa]|éxito/i,
  },
  fr: {
    texts: { ...fr, ...frCapture },
    dir: 'ltr',
    verdict: /vérifiée?s?(?!\p{L})|approuvé|confirmé|accepté|validé|réussi|succès|félicitations/iu,
  },
  et: {
    texts: { ...et, ...etCapture },
    dir: 'ltr',
    verdict: /kinnitatud|kontrollitud|heaks kiidetud|vastu võetud|tuvastatud|edukalt|õnnestus/i,
  },
  ar: {
    texts: { ...ar, ...arCapture },
    dir: 'rtl',
    verdict: /تم التحقق|موثّ?ق|تمت الموافقة|مقبول|تم قبول|تم تأكيد|بنجاح|معتمد/,
  },
};

const KEYS = Object.keys(ENGLISH) as (keyof typeof ENGLISH)[];

/** The same word in two languages: names, and what is short for a name. */
const ALIKE: Readonly<Record<string, readonly string[]>> = { de: ['clip'], et: ['clip'] };

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
      expect(same).to.deep.equal(ALIKE[language] ?? []);
    });
  });
}

/** The texts that `<kyc-capture>` adds; what it shares with the others stands in the language's own file. */
const PARTS = {
  de: [de, deCapture],
  es: [es, esCapture],
  fr: [fr, frCapture],
  et: [et, etCapture],
  ar: [ar, arCapture],
} as const;

const BUTTONS = [
  'start',
  'next',
  'back',
  'skip',
  'openCamera',
  'takePicture',
  'record',
  'stopRecording',
  'switchCamera',
  'torch',
  'cameraApp',
  'chooseFile',
  'use',
  'retake',
  'change',
  'send',
  'stopSending',
  'retry',
] as const satisfies readonly (keyof typeof ENGLISH)[];

describe('the texts of <kyc-capture>', () => {
  it('say in English what the other elements say, where they say the same thing', () => {
    const others: Readonly<Record<string, string>> = { ...en, ...enTrouble, ...enSession };
    const both = Object.entries(enCapture).filter(([key]) => key in others);
    expect(both.map(([key]) => key)).to.include('camera-deniedText');
    for (const [key, text] of both) expect(text, key).to.equal(others[key]);
  });

  for (const [language, [shared, own]] of Object.entries(PARTS)) {
    it(`are not there twice in ${language}`, () => {
      expect(Object.keys(own).filter((key) => key in shared)).to.deep.equal([]);
    });

    it(`are short where they stand on buttons, in ${language}`, () => {
      // Some 30 letters fit on one line of a screen that is 320 px wide.
      for (const key of BUTTONS) {
        const { length } = { ...shared, ...own }[key];
        expect(length, key).to.be.at.most(30);
      }
    });
  }
});
