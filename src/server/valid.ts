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
const wordOf = ({ type, message, expected, received }: v.BaseIssue<unknown>): string => {
  if (expected === 'never') return 'is not a known field';
  if (received === 'undefined') return 'is missing';
  return type === 'custom' ? message : 'is not of the documented type';
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
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  return refuse(issue.path?.map(({ key }) => tell(key)).join('.') ?? 'request', wordOf(issue));
};

/**
 * A text that is good for something. One `custom` does what would be a pipe of `string` and `check`,
 * which weigh more than all that is checked with them.
 */
export const readable = (isGood: (value: string) => boolean, what: string) =>
  v.custom<string>((value) => typeof value === 'string' && isGood(value), `must be ${what}`);

/** A text of a form. */
export const formed = (form: RegExp, what: string) => readable((value) => form.test(value), what);

/**
 * A text of so many characters: code points, which is what people and other languages count.
 *
 * @param one - the form of each, as in a `RegExp`
 */
export const text = (min: number, max: number, one = '[^]') =>
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
export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Whether it is a day of the calendar, as `yyyy-mm-dd`. */
export const isDay = (value: string): boolean =>
  // Some engines take the 30th of February for a day in March.
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  Date.parse(value) > -Infinity &&
  dayOf(Date.parse(value)) === value;

/** A file as bytes, base64, or a data URI in base64. What it holds is looked at later. */
export const file = v.custom<string | Uint8Array>(
  (value) => typeof value === 'string' || value instanceof Uint8Array,
  'must be bytes or base64',
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
  const pick = (isExtra: boolean): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries({ ...(request as object) }).filter(
        ([name]) => names.includes(name) === isExtra,
      ),
    );
  return [pick(false), pick(true)];
};
