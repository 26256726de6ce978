import { completeEnglish } from '../i18n/texts.js';
import type * as TroubleModule from './trouble.js';

type Trouble = typeof TroubleModule;

/** What is only needed in trouble, once it was loaded. */
export let trouble: Trouble | undefined;

/**
 * Loads what is only needed in trouble, once; on to `act` with it. Where it cannot be had, nothing
 * happens: all of it makes things better, and nothing depends on it.
 */
export const withTrouble = async (
  act?: (trouble: Trouble) => void | Promise<void>,
): Promise<void> => {
  try {
    if (!trouble) {
      trouble = await import('./trouble.js');
      completeEnglish(trouble.enTrouble);
    }
  } catch {
    // Offline, or not beside the script.
    return;
  }
  await act?.(trouble);
};
