/**
 * The classic script: registers `<kyc-capture>` and leaves one global, `KycCapture`. As with
 * `script.ts`, a second copy does nothing. `kyc-capture.worker.js` lies beside it.
 */
import { registerTexts, shuftiProPlan, veriffPlan } from './capture.js';
import { setStudioFile } from './capture/studio-place.js';

const script = document.currentScript as HTMLScriptElement | null;
// Without an address where it was put into the page itself, or is run by another script.
setStudioFile(script?.src || document.baseURI);

const api = { registerTexts, shuftiProPlan, veriffPlan };

declare global {
  // What a classic script leaves is a `var`.
  var KycCapture: typeof api | undefined;
}

globalThis.KycCapture = api;
