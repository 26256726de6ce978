import { fieldsOf, readJson } from '../body.js';
import { badAnswer, call, failureOf, isOk, type Answer, type CallSettings } from '../call.js';
import { utf8 } from '../crypto.js';
import type { KycServerError } from '../errors.js';
import type { CallOptions } from '../provider.js';
import { isShuftiAnswer, isShuftiEvent, type ShuftiAnswer } from './answers.js';
import { isSignedByShufti } from './signature.js';

export interface Question {
  readonly url: string;
  readonly authorization: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether it only asks, so that it may be repeated. */
  readonly isRepeatable?: boolean;
  /** Whether it is nothing but a reference, so that only this can be wrong with it. */
  readonly isByReference?: boolean;
}

/** The field that an `error` names, as far as it was in the request: all else may be somebody's data. */
const pathOf = (error: unknown, sent: unknown): string | undefined => {
  const { service, key } = fieldsOf(error);
  const path: string[] = [];
  let within = sent;
  for (const name of [service, key].map(String)) {
    if (!Object.hasOwn(fieldsOf(within), name)) continue;
    path.push(name);
    within = fieldsOf(within)[name];
  }
  return path.join('.') || undefined;
};

/** What an answer means that is none of success. */
const failure = (
  answer: Answer,
  { event, error }: Partial<ShuftiAnswer>,
  { body, isByReference }: Question,
): KycServerError => {
  const providerCode = event !== undefined && isShuftiEvent(event) ? event : undefined;
  // With 402 the vendor also says that a field is missing.
  const isInvalid = event === 'request.invalid' && /^(2..|400|402)$/.test(String(answer.status));
  if (!isInvalid) return failureOf(answer, undefined, { providerCode });
  return isByReference
    ? failureOf(answer, 'not-found', { providerCode })
    : failureOf(answer, 'bad-request', { providerCode, path: pathOf(error, body) });
};

/**
 * Asks Shufti Pro, and believes an answer only after its signature.
 *
 * @throws KycServerError
 */
export const exchange = async <Body>(
  isExpected: (body: unknown) => body is Body,
  question: Question,
  secrets: readonly string[],
  settings: CallSettings,
  options: CallOptions | undefined,
): Promise<readonly [body: Body, answer: Answer]> => {
  const { url, authorization, isRepeatable } = question;
  const headers = { authorization, 'content-type': 'application/json' };
  const body = utf8(JSON.stringify(question.body));
  const answer = await call(
    { method: 'POST', url, headers, body, isRepeatable },
    settings,
    options,
  );
  const said = readJson(answer.body);
  const known: Partial<ShuftiAnswer> = isShuftiAnswer(said) ? said : {};
  // Unsigned too: who has the wrong secret cannot verify being told so, and nothing is won by a lie.
  if (known.event === 'request.unauthorized') {
    throw failureOf(answer, 'unauthorised', { providerCode: known.event });
  }
  const signature = answer.headers.get('signature') ?? '';
  if (!(await isSignedByShufti(secrets, answer.body, signature))) {
    if (!isOk(answer)) throw failureOf(answer);
    throw badAnswer(answer, 'is not signed, or not with this secret', 'bad-signature');
  }
  if (!isOk(answer) || known.event === 'request.invalid') throw failure(answer, known, question);
  if (!isExpected(said)) throw badAnswer(answer, 'is not what Shufti Pro documents');
  return [said, answer];
};
