import type { Signal } from './signals.js';
import type { ReturnHint } from './tickets.js';

/** A feature of the Permissions Policy that a provider's flow may need in its frame. */
export type Feature =
  | 'accelerometer'
  | 'autoplay'
  | 'camera'
  | 'clipboard-write'
  | 'fullscreen'
  | 'geolocation'
  | 'gyroscope'
  | 'magnetometer'
  | 'microphone'
  | 'picture-in-picture'
  | 'publickey-credentials-create'
  | 'publickey-credentials-get'
  | 'screen-wake-lock';

/** How the element shows the run; `redirect` leaves for the provider's page in this tab. */
export type Display = 'inline' | 'modal' | 'redirect';

/**
 * What becomes of a run whose frame cannot serve: the person is shown a link, is sent on without a
 * question, or is only told.
 */
export type Fallback = 'prompt' | 'redirect' | 'none';

/** The oldest major version of each browser that a flow works in. */
export interface MinimumBrowsers {
  /** Chrome, Edge and all others made of Chromium. */
  readonly chrome?: number;
  readonly firefox?: number;
  /** Safari on any device. */
  readonly safari?: number;
}

/** What a provider may need to know to answer its page. */
export interface ReplyContext {
  readonly display: Display;
}

/**
 * Everything that a provider is: data and pure functions. `read`, `reply` and `localize` are
 * called with untrusted input and must neither throw nor keep anything.
 */
export interface Provider {
  /** Stable id, the value of the `provider` attribute: lower case, `a-z`, `0-9` and `-`. */
  readonly id: string;
  /** The provider's name as a person reads it. */
  readonly name: string;
  /**
   * Further hosts a session URL may have: `app.example.com` exactly, or `.example.com` for every host
   * below that domain. Compared with the parsed host; the port must be the default one.
   */
  readonly hosts: readonly string[];
  /**
   * Origins that the flow is known to visit; a session URL may be on one of them too. Camera
   * delegation and messages reach these, the session URL's own and `trusted-origins`, no others.
   */
  readonly origins: readonly string[];
  /** Features delegated to the frame. No more than the flow needs. */
  readonly features: readonly Feature[];
  /**
   * Whether the page posts a message as soon as it is up. If so, its silence is an error
   * (`frame-timeout`); if not, silence proves nothing and the person is offered a way out.
   */
  readonly greets: boolean;
  /**
   * Reads one message. The sender is verified already, the data is not.
   *
   * @param data - `MessageEvent.data`, anything at all
   * @param sessionUrl - the URL of the run, for providers whose messages name the session
   * @returns the signal, or `undefined` for what is not understood
   */
  readonly read: (data: unknown, sessionUrl: URL) => Signal | undefined;
  /** The answer that the page waits for after `signal`, posted to the sender's origin. */
  readonly reply?: (signal: Signal, context: ReplyContext) => unknown;
  /**
   * Reads the parameters that the provider puts into the callback URL, if it does. Whoever holds the
   * address bar can write them: the result is a hint.
   */
  readonly readReturn?: (parameters: URLSearchParams) => ReturnHint | undefined;
  /** What the provider says of browsers; none where it says nothing. */
  readonly minimumBrowsers?: MinimumBrowsers;
  /** The session URL with the person's language in it, where the provider takes one. */
  readonly localize?: (sessionUrl: URL, locale: string) => URL;
}
