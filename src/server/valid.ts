import * as v from 'valibot';

import { KycServerError } from './errors.js';

/** Refuses an input. `message` says what is wrong with the field, and nothing of its value. */
export const refuse = (path: string, message: string): never => {
  throw new KycServerError('bad-request', `${path} ${message}.`, { path });
};

/** A field's name as it may be told; what is no plain name may be somebody's data. */
const tell = (key: unknown): unknown => (/^\w{1,64}$/.test(String(key)) ? key : '?');

/** valibot's own words would quote the value. */
const wordOf = ({ type, message, expected, received }: v.BaseIssue<unknown>): string => {
  if (expected === 'never') return 'is not known';
  if (received === 'undefined') return 'is missing';
  return type === 'custom' ? message : 'is not as documented';
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
  // What `safeParse` does, by the door that every schema has: that function would come on top.
  const { value, issues: [issue] = [] } = schema['~standard'].validate(input) as v.OutputDataset<
    v.InferOutput<Schema>,
    v.BaseIssue<unknown>
  >;
  if (!issue) return value;
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

/** Whether it is a day of the calendar, as `yyyy-mm-dd`. */
export const isDay = (value: string): boolean =>
  // Some engines take the 30th of February for a day in March.
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toJSON().startsWith(value);

/** A file as bytes, base64, or a data URI in base64. What it holds is looked at later. */
export const file = v.custom<string | Uint8Array>(
  (value) => typeof value === 'string' || value instanceof Uint8Array,
  'must be bytes or base64',
);

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
