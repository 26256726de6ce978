/** Which provider, and where it is. Empty in production, where the session URL's host says both. */
export const provider = {
  provider: import.meta.env.VITE_KYC_PROVIDER,
  trustedOrigins: import.meta.env.VITE_KYC_TRUSTED_ORIGINS,
};
