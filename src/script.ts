/** The classic script: registers the element and leaves one global, `KycVerify`. */
import { register } from './register.js';

register();

export { registerTexts } from './i18n/texts.js';
export { generic } from './providers/generic.js';
export { registerProvider } from './providers/registry.js';
