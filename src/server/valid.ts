import * as v from 'valibot';

import { isSecure, parseUrl } from '../model/urls.js';
import { KycServerError } from './errors.js';

/** Refuses an input. `message` says what is wrong with the field, and nothing of its value. */
export const refuse = (path: string, message: string): never => {
  throw new KycServerError('bad-request', `${path} ${message}.`, { path });
};

/** A field's name as it may be told; what is no plain name may be somebody's data. */
const tell = (key: unknown): string => (/^\w{1,64}$/.test(String(key)) ? String(key) : '?');

/** valibot's own words would quote the value. */
const wordOf = ({ kind, message, expected, received }: v.BaseIssue<unknown>): string => {
  if (kind === 'validation') return message;
  if (expected === 'never') return 'is not a known field';
  return received === 'undefined' ? 'is missing' : 'is not of the documented type or words';
};

/**
 * Checks an input.
 *
 * @throws KycServerError `bad-request` with the `path` of the first field that is wrong
 */
export const check = <const Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> => {
  const result = v.safeParse(schema, input, { abortEarly: true, abortPipeEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  return refuse(issue.path?.map(({ key }) => tell(key)).join('.') ?? 'request', wordOf(issue));
};

/** A text that is good for something. */
export const readable = (isGood: (value: string) => boolean, what: string) =>
  v.pipe(v.string(), v.check(isGood, `must be ${what}`));

/** A text of so many characters: code points, which is what people and other languages count. */
export const text = (min: number, max = Infinity, pattern = /^/) =>
  v.pipe(
    readable((value) => {
      const size = Array.from(value).length;
      return size >= min && size <= max;
    }, `${min} to ${max} characters long`),
    v.check((value) => pattern.test(value), 'holds characters that are not allowed'),
  );

/** The day of an instant in UTC, as `yyyy-mm-dd`. */
export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** A day of the calendar, as `yyyy-mm-dd`. */
export const day = readable((value) => {
  const instant = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) : NaN;
  // Some engines take the 30th of February for a day in March.
  return !Number.isNaN(instant) && dayOf(instant) === value;
}, 'a day as yyyy-mm-dd');

/** A file as bytes, base64, or a data URI in base64. What it holds is looked at later. */
export const file = v.custom<string | Uint8Array>(
  (value) => typeof value === 'string' || value instanceof Uint8Array,
);

/** Whether it is the URL of something that may be told secrets: https, or http on loopback. */
export const isSecureUrl = (value: unknown): value is string => {
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  return url !== undefined && isSecure(url);
};

/** The fields of a request that the vendor has and its document has not, apart: they are not checked. */
export const splitExtra = (
  request: unknown,
  names: readonly string[] = [],
): readonly [known: unknown, extra: Readonly<Record<string, unknown>>] => {
  const known: Record<string, unknown> = { ...(request as object) };
  const extra: Record<string, unknown> = {};
  for (const name of names) {
    if (Object.hasOwn(known, name)) extra[name] = known[name];
    Reflect.deleteProperty(known, name);
  }
  return [known, extra];
};
