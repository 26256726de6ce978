import type { CameraProblem, Facing } from './camera.js';
import type { PictureContext } from './upload.js';

/** The two pictures, in the order in which they are taken. */
export type PictureStep = 'document' | 'face';

/** What the page says and wants of one picture. */
export interface PictureTexts {
  readonly step: number;
  readonly context: PictureContext;
  readonly facing: Facing;
  readonly heading: string;
  readonly lead: string;
  readonly check: string;
  readonly question: string;
  readonly alt: string;
  readonly retake: string;
}

export const PICTURES: Readonly<Record<PictureStep, PictureTexts>> = {
  document: {
    step: 1,
    context: 'document-front',
    facing: 'environment',
    heading: 'Photograph your document',
    lead: 'Hold the front of it inside the outline.',
    check: 'Check your document',
    question: 'Can you read every word?',
    alt: 'The picture of your document',
    retake: 'Retake document',
  },
  face: {
    step: 2,
    context: 'face',
    facing: 'user',
    heading: 'Photograph your face',
    lead: 'Look into the camera, with your face inside the oval.',
    check: 'Check your face',
    question: 'Is all of your face in the picture, and sharp?',
    alt: 'The picture of your face',
    retake: 'Retake face',
  },
};

/** What went wrong with the camera, in plain words, and what the person can do. */
export const PROBLEM_TEXTS: Readonly<
  Record<CameraProblem, readonly [heading: string, lead: string]>
> = {
  refused: [
    'The camera is not allowed',
    'Allow the camera for this page in your browser, then try again. You can also choose a picture that you took before.',
  ],
  missing: [
    'No camera was found',
    'Connect a camera and try again, or choose a picture that you took before.',
  ],
  failed: [
    'The camera did not start',
    'Another program may be using it. Close that program and try again, or choose a picture that you took before.',
  ],
};
