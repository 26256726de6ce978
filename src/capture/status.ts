import { fill } from '../i18n/texts.js';
import { LONGEST_CLIP } from './camera.js';
import type { CaptureRun } from './capture-run.js';
import { errorHeading } from './endings.js';
import { limitsFor } from './intake.js';
import type { Maker } from './maker.js';
import { guideFor, troubleText } from './making-views.js';
import { reviewText, sendingText } from './views.js';
import { proofName, type Words } from './words.js';

/** Of what was sent, told in steps: a screen reader would say nothing else. */
const TENTHS = 10;

const makingText = ({ collection, place }: CaptureRun, maker: Maker, words: Words): string => {
  if (!place || !collection) return '';
  const { step } = place;
  const { mode, trouble, liveHint } = maker;
  const limits = limitsFor(step, collection.plan.limits);
  if (trouble) return troubleText(trouble, words, limits).join('. ');
  if (mode === 'opening') return words.openingCamera;
  if (mode === 'working') return words.working;
  if (mode === 'recording') return fill(words.recording, { seconds: LONGEST_CLIP / 1000 });
  // Once a hint is over there is silence: the whole would be read again each time.
  if (liveHint !== undefined) return liveHint && words[liveHint];
  return `${proofName(step, words)}. ${guideFor(step, words)}`;
};

/** What a screen reader says when something changes. */
export const statusText = (
  run: CaptureRun,
  maker: Maker,
  language: string,
  words: Words,
): string => {
  const { phase, place } = run;
  switch (phase) {
    case 'capturing':
      if (place?.stage === 'make') return makingText(run, maker, words);
      return place?.stage === 'review' && maker.made ? reviewText(maker.made, words) : '';
    case 'confirming':
      return words.confirm;
    case 'uploading':
      return run.isOffline
        ? words.offline
        : sendingText(Math.floor(run.share * TENTHS) / TENTHS, language, words);
    case 'captured':
      return words.captured;
    case 'submitted':
      return words.finished;
    case 'canceled':
      return words.canceled;
    case 'failed':
      return run.error && !run.isErrorHandled ? errorHeading(run.error, words) : '';
    case 'creating':
      return words.creating;
    case 'idle':
      return '';
    default:
      return phase satisfies never;
  }
};
