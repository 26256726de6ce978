import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';

import {
  captureRoutes,
  createKycHandler,
  type DecidedSession,
  type KycHandler,
  type KycHandlerOptions,
  memoryStore,
} from '../../src/server/index.js';
import type { SessionStatus, StartedSession } from '../../src/server/index.js';
import { clientsOf, type Signed, type Vendor } from './vendor.js';

/** A real server with what answers requests, on a port of its own. */
export const serve = async (answer: (request: Request) => Response | Promise<Response>) => {
  const listen = getRequestListener(answer);
  const server = createServer((incoming, outgoing) => void listen(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

/** Headers that make a request this person's. */
export const as = (person: string): Readonly<Record<string, string>> => ({ 'X-Person': person });

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** A merchant's server: the handler on the real clients, and what `onDecision` was told. */
export const startMerchant = async (
  vendor: Vendor,
  { without, ...options }: Partial<KycHandlerOptions> & { readonly without?: 'capture' } = {},
) => {
  const told: DecidedSession[] = [];
  const failures: unknown[] = [];
  const handler: KycHandler = createKycHandler({
    provider: clientsOf(vendor.origin),
    store: memoryStore(),
    identify: (request) => request.headers.get('x-person') ?? undefined,
    callbackUrl: 'https://merchant.example/back?from=kyc',
    webhookUrl: 'https://merchant.example/kyc/webhooks',
    details: (_person, { provider, flow }) =>
      provider === 'shufti-pro' && flow === 'capture'
        ? { email: 'mia@example.com', face: {}, verification_mode: 'any' }
        : {},
    onDecision: (session) => void told.push(session),
    ...(without !== 'capture' && { capture: captureRoutes }),
    onError: (error) => void failures.push(error),
    ...options,
  });
  const { origin, close } = await serve(handler);
  const base = `${origin}/api/kyc`;

  const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${base}${path}`, init);
  const post = async (
    path: string,
    person: string,
    body: unknown = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> =>
    ask(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { ...JSON_TYPE, ...as(person), ...headers },
    });

  return {
    base,
    origin,
    handler,
    told,
    failures,
    ask,
    post,
    /** A session of the person's, with what the vendor calls it. */
    start: async (person: string, body: unknown = {}): Promise<StartedSession> =>
      (await post('/sessions', person, body)).json() as Promise<StartedSession>,
    status: async (id: string, person: string): Promise<SessionStatus> =>
      (await ask(`/sessions/${id}`, { headers: as(person) })).json() as Promise<SessionStatus>,
    hook: async ({ path, body, headers }: Signed): Promise<Response> =>
      ask(path, { method: 'POST', body, headers }),
    close: async () => {
      handler.close();
      await close();
    },
  };
};

export type Merchant = Awaited<ReturnType<typeof startMerchant>>;

/** The vendor's id in a session URL of Veriff's. */
export const veriffIdIn = ({ url = '' }: StartedSession): string =>
  new URL(url).pathname.split('/').at(-1) ?? '';
