import type { ReturnHint } from '../model/tickets.js';
import { providerById } from '../providers/registry.js';
import { matchReturn, type Landing } from '../redirect/landing.js';

/** What a callback's query lets one guess of its run. */
export const hintIn = (provider: string, query: string): ReturnHint | undefined => {
  try {
    const hint = providerById(provider)?.readReturn?.(new URLSearchParams(query));
    return hint === 'finished' || hint === 'canceled' ? hint : undefined;
  } catch {
    // A host's own code may throw, or let any word through.
    return undefined;
  }
};

/**
 * Reads a callback page's address, and matches it to the run that left from this tab. Single use.
 * Navigates nowhere and changes no address; `<kyc-return>` does that, and more.
 */
export const readReturn = ({ search }: Pick<Location, 'search'>): Landing =>
  matchReturn(search, hintIn);
