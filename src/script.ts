/**
 * The classic script: registers the elements and leaves one global, `KycVerify`. Included twice, or in
 * two versions, the first stays (see `vite.config.ts`): the elements are its own, and so must be what
 * they are told.
 */
import { examine, generic, registerProvider, registerTexts } from './module.js';

const api = { examine, generic, registerProvider, registerTexts };

declare global {
  // What a classic script leaves is a `var`.
  var KycVerify: typeof api | undefined;
}

globalThis.KycVerify = api;
