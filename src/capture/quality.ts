import type { ProofSubject, QualityHint } from '../model/capture.js';
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}
export const hintsOf = (_p: Pixels, _s: ProofSubject, _scale: number): readonly QualityHint[] => [];
