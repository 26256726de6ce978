/** Registers `<kyc-return>` alone, for a callback page that has no `<kyc-verify>`. */
import { KycReturn } from './element/kyc-return.js';
import type { KycEventMap } from './model/events.js';
import { registerAs } from './register.js';

registerAs('kyc-return', KycReturn);

declare global {
  interface HTMLElementTagNameMap {
    'kyc-return': KycReturn;
  }
  interface GlobalEventHandlersEventMap extends KycEventMap {}
}

export { KycReturn } from './element/kyc-return.js';
