import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import Database from 'libsql';

import type * as SandboxModule from '../src/sandbox/index.js';
import {
  captureRoutes,
  createKycHandler,
  shuftiPro,
  veriff,
  type DecidedSession,
  type KycHandler,
} from '../src/server/index.js';
import { sqliteStore } from '../src/server/sqlite.js';

type Sandbox = Awaited<ReturnType<typeof SandboxModule.createSandbox>>;
type Switches = Parameters<Sandbox['prepare']>[1];

const COOKIE = 'kyc-demo-person';

/** Whoever has the cookie: the demo's stand-in for signing in. */
const personIn = (cookies: string | null | undefined): string | undefined =>
  new RegExp(`(?:^|; )${COOKIE}=([\\w-]{36})`).exec(cookies ?? '')?.[1];

/** What each person asked the provider to decide on their next session. */
type Rules = Map<string, Switches>;

/** What Shufti Pro is asked to verify of each person, where their page asked for something else. */
type Services = Map<string, Readonly<Record<string, unknown>>>;

const RULES: Readonly<Record<string, Switches>> = {
  approved: { decision: 'approved', after: 1500 },
  declined: { decision: 'declined', after: 1500 },
  resubmission: { decision: 'resubmission', after: 1500 },
  review: { decision: 'review', after: 1500 },
  expired: { decision: 'expired', after: 1500 },
};

/** What Shufti Pro is asked to verify. */
const SERVICES = {
  country: 'EE',
  // The element shows what came of it. So Shufti Pro need not, and tells when everything is in.
  show_results: '0',
  email: 'someone@example.com',
  face: {},
  document: { supported_types: ['id_card'], name: '', dob: '' },
};

const CONSENT = { supported_types: ['handwritten'], text: 'I agree to be verified' };

/** The pages that listen to what the server hears. */
class Listeners {
  readonly #responses = new Set<ServerResponse>();

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    this.#responses.add(response);
    response.once('close', () => this.#responses.delete(response));
  }

  tell(name: string, detail: object): void {
    for (const response of this.#responses) {
      response.write(`event: line\ndata: ${JSON.stringify({ name, ...detail })}\n\n`);
    }
  }
}

const createHandler = (
  sandbox: Sandbox,
  database: string,
  origin: string,
  rules: Rules,
  services: Services,
  listeners: Listeners,
): KycHandler => {
  const { keys } = sandbox;
  return createKycHandler({
    provider: [
      veriff({ ...keys.veriff, baseUrl: sandbox.origin }),
      shuftiPro({ ...keys.shuftiPro, baseUrl: sandbox.origin }),
    ],
    store: sqliteStore(new Database(database)),
    identify: ({ headers }) => personIn(headers.get('cookie')),
    callbackUrl: `${origin}/demo/return.html`,
    webhookUrl: `${origin}/kyc/webhooks`,
    details: (person, { provider, flow }) => {
      const rule = rules.get(person);
      const vendor = provider === 'veriff' ? 'veriff' : 'shufti-pro';
      if (rule && flow === 'hosted') sandbox.prepare(vendor, rule);
      if (vendor === 'veriff') return {};
      // From files the note is asked for too: it is one of the specimens.
      if (flow === 'hosted') return SERVICES;
      const { country, email } = SERVICES;
      const asked = services.get(person);
      return asked ? { country, email, ...asked } : { ...SERVICES, consent: CONSENT };
    },
    onDecision: ({ provider, decision: { word, code } }: DecidedSession) => {
      listeners.tell('onDecision', { provider, word, code });
    },
    // Shufti Pro is shown files as well.
    capture: captureRoutes,
    // Whoever tries all of it makes many.
    limits: { sessionsPerHour: 200 },
  });
};

const readText = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 10_000) throw new Error('The request is too long.');
  }
  return text;
};

const sendJson = (response: ServerResponse, body: unknown, headers: object = {}): void => {
  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(JSON.stringify(body));
};

/** The merchant's backend of the demo: the kit, with its sessions in an SQLite file. */
export class DemoBackend {
  readonly #sandbox: Sandbox;
  readonly #specimens: typeof SandboxModule.specimens;
  readonly #folder = mkdtempSync(join(tmpdir(), 'kyc-verify-demo-'));
  readonly #rules: Rules = new Map();
  readonly #services: Services = new Map();
  readonly #listeners = new Listeners();
  #handler: KycHandler | undefined;

  constructor(sandbox: Sandbox, specimens: typeof SandboxModule.specimens) {
    this.#sandbox = sandbox;
    this.#specimens = specimens;
  }

  /** Answers beneath `/kyc`. */
  readonly serveKit = (request: IncomingMessage, response: ServerResponse): void => {
    // Known with the first request: the port may be any free one.
    const origin = `http://${request.headers.host ?? ''}`;
    if (!this.#handler) {
      const database = join(this.#folder, 'kyc.db');
      this.#sandbox.setWebhooks({ veriff: `${origin}/kyc/webhooks/veriff` });
      this.#handler = createHandler(
        this.#sandbox,
        database,
        origin,
        this.#rules,
        this.#services,
        this.#listeners,
      );
    }
    const path = request.url ?? '';
    if (path.startsWith('/webhooks/')) {
      response.once('finish', () => {
        this.#listeners.tell('webhook', { path, status: response.statusCode });
      });
    }
    void getRequestListener(this.#handler)(request, response);
  };

  /** Answers beneath `/demo-api`: the demo's own switches. */
  readonly serveSwitches = (request: IncomingMessage, response: ServerResponse): void => {
    this.#switch(request, response).catch((error: unknown) => {
      response.writeHead(400).end(String(error));
    });
  };

  close(): void {
    this.#handler?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #switch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, action = '', name = ''] = (request.url ?? '').split(/[/?]/);
    if (request.method === 'POST') {
      await this.#take(action, request, response);
      return;
    }
    switch (action) {
      case 'log':
        this.#listeners.add(response);
        return;
      case 'office':
        response.writeHead(302, { location: `${this.#sandbox.origin}/_sandbox` }).end();
        return;
      case 'specimens':
        this.#sendSpecimen(name, response);
        return;
      default:
        response.writeHead(404).end();
    }
  }

  async #take(action: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const known = personIn(request.headers.cookie);
    const person = action === 'person' || !known ? randomUUID() : known;
    const cookie = `${COOKIE}=${person}; Path=/; HttpOnly; SameSite=Lax`;
    const body = JSON.parse(await readText(request)) as {
      readonly decision?: unknown;
      readonly services?: Readonly<Record<string, unknown>>;
    };
    const rule = RULES[String(body.decision)];
    if (action === 'services' && body.services) this.#services.set(person, body.services);
    if (action === 'rule' && rule) this.#rules.set(person, rule);
    const { origin, hopOrigin } = this.#sandbox;
    sendJson(
      response,
      { trustedOrigins: `${origin} ${hopOrigin}` },
      person === known ? {} : { 'set-cookie': cookie },
    );
  }

  #sendSpecimen(name: string, response: ServerResponse): void {
    if (name === '') {
      sendJson(response, Object.keys(this.#specimens));
      return;
    }
    const bytes = Object.entries(this.#specimens).find(([each]) => each === name)?.[1];
    const type = name.endsWith('.png') ? 'image/png' : 'image/jpeg';
    response.writeHead(bytes ? 200 : 404, { 'content-type': type }).end(bytes);
  }
}
