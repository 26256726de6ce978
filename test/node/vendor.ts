import { createHash, createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { shuftiPro, veriff } from '../../src/server/index.js';

export const KEYS = { apiKey: 'api-key', sharedSecret: 'shared-secret' } as const;
export const SECRET_KEY = 'secret-key';

/** What was asked of the vendor. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How the vendor misbehaves with the requests that a test matches. */
export type Trouble = (asked: Asked) => Promise<number | undefined> | number | undefined;

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** A small vendor on a port of its own, that speaks both protocols as far as the handler needs. */
export const startVendor = async () => {
  const asked: Asked[] = [];
  /** What `GET …/decision` and `/status` say of a session. */
  const decisions = new Map<string, Record<string, unknown>>();
  const state: { trouble: Trouble } = { trouble: () => undefined };

  const veriffAnswer = ({ method, path }: Asked): Record<string, unknown> => {
    const id = path.split('/')[3] ?? randomUUID();
    if (path.endsWith('/decision')) {
      return { status: 'success', verification: decisions.get(id) ?? null };
    }
    if (method !== 'POST' || path.endsWith('/media')) return { status: 'success' };
    const url = `https://magic.veriff.me/v/${id}?secret=of-the-url`;
    return { status: 'success', verification: { id, url, status: 'created' } };
  };

  const shuftiAnswer = ({ path, body }: Asked): Record<string, unknown> => {
    const reference = String(body['reference']);
    if (path === '/status') {
      return { reference, ...(decisions.get(reference) ?? { event: 'request.pending' }) };
    }
    const isOffsite = JSON.stringify(body).includes('"proof":"data:');
    if (isOffsite) return { reference, event: 'verification.accepted' };
    const url = `https://app.shuftipro.com/verification/process/${reference}`;
    return { reference, event: 'request.pending', verification_url: url };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = (await read(request)).toString();
    const one: Asked = {
      method: request.method ?? '',
      path: request.url ?? '',
      body: text ? (JSON.parse(text) as Asked['body']) : {},
    };
    asked.push(one);
    const status = await state.trouble(one);
    if (status !== undefined) {
      response.writeHead(status, { 'Retry-After': '7' }).end('{"private":"of the vendor"}');
      return;
    }
    const isVeriff = one.path.startsWith('/v1/');
    const body = JSON.stringify(isVeriff ? veriffAnswer(one) : shuftiAnswer(one));
    const signature = createHash('sha256').update(`${body}${SECRET_KEY}`).digest('hex');
    response
      .writeHead(isVeriff && one.path === '/v1/sessions' ? 201 : 200, {
        'Content-Type': 'application/json',
        Signature: signature,
      })
      .end(body);
  };

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    decisions,
    set trouble(trouble: Trouble) {
      state.trouble = trouble;
    },
    /** How often a session was made here. */
    made: () => asked.filter(({ path }) => path === '/v1/sessions' || path === '/').length,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

export type Vendor = Awaited<ReturnType<typeof startVendor>>;

/** The real clients, pointed at the vendor. */
export const clientsOf = (origin: string) =>
  [
    veriff({ ...KEYS, baseUrl: origin, retries: 0 }),
    shuftiPro({ clientId: 'client', secretKey: SECRET_KEY, baseUrl: origin, retries: 0 }),
  ] as const;

export interface Signed {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Any body, signed as Veriff signs. */
export const signVeriff = (body: string): Signed => ({
  path: '/webhooks/veriff',
  body,
  headers: {
    'Content-Type': 'application/json',
    'X-Auth-Client': KEYS.apiKey,
    'X-HMAC-Signature': createHmac('sha256', KEYS.sharedSecret).update(body).digest('hex'),
  },
});

/** A decision webhook of Veriff's. */
export const veriffDecision = (
  id: string,
  status: string,
  decisionTime?: string,
  more: Readonly<Record<string, unknown>> = {},
): Signed =>
  signVeriff(
    JSON.stringify({
      status: 'success',
      verification: {
        id,
        code:
          { approved: 9001, declined: 9102, resubmission_requested: 9103, review: 9121 }[status] ??
          9104,
        status,
        person: { firstName: 'Mia', lastName: 'Secret' },
        ...(decisionTime !== undefined && { decisionTime }),
        ...more,
      },
    }),
  );

/** An event webhook of Veriff's. */
export const veriffEvent = (
  id: string,
  action: 'started' | 'submitted',
  attemptId?: string,
): Signed =>
  signVeriff(
    JSON.stringify({
      id,
      attemptId,
      action,
      code: action === 'started' ? 7001 : 7002,
      feature: 'selfid',
    }),
  );

/** A callback of Shufti Pro's. */
export const shuftiCallback = (
  reference: string,
  event: string,
  more: Readonly<Record<string, unknown>> = {},
): Signed => {
  const body = JSON.stringify({ reference, event, ...more });
  return {
    path: '/webhooks/shufti-pro',
    body,
    headers: {
      'Content-Type': 'application/json',
      Signature: createHash('sha256').update(`${body}${SECRET_KEY}`).digest('hex'),
    },
  };
};
