import type { Answer, CallSettings } from '../call.js';
import { badAnswer } from '../call.js';
import { isLanguage } from '../codes.js';
import { readBase, readSecrets } from '../given.js';
import type {
  CallOptions,
  Decision,
  KycProvider,
  PickedTypes,
  Proof,
  SessionWish,
} from '../provider.js';
import { isSecureUrl } from '../secure.js';
import { check, refuse } from '../valid.js';
import { isShuftiAnswer, isToken, readShuftiDecision, type ShuftiAnswer } from './answers.js';
import { exchange, type Question } from './exchange.js';
import { placeOf, readProof } from './proofs.js';
import { readRequest, SERVICES, type RequestKind } from './request.js';
import {
  DELETE_REQUEST,
  DOCUMENT_TYPES,
  requestSchema,
  STATUS_REQUEST,
  type ShuftiRequest,
} from './schema.js';
import { verifyShuftiProWebhook, type ShuftiKeys } from './webhook.js';

/**
 * A request without proofs: the person shows everything on Shufti Pro's page. Words, lengths and
 * allowed characters are those of the vendor's document; a key with `''` is read from the proof.
 */
export type ShuftiVerification = ShuftiRequest;

/** A request with its proofs, each as bytes, base64, or a data URI in base64. */
export type ShuftiOffsiteVerification = ShuftiRequest & { readonly email: string };

export interface ShuftiProOptions extends ShuftiKeys, CallSettings {
  readonly clientId: string;
  /** Where the API is. Default: `https://api.shuftipro.com`. */
  readonly baseUrl?: string;
  /**
   * How calls are authorised. `bearer`: each by a one-time token, which is asked for first with the
   * secret key. Default: `basic`.
   */
  readonly authorization?: 'basic' | 'bearer';
  /** Fields of a request that Shufti Pro knows and this client does not; sent unchecked. */
  readonly extraFields?: readonly string[];
  /** The time, in milliseconds since 1970, by which days are before or after today. */
  readonly now?: () => number;
}

/** A verification that waits for the person. */
export interface ShuftiSession {
  readonly reference: string;
  /** The session URL, a secret. */
  readonly verification_url: string;
  readonly raw: ShuftiAnswer;
}

/** Shufti Pro's API. Every method throws `KycServerError`, and every answer's signature is checked. */
export interface ShuftiProClient extends KycProvider {
  /** Begins an on-site verification. Never repeated by itself. */
  createVerification(request: ShuftiVerification, options?: CallOptions): Promise<ShuftiSession>;
  /** Has proofs verified that the merchant collected. Never repeated by itself. */
  verifyOffsite(
    request: ShuftiOffsiteVerification,
    options?: CallOptions,
  ): Promise<Decision<ShuftiAnswer>>;
  /** What became of a verification. `not-found` where there is none of that reference. */
  getStatus(reference: string, options?: CallOptions): Promise<ShuftiAnswer>;
  /** Deletes what was collected. `comment` says why, in 5 to 200 characters. */
  deleteRequest(reference: string, comment: string, options?: CallOptions): Promise<void>;
  /** A token for one call, for who must not have the secret key. */
  createAccessToken(options?: CallOptions): Promise<string>;
}

/** What is asked for hosts that ask for nothing in particular. */
const DEFAULT_SERVICES = { face: {}, document: { supported_types: [...DOCUMENT_TYPES] } };

/** The request that a wish stands for. What the handler has to be sure of is its own. */
const requestOf = (wish: SessionWish, reference: string): ShuftiRequest => {
  const [language = ''] = (wish.language ?? '').toUpperCase().split('-');
  return {
    ...(isLanguage(language) && { language }),
    ...wish.details,
    reference,
    callback_url: wish.webhookUrl ?? refuse('callback_url', 'is missing'),
  };
};

/**
 * The request with the proofs in their places, and of the types that it allows those that were picked:
 * "Please provide only one document type if you are providing proof of that document with the request".
 */
const withProofs = (
  request: ShuftiRequest,
  proofs: readonly Proof[],
  types: PickedTypes,
): unknown => {
  const whole: Partial<Record<string, { readonly supported_types?: unknown }>> = {
    ...request,
  } as object;
  for (const [service, type] of Object.entries(types)) {
    if ([whole[service]?.supported_types].flat().includes(type)) {
      whole[service] = { ...whole[service], supported_types: [type] };
    }
  }
  for (const { context, bytes } of proofs) {
    const [service, field] = placeOf(context);
    whole[service] = { ...whole[service], [field]: bytes };
  }
  return whole;
};

/**
 * Shufti Pro. Requests are checked field by field before anything is sent. It is a provider for
 * `createKycHandler` too; there, a session's id at the provider is its reference.
 *
 * @throws KycServerError `bad-request` where an option is not usable
 */
export const shuftiPro = (options: ShuftiProOptions): ShuftiProClient => {
  const base = readBase(options.baseUrl ?? 'https://api.shuftipro.com');
  const [clientId = ''] = readSecrets('clientId', [options.clientId]);
  const secrets = readSecrets('secretKey', options.secretKey);
  const basic = `Basic ${btoa(`${clientId}:${secrets[0] ?? ''}`)}`;
  const schema = requestSchema(options.now ?? Date.now);

  const createAccessToken: ShuftiProClient['createAccessToken'] = async (callOptions) => {
    const question = { url: `${base}/get/access/token`, authorization: basic, body: {} };
    const [{ access_token: token }] = await exchange(
      isToken,
      question,
      secrets,
      options,
      callOptions,
    );
    return token;
  };

  const post = async (
    path: string,
    question: Pick<Question, 'body' | 'isRepeatable' | 'isByReference'>,
    callOptions: CallOptions | undefined,
  ): Promise<readonly [ShuftiAnswer, Answer]> => {
    const isBearer = options.authorization === 'bearer';
    const authorization = isBearer ? `Bearer ${await createAccessToken(callOptions)}` : basic;
    const [said, answer] = await exchange(
      isShuftiAnswer,
      { url: base + path, authorization, ...question },
      secrets,
      options,
      callOptions,
    );
    // A genuine answer to another question would decide on the wrong person.
    if (said.reference !== question.body['reference']) {
      throw badAnswer(answer, 'is of another reference');
    }
    return [said, answer];
  };

  const read = (kind: RequestKind, request: unknown): Readonly<Record<string, unknown>> =>
    readRequest(schema, kind, request, options.extraFields);

  const createVerification: ShuftiProClient['createVerification'] = async (given, callOptions) => {
    const [raw, answer] = await post('/', { body: read('on-site', given) }, callOptions);
    const { verification_url: url } = raw;
    if (!isSecureUrl(url)) throw badAnswer(answer, 'has no verification_url');
    return { reference: given.reference, verification_url: url, raw };
  };

  const verify = async (given: unknown, callOptions: CallOptions | undefined) => {
    const [raw] = await post('/', { body: read('off-site', given) }, callOptions);
    return readShuftiDecision(raw);
  };

  const askStatus = async (reference: string, callOptions: CallOptions | undefined) => {
    const body = check(STATUS_REQUEST, { reference });
    return post('/status', { body, isRepeatable: true, isByReference: true }, callOptions);
  };

  return {
    id: 'shufti-pro',
    sessionLifetime: 60 * 60 * 1000,
    needsWebhookUrl: true,
    isSentAtOnce: true,

    createVerification,
    verifyOffsite: async (request, callOptions) => verify(request, callOptions),
    getStatus: async (reference, callOptions) => (await askStatus(reference, callOptions))[0],
    deleteRequest: async (reference, comment, callOptions) => {
      const body = check(DELETE_REQUEST, { reference, comment });
      await post('/delete', { body, isByReference: true }, callOptions);
    },
    createAccessToken,

    openHosted: async (wish, callOptions) => {
      const request = requestOf(wish, wish.reference);
      const isAsked = SERVICES.some((service) => request[service]);
      const { verification_url: url } = await createVerification(
        { ...(!isAsked && DEFAULT_SERVICES), ...request, redirect_url: wish.callbackUrl },
        callOptions,
      );
      return { providerId: wish.reference, url };
    },
    openCapture: async (wish) => {
      read('draft', requestOf(wish, wish.reference));
      return { providerId: wish.reference };
    },
    checkProof: ({ context, bytes }) => {
      placeOf(context);
      readProof('bytes', bytes);
    },
    sendProof: async () => undefined,
    submitCapture: async ({ providerId, proofs, types = {}, ...wish }, callOptions) =>
      verify(withProofs(requestOf(wish, providerId), proofs, types), callOptions),
    readDecision: async (reference, callOptions) => {
      const [raw, { headers }] = await askStatus(reference, callOptions);
      const decision = readShuftiDecision(raw);
      const at = Date.parse(headers.get('date') ?? '');
      // A decision that was changed has the same words in its webhooks as the first: only when it
      // was read tells them apart. What is not settled has no date, or it would outlast what settles it.
      const isSettled = decision.word === 'approved' || decision.word === 'declined';
      return { ...decision, ...(isSettled && !Number.isNaN(at) && { at }) };
    },
    verifyWebhook: async (request) => verifyShuftiProWebhook(request, options),
  };
};
