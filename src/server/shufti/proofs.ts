import { readMedia, type Media } from '../media.js';
import { refuse } from '../valid.js';
import type { ShuftiRequest } from './schema.js';

/** The proofs by what the handler calls them, and where each stands in a request. */
export const PLACES = {
  face: ['face', 'proof'],
  document: ['document', 'proof'],
  'document-additional': ['document', 'additional_proof'],
  address: ['address', 'proof'],
  'address-additional': ['address', 'additional_proof'],
  consent: ['consent', 'proof'],
} as const;

/**
 * Where a proof stands in a request.
 *
 * @throws KycServerError `bad-request` for any other context
 */
export const placeOf = (context: string): (typeof PLACES)[keyof typeof PLACES] =>
  Object.hasOwn(PLACES, context)
    ? PLACES[context as keyof typeof PLACES]
    : refuse('context', `must be one of ${Object.keys(PLACES).join(', ')}`);

/**
 * A proof as it is sent: JPEG, PNG or PDF up to 16 MiB, MP4 or MOV up to 20 MiB, by its bytes.
 *
 * @throws KycServerError `bad-request`
 */
export const readProof = (
  path: string,
  given: string | Uint8Array,
  mode?: ShuftiRequest['verification_mode'],
): Media => {
  const media = readMedia(given) ?? refuse(path, 'must be base64');
  const [, isVideo] = /^(?:image\/(?:jpeg|png)|application.*|(video).*)$/.exec(
    media.type ?? '',
  ) ?? [refuse(path, 'must be a JPEG, PNG, PDF, MP4 or MOV')];
  if (mode && mode !== 'any' && (mode === 'video_only') !== Boolean(isVideo)) {
    refuse(path, 'is not what verification_mode allows');
  }
  const limit = isVideo ? 20 : 16;
  if (media.size > limit * 1024 * 1024) refuse(path, `must be at most ${limit} MiB`);
  return media;
};
