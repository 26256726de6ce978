import spy from 'inapp-spy';

/** Whether this is the browser of an app, as far as the user agent tells: a hint, no more. */
export const isInApp = (): boolean => spy().isInApp;
