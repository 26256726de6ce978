import type { RedirectTarget } from '../model/events.js';
import type { Ticket } from '../model/tickets.js';
import { waitForReturn } from './returns.js';
import { currentPath, drop, find, keep, markUsed, use, type Receipt } from './tickets.js';

/** Called when the person is back, with the callback's query where it came along. */
export type OnReturn = (query: string) => void;

/** The states of this document's runs that are away or back: one element alone resumes each. */
const held = new Set<string>();

/** Waits for the callback page in another tab. Without a state there is nothing to know it by. */
export const awaitReturn = (state: string, returned: OnReturn, signal: AbortSignal): void => {
  if (!state || signal.aborted) return;
  const heard = ({ query }: { readonly query: string }): void => {
    returned(query);
  };
  waitForReturn(state, heard, signal);
};

/** For the Back button, when the browser has kept this page: its ticket may be used by now. */
const awaitRevival = (state: string, returned: OnReturn, signal: AbortSignal): void => {
  const revive = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) return;
    const isOurs = (each: Receipt): boolean => each.state === state;
    // In this order: a ticket that was used elsewhere becomes a receipt on the way.
    if (!find('ticket', isOurs) && find('returned', isOurs)) returned('');
    else awaitReturn(state, returned, signal);
  };
  addEventListener('pageshow', revive, { signal });
};

/** Remembers a run whose person leaves for the provider's page, and looks out for their return. */
export const depart = (
  ticket: Pick<Ticket, 'provider' | 'reference' | 'state'>,
  target: RedirectTarget,
  returned: OnReturn,
  signal: AbortSignal,
): void => {
  const { state } = ticket;
  markUsed(state, false);
  keep('ticket', { ...ticket, version: 1, startedAt: Date.now(), returnPath: currentPath() });
  held.add(state);
  if (target === 'new-tab') awaitReturn(state, returned, signal);
  // A page that listens to other tabs is not kept by every browser: it does so only if it was.
  else awaitRevival(state, returned, signal);
};

/** Whether the person came to this document by a reload, or by Back or Forward. */
const isRevisit = (): boolean => {
  const [entry] = performance.getEntriesByType('navigation');
  return /^(reload|back)/.test((entry as PerformanceNavigationTiming | undefined)?.type ?? '');
};

/** A run that was found in storage. */
export interface Found {
  readonly isBack: boolean;
  readonly receipt: Receipt;
}

/**
 * Finds the run of an element that is away, or back: where the host names its state by that, else by
 * the page that it left from. Of one that is back only a reload, or Back, may learn a second time.
 */
export const pickUp = (
  sessionState: string | undefined,
  provider: string | undefined,
): Found | undefined => {
  const fits = (receipt: Receipt): boolean =>
    !held.has(receipt.state) &&
    (sessionState
      ? receipt.state === sessionState
      : receipt.returnPath === currentPath() &&
        (provider || receipt.provider) === receipt.provider);
  // Tickets first: one that was used elsewhere becomes a receipt on the way.
  const ticket = find('ticket', fits);
  let back = find('returned', fits);
  if (back?.isSeen && !isRevisit()) {
    // The person came anew, to another run: of this one no reload shall speak again.
    drop('returned', back.state);
    back = undefined;
  }
  const receipt = back ?? ticket;
  if (!receipt) return undefined;
  if (back) keep('returned', { ...back, isSeen: true });
  held.add(receipt.state);
  return { isBack: !!back, receipt };
};

/** The person is back: the ticket is used, and a reload learns as much. */
export const settle = (state: string): void => {
  const ticket = find('ticket', (each) => each.state === state);
  if (ticket) use(ticket, true);
};

/** The element is gone: another one may resume the run. */
export const letGo = (state: string): void => {
  held.delete(state);
};

/** Forgets a run, so that nothing resumes from it and no callback matches it. */
export const forget = (state: string): void => {
  letGo(state);
  drop('ticket', state);
  drop('returned', state);
};
