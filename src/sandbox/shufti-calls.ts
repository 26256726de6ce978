import { HttpError, sendJson, type Exchange, type Headers } from './http.js';
import type { Parts } from './parts.js';
import { Refusal } from './refusal.js';
import { isSame, phpJson, signShufti } from './signatures.js';
import { InvalidInput } from './switches.js';
import { retryHeaders, sendGatewayError } from './veriff-calls.js';

/** Answers as Shufti Pro does: PHP's JSON, with the signature over the bytes that are sent. */
export const sendShufti = (
  exchange: Exchange,
  status: number,
  content: unknown,
  { keys, shuftiScheme }: Pick<Parts, 'keys' | 'shuftiScheme'>,
  headers: Headers = {},
): void => {
  const body = phpJson(content);
  sendJson(exchange, status, body, {
    Signature: signShufti(shuftiScheme, body, keys.shuftiPro.secretKey),
    ...headers,
  });
};

const NO_KEYS = 'Authorization keys are missing/invalid.';

/**
 * Checks who calls: `Basic` with the account's keys, or `Bearer` with a token, which is spent so.
 *
 * @param isBearerTaken - a token is no way to another token
 * @returns whether there were credentials
 * @throws Refusal 401 where they are wrong, or missing though needed
 */
export const authoriseShufti = (
  { request }: Exchange,
  { keys: { shuftiPro }, tokens }: Parts,
  isNeeded: boolean,
  isBearerTaken = true,
): boolean => {
  const header = request.headers.authorization;
  if (header === undefined && !isNeeded) return false;
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(header ?? '') ?? [];
  const basic = Buffer.from(`${shuftiPro.clientId}:${shuftiPro.secretKey}`).toString('base64');
  const isKnown =
    scheme.toLowerCase() === 'basic'
      ? isSame(credentials, basic)
      : scheme.toLowerCase() === 'bearer' && isBearerTaken && tokens.spend(credentials);
  if (!isKnown) throw new Refusal('', NO_KEYS, 401);
  return true;
};

interface Failure {
  readonly status: number;
  /** `service.key`, or `key` alone. */
  readonly where: string;
  readonly message: string;
}

const failureOf = (error: unknown): Failure => {
  if (error instanceof Refusal) {
    return { status: error.status, where: error.code, message: error.message };
  }
  if (error instanceof InvalidInput) {
    return { status: 400, where: 'sandbox', message: error.message };
  }
  if (error instanceof HttpError) {
    return { status: error.status, where: '', message: error.message };
  }
  throw error;
};

const describeFailure = ({ status, where, message }: Failure, reference: string) => {
  const [service, key] = where.includes('.') ? where.split('.') : ['', where];
  return {
    reference,
    event: status === 401 ? 'request.unauthorized' : 'request.invalid',
    error: { service, key, message },
    token: '',
    verification_url: '',
  };
};

const DEMANDED: Readonly<Record<number, string>> = {
  400: 'One or more parameter is invalid or missing.',
  401: NO_KEYS,
  402: 'Invalid request data: missing required parameters.',
  403: 'Service not allowed.',
  404: 'Resource not found.',
  409: 'Conflicting data: already exists.',
  413: 'The request is too large.',
  429: 'Too many requests.',
};

/** Serves a call, or the error that was asked for; refusals in Shufti Pro's form. */
export const serveShufti = async (
  exchange: Exchange,
  parts: Parts,
  serve: () => Promise<void>,
): Promise<void> => {
  const demand = parts.demands.take('shufti-pro');
  if (demand !== undefined) {
    const { status, sentAs = status } = demand;
    exchange.request.resume();
    if (status >= 500) sendGatewayError(exchange, sentAs, retryHeaders(demand));
    else {
      const failure = { status, where: '', message: DEMANDED[status] ?? '' };
      sendShufti(exchange, sentAs, describeFailure(failure, ''), parts, retryHeaders(demand));
    }
    return;
  }
  try {
    await serve();
  } catch (error) {
    const failure = failureOf(error);
    sendShufti(exchange, failure.status, describeFailure(failure, ''), parts);
  }
};
