import type { KycEvent } from '../../../src/index.js';

export type Entries = readonly (readonly [key: string, value: string])[];

/** One thing that happened on a page of the shop, as the page tells its server. */
export interface Note {
  /** Of one document; a document out of the back-forward cache goes on with its own. */
  readonly document: string;
  readonly index: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly path: string;
  /** An event's name, or of the page’s own `load`, `up`, `show` and `hide`. */
  readonly what: string;
  readonly detail: unknown;
  /** All that the tab's own storage holds just then. */
  readonly session: Entries;
  /** All that every tab of this origin shares. */
  readonly local: Entries;
}

/** What a test reads in the page to know that all of it has been told. */
export interface Noting {
  readonly document: string;
  count: number;
}

const EVENTS = [
  'kyc-ready',
  'kyc-started',
  'kyc-submitted',
  'kyc-finished',
  'kyc-canceled',
  'kyc-redirect',
  'kyc-returned',
  'kyc-error',
  'kyc-phase-change',
] as const;

const noting: Noting = { document: crypto.randomUUID(), count: 0 };

const entries = (storage: Storage): Entries => Object.entries(storage) as [string, string][];

const note = (what: string, detail?: unknown): void => {
  const body: Note = {
    document: noting.document,
    index: noting.count++,
    at: performance.timeOrigin + performance.now(),
    path: location.href.slice(location.origin.length),
    what,
    detail,
    session: entries(sessionStorage),
    local: entries(localStorage),
  };
  // Outlives the page.
  void fetch('/notes', { method: 'POST', body: JSON.stringify(body), keepalive: true });
};

Object.assign(globalThis, { noting });
note('load');
for (const name of EVENTS) {
  document.addEventListener(name, ({ type, target, detail }: KycEvent) => {
    note(`${(target as Element).localName} ${type}`, detail);
  });
}
document.addEventListener('up', () => {
  note('up');
});
addEventListener('pageshow', ({ persisted }) => {
  note('show', { persisted });
});
addEventListener('pagehide', () => {
  note('hide');
});
