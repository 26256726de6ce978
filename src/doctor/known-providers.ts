import type { Provider } from '../model/provider.js';
import { shuftiPro } from '../providers/shufti-pro.js';
import { veriff } from '../providers/veriff.js';

/** The providers that a page is examined for where nobody names one. */
export const knownProviders: readonly Provider[] = [veriff, shuftiPro];
