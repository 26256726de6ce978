import { completeEnglish } from '../i18n/texts.js';
import type * as TroubleModule from './trouble.js';

type Trouble = typeof TroubleModule;

/** What is only needed in trouble, once it was loaded. */
export let trouble: Trouble | undefined;

/**
 * Loads what is only needed in trouble, once.
 *
 * @throws TypeError where it cannot be had: offline, or not beside the script
 */
export const loadTrouble = async (): Promise<Trouble> => {
  if (!trouble) {
    trouble = await import('./trouble.js');
    completeEnglish(trouble.enTrouble);
  }
  return trouble;
};

/**
 * Calls `act` with what is only needed in trouble. Where that cannot be had, nothing happens: all of
 * it makes things better, and nothing depends on it.
 */
export const withTrouble = async (
  act?: (trouble: Trouble) => void | Promise<void>,
): Promise<void> => {
  const loaded = await loadTrouble().catch(() => undefined);
  if (loaded) await act?.(loaded);
};
