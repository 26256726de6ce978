import * as v from 'valibot';

import { KycServerError } from './errors.js';

/** A field's name as it may be told; what is no plain name may be somebody's data. */
const tell = (key: unknown): string =>
  typeof key === 'number' || (typeof key === 'string' && /^\w{1,64}$/.test(key)) ? `${key}` : '?';

/** Refuses an input. `message` says what is wrong with the field, and nothing of its value. */
export const refuse = (path: string, message: string): never => {
  throw new KycServerError(
    'bad-request',
    path ? `${path} ${message}.` : `The request ${message}.`,
    {
      ...(path && { path }),
    },
  );
};

/** valibot's words for what it found would quote the value. */
const wordOf = ({ kind, type, message, received }: v.BaseIssue<unknown>): string => {
  if (kind === 'validation') return message;
  if (type === 'strict_object')
    return received === 'undefined' ? 'is missing' : 'is not a known field';
  return received === 'undefined' ? 'is missing' : 'is not of the documented type or word';
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
  return refuse((issue.path ?? []).map(({ key }) => tell(key)).join('.'), wordOf(issue));
};

/** Whether an answer has the shape. */
export const fits = <const Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): input is v.InferOutput<Schema> => v.is(schema, input);

/** A text of so many characters: code points, which is what people and other languages count. */
export const text = (min: number, max: number, pattern?: RegExp, allowed = 'other characters') =>
  v.pipe(
    v.string(),
    v.check((value) => {
      const size = [...value].length;
      return size >= min && size <= max;
    }, `must be ${min} to ${max} characters long`),
    v.check((value) => !pattern || pattern.test(value), `must hold nothing but ${allowed}`),
  );

/** A text that means something once it is read. */
export const readable = (isGood: (value: string) => boolean, what: string) =>
  v.pipe(v.string(), v.check(isGood, `must be ${what}`));

/** The day of an instant in UTC, as `yyyy-mm-dd`. */
export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Whether a text is a day of the calendar, as `yyyy-mm-dd`. */
export const isDay = (value: string): boolean => {
  const instant = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) : NaN;
  // The 30th of February is parsed as a day in March by some engines.
  return !Number.isNaN(instant) && dayOf(instant) === value;
};

/** The fields of a request that the vendor has and its document has not; passed on unchecked. */
export const splitExtra = (
  request: unknown,
  names: readonly string[] = [],
): readonly [known: unknown, extra: Readonly<Record<string, unknown>>] => {
  if (typeof request !== 'object' || request === null) return [request, {}];
  const isExtra = ([name]: readonly [string, unknown]): boolean => names.includes(name);
  const entries = Object.entries(request);
  return [
    Object.fromEntries(entries.filter((entry) => !isExtra(entry))),
    Object.fromEntries(entries.filter(isExtra)),
  ];
};
