import type * as v from 'valibot';

import { check, refuse, splitExtra } from '../valid.js';
import { PLACES, readProof } from './proofs.js';
import type { RequestSchema } from './schema.js';

/**
 * `on-site`: the person shows everything on Shufti Pro's page. `off-site`: the proofs are in the
 * request. `draft`: an off-site request whose proofs are still to come, and with them which of the
 * types they are of.
 */
export type RequestKind = 'on-site' | 'off-site' | 'draft';

/** Services that look at proofs. */
const SHOWN = ['face', 'document', 'address', 'consent'] as const;

export const SERVICES = [...SHOWN, 'phone', 'background_checks'] as const;

type Fields = Record<string, unknown>;

/** What is to be true of a service that looks at proofs. */
const checkService = (service: string, fields: Fields, kind: RequestKind): void => {
  const hasProof = Boolean(fields['proof']);
  const { supported_types: types } = fields;
  if (kind === 'on-site' && (hasProof || fields['additional_proof'])) {
    refuse(`${service}.proof`, 'must be empty: on-site, the person shows it');
  }
  if (kind === 'off-site' && !hasProof) refuse(`${service}.proof`, 'is missing');
  if (Array.isArray(types) && types.length === 0) {
    refuse(`${service}.supported_types`, 'must name a type');
  }
  if (kind === 'off-site' && Array.isArray(types) && types.length > 1) {
    refuse(`${service}.supported_types`, 'must name one type alone, that of the proof');
  }
};

/** Puts each proof in as a data URI of its real type, once all of them are known to be good. */
const placeProofs = (request: v.InferOutput<RequestSchema>): void => {
  const media = Object.values(PLACES).flatMap(([service, field]) => {
    const fields: Partial<Record<typeof field, string | Uint8Array | undefined>> | undefined =
      request[service];
    const given = fields?.[field];
    if (!fields || !given) return [];
    const file = readProof(`${service}.${field}`, given, request.verification_mode);
    return [(): unknown => (fields[field] = file.toDataUri())];
  });
  for (const place of media) place();
};

/**
 * A request as it is sent.
 *
 * @throws KycServerError `bad-request` with the path of the field
 */
export const readRequest = (
  schema: RequestSchema,
  kind: RequestKind,
  given: unknown,
  extraFields?: readonly string[],
): Readonly<Fields> => {
  const [known, extra] = splitExtra(given, extraFields);
  // Checking makes new objects, so what is filled in here is not the caller's.
  const request = check(schema, known);
  const isDraft = kind === 'draft';
  if (!isDraft && !SERVICES.some((service) => request[service])) {
    refuse('request', 'asks for no service');
  }
  // The vendor says that on-site the person is asked for it.
  if (kind !== 'on-site' && request.email === undefined) refuse('email', 'is missing');
  for (const service of SHOWN) {
    const fields: Fields | undefined = request[service];
    if (!fields) continue;
    checkService(service, fields, kind);
    // An empty proof says on-site; a service without any field might not be seen in PHP.
    if (kind === 'on-site') fields['proof'] = '';
    // "Leave empty for an on-site verification", so where it is none, what was left out is not there.
    else fields['additional_proof'] ||= undefined;
  }
  placeProofs(request);
  return { ...request, ...extra };
};
