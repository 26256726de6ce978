import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { SANDBOX_KEYS, type Sandbox } from '../../src/sandbox/index.js';

export type Json = Readonly<Record<string, unknown>>;

const { veriff, shuftiPro } = SANDBOX_KEYS;

/** What a merchant's server got. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: Json;
  readonly at: number;
}

/** A merchant's server, which takes webhooks. */
export interface Merchant {
  readonly url: string;
  readonly received: readonly Received[];
  /** Answers the next ones so, in place of 200. */
  readonly answerNext: (...statuses: readonly number[]) => void;
  /** Resolves once so many have come. */
  readonly got: (count: number) => Promise<readonly Received[]>;
  readonly close: () => Promise<void>;
}

export const openMerchant = async (): Promise<Merchant> => {
  const received: Received[] = [];
  const statuses: number[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8').on('data', (part: string) => (raw += part));
    request.on('end', () => {
      received.push({
        headers: request.headers,
        raw,
        body: JSON.parse(raw) as Json,
        at: Date.now(),
      });
      response.writeHead(statuses.shift() ?? 200, { Location: '/elsewhere' }).end();
      for (const look of waiting) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answerNext: (...next) => void statuses.push(...next),
    got: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve(received);
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

export const hmacOf = (signed: string): string =>
  createHmac('sha256', veriff.sharedSecret).update(signed).digest('hex');

export const legacyOf = (signed: string): string =>
  createHash('sha256')
    .update(signed + veriff.sharedSecret)
    .digest('hex');

export const shuftiNewer = (body: string): string =>
  createHash('sha256')
    .update(body + createHash('sha256').update(shuftiPro.secretKey).digest('hex'))
    .digest('hex');

export const shuftiOlder = (body: string): string =>
  createHash('sha256')
    .update(body + shuftiPro.secretKey)
    .digest('hex');

/** A call of Veriff's API, signed over the body, or else over the id. */
export const callVeriff = async (
  { origin }: Pick<Sandbox, 'origin'>,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  content?: unknown,
  scheme: 'hmac' | 'legacy' = 'hmac',
): Promise<{
  readonly status: number;
  readonly headers: Headers;
  readonly raw: string;
  readonly body: Json;
}> => {
  const body = content === undefined ? undefined : JSON.stringify(content);
  const signed = body ?? path.split('/')[3] ?? '';
  const answer = await fetch(origin + path, {
    method,
    headers: {
      'Content-Type': 'application/json',
      'X-AUTH-CLIENT': veriff.apiKey,
      ...(scheme === 'hmac'
        ? { 'X-HMAC-SIGNATURE': hmacOf(signed) }
        : { 'X-SIGNATURE': legacyOf(signed) }),
    },
    ...(body !== undefined && { body }),
  });
  const raw = await answer.text();
  return { status: answer.status, headers: answer.headers, raw, body: JSON.parse(raw) as Json };
};

export const BASIC = `Basic ${Buffer.from(`${shuftiPro.clientId}:${shuftiPro.secretKey}`).toString('base64')}`;

/** A call of Shufti Pro's API. */
export const callShufti = async (
  { origin }: Pick<Sandbox, 'origin'>,
  path: string,
  content: unknown,
  authorization: string | null = BASIC,
): Promise<{
  readonly status: number;
  readonly headers: Headers;
  readonly raw: string;
  readonly body: Json;
}> => {
  const answer = await fetch(origin + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(authorization !== null && { Authorization: authorization }),
    },
    body: JSON.stringify(content),
  });
  const raw = await answer.text();
  return { status: answer.status, headers: answer.headers, raw, body: JSON.parse(raw) as Json };
};

export const dataUri = (bytes: Uint8Array): string =>
  `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`;

/** A member of a member, however deep. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (each, key) => (each as Record<string | number, unknown> | null)?.[key],
    value,
  );
