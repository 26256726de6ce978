import * as v from 'valibot';

import { isCountry, LANGUAGE_TAG } from '../codes.js';
import { readMedia, type Media } from '../media.js';
import { isSecureUrl } from '../secure.js';
import { check, file, formed, isDay, readable, refuse } from '../valid.js';

const some = v.optional(formed(/[^]/, 'a text that is not empty'));

const isListOfTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');

const timestamp = v.optional(
  readable(
    (value) => /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)),
    'an instant of ISO 8601',
  ),
);

const DOCUMENTS = ['PASSPORT', 'ID_CARD', 'RESIDENCE_PERMIT', 'DRIVERS_LICENSE'] as const;

/**
 * The fields of `POST /v1/sessions`, inside `verification`. Where Veriff documents no limit there is
 * none but that a text is not empty.
 */
export const SESSION_REQUEST = v.strictObject({
  /** Where the person comes back to: https, or http on loopback. */
  callback: v.optional(readable(isSecureUrl, 'an https URL')),
  person: v.optional(
    v.strictObject({
      firstName: some,
      lastName: some,
      fullName: some,
      idNumber: some,
      phoneNumber: some,
      email: some,
      gender: some,
      dateOfBirth: v.optional(readable(isDay, 'a day as yyyy-mm-dd')),
    }),
  ),
  /** Restricts the session to the document on file. */
  document: v.optional(
    v.strictObject({
      number: some,
      type: v.optional(
        v.custom<(typeof DOCUMENTS)[number]>(
          (value) => DOCUMENTS.some((one) => one === value),
          'must be a documented type',
        ),
      ),
      country: v.optional(readable(isCountry, 'a country of ISO 3166-1 alpha-2')),
    }),
  ),
  /** Comes back in webhooks and answers. */
  vendorData: v.optional(formed(/^[^]{1,1000}$/u, '1 to 1000 characters long')),
  endUserId: some,
  /** BCP 47. */
  lang: v.optional(formed(LANGUAGE_TAG, 'a language tag')),
  features: v.optional(v.custom<string[]>(isListOfTexts, 'must be a list of texts')),
  timestamp,
});

export type VeriffSessionRequest = v.InferInput<typeof SESSION_REQUEST>;

const MEDIA = v.strictObject({
  /** What it shows: `face`, `document-front`, `document-back`, … */
  context: formed(/^[a-z][a-z\d-]{0,63}$/, 'a context such as face'),
  /** Bytes, base64, or a data URI in base64: JPEG, PNG, WebP, HEIC or PDF, at most 18 MiB. */
  content: file,
  /** When it was taken, in ISO 8601. */
  timestamp,
});

/** One picture, as `POST …/media` takes it. */
export type VeriffMedia = v.InferInput<typeof MEDIA>;

/** In bytes: 24 MiB of base64. */
const MAX_PICTURE = 18 * 1024 * 1024;

/**
 * Reads the file of a picture.
 *
 * @throws KycServerError `bad-request` where Veriff would not take it
 */
export const readPicture = (given: VeriffMedia): Media => {
  const { content } = check(MEDIA, given);
  const media = readMedia(content) ?? refuse('content', 'must be base64');
  if (!/^(image|app)/.test(media.type ?? '')) {
    refuse('content', 'must be a JPEG, PNG, WebP, HEIC or PDF');
  }
  if (media.size > MAX_PICTURE) refuse('content', 'must be at most 18 MiB');
  return media;
};

/** Whether it looks like a session's id: a UUID today. It becomes part of a path. */
export const isSessionId = (id: unknown): id is string =>
  typeof id === 'string' && /^[\w-]{1,128}$/.test(id);
