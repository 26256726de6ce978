/** For Vue 3: a plugin, what to tell the template compiler, and types for templates. */
import type { Plugin } from 'vue';
import type { KycReturnEventName } from '../element-props.js';
import { KycReturn } from '../element/kyc-return.js';
import { KycVerify } from '../element/kyc-verify.js';
import type { KycVerifyEventName } from '../model/events.js';
import { install } from './plugin.js';
import type { TemplateTag } from './template-tag.js';

export { isKycElement } from './plugin.js';

/** Registers `<kyc-verify>` and `<kyc-return>`. */
const plugin: Plugin<[]> = {
  install: (app) => {
    // As in `define.ts`.
    KycVerify.disableWarning?.('change-in-update');
    install(app, { 'kyc-verify': KycVerify, 'kyc-return': KycReturn });
  },
};

export default plugin;

declare module 'vue' {
  interface GlobalComponents {
    'kyc-verify': TemplateTag<KycVerify, KycVerifyEventName>;
    'kyc-return': TemplateTag<KycReturn, KycReturnEventName>;
  }
}
