import { fileURLToPath } from 'node:url';

/** The repository, and the folder of the benchmark with the peers in its `node_modules`. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const HERE = fileURLToPath(new URL('.', import.meta.url));

const peer = (path: string): string => `${HERE}node_modules/${path}`;

/** The scripts that pages load: as published, by their path on the merchant's site. */
export const CODE = {
  ours: { path: '/kyc-verify.js', file: `${ROOT}dist/kyc-verify.js` },
  capture: { path: '/kyc-capture.js', file: `${ROOT}dist/kyc-capture.js` },
  worker: { path: '/kyc-capture.worker.js', file: `${ROOT}dist/kyc-capture.worker.js` },
  veriff: { path: '/veriff.js', file: peer('@veriff/incontext-sdk/dist/v2.5.0/veriff.js') },
  didit: {
    path: '/didit-sdk.umd.min.js',
    file: peer('@didit-protocol/sdk-web/dist/didit-sdk.umd.min.js'),
  },
} as const;
