import { check, refuse, splitExtra } from '../valid.js';
import { isContext, PLACES, readProof, type ProofContext } from './proofs.js';
import type { requestSchema, ShuftiRequestOutput } from './schema.js';

/**
 * `on-site`: the person shows everything on Shufti Pro's page. `off-site`: the proofs are in the
 * request. `draft`: an off-site request whose proofs are still to come.
 */
export type RequestKind = 'on-site' | 'off-site' | 'draft';

export const SERVICES = [
  'face',
  'document',
  'address',
  'consent',
  'phone',
  'background_checks',
] as const;

const CONTEXTS = Object.keys(PLACES).filter(isContext);

const proofAt = (request: ShuftiRequestOutput, context: ProofContext): string | Uint8Array => {
  const [service, field] = PLACES[context];
  const fields: Partial<Record<string, unknown>> | undefined = request[service];
  return (fields?.[field] ?? '') as string | Uint8Array;
};

const checkOnSite = (request: ShuftiRequestOutput): void => {
  for (const context of CONTEXTS) {
    if (proofAt(request, context).length > 0) {
      refuse(PLACES[context].join('.'), 'must be empty: on-site, the person shows it');
    }
  }
};

/** Only one type may be named where its proof is given. */
const checkTypes = (request: ShuftiRequestOutput): void => {
  for (const service of ['document', 'address', 'consent'] as const) {
    if ((request[service]?.supported_types.length ?? 1) > 1) {
      refuse(`${service}.supported_types`, 'must name one type alone, that of the proof');
    }
  }
};

const checkOffSite = (request: ShuftiRequestOutput): void => {
  if (request.email === undefined) refuse('email', 'is missing');
  checkTypes(request);
  for (const service of ['face', 'document', 'address', 'consent'] as const) {
    if (request[service] && proofAt(request, service).length === 0) {
      refuse(`${service}.proof`, 'is missing');
    }
  }
};

/** The request with each proof as a data URI of its real type; nothing, where there is none. */
const withProofs = (request: ShuftiRequestOutput): Readonly<Record<string, unknown>> => {
  const media = CONTEXTS.flatMap((context) => {
    const given = proofAt(request, context);
    const path = PLACES[context].join('.');
    return given.length === 0
      ? []
      : [{ place: PLACES[context], file: readProof(path, given, request.verification_mode) }];
  });
  const sent: Record<string, Record<string, unknown>> = {};
  for (const { place, file } of media) {
    const [service, field] = place;
    (sent[service] ??= { ...request[service] })[field] = file.toDataUri();
  }
  return { ...request, ...sent };
};

/** On-site, an empty proof says so; a service without any field might not be seen in PHP. */
const withEmptyProofs = (request: ShuftiRequestOutput): Readonly<Record<string, unknown>> => ({
  ...request,
  ...Object.fromEntries(
    (['face', 'document', 'address', 'consent'] as const)
      .filter((service) => request[service])
      .map((service) => [service, { ...request[service], proof: '' }]),
  ),
});

/**
 * A request as it is sent.
 *
 * @throws KycServerError `bad-request` with the path of the field
 */
export const readRequest = (
  schema: ReturnType<typeof requestSchema>,
  kind: RequestKind,
  given: unknown,
  extraFields?: readonly string[],
): Readonly<Record<string, unknown>> => {
  const [known, extra] = splitExtra(given, extraFields);
  const request = check(schema, known);
  if (kind !== 'draft' && !SERVICES.some((service) => request[service])) {
    refuse('', 'asks for no service');
  }
  if (kind === 'on-site') {
    checkOnSite(request);
    return { ...withEmptyProofs(request), ...extra };
  }
  if (kind === 'off-site') checkOffSite(request);
  return { ...withProofs(request), ...extra };
};
