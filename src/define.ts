/** Registers `<kyc-verify>` and `<kyc-return>`, and gives all that `index.ts` gives. */
import { KycReturn } from './element/kyc-return.js';
import { KycVerify } from './element/kyc-verify.js';
import type { KycEventMap } from './model/events.js';
import { registerAs } from './register.js';

// Lit's development build warns of what is meant: a run starts after a rendering, for another one.
KycVerify.disableWarning?.('change-in-update');
registerAs('kyc-verify', KycVerify);
registerAs('kyc-return', KycReturn);

declare global {
  interface HTMLElementTagNameMap {
    'kyc-return': KycReturn;
    'kyc-verify': KycVerify;
  }
  interface GlobalEventHandlersEventMap extends KycEventMap {}
}

export * from './index.js';
