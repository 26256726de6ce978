/** What a merchant's account at each vendor would have: who asks, and the secret that signs. */
export interface SandboxKeys {
  readonly veriff: { readonly apiKey: string; readonly sharedSecret: string };
  readonly shuftiPro: { readonly clientId: string; readonly secretKey: string };
}

/**
 * The credentials that a sandbox knows where it is given none. They are in every copy of this
 * package, so they are no secret: for development and tests alone.
 */
export const SANDBOX_KEYS: SandboxKeys = {
  veriff: {
    apiKey: '5a4db0c5-0000-4000-8000-76657269ff00',
    sharedSecret: '5a4db0c5-0000-4000-8000-5ec2e7000001',
  },
  shuftiPro: {
    clientId: 'sandbox-client-id',
    secretKey: 'sandbox-secret-key',
  },
};
