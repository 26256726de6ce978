/** Registers `<kyc-capture>`. */
import { KycCapture } from './capture/kyc-capture.js';
import type { KycEventMap } from './model/events.js';
import { registerAs } from './register.js';

registerAs('kyc-capture', KycCapture);

declare global {
  interface HTMLElementTagNameMap {
    'kyc-capture': KycCapture;
  }
  interface GlobalEventHandlersEventMap extends KycEventMap {}
}

export { KycCapture } from './capture/kyc-capture.js';
export {
  shuftiProPlan,
  veriffPlan,
  type ShuftiProPlanRequest,
  type VeriffPlanOptions,
} from './capture/plans.js';
export { registerTexts, type CaptureTexts, type SomeTexts, type Texts } from './i18n/texts.js';
export type * from './model/capture.js';
export type { KycError, KycErrorCode } from './model/errors.js';
export * from './model/events.js';
export type { MediaType } from './model/media.js';
