import type {
  CaptureTroubleCode,
  MediaLimits,
  ProofSubject,
  QualityHint,
} from '../model/capture.js';
import type { MediaType } from '../model/media.js';

/** A file as it came, and what it has to become. */
export interface PictureJob {
  readonly blob: Blob;
  readonly subject: ProofSubject;
  readonly limits: MediaLimits;
}

/** What became of it. */
export interface PreparedProof {
  readonly blob: Blob;
  readonly type: MediaType;
  /** What may be wrong with the picture; none for a PDF or a clip. */
  readonly hints: readonly QualityHint[];
}

/** Why it cannot be taken. */
export type FileTrouble = Extract<CaptureTroubleCode, `file-${string}` | 'heic-unsupported'>;

export type StudioAnswer =
  | { readonly proof: PreparedProof; readonly trouble?: never }
  | { readonly trouble: FileTrouble; readonly proof?: never };

/** What the worker's file does, in a worker or, where there can be none, in the page. */
export interface StudioWork {
  readonly prepare: (job: PictureJob) => Promise<StudioAnswer>;
  readonly assess: (
    frame: ImageBitmap,
    subject: ProofSubject,
    scale: number,
  ) => Promise<readonly QualityHint[]>;
}

/** Asks the worker; the first is a number that its answer repeats. */
export type StudioQuestion = {
  readonly [N in keyof StudioWork]: readonly [number, N, ...Parameters<StudioWork[N]>];
}[keyof StudioWork];

/** What the worker says first, whether it can draw at all, and then its answers. */
export type StudioReply = boolean | readonly [number, unknown];
