/**
 * The backend kit: sessions, signatures, uploads, webhooks and status, for any runtime with `fetch`
 * and WebCrypto. Imports no DOM, and nothing of Node.
 */
export { DECISIONS, isAwaited, type DecisionWord } from '../model/decisions.js';
export type { SessionStage, SessionStatus, StartedSession } from '../model/status.js';
export { KycServerError, type KycServerErrorCode, type KycServerErrorFacts } from './errors.js';
export type {
  CallOptions,
  Decision,
  KycProvider,
  PickedTypes,
  Proof,
  ProviderSession,
  SessionWish,
  WebhookEvent,
  WebhookResult,
} from './provider.js';
export type { Entry, KycStore, Write } from './store.js';
export { memoryStore } from './memory.js';
export { supersedes } from './decisions.js';
export { createKycHandler, type KycHandler } from './handler/handler.js';
export { captureRoutes } from './handler/capture.js';
export type { Flow } from './handler/records.js';
export type {
  CaptureRoutes,
  DecidedSession,
  HandlerLimits,
  KycHandlerOptions,
  Task,
} from './handler/options.js';
export { veriff, type VeriffClient, type VeriffOptions } from './veriff/client.js';
export { verifyVeriffWebhook, type VeriffKeys } from './veriff/webhook.js';
export type { VeriffMedia, VeriffSessionRequest } from './veriff/request.js';
export type {
  VeriffAttempts,
  VeriffDecision,
  VeriffEvent,
  VeriffMediaList,
  VeriffSession,
  VeriffVerification,
} from './veriff/answers.js';
export type { VeriffSignature } from './veriff/signature.js';
export type { CallSettings } from './call.js';
export {
  shuftiPro,
  type ShuftiOffsiteVerification,
  type ShuftiProClient,
  type ShuftiProOptions,
  type ShuftiSession,
  type ShuftiVerification,
} from './shufti/client.js';
export { verifyShuftiProWebhook, type ShuftiKeys } from './shufti/webhook.js';
export type { ShuftiAnswer } from './shufti/answers.js';
