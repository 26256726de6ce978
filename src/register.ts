import { KycVerify } from './element/kyc-verify.js';

/** Registers `<kyc-verify>`, once, where there are custom elements; on a server it does nothing. */
export const register = (): void => {
  const registry = (globalThis as Partial<typeof globalThis>).customElements;
  if (registry && !registry.get('kyc-verify')) registry.define('kyc-verify', KycVerify);
};
