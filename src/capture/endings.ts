import type { TemplateResult } from 'lit';
import { codeNote, panel } from '../element/panels.js';
import type { KycError } from '../model/errors.js';
import { isRetryable } from './capture-run.js';
import type { Acts } from './views.js';
import type { Words } from './words.js';

/** Where it has ended. */
export type EndPhase = 'captured' | 'submitted' | 'canceled';

/** Nothing here knows how the check ends, and so no panel may say that somebody is verified. */
export const endView = (phase: EndPhase, words: Words, acts: Acts): TemplateResult => {
  switch (phase) {
    case 'captured':
      return panel('✓', words.captured, words.capturedText);
    case 'submitted':
      return panel('✓', words.finished, words.finishedText);
    case 'canceled':
      return panel('✕', words.canceled, words.canceledText, [[words.retry, acts.retry]]);
    default:
      return phase satisfies never;
  }
};

/** A failure as a whole, in words. */
export const errorHeading = ({ code }: KycError, words: Words): string =>
  words[code] ?? words.failed;

export const errorView = (
  error: KycError | undefined,
  words: Words,
  acts: Acts,
): TemplateResult | undefined => {
  if (!error) return undefined;
  const { code } = error;
  return panel(
    '!',
    errorHeading(error, words),
    words[`${code}Text`] ?? words.failedText,
    isRetryable(code)
      ? [
          [words.retry, acts.retry],
          [words.leaveNow, acts.leave],
        ]
      : [],
    codeNote(code, words),
  );
};
