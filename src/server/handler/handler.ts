import { wait } from '../wait.js';
import { empty, json, Problem, refuse, toProblem } from './answers.js';
import { type Streams, streamEvents } from './events.js';
import { forget } from './forget.js';
import { checkMethod, identify, refuseForeign } from './guard.js';
import { createKit, type Kit } from './kit.js';
import type { KycHandlerOptions } from './options.js';
import { deliverDue } from './outbox.js';
import { refresh, statusNow } from './progress.js';
import { keyOf, read, type SessionRecord } from './records.js';
import { startSession } from './sessions.js';
import { takeWebhook } from './webhooks.js';

/** What a worker's runtime gives besides the request, as far as it is used. */
export interface HandlerContext {
  /** Keeps the worker alive for what goes on after the answer. */
  waitUntil?(work: Promise<unknown>): void;
}

/** A handler of requests, mounted wherever requests are of the Fetch standard. */
export interface KycHandler {
  /** Answers any request; never rejects. `context` is what a worker's `fetch` gets as its third. */
  (request: Request, context?: unknown): Promise<Response>;
  /**
   * Calls `onDecision` for what is due and was not told yet. For a scheduled job where no timer outlives
   * a request; elsewhere the handler does so itself.
   *
   * @returns how many decisions were told
   */
  deliverPending(): Promise<number>;
  /**
   * Deletes what is kept of a person's live sessions, decisions that were not told yet included: to erase
   * it, or to have them begin anew. What the provider says of those sessions later is told without a
   * person. The provider keeps what it has.
   *
   * @throws whatever the store fails with
   */
  forget(person: string): Promise<void>;
  /** Ends the handler's timer and the open event streams. The store stays open: it is the merchant's. */
  close(): void;
}

/** Milliseconds a page waits for the provider's word before it is told what is known. */
const LOOK_PATIENCE = 2000;

/** Milliseconds between two looks for decisions that the merchant has not been told. */
const DELIVERY_INTERVAL = 1000;

const SESSION_PATH = /\/sessions(?:\/([\da-f]{32})(?:\/(events|media|submit))?)?$/;
const WEBHOOK_PATH = /\/webhooks\/([\w-]+)$/;

/** The person's session; another's is as good as none. */
const sessionOf = async ({ store }: Kit, person: string, id: string): Promise<SessionRecord> => {
  const { value } = await read<SessionRecord>(store, keyOf('session', id));
  if (value?.person !== person) throw new Problem('not-found');
  return value;
};

const routeSession = async (
  kit: Kit,
  streams: Streams,
  request: Request,
  [, id, action]: RegExpExecArray,
): Promise<Response> => {
  const isCapture = action === 'media' || action === 'submit';
  const answer = isCapture ? kit.capture?.[action] : undefined;
  if (isCapture && !answer) throw new Problem('not-found');
  checkMethod(request, id === undefined || answer ? 'POST' : 'GET');
  refuseForeign(kit, request);
  const person = await identify(kit, request);
  if (id === undefined) {
    const { started, isNew } = await startSession(kit, person, request);
    return json(isNew ? 201 : 200, started);
  }
  const session = await sessionOf(kit, person, id);
  if (answer) return answer(kit, session, request);
  if (action) return streamEvents(kit, streams, session, request);
  await wait(LOOK_PATIENCE, (goOn) => void refresh(kit, session).then(goOn));
  return json(200, await statusNow(kit, session));
};

const routeWebhook = async (kit: Kit, request: Request, id: string): Promise<Response> => {
  const client = kit.providers.get(id);
  if (!client) throw new Problem('not-found');
  checkMethod(request, 'POST');
  await takeWebhook(kit, client, request);
  return empty();
};

const route = async (kit: Kit, streams: Streams, request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url);
  const session = SESSION_PATH.exec(pathname);
  if (session) return routeSession(kit, streams, request, session);
  const webhook = WEBHOOK_PATH.exec(pathname);
  if (webhook) return routeWebhook(kit, request, webhook[1] ?? '');
  throw new Problem('not-found');
};

const toAnswer = (kit: Kit, error: unknown): Response => {
  const problem = toProblem(error);
  if (problem.code === 'internal' && error !== problem) kit.report(error, 'request');
  return refuse(problem);
};

/**
 * The backend of `<kyc-verify session-endpoint>` for any runtime with `fetch` and WebCrypto: sessions,
 * their status and its stream, proofs, and the provider's webhooks. Routes are told by the end of the
 * path, so it may be mounted under any.
 *
 * @throws TypeError for options that cannot be worked with, for example without `identify`
 */
export const createKycHandler = (options: KycHandlerOptions): KycHandler => {
  const kit = createKit(options);
  const streams: Streams = { places: new Map(), ends: new Set() };
  let timer: ReturnType<typeof setInterval> | undefined;
  let looked = 0;
  let isClosed = false;

  const deliverPending = async (): Promise<number> => deliverDue(kit);
  const lookAfter = async (): Promise<void> => {
    if (Date.now() - looked < DELIVERY_INTERVAL) return;
    looked = Date.now();
    await deliverPending().catch((error: unknown) => kit.report(error, 'store'));
  };
  /** With the first request: some runtimes know no timers before it, and importing does nothing. */
  const startTimer = (): void => {
    if (timer !== undefined || isClosed) return;
    timer = setInterval(() => void lookAfter(), DELIVERY_INTERVAL);
    // Where it can be told, it keeps no process alive that is otherwise done.
    (timer as { unref?: () => void }).unref?.();
  };

  const handle = async (request: Request, context?: unknown): Promise<Response> => {
    startTimer();
    // Workers stop timers with the request, so every request looks, too.
    const work = lookAfter();
    try {
      (context as HandlerContext | undefined)?.waitUntil?.(work);
    } catch {
      // Another framework's second argument.
    }
    try {
      return await route(kit, streams, request);
    } catch (error) {
      return toAnswer(kit, error);
    }
  };

  return Object.assign(handle, {
    deliverPending,
    forget: async (person: string) => forget(kit, person),
    close: () => {
      isClosed = true;
      clearInterval(timer);
      for (const end of streams.ends) end();
    },
  });
};
