/** All in one module, for `<script type="module">` without a bundler: registers the elements. */
import { KycReturn } from './element/kyc-return.js';
import { KycVerify } from './element/kyc-verify.js';
import { registerAs } from './register.js';

registerAs('kyc-verify', KycVerify);
registerAs('kyc-return', KycReturn);

export { examine } from './flow/examine.js';
export { registerTexts } from './i18n/texts.js';
export { generic } from './providers/generic.js';
export { registerProvider } from './providers/registry.js';
