import type { IncomingMessage, ServerResponse } from 'node:http';

import { serveCallback, serveDecide, serveDemand, servePrepare } from './console-api.js';
import { CONSOLE_STYLE, sendConsole } from './console-page.js';
import { HttpError, send, sendJson, sendPreflight, sendText, type Exchange } from './http.js';
import type { Parts } from './parts.js';
import { isAction, serveSessionApi } from './session-api.js';
import { pagePath, sendSessionPage } from './session-page.js';
import { describeSession, type Session } from './sessions.js';
import {
  createShuftiSession,
  deleteShuftiRequest,
  issueShuftiToken,
  readShuftiStatus,
  sendShuftiProof,
} from './shufti-api.js';
import { SPECIMENS, specimens } from './specimens.js';
import {
  createVeriffSession,
  deleteVeriffSession,
  listVeriffAttempts,
  listVeriffMedia,
  patchVeriffSession,
  readVeriffDecision,
  sendVeriffMedia,
  uploadVeriffMedia,
} from './veriff-api.js';

const ABOUT = `This is the sandbox provider of kyc-verify. Nothing leaves this computer but the webhooks you ask for.

POST /v1/sessions              creates a Veriff session
POST /                         creates a Shufti Pro session
GET  /_sandbox                 every session, and buttons to decide
GET  /_sandbox/sessions/<id>   tells how a session is doing`;

type Handle = (exchange: Exchange) => void | Promise<void>;

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'] as const;

/** The handlers of one path, by method. */
type Methods = Readonly<Partial<Record<(typeof METHODS)[number], Handle>>>;

const withSession =
  (
    session: Session | undefined,
    handle: (exchange: Exchange, session: Session) => void | Promise<void>,
  ): Handle =>
  (exchange) => {
    if (session === undefined) throw new HttpError(404, 'No such session.');
    return handle(exchange, session);
  };

const asset = (content: string | Uint8Array, type: string): Methods => ({
  GET: (exchange) => {
    send(exchange, 200, content, { 'Content-Type': type });
  },
});

/** Shufti Pro's calls: `/status`, and as its older documents have them, `/api/status`. */
const shuftiMethods = (pathname: string, parts: Parts): Methods | undefined => {
  const call = (serve: (exchange: Exchange, parts: Parts) => Promise<void>): Methods => ({
    POST: (exchange) => serve(exchange, parts),
  });
  switch (pathname.replace(/^\/api(?=\/|$)/, '')) {
    case '':
    case '/':
      return call(createShuftiSession);
    case '/status':
      return call(readShuftiStatus);
    case '/delete':
      return call(deleteShuftiRequest);
    case '/get/access/token':
      return call(issueShuftiToken);
    default:
      return undefined;
  }
};

/** Veriff's calls about one session, after `/v1/sessions/<id>`. */
const veriffMethods = (id: string, what: string | undefined, parts: Parts): Methods => {
  const call =
    (serve: (exchange: Exchange, parts: Parts, id: string) => Promise<void>): Handle =>
    (exchange) =>
      serve(exchange, parts, id);
  switch (what) {
    case undefined:
      return { PATCH: call(patchVeriffSession), DELETE: call(deleteVeriffSession) };
    case 'media':
      return { GET: call(listVeriffMedia), POST: call(uploadVeriffMedia) };
    case 'decision':
      return { GET: call(readVeriffDecision) };
    case 'attempts':
      return { GET: call(listVeriffAttempts) };
    default:
      return {};
  }
};

/** The sandbox's own: its page, what it tells, and what it may be told. */
const ownMethods = (path: readonly string[], parts: Parts): Methods => {
  const [what, id = '', action] = path;
  const session = parts.sessions.find(id);
  switch (`${what ?? ''}/${action ?? ''}`) {
    case '/':
      return {
        GET: (exchange) => {
          sendConsole(exchange, parts);
        },
      };
    case 'style.css/':
      return asset(CONSOLE_STYLE, 'text/css; charset=utf-8');
    case 'answers/':
      return { POST: serveDemand(parts) };
    case 'next/':
      return { POST: servePrepare(parts) };
    case 'specimens/': {
      const name = SPECIMENS.find((each) => each === id);
      if (name === undefined) return {};
      return asset(specimens[name], name.endsWith('png') ? 'image/png' : 'image/jpeg');
    }
    case 'sessions/':
      return {
        GET: withSession(session, (exchange, found) => {
          sendJson(exchange, 200, describeSession(found));
        }),
      };
    case 'sessions/decide':
      return {
        POST: withSession(session, (exchange, found) => serveDecide(found, parts)(exchange)),
      };
    case 'sessions/callback':
      return {
        POST: withSession(session, (exchange, found) => serveCallback(found, parts)(exchange)),
      };
    default:
      return {};
  }
};

const methodsOf = ({ pathname }: URL, parts: Parts): Methods => {
  const { assets, origins, sessions } = parts;
  switch (pathname) {
    case '/':
      return {
        GET: (exchange) => {
          sendText(exchange, 200, ABOUT);
        },
        ...shuftiMethods(pathname, parts),
      };
    case '/v1/sessions':
      return { POST: (exchange) => createVeriffSession(exchange, parts) };
    case '/assets/page.js':
      return asset(assets.script, 'text/javascript; charset=utf-8');
    case '/assets/page.css':
      return asset(assets.style, 'text/css; charset=utf-8');
    default:
  }
  const ofShufti = shuftiMethods(pathname, parts);
  if (ofShufti) return ofShufti;
  const path = pathname.slice(1).split('/');
  const [first = '', second = '', third = '', fourth, fifth] = path;
  if (path.length > 5) return {};
  if (first === 'api' && second === 'storage' && fourth !== undefined && fifth !== undefined) {
    return {
      GET: withSession(sessions.find(third), (exchange, session) => {
        sendShuftiProof(exchange, parts, session, fourth);
      }),
    };
  }
  if (path.length > 4) return {};
  if (first === 'api' && second === 'sessions' && isAction(fourth)) {
    return {
      POST: withSession(sessions.find(third), (exchange, session) =>
        serveSessionApi(exchange, session, fourth, parts),
      ),
    };
  }
  if (first === 'v1' && second === 'sessions' && third !== '') {
    return veriffMethods(third, fourth, parts);
  }
  if (first === 'v1' && second === 'media' && third !== '' && fourth === undefined) {
    return { GET: (exchange) => sendVeriffMedia(exchange, parts, third) };
  }
  if (first === '_sandbox') return ownMethods(path.slice(1), parts);
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
  const allowed = METHODS.filter((method) => methods[method] !== undefined);
  if (allowed.length === 0) throw new HttpError(404, 'Nothing is here.');
  if (request.method === 'OPTIONS') {
    sendPreflight(exchange);
    return;
  }
  const asked = request.method === 'HEAD' ? 'GET' : request.method;
  const known = METHODS.find((method) => method === asked);
  const handle = known && methods[known];
  if (handle === undefined) {
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
