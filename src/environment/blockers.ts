import type { BlockingCode } from '../model/findings.js';
import type { Feature } from '../model/provider.js';

/** Chromium alone has it, and answers right once `allow` and `src` are set, also before insertion. */
interface PolicedFrame {
  readonly featurePolicy?: { allowsFeature(feature: Feature): boolean };
}

/** Whether the page's own Permissions-Policy keeps a feature from the frame, where one can ask. */
export const isPolicedOut = (frame: HTMLIFrameElement, feature: Feature): boolean =>
  (frame as PolicedFrame).featurePolicy?.allowsFeature(feature) === false;

/**
 * What keeps this frame from serving, as far as the page can know it at once and without asking
 * anybody. Nobody is prompted and no camera is touched.
 *
 * @param frame - made and not yet inserted, with its `allow` and `src`
 * @param features - what the provider's flow needs
 */
export const blockersOf = (
  frame: HTMLIFrameElement,
  features: readonly Feature[],
): readonly BlockingCode[] => {
  const needsCamera = features.includes('camera');
  const checks: Readonly<Record<BlockingCode, boolean>> = {
    'insecure-context': needsCamera && !isSecureContext,
    // Typed as always there; a WebView may be without, and an insecure page always is.
    'no-media-devices': needsCamera && isSecureContext && !('mediaDevices' in navigator),
    'cross-origin-isolated': crossOriginIsolated,
    'permissions-policy': needsCamera && isPolicedOut(frame, 'camera'),
  };
  return (Object.keys(checks) as BlockingCode[]).filter((code) => checks[code]);
};
