let file = '';

/** URL of `kyc-capture.worker.js`, as {@link setStudioFile} was told. */
export const studioFile = (): string => file;

/**
 * Tells where `kyc-capture.worker.js` is: beside the script, which knows its own URL only while it
 * begins (`document.currentScript`).
 *
 * @param script URL of the script itself.
 */
export const setStudioFile = (script: string): void => {
  file = new URL('kyc-capture.worker.js', script).href;
};
