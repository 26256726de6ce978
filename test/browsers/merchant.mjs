/**
 * The merchant's server, with the protocol of the backend kit's handler (`src/model/status.ts`), on the
 * test server's own origin: `/__merchant__/<shop>`, where each test has a shop of its own. Its sessions
 * are at the address that the test names, or real ones of the sandbox. What a provider would tell it,
 * and what goes wrong, comes from the test: `POST /__merchant__/<shop>/_control`.
 */

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {import('../../src/model/status.js').SessionStatus} Status */
/** @typedef {'create' | 'status' | 'events'} Route */

/**
 * What a route does instead of its work: answers with a status, cuts the connection, holds the answer
 * back until the fault is taken away, says nothing of use, or leads to a shop that would answer.
 * @typedef {number | 'cut' | 'hang' | 'html' | 'redirect' | { raw: unknown }} Fault
 */

/**
 * @typedef {object} Session
 * @property {Status} status
 * @property {string} state
 * @property {string | undefined} url absent where the person has nothing to do
 * @property {Set<Response>} streams
 */

class Shop {
  /** @type {Partial<Record<Route, Fault>>} */
  faults = {};
  /** @type {Map<string, Session>} */
  sessions = new Map();
  /** @type {Session | undefined} */
  live;
  /** The next session's URL; `undefined` for one of the sandbox. */
  url = '';
  provider = 'veriff';
  /** @type {{ method: string, path: string, lastEventId: string, cookie: string, body: unknown }[]} */
  log = [];
  /** @type {Set<() => void>} */
  held = new Set();
  retryAfter = 0;
}

/** @type {Map<string, Shop>} */
const shops = new Map();

/** @param {Request} request */
const bodyOf = async (request) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? undefined : JSON.parse(text);
};

/** @param {Response} response @param {number} status @param {unknown} body */
const json = (response, status, body) => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
};

/** @param {Response} stream @param {Status} status */
const tell = (stream, status) =>
  stream.write(`id: ${status.version}\nevent: status\ndata: ${JSON.stringify(status)}\n\n`);

/** @param {Session} session */
const isFinal = ({ status: { decision } }) =>
  ['approved', 'declined', 'expired', 'abandoned', 'canceled'].includes(decision);

/** @param {Session} session @param {Partial<Status>} change */
const move = (session, change) => {
  session.status = { ...session.status, ...change, version: session.status.version + 1 };
  for (const stream of session.streams) {
    tell(stream, session.status);
    if (isFinal(session)) stream.end();
  }
};

/**
 * @param {Shop} shop
 * @param {Route} route
 * @param {Response} response
 * @returns {Promise<boolean>} whether it went wrong
 */
const goesWrong = async (shop, route, response) => {
  while (shop.faults[route] === 'hang') {
    await new Promise((resolve) => shop.held.add(() => resolve(undefined)));
  }
  const fault = shop.faults[route];
  if (fault === undefined) return false;
  if (fault === 'cut') response.destroy();
  else if (fault === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hi');
  else if (fault === 'redirect')
    response.writeHead(307, { location: '/__merchant__/elsewhere/sessions' }).end();
  else if (typeof fault === 'object') json(response, 200, fault.raw);
  else {
    if (shop.retryAfter > 0) response.setHeader('retry-after', String(shop.retryAfter));
    json(response, fault, { error: { code: 'made-up', message: 'As the test wants it.' } });
  }
  return true;
};

/** @param {Shop} shop @param {string} host */
const create = async (shop, host) => {
  const id = crypto.randomUUID().replaceAll('-', '');
  const state = crypto.randomUUID();
  let { url } = shop;
  if (url === 'sandbox') {
    const where = await (await fetch(`http://${host}/__sandbox__.json`)).json();
    const answer = await fetch(`${where.origin}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ verification: { vendorData: id }, sandbox: { pilot: true } }),
    });
    url = (await answer.json()).verification.url;
  }
  /** @type {Session} */
  const session = {
    state,
    url,
    streams: new Set(),
    status: { id, provider: shop.provider, stage: 'created', decision: 'pending', version: 1 },
  };
  shop.sessions.set(id, session);
  shop.live = session;
  return session;
};

/** @param {Session} session */
const isIn = ({ status: { stage, decision } }) =>
  decision === 'approved' || (stage === 'submitted' && decision !== 'resubmission-requested');

/** @param {Session} session @param {Request} request @param {Response} response */
const stream = (session, request, response) => {
  const isSeen = String(session.status.version) === request.headers['last-event-id'];
  if (isFinal(session) && isSeen) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 50\n\n');
  if (!isSeen) tell(response, session.status);
  if (isFinal(session)) {
    response.end();
    return;
  }
  session.streams.add(response);
  request.on('close', () => session.streams.delete(response));
};

/**
 * What the test tells: `change` moves the live session on, `quietly` without telling the streams;
 * `faults` replaces those of the routes named, `null` for none; `cut` ends every stream.
 * @param {Shop} shop
 * @param {any} order
 */
const control = (shop, { change, quietly, faults, cut, ...settings }) => {
  Object.assign(shop, settings);
  for (const [route, fault] of Object.entries(faults ?? {})) {
    if (fault === null) delete shop.faults[/** @type {Route} */ (route)];
    else shop.faults[/** @type {Route} */ (route)] = fault;
  }
  for (const release of shop.held) release();
  shop.held.clear();
  const streams = [...shop.sessions.values()].flatMap((session) => [...session.streams]);
  if (cut) for (const each of streams) each.destroy();
  if (quietly && shop.live) shop.live.streams.clear();
  if (change && shop.live) move(shop.live, change);
};

/** @param {Shop} shop @param {string[]} path @param {Request} request @param {Response} response */
const serve = async (shop, path, request, response) => {
  const [first, id = '', last] = path;
  if (first === '_control') {
    control(shop, await bodyOf(request));
    json(response, 200, {});
    return;
  }
  if (first === '_log') {
    const streams = [...shop.sessions.values()].reduce((sum, each) => sum + each.streams.size, 0);
    json(response, 200, { requests: shop.log, streams, id: shop.live?.status.id });
    return;
  }
  const { method = '', headers } = request;
  shop.log.push({
    method,
    path: path.join('/'),
    lastEventId: String(headers['last-event-id'] ?? ''),
    cookie: headers.cookie ?? '',
    body: method === 'POST' ? await bodyOf(request) : undefined,
  });
  /** @type {Route} */
  const route = method === 'POST' ? 'create' : last === 'events' ? 'events' : 'status';
  if (await goesWrong(shop, route, response)) return;
  if (route === 'create') {
    const session =
      shop.live && (!isFinal(shop.live) || shop.live.status.decision === 'approved')
        ? shop.live
        : await create(shop, headers.host ?? '');
    const { status, state, url } = session;
    json(response, 201, {
      id: status.id,
      provider: status.provider,
      state,
      status,
      ...(url && !isIn(session) && { url }),
    });
    return;
  }
  const session = shop.sessions.get(id);
  if (!session) json(response, 404, { error: { code: 'not-found', message: 'No such session.' } });
  else if (route === 'events') stream(session, request, response);
  else json(response, 200, session.status);
};

/**
 * Middleware of the test server.
 * @returns {import('@web/dev-server-core').Middleware}
 */
export function merchant() {
  return async (context, next) => {
    const [, mark, name = '', ...path] = context.path.split('/');
    if (mark !== '__merchant__') return next();
    context.respond = false;
    const shop = shops.get(name) ?? new Shop();
    shops.set(name, shop);
    await serve(shop, path, context.req, context.res);
    return undefined;
  };
}
