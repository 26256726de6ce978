import * as v from 'valibot';

import { decodeBase64, formatOf, typeOf, type Format } from './files.js';
import { Refusal } from './refusal.js';
import { SHUFTI_CONTEXTS, type Asked, type Context } from './sessions.js';

/**
 * What Shufti Pro takes in a request, as its document "Off-site Verification with OCR" has it:
 * lengths, characters, dates, types and proofs. Members it does not name are dropped.
 */

const text = (least: number, most: number) =>
  v.pipe(v.string(), v.minLength(least), v.maxLength(most));

/** An empty value asks for what stands on the proof. */
const orEmpty = <T extends v.GenericSchema<string>>(schema: T) =>
  v.optional(v.union([v.literal(''), schema]));

const name = v.pipe(
  text(1, 32),
  v.regex(/^[\p{L}\p{M}\-, .'’]+$/u, 'The name has characters that are not allowed.'),
);

const nameFields = {
  first_name: orEmpty(name),
  middle_name: orEmpty(name),
  last_name: orEmpty(name),
  fuzzy_match: v.optional(v.literal('1')),
};

const nameObject = v.optional(v.union([v.literal(''), v.object(nameFields)]));

const isDate = (value: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value);

const today = (): string => new Date().toISOString().slice(0, 10);

const date = v.pipe(v.string(), v.check(isDate, 'The date does not match the format Y-m-d.'));
const past = v.pipe(
  date,
  v.check((value) => value < today(), 'The date must be before today.'),
);
const future = v.pipe(
  date,
  v.check((value) => value > today(), 'The date must be after today.'),
);

const proof = v.optional(v.string());

const typesOf = <const T extends readonly string[]>(types: T) =>
  v.pipe(v.array(v.picklist(types)), v.minLength(1));

const DOCUMENTS = ['passport', 'id_card', 'driving_license', 'credit_or_debit_card'] as const;

const ADDRESSES = [
  'id_card',
  'passport',
  'driving_license',
  'utility_bill',
  'bank_statement',
  'rent_agreement',
  'employer_letter',
  'insurance_agreement',
  'tax_bill',
  'envelope',
] as const;

const SERVICES = {
  face: v.object({ proof }),
  document: v.object({
    proof,
    additional_proof: proof,
    supported_types: v.optional(typesOf(DOCUMENTS)),
    name: nameObject,
    dob: orEmpty(past),
    document_number: orEmpty(v.pipe(text(2, 100), v.regex(/^[\p{L}\p{N}. \-_,]+$/u))),
    issue_date: orEmpty(past),
    expiry_date: orEmpty(future),
  }),
  address: v.object({
    proof,
    additional_proof: proof,
    supported_types: v.optional(typesOf(ADDRESSES)),
    full_address: orEmpty(v.pipe(text(2, 250), v.regex(/^[\p{L}\p{M}\p{N}. \-_#,'/]+$/u))),
    address_fuzzy_match: v.optional(v.picklist(['0', '1'])),
    issue_date: orEmpty(past),
    name: nameObject,
  }),
  consent: v.object({
    proof,
    supported_types: v.optional(typesOf(['handwritten', 'printed'])),
    text: text(2, 100),
  }),
  phone: v.object({
    phone_number: v.optional(v.pipe(v.string(), v.regex(/^(\+?[\d\- ]{6,64})?$/))),
    random_code: v.optional(text(2, 10)),
    text: v.optional(text(2, 100)),
  }),
  background_checks: v.object({
    name: v.optional(v.object({ ...nameFields, first_name: name })),
    dob: v.optional(past),
  }),
} as const;

const REQUEST = v.object({
  country: v.optional(v.pipe(v.string(), v.regex(/^([A-Z]{2})?$/i, 'No valid country code.'))),
  language: v.optional(v.pipe(v.string(), v.regex(/^([A-Z]{2})?$/i, 'No valid language code.'))),
  email: v.optional(v.union([v.literal(''), v.pipe(text(6, 128), v.email())])),
  verification_mode: v.optional(v.picklist(['any', 'image_only', 'video_only'])),
  show_results: v.optional(v.picklist(['0', '1'])),
  face: v.optional(SERVICES.face),
  document: v.optional(SERVICES.document),
  address: v.optional(SERVICES.address),
  consent: v.optional(SERVICES.consent),
  phone: v.optional(SERVICES.phone),
  background_checks: v.optional(SERVICES.background_checks),
});

export type ProofFile = readonly [context: Context, type: string, bytes: Uint8Array];

/** What was asked for, and the proofs that came along. */
export interface ShuftiRequest {
  readonly asked: Asked;
  readonly files: readonly ProofFile[];
}

const MEBIBYTE = 1024 * 1024;

const refuse = (where: string, key: string, message: string): never => {
  throw new Refusal(where === '' ? key : `${where}.${key}`, message);
};

const isVideo = (format: Format): boolean => format === 'mp4' || format === 'mov';

const readProof = (where: string, key: string, content: string, mode: string): Uint8Array => {
  const bytes = decodeBase64(content);
  if (bytes === undefined) return refuse(where, key, `The ${key} is not valid base64.`);
  const format = formatOf(bytes);
  if (format === undefined || ['webp', 'heic', 'heif'].includes(format)) {
    return refuse(where, key, `The ${key} must be a JPG, JPEG, PNG, PDF, MP4 or MOV file.`);
  }
  if (mode === 'image_only' && isVideo(format))
    return refuse(where, key, 'The verification mode allows no video.');
  if (mode === 'video_only' && !isVideo(format))
    return refuse(where, key, 'The verification mode allows videos only.');
  if (bytes.length > (isVideo(format) ? 20 : 16) * MEBIBYTE)
    return refuse(where, key, `The ${key} is too large.`);
  return bytes;
};

const readProofs = (
  where: string,
  fields: Readonly<Record<string, unknown>>,
  mode: string,
): readonly ProofFile[] =>
  (['proof', 'additional_proof'] as const).flatMap((key) => {
    const content = fields[key];
    if (typeof content !== 'string' || content === '') return [];
    const bytes = readProof(where, key, content, mode);
    const context = SHUFTI_CONTEXTS.find(
      (word) => word === (key === 'proof' ? where : `${where}-additional`),
    );
    const format = formatOf(bytes);
    return context === undefined || format === undefined
      ? []
      : [[context, typeOf(format), bytes] as const];
  });

const withoutProofs = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([key, value]) => key !== 'proof' && key !== 'additional_proof' && value !== undefined,
    ),
  );

const checkOneType = (where: string, fields: Readonly<Record<string, unknown>>): void => {
  const types = fields['supported_types'];
  if (Array.isArray(types) && types.length > 1) {
    refuse(where, 'supported_types', 'Provide only one type for the proof you send.');
  }
};

/**
 * Reads what a request asks to verify.
 *
 * @throws Refusal that names the first field that is wrong, as `service.key`
 */
export const readShuftiRequest = (body: unknown): ShuftiRequest => {
  const { success, output, issues } = v.safeParse(REQUEST, body, { abortEarly: true });
  if (!success) {
    const path = v.getDotPath(issues[0])?.split('.') ?? [];
    throw new Refusal(path.slice(0, 2).join('.'), issues[0].message);
  }
  const mode = output.verification_mode ?? 'any';
  const given = Object.keys(SERVICES).flatMap((where) => {
    const fields = (output as Readonly<Record<string, unknown>>)[where];
    return fields === undefined ? [] : [[where, fields as Record<string, unknown>] as const];
  });
  const files = given.flatMap(([where, fields]) => {
    const proofs = readProofs(where, fields, mode);
    if (proofs.length > 0) checkOneType(where, fields);
    return proofs;
  });
  return {
    files,
    asked: {
      services: Object.fromEntries(given.map(([where, fields]) => [where, withoutProofs(fields)])),
      email: output.email ?? null,
      country: output.country ?? null,
      showsResults: output.show_results !== '0',
      isOffsite: files.length > 0,
    },
  };
};
