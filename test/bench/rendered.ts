import { pathToFileURL } from 'node:url';

import { ROOT } from './code.js';

interface Options {
  readonly sessionUrl: string;
  readonly provider: string;
  readonly trustedOrigins?: string;
}

const built = (await import(pathToFileURL(`${ROOT}dist/frame.js`).href)) as {
  readonly renderFrame: (options: Options) => string;
};

/** The markup that a server puts into the page: from the build, as anybody would get it. */
export const { renderFrame } = built;
