/** Registers `<kyc-verify>`, and gives all that `index.ts` gives. */
import { KycVerify } from './element/kyc-verify.js';
import type { KycEventMap } from './model/events.js';
import { register } from './register.js';

// Lit's development build warns of what is meant: a run starts after a rendering, for another one.
KycVerify.disableWarning?.('change-in-update');
register();

declare global {
  interface HTMLElementTagNameMap {
    'kyc-verify': KycVerify;
  }
  interface GlobalEventHandlersEventMap extends KycEventMap {}
}

export * from './index.js';
