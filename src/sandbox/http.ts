import type { IncomingMessage, ServerResponse } from 'node:http';

/** Headers of every answer: nothing is stored, sniffed or leaked to other sites in a referrer. */
const ALWAYS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
} as const;

/** Lets any page on this computer create and inspect sessions: a development tool, without cookies. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, PATCH, DELETE, OPTIONS',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, X-Auth-Client, X-HMAC-Signature, X-Signature, VRF-HMAC-Signature, ' +
    // Of Veriff's own SDK.
    'VRF-Integration-Id, X-Origin',
  'Access-Control-Expose-Headers':
    'Retry-After, Signature, X-Auth-Client, X-HMAC-Signature, X-Signature',
  'Access-Control-Max-Age': '600',
} as const;

export type Headers = Readonly<Record<string, string>>;

/** One request to the sandbox, with what its handlers need. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The request's URL, on the origin of the listener that took it. */
  readonly url: URL;
}

/** A request that cannot be served; `status` is the HTTP one. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers with a body. A `HEAD` request gets the headers alone. */
export const send = (
  { request, response }: Exchange,
  status: number,
  body: string | Uint8Array,
  headers: Headers,
): void => {
  response.writeHead(status, { ...ALWAYS, 'Content-Length': Buffer.byteLength(body), ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
};

/**
 * Answers with JSON that any page may read.
 *
 * @param body - a string is sent as it is, since a signature may be of those very bytes
 */
export const sendJson = (
  exchange: Exchange,
  status: number,
  body: unknown,
  headers?: Headers,
): void =>
  send(exchange, status, typeof body === 'string' ? body : JSON.stringify(body), {
    ...CORS,
    'Content-Type': 'application/json',
    ...headers,
  });

/** Answers with a line of plain text. */
export const sendText = (
  exchange: Exchange,
  status: number,
  text: string,
  headers?: Headers,
): void =>
  send(exchange, status, `${text}\n`, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });

/** Answers with 204 and no body, not even an empty one with its length. */
export const sendNoContent = ({ response }: Exchange, headers?: Headers): void => {
  response.writeHead(204, { ...ALWAYS, ...headers }).end();
};

/** Answers a preflight request. */
export const sendPreflight = (exchange: Exchange): void => sendNoContent(exchange, CORS);

/**
 * Reads the body of a request.
 *
 * @param limit - in bytes
 * @throws HttpError 413 over the limit; what still comes is dropped, so that the sender gets to
 * read the answer instead of a cut connection
 */
export const readBody = async ({ request }: Exchange, limit: number): Promise<Buffer> => {
  const tooLarge = new HttpError(413, `The body must not be larger than ${limit} bytes.`);
  if (Number(request.headers['content-length']) > limit) {
    request.resume();
    throw tooLarge;
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(tooLarge);
    });
    request.once('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.once('close', () => {
      reject(new HttpError(400, 'The body ended early.'));
    });
  });
};

/** @throws HttpError 400 where it is no JSON */
export const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new HttpError(400, 'The body is not valid JSON.');
  }
};

/**
 * Reads a JSON body.
 *
 * @param limit - in bytes, 1 MiB by default
 * @throws HttpError 400 where it is no JSON, 413 over the limit
 */
export const readJson = async (exchange: Exchange, limit = 1024 * 1024): Promise<unknown> =>
  parseJson(await readBody(exchange, limit));

const ENTITIES: Headers = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for an element or a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
