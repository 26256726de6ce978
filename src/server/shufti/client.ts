import { isSecure, parseUrl } from '../../model/urls.js';
import { badAnswer, readBase, readSecrets, type Answer, type CallSettings } from '../call.js';
import type { CallOptions, Decision, KycProvider, Proof, SessionWish } from '../provider.js';
import { isLanguage } from '../codes.js';
import { check, refuse } from '../valid.js';
import { ANSWER, readShuftiDecision, TOKEN, type ShuftiAnswer } from './answers.js';
import { exchange } from './exchange.js';
import { isContext, PLACES, readProof } from './proofs.js';
import { readRequest, SERVICES, type RequestKind } from './request.js';
import {
  DELETE_REQUEST,
  DOCUMENT_TYPES,
  STATUS_REQUEST,
  requestSchema,
  type ShuftiRequestInput,
} from './schema.js';
import { verifyShuftiProWebhook, type ShuftiKeys } from './webhook.js';

/**
 * A request without proofs: the person shows everything on Shufti Pro's page. Words, lengths and
 * allowed characters are those of the vendor's document; a key with `''` is read from the proof.
 */
export type ShuftiVerification = ShuftiRequestInput;

/** A request with its proofs, each as bytes, base64, or a data URI in base64. */
export type ShuftiOffsiteVerification = ShuftiRequestInput & { readonly email: string };

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

/** Everything that a person can show, for hosts that ask for nothing in particular. */
const DEFAULT_SERVICES = { face: {}, document: { supported_types: [...DOCUMENT_TYPES] } };

/** The request that a wish stands for. What the handler has to be sure of is its own. */
const requestOf = (wish: SessionWish, reference: string): ShuftiRequestInput => {
  const [language = ''] = (wish.language ?? '').toUpperCase().split('-');
  return {
    ...(isLanguage(language) && { language }),
    ...wish.details,
    reference,
    callback_url: wish.webhookUrl ?? refuse('callback_url', 'is missing'),
  };
};

const withProofs = (
  request: Readonly<Record<string, unknown>>,
  proofs: readonly Proof[],
): Readonly<Record<string, unknown>> => {
  const whole: Record<string, unknown> = { ...request };
  for (const { context, bytes } of proofs) {
    if (!isContext(context))
      return refuse('context', `must be one of ${Object.keys(PLACES).join(', ')}`);
    const [service, field] = PLACES[context];
    whole[service] = { ...(whole[service] as object | undefined), [field]: bytes };
  }
  return whole;
};

/** When the provider answered, by its own clock. */
const dateOf = ({ headers }: Answer): number => Date.parse(headers.get('date') ?? '');

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
      TOKEN,
      question,
      secrets,
      options,
      callOptions,
    );
    return token;
  };

  const post = async (
    path: string,
    body: Readonly<Record<string, unknown>>,
    callOptions: CallOptions | undefined,
    traits: { readonly isRepeatable?: boolean; readonly isByReference?: boolean } = {},
  ): Promise<readonly [ShuftiAnswer, Answer]> => {
    const authorization =
      options.authorization === 'bearer' ? `Bearer ${await createAccessToken(callOptions)}` : basic;
    const question = { url: base + path, authorization, body, ...traits };
    const [said, answer] = await exchange(ANSWER, question, secrets, options, callOptions);
    // A genuine answer to another question would decide on the wrong person.
    if (said.reference !== body['reference'])
      throw badAnswer(answer.status, 'is of another reference');
    return [said, answer];
  };

  const read = (kind: RequestKind, request: unknown): Readonly<Record<string, unknown>> =>
    readRequest(schema, kind, request, options.extraFields);

  const createVerification: ShuftiProClient['createVerification'] = async (given, callOptions) => {
    const [raw, answer] = await post('/', read('on-site', given), callOptions);
    const url = raw.verification_url ?? '';
    const parsed = parseUrl(url);
    if (!parsed || !isSecure(parsed)) throw badAnswer(answer.status, 'has no verification_url');
    return { reference: given.reference, verification_url: url, raw };
  };

  const verify = async (given: unknown, callOptions?: CallOptions) => {
    const [raw] = await post('/', read('off-site', given), callOptions);
    return readShuftiDecision(raw);
  };

  const askStatus = async (given: string, callOptions?: CallOptions) => {
    const { reference } = check(STATUS_REQUEST, { reference: given });
    const traits = { isRepeatable: true, isByReference: true };
    return post('/status', { reference }, callOptions, traits);
  };

  return {
    id: 'shufti-pro',
    sessionLifetime: 60 * 60 * 1000,
    needsWebhookUrl: true,
    isSentAtOnce: true,

    createVerification,
    verifyOffsite: verify,
    getStatus: async (reference, callOptions) => (await askStatus(reference, callOptions))[0],
    deleteRequest: async (reference, comment, callOptions) => {
      const request = check(DELETE_REQUEST, { reference, comment });
      await post('/delete', request, callOptions, { isByReference: true });
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
      if (!isContext(context))
        refuse('context', `must be one of ${Object.keys(PLACES).join(', ')}`);
      readProof('bytes', bytes);
    },
    sendProof: async () => undefined,
    submitCapture: async ({ providerId, proofs, ...wish }, callOptions) =>
      verify(withProofs(requestOf(wish, providerId), proofs), callOptions),
    readDecision: async (reference, callOptions) => {
      const [raw, answer] = await askStatus(reference, callOptions);
      const decision = readShuftiDecision(raw);
      const at = dateOf(answer);
      // A decision that was changed has the same words in its webhooks as the first: only when it
      // was read tells them apart. What is not settled has no date, or it would outlast what settles it.
      const isSettled = decision.word === 'approved' || decision.word === 'declined';
      return { ...decision, ...(isSettled && !Number.isNaN(at) && { at }) };
    },
    verifyWebhook: async (request) => verifyShuftiProWebhook(request, options),
  };
};
