import { parseUrl } from '../../model/urls.js';
import { readBytes, readJson as parse } from '../body.js';
import { Problem } from './answers.js';
import type { Kit } from './kit.js';

/** Largest JSON body, in bytes. */
const MAX_JSON = 16 * 1024;

/** By host alone: behind a proxy that ends TLS, the request's own URL has another scheme. */
const isOwn = (origin: string, request: Request): boolean =>
  parseUrl(origin)?.host === new URL(request.url).host;

/**
 * Refuses what another site's page sends with the person's cookies. Browsers say where a request comes
 * from, the newer ones in `Sec-Fetch-Site`, which no page can forge; what says nothing is no browser,
 * or has to send headers here that no form can.
 */
export const refuseForeign = ({ origins }: Kit, request: Request): void => {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin !== null && origins?.includes(origin)) return;
  const isFine = site
    ? site === 'same-origin' || site === 'none'
    : origin === null || isOwn(origin, request);
  if (!isFine) throw new Problem('cross-site');
};

export const checkMethod = (request: Request, method: string): void => {
  if (request.method !== method) throw new Problem('method-not-allowed', { Allow: method });
};

const typeOf = ({ headers }: Request): string | undefined =>
  /^[^\s;]*/.exec(headers.get('content-type') ?? '')?.[0].toLowerCase();

/** @throws Problem where it is none of the types; a form of another site cannot send one of them */
export const checkType = (request: Request, types: readonly string[]): void => {
  if (!types.includes(typeOf(request) ?? '')) throw new Problem('bad-content-type');
};

/**
 * Reads a body whole, but no more than it may be.
 *
 * @param limit - in bytes
 */
export const readBody = async (
  request: Request,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  if (Number(request.headers.get('content-length')) > limit) throw new Problem('too-large');
  const body = await readBytes(request, limit);
  if (!body) throw new Problem('too-large');
  return body;
};

/** Reads a JSON object; no body at all is an empty one. */
export const readJson = async (request: Request): Promise<Readonly<Record<string, unknown>>> => {
  checkType(request, ['application/json']);
  const body = await readBody(request, MAX_JSON);
  const value = body.length === 0 ? {} : parse(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem('bad-request');
  }
  return value as Readonly<Record<string, unknown>>;
};

/** Who asks. */
export const identify = async (
  { identify: ask, report }: Kit,
  request: Request,
): Promise<string> => {
  let person: unknown;
  try {
    person = await ask(request);
  } catch (error) {
    report(error, 'identify');
    throw new Problem('internal');
  }
  if ((person ?? '') === '') throw new Problem('unauthorised');
  // A number, or a record of the merchant's, would be one name for everybody.
  if (typeof person !== 'string') {
    report(new TypeError('identify must give a string or undefined.'), 'identify');
    throw new Problem('internal');
  }
  return person;
};
