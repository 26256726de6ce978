import type { KycVerify } from '../../../src/index.js';
import type { State } from './knobs.js';

/**
 * A port that browsers ask nothing of: the frame stays without a page, as with a provider that does
 * not answer, and no request leaves.
 */
const NOWHERE = 'http://127.0.0.1:9';

/** Where `npx kyc-sandbox` listens. */
const SANDBOX = 'http://127.0.0.1:4801';

/** Registers the element with all its languages; in the browser alone. */
export const loadElement = async (): Promise<void> => {
  const [{ registerTexts }, { de }, { es }, { fr }, { et }, { ar }] = await Promise.all([
    import('../../../src/define.js'),
    import('../../../src/i18n/de.js'),
    import('../../../src/i18n/es.js'),
    import('../../../src/i18n/fr.js'),
    import('../../../src/i18n/et.js'),
    import('../../../src/i18n/ar.js'),
  ]);
  for (const [language, texts] of Object.entries({ de, es, fr, et, ar })) {
    registerTexts(language, texts);
  }
};

interface SandboxAnswer {
  readonly verification: { readonly url: string };
}

/** A session of the sandbox on this computer. */
const createSession = async (): Promise<string> => {
  const answer = await fetch(`${SANDBOX}/v1/sessions`, {
    method: 'POST',
    body: JSON.stringify({ verification: {}, sandbox: { pilot: true } }),
  });
  return ((await answer.json()) as SandboxAnswer).verification.url;
};

/** A run whose page never speaks. */
const waitForNobody = (element: KycVerify, timeout: number): void => {
  element.timeout = timeout;
  element.trustedOrigins = NOWHERE;
  element.sessionUrl = `${NOWHERE}/#${crypto.randomUUID()}`;
};

/** Brings a fresh element into a state. Resolves with what to tell the person, if anything. */
export const bringTo = async (element: KycVerify, state: State): Promise<string> => {
  element.provider = 'veriff';
  switch (state) {
    case 'idle':
      return '';
    case 'failed':
      element.start();
      return '';
    case 'refused':
      element.sessionUrl = 'https://elsewhere.example/';
      return '';
    case 'loading':
      waitForNobody(element, 0);
      return '';
    case 'timeout':
      waitForNobody(element, 1);
      return '';
    case 'canceled':
      waitForNobody(element, 0);
      await element.updateComplete;
      element.close();
      return '';
    case 'sandbox':
      try {
        element.trustedOrigins = SANDBOX;
        element.sessionUrl = await createSession();
        return 'The sandbox runs, and presses its own buttons.';
      } catch {
        return `Nothing answers at ${SANDBOX}. Start it with: npx kyc-sandbox`;
      }
    default:
      return state satisfies never;
  }
};
