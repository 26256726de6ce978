import type { IncomingHttpHeaders } from 'node:http';

import type { Demand } from './demands.js';
import { HttpError, send, sendJson, type Exchange, type Headers } from './http.js';
import type { Parts } from './parts.js';
import { Refusal } from './refusal.js';
import { isSame, signVeriff, type VeriffScheme } from './signatures.js';
import { InvalidInput } from './switches.js';

/** What is signed: the body, or in calls without one the id in the path. */
export interface Signed {
  readonly what: 'body' | 'id';
  readonly content: string | Uint8Array;
}

/** Veriff's codes of failed authorization, and its words for them. */
const UNAUTHORISED: Readonly<Record<number, string>> = {
  1801: 'Mandatory X-AUTH-CLIENT header containing the API key is missing from the request',
  1802: 'API key is not a valid UUID',
  1803: 'Integration with the API key was not found',
  1812: 'Signature is not a valid SHA256 hash',
  1813: 'Signature does not match the SHA256 hash of query ID and integration API secret',
  1814: 'Signature does not match the SHA256 hash of request body and integration API secret',
  1815: 'Could not authenticate request',
  1818: 'Signature does not match the HMAC-SHA256 of query ID and integration API secret',
  1819: 'Signature does not match the HMAC-SHA256 of request body and integration API secret',
};

const refuse = (code: number): never => {
  throw new Refusal(String(code), UNAUTHORISED[code] ?? '', 401);
};

const headerOf = (
  headers: IncomingHttpHeaders,
  ...names: readonly string[]
): string | undefined => {
  const found = names.map((name) => headers[name]).find((value) => value !== undefined);
  return Array.isArray(found) ? found[0] : found;
};

/** @throws Refusal 401 where there is no key, or another one */
const checkClient = (headers: IncomingHttpHeaders, apiKey: string): void => {
  const client = headerOf(headers, 'x-auth-client', 'vrf-auth-client');
  if (client === undefined) refuse(1801);
  else if (!isSame(client, apiKey)) refuse(/^[\da-f-]{36}$/i.test(client) ? 1803 : 1802);
};

/**
 * @returns the scheme that was used; `undefined` where there is no signature
 * @throws Refusal 401 where the signature is wrong
 */
const checkSignature = (
  headers: IncomingHttpHeaders,
  { what, content }: Signed,
  secret: string,
): VeriffScheme | undefined => {
  const hmac = headerOf(headers, 'x-hmac-signature', 'vrf-hmac-signature');
  const scheme = hmac === undefined ? 'legacy' : 'hmac';
  const signature = hmac ?? headerOf(headers, 'x-signature');
  if (signature === undefined) return undefined;
  if (!/^[\da-f]{64}$/.test(signature)) refuse(1812);
  if (!isSame(signature, signVeriff(scheme, content, secret))) {
    if (scheme === 'hmac') refuse(what === 'id' ? 1818 : 1819);
    refuse(what === 'id' ? 1813 : 1814);
  }
  return scheme;
};

/**
 * Checks who calls. The vendor asks for no signature of `POST /v1/sessions`; one that comes anyway
 * is checked.
 *
 * @returns the scheme that the answer is signed with
 * @throws Refusal 401
 */
export const authoriseVeriff = (
  { request: { headers } }: Exchange,
  signed: Signed,
  { keys: { veriff }, strict }: Pick<Parts, 'keys' | 'strict'>,
  isCreation = false,
): VeriffScheme => {
  const isNamed =
    headers['x-auth-client'] !== undefined || headers['vrf-auth-client'] !== undefined;
  if (isNamed || !isCreation || strict) checkClient(headers, veriff.apiKey);
  const scheme = checkSignature(headers, signed, veriff.sharedSecret);
  if (scheme === undefined && !isCreation) return refuse(1815);
  return scheme ?? 'hmac';
};

/** Answers as Veriff does: signed over the bytes that are sent, in the caller's own scheme. */
export const sendVeriff = (
  exchange: Exchange,
  status: number,
  content: unknown,
  { veriff: { apiKey, sharedSecret } }: Parts['keys'],
  scheme: VeriffScheme = 'hmac',
): void => {
  const body = JSON.stringify(content);
  sendJson(exchange, status, body, {
    'X-Auth-Client': apiKey,
    [scheme === 'hmac' ? 'X-HMAC-Signature' : 'X-Signature']: signVeriff(
      scheme,
      body,
      sharedSecret,
    ),
  });
};

/** Veriff's code for a body that is not as it should be. */
export const INVALID = '1104';

/** What an error is answered with; throws what is no fault of the request. */
const failureOf = (error: unknown): readonly [status: number, code: string, message: string] => {
  if (error instanceof Refusal) return [error.status, error.code, error.message];
  if (error instanceof InvalidInput) return [400, INVALID, error.message];
  if (error instanceof HttpError)
    return [error.status, error.status === 404 ? '' : INVALID, error.message];
  throw error;
};

const DEMANDED: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: [INVALID, 'Request includes invalid parameters.'],
  401: ['1803', 'Integration with the API key was not found'],
  402: ['', 'Payment required.'],
  403: ['1804', 'Integration with the API key is not active'],
  404: ['', 'Session not found.'],
  409: ['1304', 'Cannot transition to "submitted" status.'],
  413: ['', 'The request is too large.'],
  429: ['', 'Too many requests.'],
};

/** A gateway's own error page, which is neither JSON nor signed. */
export const sendGatewayError = (exchange: Exchange, status: number, headers: Headers): void =>
  send(exchange, status, `<html><body><h1>${status}</h1></body></html>\n`, {
    'Content-Type': 'text/html; charset=utf-8',
    ...headers,
  });

/** `Retry-After` of an error on demand. */
export const retryHeaders = ({ status, retryAfter }: Demand): Headers => {
  const seconds = retryAfter ?? (status === 429 ? 1 : undefined);
  return seconds === undefined ? {} : { 'Retry-After': String(seconds) };
};

const sendFailure = (
  exchange: Exchange,
  [status, code, message]: readonly [status: number, code: string, message: string],
  headers: Headers = {},
): void => {
  const body = { status: 'fail', ...(code && { code }), message };
  sendJson(exchange, status, JSON.stringify(body), headers);
};

/** Serves a call, or the error that was asked for; refusals in Veriff's form. */
export const serveVeriff = async (
  exchange: Exchange,
  { demands }: Parts,
  serve: () => Promise<void>,
): Promise<void> => {
  const demand = demands.take('veriff');
  if (demand !== undefined) {
    const { status, sentAs = status } = demand;
    exchange.request.resume();
    if (status >= 500) sendGatewayError(exchange, sentAs, retryHeaders(demand));
    else {
      const [code, message] = DEMANDED[status] ?? ['', 'As it was asked for.'];
      sendFailure(exchange, [sentAs, code, message], retryHeaders(demand));
    }
    return;
  }
  try {
    await serve();
  } catch (error) {
    sendFailure(exchange, failureOf(error));
  }
};
