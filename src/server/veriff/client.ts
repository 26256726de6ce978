import { fieldsOf, readJson } from '../body.js';
import { badAnswer, call, failureOf, isOk, type CallSettings, type Outgoing } from '../call.js';
import { utf8 } from '../crypto.js';
import { readBase, readSecrets } from '../given.js';
import type { CallOptions, KycProvider, SessionWish } from '../provider.js';
import { check, refuse, splitExtra } from '../valid.js';
import {
  isAttempts,
  isCreated,
  isDecisionOn,
  isDone,
  isMediaListOf,
  readVeriffDecision,
  type VeriffAttempts,
  type VeriffDecision,
  type VeriffMediaList,
  type VeriffSession,
  WEEK,
} from './answers.js';
import {
  isSessionId,
  readPicture,
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
  /** What was decided: `verification` is null until something was. `bad-answer`: on another session. */
  getDecision(sessionId: string, options?: CallOptions): Promise<VeriffDecision>;
  /** How often the person tried, and what came of it. */
  getAttempts(sessionId: string, options?: CallOptions): Promise<VeriffAttempts>;
  /** What was uploaded, or taken by the hosted page. */
  listMedia(sessionId: string, options?: CallOptions): Promise<VeriffMediaList>;
  /** Deletes a session and what was collected. */
  deleteSession(sessionId: string, options?: CallOptions): Promise<void>;
}

type Method = Outgoing['method'];

/** Of a call that is about one session. */
const pathOf = (id: string, rest = ''): string =>
  isSessionId(id) ? `/${id}${rest}` : refuse('sessionId', 'must be the id of a session');

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

  const ask = async <Body>(
    isExpected: (body: unknown) => body is Body,
    [method, path, content]: readonly [method: Method, path: string, content?: unknown],
    callOptions: CallOptions | undefined,
  ): Promise<Body> => {
    const body = content === undefined ? undefined : utf8(JSON.stringify(content));
    const headers = {
      'x-auth-client': apiKey,
      [headerOf(scheme)]: await sign(scheme, secret, body ?? utf8(path.split('/')[1] ?? '')),
      'content-type': 'application/json',
    };
    const isRepeatable = method === 'GET' || method === 'DELETE';
    const outgoing = { method, url: base + path, headers, body, isRepeatable };
    const answer = await call(outgoing, options, callOptions);
    const said = readJson(answer.body);
    if (!isOk(answer)) {
      // Veriff's own number for what was wrong, such as 1104. Its message may quote the request.
      const code = String(fieldsOf(said)['code']);
      const providerCode = /^\d{3,5}$/.test(code) ? code : undefined;
      throw failureOf(answer, undefined, { providerCode });
    }
    if (!isExpected(said)) throw badAnswer(answer, 'is not what Veriff documents');
    return said;
  };

  const createSession: VeriffClient['createSession'] = async (request, callOptions) => {
    const [known, extra] = splitExtra(request, options.extraFields);
    const verification = { ...check(SESSION_REQUEST, known), ...extra };
    return (await ask(isCreated, ['POST', '', { verification }], callOptions)).verification;
  };

  const uploadMedia: VeriffClient['uploadMedia'] = async (id, given, callOptions) => {
    const image = { ...given, content: readPicture(given).toDataUri() };
    await ask(isDone, ['POST', pathOf(id, '/media'), { image }], callOptions);
  };

  const submit: VeriffClient['submit'] = async (id, callOptions) => {
    await ask(
      isDone,
      ['PATCH', pathOf(id), { verification: { status: 'submitted' } }],
      callOptions,
    );
  };

  const getDecision: VeriffClient['getDecision'] = async (id, callOptions) =>
    ask(isDecisionOn(id), ['GET', pathOf(id, '/decision')], callOptions);

  const open = async (
    { reference: vendorData, language: lang, details, callbackUrl: callback }: SessionWish,
    callOptions: CallOptions | undefined,
  ): Promise<VeriffSession> =>
    createSession({ vendorData, lang, ...details, callback }, callOptions);

  return {
    id: 'veriff',
    sessionLifetime: WEEK,
    needsWebhookUrl: false,
    isSentAtOnce: false,

    createSession,
    uploadMedia,
    submit,
    getDecision,
    getAttempts: async (id, callOptions) =>
      ask(isAttempts, ['GET', pathOf(id, '/attempts')], callOptions),
    listMedia: async (id, callOptions) =>
      ask(isMediaListOf(id), ['GET', pathOf(id, '/media')], callOptions),
    deleteSession: async (id, callOptions) => {
      await ask(isDone, ['DELETE', pathOf(id)], callOptions);
    },

    openHosted: async (wish, callOptions) => {
      const { id, url } = await open(wish, callOptions);
      return { providerId: id, url };
    },
    openCapture: async (wish, callOptions) => ({ providerId: (await open(wish, callOptions)).id }),
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
