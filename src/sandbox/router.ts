import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Assets } from './assets.js';
import { HttpError, send, sendJson, sendPreflight, sendText, type Exchange } from './http.js';
import type { Origins } from './origins.js';
import type { Records } from './records.js';
import { isAction, serveSessionApi } from './session-api.js';
import { pagePath, sendSessionPage } from './session-page.js';
import { describeSession, type NewSession, type Session, type Sessions } from './sessions.js';
import { createShuftiSession } from './shufti-api.js';
import { createVeriffSession } from './veriff-api.js';

/** What the router serves from. */
export interface Parts {
  readonly assets: Assets;
  readonly origins: Origins;
  readonly sessions: Sessions;
  readonly records: Records;
}

const ABOUT = `This is the sandbox provider of kyc-verify. Nothing leaves this computer.

POST /v1/sessions              creates a Veriff session
POST /                         creates a Shufti Pro session
GET  /_sandbox/sessions/<id>   tells how a session is doing`;

type Handle = (exchange: Exchange) => void | Promise<void>;

/** The handlers of one path, by method. */
type Methods = Readonly<Partial<Record<'GET' | 'POST', Handle>>>;

const withSession =
  (
    session: Session | undefined,
    handle: (exchange: Exchange, session: Session) => void | Promise<void>,
  ): Handle =>
  (exchange) => {
    if (session === undefined) throw new HttpError(404, 'No such session.');
    return handle(exchange, session);
  };

const methodsOf = ({ pathname }: URL, { assets, origins, sessions, records }: Parts): Methods => {
  const create = async (from: NewSession): Promise<Session> => {
    const session = sessions.create(from);
    await records.saveSession(session);
    return session;
  };
  const asset = (content: string, type: string): Methods => ({
    GET: (exchange) => {
      send(exchange, 200, content, { 'Content-Type': `${type}; charset=utf-8` });
    },
  });
  switch (pathname) {
    case '/':
      return {
        GET: (exchange) => {
          sendText(exchange, 200, ABOUT);
        },
        POST: (exchange) => createShuftiSession(exchange, create, origins),
      };
    case '/v1/sessions':
      return { POST: (exchange) => createVeriffSession(exchange, create, origins) };
    case '/assets/page.js':
      return asset(assets.script, 'text/javascript');
    case '/assets/page.css':
      return asset(assets.style, 'text/css');
    default:
  }
  const [first = '', second = '', third = '', fourth, ...rest] = pathname.slice(1).split('/');
  if (rest.length > 0) return {};
  if (first === 'api' && second === 'sessions' && isAction(fourth)) {
    return {
      POST: withSession(sessions.find(third), (exchange, session) =>
        serveSessionApi(exchange, session, fourth, records),
      ),
    };
  }
  if (first === '_sandbox' && second === 'sessions' && fourth === undefined) {
    return {
      GET: withSession(sessions.find(third), (exchange, session) => {
        sendJson(exchange, 200, describeSession(session));
      }),
    };
  }
  const session = sessions.find(first === 'v' ? second : third);
  if (session === undefined || pagePath(session) !== pathname) return {};
  return {
    GET: (exchange) => {
      sendSessionPage(exchange, session, origins);
    },
  };
};

const answer = async (exchange: Exchange, parts: Parts): Promise<void> => {
  const { request, url } = exchange;
  const methods = methodsOf(url, parts);
  const allowed = Object.keys(methods);
  if (allowed.length === 0) throw new HttpError(404, 'Nothing is here.');
  if (request.method === 'OPTIONS') {
    sendPreflight(exchange);
    return;
  }
  const handle = methods[request.method === 'POST' ? 'POST' : 'GET'];
  const known = request.method === 'GET' || request.method === 'HEAD' || request.method === 'POST';
  if (!known || handle === undefined) {
    sendText(exchange, 405, 'This method is not served here.', { Allow: allowed.join(', ') });
    return;
  }
  await handle(exchange);
};

const refuse = (exchange: Exchange, error: unknown): void => {
  const { response } = exchange;
  if (response.headersSent) response.destroy();
  else if (error instanceof HttpError)
    sendJson(exchange, error.status, { status: 'fail', message: error.message });
  else sendJson(exchange, 500, { status: 'fail', message: 'The sandbox failed to serve this.' });
};

/**
 * Serves one request, and always answers it, unless a session was asked to hang or to cut the line.
 *
 * @returns a function of the listener's own origin, the request and its response
 */
export const createRouter =
  (parts: Parts) =>
  async (origin: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = request.url ?? '/';
    const url = URL.canParse(target, origin) ? new URL(target, origin) : new URL(origin);
    const exchange: Exchange = { request, response, url };
    try {
      // `//host/path` would name another origin.
      if (url.origin !== origin || !target.startsWith('/'))
        throw new HttpError(400, 'The request target is odd.');
      await answer(exchange, parts);
    } catch (error) {
      refuse(exchange, error);
    }
  };
