import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { installing, type Consumer } from './install.js';
import { comeAndGo, runToTheEnd } from './journeys.js';
import { ENVIRONMENT, IN_CHROMIUM, testElsewhere, visit } from './setting.js';
import type { SiteOptions } from './site.js';

/** A built app. */
export interface App {
  readonly name: Consumer;
  /** Its pages, each of which does the same in another way. */
  readonly paths: readonly string[];
  /** Its framework has a development build that does more, StrictMode above all. */
  readonly isStricter?: boolean;
  /** The policies for Trusted Types that its framework makes. */
  readonly trustedTypes?: string;
}

/** The classic script beside the app's own copy of the package. */
const SCRIPT = '<script defer src="/kyc-verify.js"></script>';

/** All that is tested of a built app. It is installed at once. */
export const testApp = ({ name, paths, isStricter, trustedTypes = '' }: App): void => {
  const installed = installing(name, async (app) => {
    await app.build(ENVIRONMENT);
    if (isStricter) await app.buildForDevelopment(ENVIRONMENT);
  });

  const options = async (output = 'dist'): Promise<SiteOptions> => {
    const { folder, copied } = await installed();
    return { folder: join(folder, output), copied, trustedTypes };
  };

  describe(`an app with ${name}`, IN_CHROMIUM, () => {
    for (const path of paths) {
      it(`runs to the end: ${path}`, async () => {
        await visit(await options(), path, runToTheEnd);
      });

      it(`comes and goes: ${path}`, async () => {
        await visit(await options(isStricter ? 'dist-development' : 'dist'), path, comeAndGo);
      });
    }

    for (const [place, page] of [
      ['before', (html: string) => html.replace('<head>', `<head>${SCRIPT}`)],
      ['after', (html: string) => html.replace('</head>', `${SCRIPT}</head>`)],
    ] as const) {
      it(`runs with the classic script ${place} it`, async () => {
        // Each copy has a Lit of its own, and that a policy of its own.
        const types = `${trustedTypes} 'allow-duplicates'`;
        const both = { ...(await options()), page, trustedTypes: types };
        await visit(both, '/', async (visit, site) => {
          await runToTheEnd(visit, site);
          assert.ok((await visit.added()).includes('KycVerify'));
        });
      });
    }
  });

  testElsewhere(`an app with ${name}`, options);
};
