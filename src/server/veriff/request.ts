import * as v from 'valibot';

import { isSecure, parseUrl } from '../../model/urls.js';
import { isCountry } from '../codes.js';
import { check, readable, refuse, text } from '../valid.js';
import { readMedia, type Media, type MediaFormat } from '../media.js';

const some = text(1, Infinity);

/**
 * The fields of `POST /v1/sessions`, inside `verification`. Where Veriff documents no limit there is
 * none but that a text is not empty.
 */
export const SESSION_REQUEST = v.strictObject({
  /** Where the person comes back to: https, or http on loopback. */
  callback: v.optional(
    readable((value) => {
      const url = parseUrl(value);
      return url !== undefined && isSecure(url);
    }, 'an https URL'),
  ),
  person: v.optional(
    v.strictObject({
      firstName: v.optional(some),
      lastName: v.optional(some),
      fullName: v.optional(some),
      idNumber: v.optional(some),
      phoneNumber: v.optional(some),
      email: v.optional(some),
      gender: v.optional(some),
      dateOfBirth: v.optional(v.pipe(v.string(), v.isoDate('must be a day as yyyy-mm-dd'))),
    }),
  ),
  /** Restricts the session to the document on file. */
  document: v.optional(
    v.strictObject({
      number: v.optional(some),
      type: v.optional(v.picklist(['PASSPORT', 'ID_CARD', 'RESIDENCE_PERMIT', 'DRIVERS_LICENSE'])),
      country: v.optional(readable(isCountry, 'a country of ISO 3166-1 alpha-2')),
    }),
  ),
  /** Comes back in webhooks and answers. */
  vendorData: v.optional(text(1, 1000)),
  endUserId: v.optional(some),
  lang: v.optional(readable((tag) => /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(tag), 'a language tag')),
  features: v.optional(v.array(some)),
  timestamp: v.optional(v.pipe(v.string(), v.isoTimestamp('must be an instant of ISO 8601'))),
});

export type VeriffSessionRequest = v.InferInput<typeof SESSION_REQUEST>;

/** One picture, as `POST …/media` takes it. */
export interface VeriffMedia {
  /** What it shows: `face`, `document-front`, `document-back`, … */
  readonly context: string;
  /** Bytes, base64, or a data URI in base64: JPEG, PNG, WebP, HEIC or PDF, in base64 no more than 24 MiB. */
  readonly content: string | Uint8Array;
  /** When it was taken, in ISO 8601. */
  readonly timestamp?: string;
}

/** What an id of Veriff's looks like: a UUID today. */
export const SESSION_ID = /^[\w-]{1,128}$/;

const MEDIA = v.strictObject({
  context: readable((word) => /^[a-z][a-z\d-]{0,63}$/.test(word), 'a context such as face'),
  content: v.union([v.string(), v.instance(Uint8Array)]),
  timestamp: SESSION_REQUEST.entries.timestamp,
});

const FORMATS: readonly (MediaFormat | undefined)[] = ['jpeg', 'png', 'webp', 'heic', 'pdf'];

/** In characters of base64. */
const MAX_CONTENT = 24 * 1024 * 1024;

/**
 * A picture as it is sent.
 *
 * @throws KycServerError `bad-request` where Veriff would not take it
 */
export const readPicture = (
  given: VeriffMedia,
): { readonly context: string; readonly media: Media } => {
  const { context, content } = check(MEDIA, given);
  const media = readMedia(content) ?? refuse('content', 'must be base64');
  if (!FORMATS.includes(media.format)) {
    refuse('content', 'must be a JPEG, PNG, WebP, HEIC or PDF');
  }
  if (Math.ceil(media.size / 3) * 4 > MAX_CONTENT) refuse('content', 'must be at most 18 MiB');
  return { context, media };
};

/**
 * A session's id, which becomes part of a path.
 *
 * @throws KycServerError `bad-request`
 */
export const readSessionId = (id: string): string =>
  SESSION_ID.test(id) ? id : refuse('sessionId', 'must be the id of a session');
