import type * as v from 'valibot';

import { readJson } from '../body.js';
import { badAnswer, call, failureOf, type Answer, type CallSettings } from '../call.js';
import { utf8 } from '../crypto.js';
import { KycServerError } from '../errors.js';
import type { CallOptions } from '../provider.js';
import { fits } from '../valid.js';
import { ANSWER, isShuftiEvent } from './answers.js';
import { isSignedByShufti } from './signature.js';

export interface Question {
  readonly url: string;
  readonly authorization: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly isRepeatable?: boolean;
  /** Whether the request is nothing but a reference, so that only this can be wrong with it. */
  readonly isByReference?: boolean;
}

const ask = (fields: unknown, key: unknown): unknown =>
  typeof fields === 'object' &&
  fields !== null &&
  typeof key === 'string' &&
  Object.hasOwn(fields, key)
    ? (fields as Readonly<Record<string, unknown>>)[key]
    : undefined;

/** The field that an `error` names, if it was in the request: all else may be somebody's data. */
const pathOf = (error: unknown, sent: unknown): string | undefined => {
  const [service, key] = [ask(error, 'service'), ask(error, 'key')];
  if (ask(sent, service) === undefined)
    return ask(sent, key) === undefined ? undefined : String(key);
  return ask(ask(sent, service), key) === undefined ? String(service) : `${service}.${key}`;
};

/** What a signed answer means that is none of success. */
const failure = (answer: Answer, body: unknown, { body: sent, isByReference }: Question) => {
  if (!fits(ANSWER, body)) return failureOf(answer);
  const facts = isShuftiEvent(body.event) ? { providerCode: body.event } : {};
  const isInvalid = body.event === 'request.invalid' && [200, 400, 402].includes(answer.status);
  if (!isInvalid) return failureOf(answer, facts);
  if (isByReference) return failureOf(answer, { ...facts, code: 'not-found' });
  const path = pathOf(body.error, sent);
  return failureOf(answer, { ...facts, code: 'bad-request', ...(path && { path }) });
};

/**
 * Asks Shufti Pro, and believes an answer only after its signature.
 *
 * @throws KycServerError
 */
export const exchange = async <const Schema extends v.GenericSchema>(
  schema: Schema,
  question: Question,
  secrets: readonly string[],
  settings: CallSettings,
  options?: CallOptions,
): Promise<readonly [body: v.InferOutput<Schema>, answer: Answer]> => {
  const { url, authorization, isRepeatable = false } = question;
  const answer = await call(
    {
      method: 'POST',
      url,
      headers: { authorization, 'content-type': 'application/json' },
      body: utf8(JSON.stringify(question.body)),
      isRepeatable,
    },
    settings,
    options,
  );
  const body = readJson(answer.body);
  const isOk = answer.status >= 200 && answer.status <= 299;
  // Unsigned too: who has the wrong secret cannot verify being told so, and nothing is won by a lie.
  if (fits(ANSWER, body) && body.event === 'request.unauthorized') {
    throw failureOf(answer, { code: 'unauthorised', providerCode: body.event });
  }
  const signature = answer.headers.get('signature') ?? '';
  if (!(await isSignedByShufti(secrets, answer.body, signature))) {
    if (!isOk) throw failureOf(answer);
    const { status } = answer;
    throw new KycServerError('bad-signature', "The answer's signature is missing or wrong.", {
      status,
    });
  }
  if (!isOk || (fits(ANSWER, body) && body.event === 'request.invalid')) {
    throw failure(answer, body, question);
  }
  if (!fits(schema, body)) throw badAnswer(answer.status, 'is not what Shufti Pro documents');
  return [body, answer];
};
