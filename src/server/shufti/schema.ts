import * as v from 'valibot';

import { parseUrl } from '../../model/urls.js';
import { isCountry, isLanguage } from '../codes.js';
import { file, formed, isDay, readable } from '../valid.js';

/**
 * A text of so many characters: code points, which is what people and other languages count.
 *
 * @param one - the form of each, as in a `RegExp`
 */
const text = (min: number, max: number, one = '[^]') =>
  formed(
    new RegExp(`^(?:${one}){${min},${max}}$`, 'u'),
    `${min} to ${max} characters, all allowed`,
  );

/** One of the words of a document's table. */
export const oneOf = <const Words extends readonly string[]>(words: Words) =>
  v.custom<Words[number]>(
    (value) => words.some((word) => word === value),
    `must be one of ${words.join(', ')}`,
  );

/** The day of an instant in UTC, as `yyyy-mm-dd`. */
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/**
 * The fields of a verification request, each as the off-site document has it. "Alphabets" are taken
 * for letters of any script with the marks that belong to them: the document names no script, people
 * are called Zoë, 王 and नेहा, and a name that is refused here could not be verified at all. "Numbers"
 * likewise are digits of any script. Lengths are counted in characters, not in UTF-16.
 */
const allowed = (others: string) => `[\\p{L}\\p{M}${others}]`;

/** A key that is given and empty asks for what is read from the proof. */
const orExtract = <const Schema extends v.GenericSchema>(schema: Schema) => {
  const empty = oneOf(['']);
  return v.optional(v.lazy((input): Schema | typeof empty => (input === '' ? empty : schema)));
};

const flag = v.optional(oneOf(['0', '1']));

const webUrl = readable(
  (value) => /^[^]{6,250}$/u.test(value) && /^https?:$/.test(parseUrl(value)?.protocol ?? ''),
  'a web address of 6 to 250 characters',
);

const namePart = text(1, 32, allowed("\\-, .'"));

const proof = v.optional(file);

export const DOCUMENT_TYPES = [
  'passport',
  'id_card',
  'driving_license',
  'credit_or_debit_card',
] as const;

const ADDRESS_TYPES = [
  'id_card',
  'passport',
  'driving_license',
  'utility_bill',
  'bank_statement',
  'rent_agreement',
  'employer_letter',
  'insurance_agreement',
  'tax_bill',
] as const;

/** Letters and digits of ASCII: it is an id, not a text. */
const reference = (min: number) => text(min, 250, '[A-Za-z\\d]');

/** The whole request, on-site and off-site. What only one of them has to have is checked later. */
export const requestSchema = (now: () => number) => {
  // Days are those of UTC: where the provider counts them is not documented.
  const past = readable(
    (value) => isDay(value) && value < dayOf(now()),
    'a day before today, as yyyy-mm-dd',
  );
  const future = readable(
    (value) => isDay(value) && value > dayOf(now()),
    'a day after today, as yyyy-mm-dd',
  );
  const name = orExtract(
    v.strictObject({
      first_name: orExtract(namePart),
      middle_name: orExtract(namePart),
      last_name: orExtract(namePart),
      fuzzy_match: v.optional(oneOf(['1'])),
    }),
  );
  return v.strictObject({
    reference: reference(6),
    country: v.optional(readable(isCountry, 'a country of ISO 3166-1 alpha-2')),
    language: v.optional(readable(isLanguage, 'a language of ISO 639-1')),
    email: v.optional(
      formed(
        /^(?=[^]{6,128}$)[^\s@]+@[^\s@]+\.[^\s@]+$/u,
        'an e-mail address of 6 to 128 characters',
      ),
    ),
    callback_url: webUrl,
    redirect_url: v.optional(webUrl),
    verification_mode: v.optional(oneOf(['any', 'image_only', 'video_only'])),
    show_results: flag,
    show_consent: flag,
    show_privacy_policy: flag,
    face: v.optional(v.strictObject({ proof })),
    document: v.optional(
      v.strictObject({
        proof,
        additional_proof: proof,
        supported_types: v.array(oneOf(DOCUMENT_TYPES)),
        name,
        dob: orExtract(past),
        document_number: orExtract(text(2, 100, allowed('\\p{Nd}. _,\\-'))),
        issue_date: orExtract(past),
        expiry_date: orExtract(future),
      }),
    ),
    address: v.optional(
      v.strictObject({
        proof,
        additional_proof: proof,
        supported_types: v.array(oneOf(ADDRESS_TYPES)),
        full_address: orExtract(text(2, 250, allowed('\\p{Nd}. _#,\\-'))),
        address_fuzzy_match: flag,
        issue_date: orExtract(past),
        name,
      }),
    ),
    consent: v.optional(
      v.strictObject({
        proof,
        supported_types: v.array(oneOf(['handwritten', 'printed'])),
        text: text(2, 100),
      }),
    ),
    // The off-site document names this service and leaves its fields out: they are from the vendor's
    // documentation of the phone service, which calls it on-site in the main.
    phone: v.optional(
      v.strictObject({
        phone_number: orExtract(text(6, 64, '^\\+|\\d')),
        random_code: orExtract(text(2, 10)),
        text: orExtract(text(2, 100)),
      }),
    ),
    background_checks: v.optional(
      v.strictObject({
        // Required in one place, optional in the description and in the revision history.
        name: v.strictObject({
          first_name: namePart,
          middle_name: v.optional(namePart),
          last_name: v.optional(namePart),
        }),
        dob: past,
      }),
    ),
  });
};

export type RequestSchema = ReturnType<typeof requestSchema>;
export type ShuftiRequest = v.InferInput<RequestSchema>;

export const STATUS_REQUEST = v.strictObject({ reference: reference(6) });

/** Five for a reference, and not six as everywhere else: so says the document. */
export const DELETE_REQUEST = v.strictObject({ reference: reference(5), comment: text(5, 200) });
