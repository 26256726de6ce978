import { wordingFor } from '../i18n/texts.js';
import type { Finding } from '../model/findings.js';
import type { Provider } from '../model/provider.js';
import { providerById } from '../providers/registry.js';
import { trouble, troubleInTime } from './load-trouble.js';

/** What an examination may know besides the provider. */
export interface ExamineOptions {
  /** As the element's `trusted-origins`. */
  readonly trustedOrigins?: string;
  /** BCP 47, of the findings' sentences. Default: English. */
  readonly locale?: string;
}

/**
 * Examines this page and browser for what would keep a provider's frame or its camera from working.
 * For a host that wants to know before it pays for a session; the element itself looks before it
 * mounts. Prompts nobody, touches no camera, loads nothing of the provider's, and takes 1.5 seconds
 * at most, once its file is there, which is waited for two seconds at most.
 *
 * @param provider - a provider, or the id of a registered one
 * @returns what was found, worst first; empty where nothing speaks against a frame
 * @throws TypeError where no provider has that id, or its file cannot be loaded
 */
export const examine = async (
  provider: string | Provider,
  { trustedOrigins = '', locale = '' }: ExamineOptions = {},
): Promise<readonly Finding[]> => {
  const known = typeof provider === 'string' ? providerById(provider) : provider;
  await troubleInTime();
  if (!known || !trouble) throw new TypeError('No provider, or not loaded.');
  return trouble.report(known, trustedOrigins, wordingFor(locale).texts);
};
