import { blockersOf } from '../environment/blockers.js';
import { isInApp } from '../environment/in-app.js';
import { remedyFor } from '../environment/remedies.js';
import { findWarnings } from '../environment/warnings.js';
import { createFrame, delegation } from '../frame/frame.js';
import { enTrouble } from '../i18n/en-trouble.js';
import { wordingFor } from '../i18n/texts.js';
import type {
  BlockingCode,
  Finding,
  FindingCode,
  Severity,
  WarningCode,
} from '../model/findings.js';
import type { Provider } from '../model/provider.js';
import { providerById } from '../providers/registry.js';
import { readOrigins } from '../session/session-url.js';

/** Milliseconds after which the examination ends, with what it knows by then. */
const LIMIT = 1500;

/** What an examination may know besides the provider. */
export interface ExamineOptions {
  /** As the element's `trusted-origins`. */
  readonly trustedOrigins?: string;
  /** BCP 47, of the findings' sentences. Default: English. */
  readonly locale?: string;
}

const severityOf = (code: FindingCode, blockers: readonly BlockingCode[]): Severity => {
  if (code === 'no-media-devices') return 'blocks-everything';
  return blockers.some((blocker) => blocker === code) ? 'blocks-frame' : 'warning';
};

/**
 * Examines this page and browser for what would keep a provider's frame or its camera from working.
 * For a host that wants to know before it pays for a session; the element itself looks before it
 * mounts. Prompts nobody, touches no camera, loads nothing of the provider's, and takes 1.5 seconds
 * at most.
 *
 * @param provider - a provider, or the id of a registered one
 * @returns what was found, worst first; empty where nothing speaks against a frame
 * @throws TypeError where no provider has that id
 */
export const examine = async (
  provider: string | Provider,
  { trustedOrigins = '', locale = '' }: ExamineOptions = {},
): Promise<readonly Finding[]> => {
  const known = typeof provider === 'string' ? providerById(provider) : provider;
  if (!known) throw new TypeError('No provider is registered under this id.');
  const named = readOrigins([...known.origins, trustedOrigins].join(' '));
  // Where none is known, any other origin than ours tells what the page's policy makes of it.
  const origins = named.length > 0 ? named : ['https://provider.example'];
  // Never inserted, so it loads nothing.
  const frame = createFrame(new URL(origins[0] ?? ''), delegation(known.features, origins));
  const blockers = blockersOf(frame, known.features);
  const warnings: WarningCode[] = [];
  const limit = AbortSignal.timeout(LIMIT);
  await Promise.race([
    findWarnings(frame, known, (code) => {
      if (code !== 'in-app-browser' || isInApp()) warnings.push(code);
    }),
    new Promise((resolve) => {
      limit.addEventListener('abort', resolve);
    }),
  ]);
  const texts = { ...enTrouble, ...wordingFor(locale).texts };
  return [...blockers, ...warnings].map((code) => ({
    code,
    severity: severityOf(code, blockers),
    text: texts[`${code}Text`],
    remedy: remedyFor(code, named),
  }));
};
