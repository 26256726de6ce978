import type { KycEventDetails, KycEventName } from '../model/events.js';
import type { ReturnHint } from '../model/tickets.js';
import { stateIn } from './callback-url.js';
import { tellParent, tellTabs } from './returns.js';
import { find, sameOrigin, use } from './tickets.js';

/** Milliseconds that a waiting page of this browser is given to answer. */
const PATIENCE = 1000;

/** Who came back to a callback page. Never how it went: only the merchant's server can know. */
export type Landing =
  | {
      readonly matched: true;
      /** Id of the provider. */
      readonly provider: string;
      /** The session's name at the host's server, or `''`. */
      readonly reference: string;
      /** Where the person left: path, query and fragment on this origin. */
      readonly returnPath: string;
      /** What the provider's own parameters let one guess. Never trust it. */
      readonly hint: ReturnHint | undefined;
    }
  | {
      readonly matched: false;
      /** A wrong state, a used one, an expired one and one of another tab look alike from here. */
      readonly problem: 'missing-state' | 'unknown-state';
    };

/** What a provider's parameters let one guess; from the registry, which is another room. */
export type ReadHint = (provider: string, query: string) => ReturnHint | undefined;

/**
 * Matches a callback's query to the run that left from this tab. Single use: a match takes the
 * ticket, and leaves a receipt for the `<kyc-verify>` of the page that the person left.
 */
export const matchReturn = (query: string, readHint: ReadHint): Landing => {
  const state = stateIn(query);
  if (!state) return { matched: false, problem: 'missing-state' };
  const ticket = find('ticket', (each) => each.state === state);
  if (!ticket) return { matched: false, problem: 'unknown-state' };
  const { provider, reference, returnPath } = ticket;
  const hint = readHint(provider, query);
  use({ ...ticket, ...(hint && { hint }) }, false);
  return { matched: true, provider, reference, returnPath, hint };
};

/**
 * What became of a callback page: the return was matched; a page in another tab goes on; nobody can
 * tell what the person comes back from; or that, and the host tells the person.
 */
export type LandingOutcome = 'returned' | 'elsewhere' | 'return-mismatch' | 'handled';

/** The element on the callback page. */
export interface LandingHost {
  readonly readHint: ReadHint;
  /** Whether to stay on the callback page. */
  stays(): boolean;
  /** Dispatches an event; gives whether the host let it stand. */
  emit<N extends KycEventName>(name: N, detail: KycEventDetails[N]): boolean;
}

/** In the history entry, so that a reload of a callback page is no second landing. */
const LANDED = 'kyc-return';

/** What the page has noted in its history entry, which may be anything. */
const ownEntry = (): Readonly<Record<string, unknown>> =>
  Object(history.state) as Readonly<Record<string, unknown>>;

const note = (outcome: LandingOutcome): void => {
  history.replaceState({ ...ownEntry(), [LANDED]: outcome }, '');
};

/** Notes the landing in the history entry, and tells; then goes back, unless the host objects. */
const goBack = (
  { provider, reference, returnPath, hint }: Extract<Landing, { matched: true }>,
  host: LandingHost,
): void => {
  note('returned');
  const isLet = host.emit('kyc-returned', {
    provider,
    outcome: 'unknown',
    ...(hint && { hint }),
    ...(reference && { reference }),
  });
  const href = sameOrigin(returnPath);
  if (isLet && !host.stays() && href) location.replace(href);
};

/**
 * Lands a callback page: takes the query out of its address, and matches it in this tab; else it
 * tells the page around it, where there is one, and otherwise whoever waits in this browser.
 *
 * @returns `undefined` where the page around takes over
 */
export const land = async (host: LandingHost): Promise<LandingOutcome | undefined> => {
  const { search, href } = location;
  const state = stateIn(search);
  const before = ownEntry()[LANDED];
  if (!state && (before === 'returned' || before === 'elsewhere')) return before;
  // Not the path alone: one that begins with two slashes would name another host.
  history.replaceState(history.state, '', href.split(/[?#]/)[0]);
  const landing = matchReturn(search, host.readHint);
  if (landing.matched) {
    goBack(landing, host);
    return 'returned';
  }
  // A run in a frame of ours has no ticket; a host page that is framed itself has one.
  if (parent !== self) {
    tellParent(state ?? '', search);
    return undefined;
  }
  if (state && (await tellTabs(state, search, PATIENCE))) {
    note('elsewhere');
    return 'elsewhere';
  }
  const isLet = host.emit('kyc-error', {
    provider: '',
    code: 'return-mismatch',
    message: 'The state is missing, wrong, used or expired, or belongs to another browser.',
    retryable: false,
  });
  return isLet ? 'return-mismatch' : 'handled';
};
