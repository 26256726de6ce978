/**
 * A sandbox provider for development and tests: hosted verification pages in the manner of Veriff
 * and Shufti Pro on an origin of their own, without a vendor account. Runs in Node alone.
 */
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
export {
  FAULTS,
  VERDICTS,
  faultsOf,
  type Fault,
  type Switches,
  type Vendor,
  type Verdict,
} from './switches.js';
