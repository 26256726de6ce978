import type { Browser } from 'playwright-core';

import type { Servers } from './servers.js';

/** What every measure works with. */
export interface Bench {
  readonly browser: Browser;
  readonly servers: Servers;
  /** A smoke run: a few rounds of everything, whose figures are worth nothing. */
  readonly isQuick: boolean;
}
