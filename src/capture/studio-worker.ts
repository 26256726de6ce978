/**
 * What {@link Studio} has done elsewhere: the file of its worker, which a page without one imports.
 */
import type { MediaLimits, ProofSubject, QualityHint } from '../model/capture.js';
import { typeOf, type MediaType } from '../model/media.js';
import { withoutPlaces } from './movie.js';
import {
  canRead,
  longerOf,
  openPicture,
  pixelsOf,
  writePicture,
  type OpenPicture,
} from './picture.js';
import { hintsOf } from './quality.js';
import type {
  FileTrouble,
  PictureJob,
  StudioAnswer,
  StudioQuestion,
  StudioReply,
} from './studio-job.js';

const refuse = (trouble: FileTrouble): StudioAnswer => ({ trouble });

/** `side`: pixels of the longer side of what the picture stands for. */
const look = (
  picture: OpenPicture,
  subject: ProofSubject,
  side: number,
): readonly QualityHint[] => {
  const pixels = pixelsOf(picture);
  return hintsOf(pixels, subject, side / longerOf(pixels));
};

const preparePicture = async (
  blob: Blob,
  subject: ProofSubject,
  limits: MediaLimits,
): Promise<StudioAnswer> => {
  const type = (['image/jpeg', 'image/png'] as const).find((each) => limits.types.includes(each));
  if (!type) return refuse('file-type');
  const unreadable = blob.type === 'image/heic' ? 'heic-unsupported' : 'file-unreadable';
  const picture = await openPicture(blob).catch(() => undefined);
  if (!picture || !canRead()) return refuse(unreadable);
  try {
    const written = await writePicture(picture, type, limits);
    if (!written) return refuse('file-too-large');
    const { blob: made, side } = written;
    return { proof: { blob: made, type, hints: look(picture, subject, side) } };
  } finally {
    picture.bitmap.close();
  }
};

/** A file that is kept as it is, but for where it was filmed. */
const prepareOther = async (
  blob: Blob,
  type: MediaType,
  limits: MediaLimits,
): Promise<StudioAnswer> => {
  const isClip = type.startsWith('video/');
  if (!limits.types.includes(type)) return refuse('file-type');
  if (blob.size > (isClip ? limits.videoBytes : limits.pictureBytes)) {
    return refuse('file-too-large');
  }
  // Into memory: the file on the disk may change, or be gone, before it is sent.
  const whole = new Blob([await blob.arrayBuffer()], { type });
  return { proof: { blob: isClip ? await withoutPlaces(whole) : whole, type, hints: [] } };
};

const work = async ({ blob, subject, limits }: PictureJob): Promise<StudioAnswer> => {
  if (blob.size === 0) return refuse('file-unreadable');
  const type = typeOf(new Uint8Array(await blob.slice(0, 64).arrayBuffer()));
  if (!type) return refuse('file-type');
  // No copy: the same bytes, called what they are.
  const named = blob.slice(0, blob.size, type);
  return type.startsWith('image/')
    ? preparePicture(named, subject, limits)
    : prepareOther(named, type, limits);
};

/** See `Studio.prepare()`. */
export const prepare = (job: PictureJob): Promise<StudioAnswer> =>
  // The file is gone, a clip is damaged, or there is no memory.
  work(job).catch(() => refuse('file-unreadable'));

/** See `Studio.assess()`. */
export const assess = async (
  frame: ImageBitmap,
  subject: ProofSubject,
  scale: number,
): Promise<readonly QualityHint[]> => {
  try {
    return look({ bitmap: frame, orientation: 1 }, subject, longerOf(frame) * scale);
  } finally {
    frame.close();
  }
};

/** What of a worker's global is needed; its types are not those of a page. */
interface Scope {
  onmessage: ((event: { readonly data: StudioQuestion }) => void) | null;
  readonly postMessage: (reply: StudioReply) => void;
}

const answer = ([, ...question]: StudioQuestion): Promise<unknown> =>
  question[0] === 'prepare'
    ? prepare(question[1])
    : assess(question[1], question[2], question[3]).catch(() => []);

const serve = (scope: Scope): void => {
  scope.onmessage = ({ data }) => {
    void answer(data).then((reply) => {
      scope.postMessage([data[0], reply]);
    });
  };
  scope.postMessage(canRead());
};

// Imported by a page, or on a server, it does nothing.
if ('WorkerGlobalScope' in globalThis) serve(globalThis as unknown as Scope);
