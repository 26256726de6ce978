/**
 * What keeps a frame from serving, found before it is mounted. Each is a `kyc-error` code too.
 *
 * | code | severity | meaning |
 * |---|---|---|
 * | `insecure-context` | `blocks-frame` | the page is not https, so that no frame in it gets a camera |
 * | `no-media-devices` | `blocks-everything` | the browser, or the app around it, has no camera interface |
 * | `cross-origin-isolated` | `blocks-frame` | COOP and COEP keep pages without COEP out of frames |
 * | `permissions-policy` | `blocks-frame` | the page's own header keeps the camera from the provider |
 */
export type BlockingCode =
  'insecure-context' | 'no-media-devices' | 'cross-origin-isolated' | 'permissions-policy';

/**
 * What may keep the camera away. The frame is mounted all the same.
 *
 * | code | meaning |
 * |---|---|
 * | `microphone-policy` | the page's own header keeps the microphone from the provider |
 * | `camera-denied` | the camera is blocked for this site in the browser |
 * | `no-camera` | the browser knows no camera |
 * | `in-app-browser` | a browser inside an app, many of which give pages no camera; a guess |
 * | `outdated-browser` | older than the provider supports |
 */
export type WarningCode =
  'microphone-policy' | 'camera-denied' | 'no-camera' | 'in-app-browser' | 'outdated-browser';

export type FindingCode = BlockingCode | WarningCode;

/** `blocks-frame`: a redirect helps. `blocks-everything`: only another browser does. */
export type Severity = 'blocks-everything' | 'blocks-frame' | 'warning';

/** One thing that the examination of the page and the browser found. */
export interface Finding {
  /** Stable, for programs. */
  readonly code: FindingCode;
  readonly severity: Severity;
  /** A sentence for the person, in their language. */
  readonly text: string;
  /** What the developer can do, in English, with the exact header line where it is one. */
  readonly remedy: string;
}
