import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

import { KycServerError } from '../../src/server/index.js';

/** A request as it came in. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a vendor answers; nothing: it never does. */
export interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the connection is cut before all was sent. */
  readonly isCut?: boolean;
}

/** A vendor on a socket of its own. `answer` is asked for each arrival. */
export const startVendor = async (
  context: TestContext,
  answer: (arrival: Arrival, count: number) => Said | undefined,
): Promise<{ readonly baseUrl: string; readonly arrivals: Arrival[] }> => {
  const arrivals: Arrival[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const arrival = { method, path, headers, body: Buffer.concat(chunks) };
      arrivals.push(arrival);
      const said = answer(arrival, arrivals.length);
      if (!said) return;
      response.writeHead(said.status ?? 200, said.headers);
      if (said.isCut) response.write(said.body ?? '', () => response.destroy());
      else response.end(said.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrivals };
};

/** Where nobody listens. */
export const deadUrl = async (): Promise<string> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
};

export const sha256 = (text: string | Buffer): string =>
  createHash('sha256').update(text).digest('hex');

/** An answer as Shufti Pro sends it: slashes escaped as PHP does, and signed over that. */
export const signedByShufti = (
  body: Readonly<Record<string, unknown>>,
  secret: string,
  status = 200,
): Said => {
  const text = JSON.stringify(body).replaceAll('/', String.raw`\/`);
  return { status, headers: { Signature: sha256(text + secret) }, body: text };
};

/** The error that a call fails with. */
export const errorOf = async (call: () => unknown): Promise<KycServerError> => {
  try {
    await call();
  } catch (error) {
    if (error instanceof KycServerError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
};

/** Everything that can be found in a value: hidden properties, the stack and causes included. */
export const dig = (value: unknown, seen = new Set<unknown>()): string => {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  return Reflect.ownKeys(value)
    .map((key) => `${String(key)}=${dig(Reflect.get(value, key), seen)}`)
    .join('\n');
};

/** A PNG of the size, as far as its first bytes tell. */
export const png = (size = 64): Uint8Array => file(size, '\x89PNG\r\n\x1a\n');

/** A file that begins with these bytes, given as characters. */
export const file = (size: number, beginning: string): Uint8Array => {
  const bytes = new Uint8Array(size);
  bytes.set(Buffer.from(beginning, 'latin1').subarray(0, size));
  return bytes;
};
