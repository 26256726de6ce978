/** Registers `<kyc-verify>`, once, where there are custom elements; on a server it does nothing. */
import { KycVerify } from './element/kyc-verify.js';
import type { KycEventMap } from './model/events.js';

const registry = (globalThis as Partial<typeof globalThis>).customElements;
if (registry && !registry.get('kyc-verify')) registry.define('kyc-verify', KycVerify);

declare global {
  interface HTMLElementTagNameMap {
    'kyc-verify': KycVerify;
  }
  interface GlobalEventHandlersEventMap extends KycEventMap {}
}

export * from './index.js';
