import type { FindingCode } from '../model/findings.js';
import type { Feature } from '../model/provider.js';

const MEDIA: readonly Feature[] = ['camera', 'microphone'];

/** The host page's header line that lets these features through to these origins. */
const policyLine = (features: readonly string[], origins: readonly string[]): string => {
  const list = ['self', ...origins.map((origin) => `"${origin}"`)].join(' ');
  return `Permissions-Policy: ${features.map((feature) => `${feature}=(${list})`).join(', ')}`;
};

/**
 * What the developer of the host page can do, in English.
 *
 * @param origins - those of the provider's flow
 * @param features - what the flow needs; default: camera and microphone
 */
export const remedyFor = (
  code: FindingCode | 'frame-blocked',
  origins: readonly string[],
  features: readonly Feature[] = MEDIA,
): string => {
  switch (code) {
    case 'frame-blocked':
      return `Content-Security-Policy: frame-src 'self' ${origins.join(' ')}`;
    case 'insecure-context':
      return 'Serve this page over https: no frame in an http page gets a camera.';
    case 'no-media-devices':
      return 'This browser has no navigator.mediaDevices: a WebView needs it switched on.';
    case 'cross-origin-isolated':
      return 'Send no Cross-Origin-Embedder-Policy with this page, or use display="redirect".';
    case 'permissions-policy':
    case 'microphone-policy':
      // No more than the flow needs.
      return policyLine(
        MEDIA.filter((feature) => features.includes(feature)),
        origins,
      );
    case 'camera-denied':
      return 'The camera is blocked for this site, by the person or an administrator.';
    case 'no-camera':
      return 'The browser lists no camera.';
    case 'in-app-browser':
      return 'The user agent is that of a browser inside an app: open the system browser from it.';
    case 'outdated-browser':
      return 'The browser is older than the provider supports.';
    default:
      return code satisfies never;
  }
};

/**
 * What the developer can do about a frame of the host's own that was replaced, in English.
 *
 * @param misfit - what speaks against it
 * @param allow - the attribute that it needs
 */
export const frameRemedyFor = (
  misfit: 'src' | 'allow' | 'referrerpolicy' | 'sandbox' | 'late',
  allow = '',
): string => {
  switch (misfit) {
    case 'src':
      return 'must have the session URL as its src.';
    case 'allow':
      return `must have allow="${allow}"`;
    case 'referrerpolicy':
      return 'must have referrerpolicy="strict-origin".';
    case 'sandbox':
      return 'must have no sandbox and no srcdoc.';
    case 'late':
      return 'came after another run: leave session-url out, and put one iframe in.';
    default:
      return misfit satisfies never;
  }
};
