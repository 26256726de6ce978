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
export type {
  DecidedSession,
  Flow,
  HandlerLimits,
  KycHandlerOptions,
  Task,
} from './handler/options.js';
