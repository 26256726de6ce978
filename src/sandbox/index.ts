/**
 * A sandbox provider for development and tests: hosted verification pages in the manner of Veriff
 * and Shufti Pro on an origin of their own, without a vendor account. Runs in Node alone.
 */
export {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type WebhookOptions,
} from './sandbox.js';
export type { WebhookAddresses } from './course.js';
export type { Demand } from './demands.js';
export { SANDBOX_KEYS, type SandboxKeys } from './keys.js';
export type { OutboxOptions } from './outbox.js';
export { OUTCOMES, outcomesOf, type Outcome } from './outcomes.js';
export { SHUFTI_EVENTS, type ShuftiEvent } from './shufti-words.js';
export type { ShuftiScheme } from './signatures.js';
export { SPECIMENS, specimens, type SpecimenName } from './specimens.js';
export {
  FAULTS,
  VERDICTS,
  WEBHOOK_FAULTS,
  faultsOf,
  type Fault,
  type Rule,
  type Switches,
  type Vendor,
  type Verdict,
  type WebhookFault,
} from './switches.js';
