/** `error`: a run will fail. `warning`: something of it may. `info`: good to know. */
export type Severity = 'error' | 'warning' | 'info' | 'ok';

/**
 * What a finding is about. Stable, for programs. Those that the element has too mean the same there.
 *
 * | code | about |
 * |---|---|
 * | `insecure-context` | https, without which no frame gets a camera |
 * | `redirected` | the address led on to another one, which was examined |
 * | `page-truncated` | the page is too long to be read whole |
 * | `cross-origin-isolated` | headers that keep pages without COEP out of frames |
 * | `script-missing` `element-missing` | whether the markup has the script and an element |
 * | `script-blocked` `trouble-blocked` `session-blocked` | whether `script-src` lets the first file in, and those beside it |
 * | `script-integrity` | `integrity` and `crossorigin` of the script |
 * | `trusted-types` | whether Lit may make its policy |
 * | `sandboxed` | the `sandbox` directive |
 * | `style-src` | nothing is needed there |
 * | `collector-blocked` | the inline script of an adopted frame |
 * | `frame-cacheable` `session-url-in-markup` | a secret in markup, and `Cache-Control` |
 * | `return-framing` | whether your own pages may frame a callback page |
 * | `referrer-policy` `viewport` `lang` | of the page |
 * | `permissions-policy` `microphone-policy` `features-policy` | whether the features reach the flow |
 * | `permissions-policy-malformed` | a header that Chromium cannot read, and drops |
 * | `feature-policy` | the same header under its name of old |
 * | `frame-blocked` `callback-blocked` | whether `frame-src` lets the flow, and your callback page, in |
 * | `frame-allow` `frame-referrer` `frame-sandbox` `frame-title` `frame-origin` | attributes of an adopted frame |
 * | `display-redirect` | the page frames nothing, so that its camera and frame policies do not matter |
 * | `report-only` | what a report-only policy would break if it were enforced |
 */
export type Code =
  | 'insecure-context'
  | 'redirected'
  | 'page-truncated'
  | 'cross-origin-isolated'
  | 'script-missing'
  | 'element-missing'
  | 'script-blocked'
  | 'trouble-blocked'
  | 'session-blocked'
  | 'script-integrity'
  | 'trusted-types'
  | 'sandboxed'
  | 'style-src'
  | 'collector-blocked'
  | 'frame-cacheable'
  | 'session-url-in-markup'
  | 'return-framing'
  | 'referrer-policy'
  | 'viewport'
  | 'lang'
  | 'permissions-policy'
  | 'microphone-policy'
  | 'features-policy'
  | 'permissions-policy-malformed'
  | 'feature-policy'
  | 'frame-blocked'
  | 'callback-blocked'
  | 'frame-allow'
  | 'frame-referrer'
  | 'frame-sandbox'
  | 'frame-title'
  | 'frame-origin'
  | 'display-redirect'
  | 'report-only';

/** What to do, as text that can be copied. */
export interface Fix {
  readonly action: 'add' | 'change' | 'remove';
  /** A header line or markup, complete. */
  readonly line: string;
}

/** One thing that was looked at. */
export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  /** One sentence or two, in English. Never holds a session URL. */
  readonly text: string;
  readonly fix?: Fix;
}

/** What holds for one provider's flow in this page. */
export interface ProviderReport {
  readonly id: string;
  readonly name: string;
  /** The origins that were asked for: the provider's, and what the page or the caller adds. */
  readonly origins: readonly string[];
  readonly findings: readonly Finding[];
}

/** All that was found. */
export interface Report {
  /** Origin and path of the page that was examined. Query strings may hold secrets. */
  readonly url: string;
  /** What holds whoever the provider is. */
  readonly findings: readonly Finding[];
  readonly providers: readonly ProviderReport[];
  readonly errors: number;
  readonly warnings: number;
}

/** What may be shown of an address. */
export const publicUrl = ({ origin, pathname }: URL): string => origin + pathname;
