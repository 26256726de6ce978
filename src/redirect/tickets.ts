import type { ReturnHint, Ticket } from '../model/tickets.js';
import { PREFIX } from './traces.js';

/** A ticket that was matched at the callback, left for the element that it belongs to. */
export interface Receipt extends Ticket {
  readonly hint?: ReturnHint;
  /** An element has resumed from it already: only a reload, or Back, may do so again. */
  readonly isSeen?: boolean;
}

/** `ticket`: the person is away. `returned`: they are back. */
export type Kind = 'ticket' | 'returned';

/** One hour. */
const LIFETIME = 3_600_000;

const keyOf = (kind: Kind, state: string): string => `${PREFIX}${kind}:${state}`;

/** Path, query and fragment of this page. */
export const currentPath = (): string => location.href.slice(location.origin.length);

/** An address on this very origin, or `undefined`: where a stored path leads, if it may be gone to. */
export const sameOrigin = (path: string): string | undefined => {
  // The check of the first character comes first: `javascript:` has no origin, `blob:` has ours.
  if (!path.startsWith('/')) return undefined;
  try {
    const url = new URL(path, self.origin);
    return url.origin === self.origin ? url.href : undefined;
  } catch {
    return undefined;
  }
};

const isString = (value: unknown): value is string => typeof value === 'string';

/** Storage is the page's own, and yet holds whatever some script, or another version, has put there. */
const isReceipt = (value: Partial<Record<keyof Receipt, unknown>>): boolean => {
  const { version, provider, reference, state, startedAt, returnPath } = value;
  const age = Date.now() - Number(startedAt);
  return (
    version === 1 &&
    [provider, reference, state, returnPath].every(isString) &&
    age >= 0 &&
    age < LIFETIME
  );
};

const read = (text: string | null): Receipt | undefined => {
  const receipt = JSON.parse(text ?? '') as Receipt;
  return isReceipt(receipt) ? receipt : undefined;
};

/** Keeps a ticket or a receipt in this tab's session storage, where the browser has one. */
export const keep = (kind: Kind, ticket: Receipt): void => {
  try {
    sessionStorage.setItem(keyOf(kind, ticket.state), JSON.stringify(ticket));
  } catch {
    // Full, or forbidden: the return will be a mismatch, which says what to do.
  }
};

/** Forgets a ticket or a receipt. */
export const drop = (kind: Kind, state: string): void => {
  try {
    sessionStorage.removeItem(keyOf(kind, state));
  } catch {
    // Nothing is kept where storage is forbidden.
  }
};

const usedKey = (state: string): string => `${PREFIX}used:${state}`;

/**
 * Notes that a ticket was used, or with `false` that its state is good for another. In local storage:
 * a page that comes back out of the browser's cache may see its session storage as it was when it
 * left, with the ticket still in it. Holds the state and the time, and for an hour at most.
 */
export const markUsed = (state: string, isUsed = true): void => {
  try {
    if (isUsed) localStorage.setItem(usedKey(state), String(Date.now()));
    else localStorage.removeItem(usedKey(state));
  } catch {
    // Then session storage has to do.
  }
};

/** Takes away the marks that are too old to matter. */
const sweepUsed = (): void => {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(usedKey(''))) continue;
      const age = Date.now() - Number(localStorage.getItem(key));
      if (!(age >= 0 && age < LIFETIME)) localStorage.removeItem(key);
    }
  } catch {
    // Then there are none.
  }
};

const isUsed = (state: string): boolean => {
  try {
    return localStorage.getItem(usedKey(state)) !== null;
  } catch {
    return false;
  }
};

/** The person is back: the ticket is used, and a reload of this tab learns as much. */
export const use = (ticket: Receipt, isSeen: boolean): void => {
  const { state } = ticket;
  drop('ticket', state);
  markUsed(state);
  keep('returned', { ...ticket, isSeen });
};

/**
 * The first one that fits. What is out of date, is none of ours, or was used elsewhere, is put in
 * order on the way.
 */
export const find = (kind: Kind, fits: (ticket: Receipt) => boolean): Receipt | undefined => {
  sweepUsed();
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(keyOf(kind, ''))) continue;
      let ticket: Receipt | undefined;
      try {
        ticket = read(sessionStorage.getItem(key));
      } catch {
        // Not JSON: gone with the next line.
      }
      if (!ticket) sessionStorage.removeItem(key);
      else if (kind === 'ticket' && isUsed(ticket.state)) use(ticket, true);
      else if (key === keyOf(kind, ticket.state) && fits(ticket)) return ticket;
    }
  } catch {
    // Storage is forbidden, so nothing was kept.
  }
  return undefined;
};
