import { blockersOf } from '../environment/blockers.js';
import { isInApp } from '../environment/in-app.js';
import { remedyFor } from '../environment/remedies.js';
import { findWarnings } from '../environment/warnings.js';
import { createFrame, delegation } from '../frame/frame.js';
import type { Texts } from '../i18n/texts.js';
import type {
  BlockingCode,
  Finding,
  FindingCode,
  Severity,
  WarningCode,
} from '../model/findings.js';
import type { Provider } from '../model/provider.js';
import { readOrigins } from '../session/session-url.js';

/** Milliseconds after which the examination ends, with what it knows by then. */
const LIMIT = 1500;

const severityOf = (code: FindingCode, blockers: readonly BlockingCode[]): Severity => {
  if (code === 'no-media-devices') return 'blocks-everything';
  return blockers.some((blocker) => blocker === code) ? 'blocks-frame' : 'warning';
};

const warningsOf = async (
  frame: HTMLIFrameElement,
  provider: Provider,
): Promise<readonly WarningCode[]> => {
  const warnings: WarningCode[] = [];
  const limit = AbortSignal.timeout(LIMIT);
  await Promise.race([
    findWarnings(frame, provider, (code) => {
      if (code !== 'in-app-browser' || isInApp()) warnings.push(code);
    }),
    new Promise((resolve) => {
      limit.addEventListener('abort', resolve);
    }),
  ]);
  // A copy: what comes later is too late.
  return [...warnings];
};

/**
 * The report of an examination, worst first.
 *
 * @param trustedOrigins - as the element's `trusted-origins`
 * @param texts - the person's language
 */
export const report = async (
  provider: Provider,
  trustedOrigins: string,
  texts: Partial<Texts>,
): Promise<readonly Finding[]> => {
  const named = readOrigins([...provider.origins, trustedOrigins].join(' '));
  // Where none is known, any other origin than ours tells what the page's policy makes of it.
  const origins = named.length > 0 ? named : ['https://provider.example'];
  // Never inserted, so it loads nothing.
  // An origin that the host names is where the session URL will be.
  const [first = origins[0] ?? ''] = readOrigins(trustedOrigins);
  const frame = createFrame(new URL(first), delegation(provider.features, origins));
  const blockers = blockersOf(frame, provider.features);
  const warnings = await warningsOf(frame, provider);
  return [...blockers, ...warnings].map((code) => ({
    code,
    severity: severityOf(code, blockers),
    text: texts[`${code}Text`] ?? '',
    remedy: remedyFor(code, named, provider.features),
  }));
};
