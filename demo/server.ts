import { randomBytes } from 'node:crypto';
import { tsImport } from 'tsx/esm/api';

import { callbackUrl } from '../src/redirect/callback-url.js';
import type * as SandboxModule from '../src/sandbox/index.js';
import type * as BackendModule from './backend-server.js';
import { serveDocs } from './docs-server.js';
import { HOST_FAULTS, hostFaultIn } from './host-faults.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';

type Sandbox = Awaited<ReturnType<typeof SandboxModule.createSandbox>>;

/** What the demo page asks its backend for. */
interface SessionRequest {
  readonly provider?: unknown;
  readonly fault?: unknown;
  readonly pilot?: unknown;
  readonly lang?: unknown;
  /** Whether the person shall stay on the callback page. */
  readonly stay?: unknown;
}

/** A session as the provider's API made it. */
interface Made {
  readonly url: unknown;
  /** What the merchant knows it by. */
  readonly reference: unknown;
}

/** A refusal the demo page can show: a sentence and its HTTP status. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const readJson = async (request: IncomingMessage): Promise<SessionRequest> => {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 10_000) throw new Refusal(413, 'The request is too long.');
  }
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // Refused below, like anything else that is no object.
  }
  throw new Refusal(400, 'The request must be a JSON object.');
};

const post = async (url: string, body: object): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Refusal(502, `The sandbox answered ${String(response.status)}: ${text}`);
  }
  return JSON.parse(text) as Record<string, unknown>;
};

/** Each provider's API creates a session in its own way. */
const CREATE: Record<
  string,
  (origin: string, asked: SessionRequest, callback: string) => Promise<Made>
> = {
  async veriff(origin, { fault, pilot, lang }, callback) {
    const answer = await post(`${origin}/v1/sessions`, {
      verification: { callback, vendorData: 'demo', ...(lang !== undefined && { lang }) },
      sandbox: { fault, pilot },
    });
    const { url, id } = Object(answer['verification']) as { url?: unknown; id?: unknown };
    return { url, reference: id };
  },
  async 'shufti-pro'(origin, { fault, pilot, lang }, callback) {
    const answer = await post(`${origin}/`, {
      reference: `demo-${crypto.randomUUID()}`,
      redirect_url: callback,
      document: { supported_types: ['id_card', 'passport'] },
      ...(typeof lang === 'string' && { language: lang.toUpperCase() }),
      sandbox: { fault, pilot },
    });
    return { url: answer['verification_url'], reference: answer['reference'] };
  },
};

/** What a page needs of a session: where it is, what its return will be known by, and its name. */
const createSession = async (
  sandbox: Sandbox,
  asked: SessionRequest,
  ownOrigin: string,
): Promise<object> => {
  const provider = String(asked.provider);
  const create = Object.hasOwn(CREATE, provider) ? CREATE[provider] : undefined;
  if (!create) {
    throw new Refusal(400, `"provider" must be one of ${Object.keys(CREATE).join(', ')}.`);
  }
  const state = randomBytes(24).toString('base64url');
  const landing = `${ownOrigin}/demo/return.html${asked.stay === true ? '?stay' : ''}`;
  const { url, reference } = await create(sandbox.origin, asked, callbackUrl(landing, state));
  if (typeof url !== 'string') throw new Refusal(502, 'The sandbox gave no session URL.');
  // Some faults lead elsewhere, and are to be seen failing there.
  const origins = new Set([sandbox.origin, sandbox.hopOrigin, new URL(url).origin]);
  return {
    sessionUrl: url,
    trustedOrigins: [...origins],
    sessionState: state,
    sessionReference: reference,
  };
};

/** Sends the demo's page with the headers of the fault that its address asks for. */
const sendHostFault = ({ url }: IncomingMessage, response: ServerResponse): void => {
  const [path, query = ''] = (url ?? '').split('?');
  const fault = hostFaultIn(query);
  if (fault === undefined || (path !== '/' && path !== '/index.html')) return;
  for (const [name, value] of Object.entries(HOST_FAULTS[fault].headers)) {
    response.setHeader(name, value);
  }
};

const answer = async (
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  let status = 200;
  let body: object;
  try {
    if (request.method !== 'POST') throw new Refusal(405, 'Sessions are created with POST.');
    // The page and its callback page are of one origin, by whatever name the person came.
    const ownOrigin = `http://${request.headers.host ?? ''}`;
    body = await createSession(sandbox, await readJson(request), ownOrigin);
  } catch (error) {
    status = error instanceof Refusal ? error.status : 500;
    body = { error: error instanceof Error ? error.message : String(error) };
  }
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
};

/**
 * The demo's other half: the sandbox in the role of the provider, and `POST /api/sessions` in the
 * role of the merchant's backend, which alone may know the provider's API.
 */
export const demoServer = (): Plugin => ({
  name: 'demo-server',
  apply: 'serve',
  async configureServer(server) {
    const { createSandbox, specimens } = (await tsImport(
      '../src/sandbox/index.ts',
      import.meta.url,
    )) as typeof SandboxModule;
    // Here and not above: a build needs no database.
    const { DemoBackend } = (await tsImport(
      './backend-server.ts',
      import.meta.url,
    )) as typeof BackendModule;
    const sandbox = await createSandbox();
    const backend = new DemoBackend(sandbox, specimens);
    const close = server.close.bind(server);
    server.close = async () => {
      backend.close();
      await Promise.all([close(), sandbox.close()]);
    };
    server.middlewares.use('/api/sessions', (request, response) => {
      void answer(sandbox, request, response);
    });
    server.middlewares.use('/kyc', backend.serveKit);
    server.middlewares.use('/demo-api', backend.serveSwitches);
    server.middlewares.use('/docs/', (request, response) => {
      void serveDocs(request, response);
    });
    server.middlewares.use((request, response, next) => {
      sendHostFault(request, response);
      next();
    });
    server.printUrls = () => {
      const url = server.resolvedUrls?.local[0] ?? '';
      server.config.logger.info(
        `\n  Open ${url} (Ctrl+C stops it; the sandbox runs at ${sandbox.origin})\n`,
      );
    };
  },
});
