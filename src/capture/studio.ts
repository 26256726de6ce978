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
