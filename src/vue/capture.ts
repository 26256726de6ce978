/** For Vue 3: a plugin that registers `<kyc-capture>`, and no other, and its type for templates. */
import type { Plugin } from 'vue';
import { KycCapture } from '../capture/kyc-capture.js';
import type { KycCaptureEventName } from '../model/events.js';
import { install } from './plugin.js';
import type { TemplateTag } from './template-tag.js';

export { isKycElement } from './plugin.js';

/** Registers `<kyc-capture>`. */
const plugin: Plugin<[]> = {
  install: (app) => {
    install(app, { 'kyc-capture': KycCapture });
  },
};

export default plugin;

declare module 'vue' {
  interface GlobalComponents {
    'kyc-capture': TemplateTag<KycCapture, KycCaptureEventName>;
  }
}
