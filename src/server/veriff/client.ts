import type * as v from 'valibot';

import { readJson } from '../body.js';
import { badAnswer, call, failureOf, readBase, readSecrets, type CallSettings } from '../call.js';
import type { Answer, Outgoing } from '../call.js';
import { utf8, type Bytes } from '../crypto.js';
import type { CallOptions, KycProvider, SessionWish } from '../provider.js';
import { check, fits, splitExtra } from '../valid.js';
import {
  ATTEMPTS,
  CREATED,
  DECISION,
  DONE,
  MEDIA_LIST,
  readVeriffDecision,
  type VeriffAttempts,
  type VeriffDecision,
  type VeriffMediaList,
  type VeriffSession,
} from './answers.js';
import {
  readPicture,
  readSessionId,
  SESSION_REQUEST,
  type VeriffMedia,
  type VeriffSessionRequest,
} from './request.js';
import { headerOf, sign } from './signature.js';
import { verifyVeriffWebhook, type VeriffKeys } from './webhook.js';

export interface VeriffOptions extends VeriffKeys, CallSettings {
  /** Where the API is; each integration has its own. Default: `https://stationapi.veriff.com`. */
  readonly baseUrl?: string;
  /** Fields of `verification` that Veriff knows and this client does not; sent unchecked. */
  readonly extraFields?: readonly string[];
}

/** Veriff's API. Every method throws `KycServerError`. */
export interface VeriffClient extends KycProvider {
  /** Creates a session, which lives for seven days. Never repeated by itself. */
  createSession(request: VeriffSessionRequest, options?: CallOptions): Promise<VeriffSession>;
  /** Adds one picture to a session. `conflict` after the submission. Never repeated by itself. */
  uploadMedia(sessionId: string, media: VeriffMedia, options?: CallOptions): Promise<void>;
  /** Hands a session in. `conflict` where it was before. */
  submit(sessionId: string, options?: CallOptions): Promise<void>;
  /** What was decided: `verification` is null until something was. */
  getDecision(sessionId: string, options?: CallOptions): Promise<VeriffDecision>;
  /** How often the person tried, and what came of it. */
  getAttempts(sessionId: string, options?: CallOptions): Promise<VeriffAttempts>;
  /** What was uploaded, or taken by the hosted page. */
  listMedia(sessionId: string, options?: CallOptions): Promise<VeriffMediaList>;
  /** Deletes a session and what was collected. */
  deleteSession(sessionId: string, options?: CallOptions): Promise<void>;
}

/** Veriff's own number for what was wrong, such as 1104. Its message may quote the request. */
const failure = (answer: Answer) => {
  const body = readJson(answer.body) as { readonly code?: unknown } | null | undefined;
  const providerCode = String(body?.code);
  return failureOf(answer, /^\d{3,5}$/.test(providerCode) ? { providerCode } : {});
};

const json = (body: unknown): Bytes => utf8(JSON.stringify(body));

/**
 * Veriff. Everything that is sent is signed over exactly the bytes that are sent, calls without a
 * body over the session's id. It is a provider for `createKycHandler` too.
 *
 * @throws KycServerError `bad-request` where an option is not usable
 */
export const veriff = (options: VeriffOptions): VeriffClient => {
  const { baseUrl = 'https://stationapi.veriff.com', signature: scheme = 'hmac' } = options;
  const base = `${readBase(baseUrl)}/v1/sessions`;
  const [apiKey = ''] = readSecrets('apiKey', [options.apiKey]);
  const [secret = ''] = readSecrets('sharedSecret', options.sharedSecret);

  const ask = async <const Schema extends v.GenericSchema>(
    schema: Schema,
    outgoing: Pick<Outgoing, 'method' | 'url' | 'body'> & { readonly sessionId?: string },
    callOptions?: CallOptions,
  ): Promise<v.InferOutput<Schema>> => {
    const { method, url, body, sessionId = '' } = outgoing;
    const answer = await call(
      {
        method,
        url,
        isRepeatable: method === 'GET' || method === 'DELETE',
        headers: {
          'x-auth-client': apiKey,
          [headerOf(scheme)]: await sign(scheme, secret, body ?? utf8(sessionId)),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body }),
      },
      options,
      callOptions,
    );
    if (answer.status < 200 || answer.status > 299) throw failure(answer);
    const parsed = readJson(answer.body);
    if (!fits(schema, parsed)) throw badAnswer(answer.status, 'is not what Veriff documents');
    return parsed;
  };

  const askOf = async <const Schema extends v.GenericSchema>(
    schema: Schema,
    method: Outgoing['method'],
    id: string,
    { path = '', body }: { readonly path?: string; readonly body?: unknown } = {},
    callOptions?: CallOptions,
  ): Promise<v.InferOutput<Schema>> => {
    const sessionId = readSessionId(id);
    const url = `${base}/${sessionId}${path}`;
    return ask(
      schema,
      { method, url, sessionId, ...(body !== undefined && { body: json(body) }) },
      callOptions,
    );
  };

  const createSession: VeriffClient['createSession'] = async (request, callOptions) => {
    const [known, extra] = splitExtra(request, options.extraFields);
    const verification = { ...check(SESSION_REQUEST, known), ...extra };
    const outgoing = { method: 'POST', url: base, body: json({ verification }) } as const;
    return (await ask(CREATED, outgoing, callOptions)).verification;
  };

  const uploadMedia: VeriffClient['uploadMedia'] = async (id, given, callOptions) => {
    const { context, media } = readPicture(given);
    const { timestamp } = given;
    const image = { context, content: media.toDataUri(), ...(timestamp && { timestamp }) };
    await askOf(DONE, 'POST', id, { path: '/media', body: { image } }, callOptions);
  };

  const submit: VeriffClient['submit'] = async (id, callOptions) => {
    const body = { verification: { status: 'submitted' } };
    await askOf(DONE, 'PATCH', id, { body }, callOptions);
  };

  const getDecision: VeriffClient['getDecision'] = async (id, callOptions) =>
    askOf(DECISION, 'GET', id, { path: '/decision' }, callOptions);

  const open = async (wish: SessionWish, callOptions?: CallOptions): Promise<VeriffSession> =>
    createSession(
      {
        vendorData: wish.reference,
        ...(wish.language && { lang: wish.language }),
        ...wish.details,
        callback: wish.callbackUrl,
      },
      callOptions,
    );

  return {
    id: 'veriff',
    sessionLifetime: 7 * 24 * 60 * 60 * 1000,
    needsWebhookUrl: false,
    isSentAtOnce: false,

    createSession,
    uploadMedia,
    submit,
    getDecision,
    getAttempts: async (id, callOptions) =>
      askOf(ATTEMPTS, 'GET', id, { path: '/attempts' }, callOptions),
    listMedia: async (id, callOptions) =>
      askOf(MEDIA_LIST, 'GET', id, { path: '/media' }, callOptions),
    deleteSession: async (id, callOptions) => {
      await askOf(DONE, 'DELETE', id, {}, callOptions);
    },

    openHosted: async (wish, callOptions) => {
      const { id, url } = await open(wish, callOptions);
      return { providerId: id, url };
    },
    openCapture: async (wish, callOptions) => ({
      providerId: (await open(wish, callOptions)).id,
    }),
    checkProof: ({ context, bytes }) => {
      readPicture({ context, content: bytes });
    },
    sendProof: async (id, { context, bytes }, callOptions) =>
      uploadMedia(id, { context, content: bytes }, callOptions),
    submitCapture: async ({ providerId }, callOptions) => {
      await submit(providerId, callOptions);
      return undefined;
    },
    readDecision: async (id, callOptions) => readVeriffDecision(await getDecision(id, callOptions)),
    verifyWebhook: async (request) => verifyVeriffWebhook(request, options),
  };
};
