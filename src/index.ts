/** The class and the words; importing this registers nothing. See `define.ts`. */
export { KycReturn } from './element/kyc-return.js';
export { KycVerify } from './element/kyc-verify.js';
export { examine, type ExamineOptions } from './flow/examine.js';
export { readReturn } from './flow/landing.js';
export { registerTexts, type CaptureTexts, type SomeTexts, type Texts } from './i18n/texts.js';
export type { DecisionWord } from './model/decisions.js';
export { isRetryable, type KycError, type KycErrorCode } from './model/errors.js';
export * from './model/events.js';
export type * from './model/findings.js';
export type { Phase } from './model/phases.js';
export type {
  Display,
  Fallback,
  Feature,
  MinimumBrowsers,
  Provider,
  ReplyContext,
} from './model/provider.js';
export type { Signal } from './model/signals.js';
export type { ReturnHint } from './model/tickets.js';
export { generic, type GenericProvider } from './providers/generic.js';
export { registerProvider } from './providers/registry.js';
export { shuftiPro } from './providers/shufti-pro.js';
export { veriff } from './providers/veriff.js';
export { callbackUrl } from './redirect/callback-url.js';
export type { Landing } from './redirect/landing.js';
