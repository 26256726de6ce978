/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** With the sandbox: `veriff`. Not set in production, where the URL's host tells. */
  readonly VITE_KYC_PROVIDER?: string;
  /** With the sandbox: its origin. */
  readonly VITE_KYC_TRUSTED_ORIGINS?: string;
}
