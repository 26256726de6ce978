import type { Fault, Vendor, Verdict } from '../switches.js';

/** Everything that a hosted page knows of its session. Sent with the page as JSON. */
export interface PageConfig {
  readonly vendor: Vendor;
  /** Shufti Pro: what messages name the session by. */
  readonly requestId: string;
  /** The session's own API: `<api>/events`, `<api>/media`, `<api>/submit`. No slash at its end. */
  readonly api: string;
  /** Origin of the page that frames this one; `null` where it is not known, and nothing is posted then. */
  readonly embedder: string | null;
  /** Whether the pictures were handed in before: the page says so and begins nothing. */
  readonly submitted: boolean;
  readonly fault: Fault | null;
  readonly pilot: boolean;
  readonly verdict: Verdict;
  /** Where the person goes after the end: top-level (Veriff), or wherever the page runs (Shufti Pro). */
  readonly callback: string | null;
  /** For `hop-script`: where the page goes to before it does anything. */
  readonly hop: string | null;
}

/** Id of the element that holds the configuration. */
export const CONFIG_ID = 'config';

/** Id of the element that the page is built in. */
export const ROOT_ID = 'page';

/**
 * Reads the configuration of the document. The sandbox's own server wrote it, so its shape is
 * taken as it is.
 *
 * @throws where the document has none
 */
export const readConfig = (from: Document): PageConfig =>
  JSON.parse(from.getElementById(CONFIG_ID)?.textContent ?? '') as PageConfig;
