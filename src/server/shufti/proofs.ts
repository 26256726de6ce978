import { readMedia, type Media, type MediaFormat } from '../media.js';
import { refuse } from '../valid.js';
import type { ShuftiRequestOutput } from './schema.js';

type Mode = ShuftiRequestOutput['verification_mode'];

/** The proofs by what the handler calls them, and where each stands in a request. */
export const PLACES = {
  face: ['face', 'proof'],
  document: ['document', 'proof'],
  'document-additional': ['document', 'additional_proof'],
  address: ['address', 'proof'],
  'address-additional': ['address', 'additional_proof'],
  consent: ['consent', 'proof'],
} as const;

export type ProofContext = keyof typeof PLACES;

export const isContext = (context: string): context is ProofContext =>
  Object.hasOwn(PLACES, context);

const MIB = 1024 * 1024;

const IMAGES: readonly (MediaFormat | undefined)[] = ['jpeg', 'png', 'pdf'];
const VIDEOS: readonly (MediaFormat | undefined)[] = ['mp4', 'mov'];

/**
 * A proof as it is sent: JPEG, PNG or PDF up to 16 MiB, MP4 or MOV up to 20 MiB, by its bytes.
 *
 * @throws KycServerError `bad-request`
 */
export const readProof = (path: string, given: string | Uint8Array, mode?: Mode): Media => {
  const media = readMedia(given) ?? refuse(path, 'must be base64');
  const isVideo = VIDEOS.includes(media.format);
  if (!isVideo && !IMAGES.includes(media.format)) {
    refuse(path, 'must be a JPEG, PNG, PDF, MP4 or MOV');
  }
  if (mode === 'image_only' && isVideo) refuse(path, 'must be no video in this verification_mode');
  if (mode === 'video_only' && !isVideo) refuse(path, 'must be a video in this verification_mode');
  const limit = isVideo ? 20 : 16;
  if (media.size > limit * MIB) refuse(path, `must be at most ${limit} MiB`);
  return media;
};
