import { completeEnglish } from '../i18n/texts.js';
import type * as TroubleModule from './trouble.js';

type Trouble = typeof TroubleModule;

/** What is only needed in trouble, once it was loaded. */
export let trouble: Trouble | undefined;

/** Milliseconds that a person is kept waiting for it at most. */
const PATIENCE = 2000;

const load = async (): Promise<Trouble> => {
  if (!trouble) {
    trouble = await import('./trouble.js');
    completeEnglish(trouble.enTrouble);
  }
  return trouble;
};

/**
 * Loads what is only needed in trouble, once, and calls `act` with it, never at once. Where it cannot
 * be had, offline or not beside the script, nothing happens: all of it makes things better, and
 * nothing depends on it.
 */
export const withTrouble = async (
  act?: (trouble: Trouble) => void | Promise<void>,
): Promise<void> => {
  const loaded = await load().catch(() => undefined);
  if (loaded) await act?.(loaded);
};

/** When it is there, or cannot be had, or has kept the person waiting long enough. */
export const troubleInTime = (): Promise<unknown> =>
  Promise.race([withTrouble(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
