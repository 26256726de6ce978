import type { Switches } from './switches.js';

/** The origins of one sandbox. */
export interface Origins {
  readonly origin: string;
  /** Of the second listener, with the same pages. */
  readonly hopOrigin: string;
  /** On a port where nothing listens. */
  readonly deadOrigin: string;
}

/** Under a name that is reserved for never being found (RFC 2606). */
const UNKNOWN_HOST = 'https://kyc-sandbox.invalid';

/** The origin of a session's URL: the provider's, unless the session was asked to be out of reach. */
export const sessionOrigin = ({ fault }: Switches, { origin, deadOrigin }: Origins): string => {
  switch (fault) {
    case 'refused':
      return deadOrigin;
    case 'dns':
      return UNKNOWN_HOST;
    default:
      return origin;
  }
};
