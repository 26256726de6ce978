import type { MediaType } from './media.js';

/** What a proof shows. */
export type ProofSubject = 'face' | 'document' | 'address' | 'consent';

/** Which part of it. */
export type ProofSide = 'front' | 'back' | 'additional';

/** Which kinds of proof a provider takes; Shufti Pro's words. PDF counts as an image. */
export type VerificationMode = 'any' | 'image_only' | 'video_only';

/** What a provider takes. */
export interface MediaLimits {
  /** By what is in the file, not by its name. */
  readonly types: readonly MediaType[];
  /** Bytes of a picture or a PDF. */
  readonly pictureBytes: number;
  /** Bytes of a clip. */
  readonly videoBytes: number;
  /** Pixels of a picture's longer side; a larger one is made smaller. */
  readonly longerSide: number;
}

/** One proof that the person is asked for. */
export interface CaptureStep {
  /**
   * What provider and backend kit call the proof. Veriff: `face`, `document-front`, `document-back`.
   * Shufti Pro: `face`, `document`, `document-additional`, `address`, `address-additional`, `consent`.
   */
  readonly context: string;
  readonly subject: ProofSubject;
  readonly side?: ProofSide;
  /**
   * Types to pick from, in the provider's words, for example `passport`. Asked before the first step of
   * a subject that has any; one alone is not asked for.
   */
  readonly types?: readonly string[];
  /** The step is for these types alone, for example those that have a back. Default: for each. */
  readonly onlyFor?: readonly string[];
  /** The person may leave it out. Default: no. */
  readonly isOptional?: boolean;
  /** Default: `any` that {@link MediaLimits.types} has. */
  readonly mode?: VerificationMode;
  /** What is to be written, where the subject is `consent`. */
  readonly text?: string;
}

/** Everything that the person is asked for. */
export interface CapturePlan {
  /** Id of the provider, for example `veriff`. */
  readonly provider: string;
  readonly limits: MediaLimits;
  readonly steps: readonly CaptureStep[];
}

/** A proof as it was collected: pictures turned upright, and without what a camera writes into them. */
export interface CapturedProof {
  readonly context: string;
  readonly subject: ProofSubject;
  readonly blob: Blob;
  readonly type: MediaType;
  /** The type that was picked, or the only one; absent where the step has none. */
  readonly documentType?: string;
  /** Of this very blob, for `Idempotency-Key`: another picture has another one. */
  readonly key: string;
}

/** What may be wrong with a picture. A hint for the person: nothing is refused for it. */
export type QualityHint = 'too-dark' | 'blurred' | 'glare' | 'too-small' | 'no-rectangle';

/**
 * What can go wrong with a proof while it is collected. There is always another way: a file in place
 * of the camera, another file in place of the one.
 *
 * | code | meaning |
 * |---|---|
 * | `camera-denied` | the person, the browser or the page's own header refused the camera |
 * | `no-camera` | there is no camera that could serve, or the page is not secure |
 * | `camera-busy` | another program has the camera, or the system keeps it |
 * | `camera-lost` | the camera stopped while it was shown |
 * | `file-type` | the file is of no type that the provider takes |
 * | `file-too-large` | the file is larger than the provider takes, and cannot be made smaller |
 * | `file-unreadable` | the file is damaged, or empty |
 * | `heic-unsupported` | a HEIC picture, which this browser cannot read |
 */
export type CaptureTroubleCode =
  | 'camera-denied'
  | 'no-camera'
  | 'camera-busy'
  | 'camera-lost'
  | 'file-type'
  | 'file-too-large'
  | 'file-unreadable'
  | 'heic-unsupported';

/**
 * How the collection as a whole can fail.
 *
 * | code | meaning | retryable |
 * |---|---|---|
 * | `invalid-plan` | there is no plan, or one with no step | no |
 * | `proof-refused` | your server or the provider will not take one of the proofs | yes |
 * | `capture-closed` | your server has ended the session, or has all of its proofs | yes |
 * | `upload-failed` | the connection broke, again and again | yes |
 */
export type CaptureFailureCode =
  'invalid-plan' | 'proof-refused' | 'capture-closed' | 'upload-failed';

/** Where `<kyc-capture>` is. */
export type CapturePhase =
  | 'idle'
  | 'creating'
  | 'capturing'
  | 'confirming'
  | 'uploading'
  | 'captured'
  | 'submitted'
  | 'canceled'
  | 'failed';

/** What the person does in a step: picks a type, makes the proof, looks at it. */
export type CaptureStage = 'pick' | 'make' | 'review';
