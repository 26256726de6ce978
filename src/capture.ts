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
export type * from './model/capture.js';
