/**
 * The classic script: registers `<kyc-capture>` and leaves one global, `KycCapture`. As with
 * `script.ts`, a second copy does nothing.
 */
import { registerTexts, shuftiProPlan, veriffPlan } from './capture.js';

const api = { registerTexts, shuftiProPlan, veriffPlan };

declare global {
  // What a classic script leaves is a `var`.
  var KycCapture: typeof api | undefined;
}

globalThis.KycCapture = api;
