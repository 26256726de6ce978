/**
 * The real backend kit before the real sandbox, with a line between page and kit that breaks when the
 * test wants it to: `/__kit__/<shop>/…` on the test server's own origin, where each test has a shop of
 * its own. What goes wrong comes from the test: `POST /__kit__/<shop>/_control`.
 */
import { createHash } from 'node:crypto';
import { createServer, request as askOn } from 'node:http';

import { getRequestListener } from '@hono/node-server';
import { tsImport } from 'tsx/esm/api';

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */
/** @typedef {import('../../src/sandbox/index.js')} SandboxModule */
/** @typedef {import('../../src/server/index.js')} KitModule */
/** @typedef {Awaited<ReturnType<SandboxModule['createSandbox']>>} Sandbox */
/** @typedef {ReturnType<KitModule['createKycHandler']>} Handler */
/** @typedef {ReturnType<KitModule['memoryStore']>} Store */
/** @typedef {{ context: string, digest: string }} Taken */

/**
 * The connection breaks after so many bytes of a proof's body. All of them or more: it arrives whole, and
 * only the answer is lost; with `isEarly` even before the kit has one.
 * @typedef {{ context: string, at: number, isEarly?: boolean }} Cut
 */

/**
 * A request is answered so, and never reaches the kit: with a status, not at all, not even read, or
 * from another address.
 * @typedef {{ route: 'media' | 'submit', status: number | 'hang' | 'stall' | 'redirect', times?: number,
 *   retryAfter?: number, body?: unknown }} Fault
 */

/** @param {string | Uint8Array} bytes */
const digestOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {string} uri a data URI in base64 */
const digestIn = (uri) => digestOf(Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64'));

class Shop {
  /** @type {Cut[]} */
  cuts = [];
  /** @type {Fault[]} */
  faults = [];
  isSignedOut = false;
  allowsCredentials = true;
  origin = '';
  /** @type {{ path: string, key: string, type: string, cut?: number }[]} */
  log = [];
  /** Requests that are neither answered nor over. */
  open = 0;
  /** What the vendor took, and what the store was given, each time. @type {Taken[]} */
  taken = [];
  /** @type {Taken[]} */
  kept = [];
  submissions = 0;
  /** @type {Store | undefined} */
  store;
  /** @type {Handler | undefined} */
  handler;
}

/** @param {Incoming} incoming */
const textOf = async (incoming) => {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text;
};

/** Watches what the kit says to the vendor, and what the vendor took. @param {Shop} shop */
const watched = (shop) => async (/** @type {any} */ url, /** @type {any} */ init) => {
  const answer = await fetch(url, init);
  const body =
    typeof init?.body === 'object' ? JSON.parse(new TextDecoder().decode(init.body)) : {};
  if (!answer.ok) return answer;
  if (String(url).endsWith('/media') && body.image) {
    shop.taken.push({ context: body.image.context, digest: digestIn(body.image.content) });
  }
  if (init.method === 'PATCH') shop.submissions += 1;
  for (const [service, fields] of Object.entries(body)) {
    if (!fields?.proof) continue;
    shop.taken.push({ context: service, digest: digestIn(fields.proof) });
    if (service === 'document') shop.submissions += 1;
  }
  return answer;
};

/** The store itself, and what is put into it. @param {Store} store @param {Shop} shop */
const counted = (store, shop) => ({
  ...store,
  async commit(/** @type {readonly any[]} */ writes) {
    const isDone = await store.commit(writes);
    for (const { key, value } of isDone ? writes : []) {
      const [kind, , context] = key.split(':');
      if (kind !== 'proof' || value === undefined) continue;
      shop.kept.push({ context, digest: digestOf(Buffer.from(value, 'base64')) });
    }
    return isDone;
  },
});

const DETAILS = {
  email: 'mia@example.com',
  face: {},
  document: { supported_types: ['passport', 'id_card'] },
};

/** Kit, sandbox and what lies between, once a test asks for them. */
const openWorld = async () => {
  /** @type {SandboxModule} */
  const { createSandbox, SANDBOX_KEYS } = await tsImport(
    new URL('../../src/sandbox/index.ts', import.meta.url).href,
    import.meta.url,
  );
  /** @type {KitModule} */
  const { captureRoutes, createKycHandler, memoryStore, shuftiPro, veriff } = await tsImport(
    new URL('../../src/server/index.ts', import.meta.url).href,
    import.meta.url,
  );
  const sandbox = await createSandbox();
  /** @type {Map<string, Shop>} */
  const shops = new Map();
  const server = createServer((incoming, outgoing) => {
    const { handler } = shopOf(incoming.url?.split('/')[1] ?? '');
    if (handler) void getRequestListener(handler)(incoming, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  /** @param {string} name */
  const shopOf = (name) => {
    const known = shops.get(name);
    if (known) return known;
    const shop = new Shop();
    shops.set(name, shop);
    const settings = { baseUrl: sandbox.origin, fetch: watched(shop) };
    shop.store = counted(memoryStore(), shop);
    shop.handler = createKycHandler({
      provider: [
        veriff({ ...SANDBOX_KEYS.veriff, ...settings }),
        shuftiPro({ ...SANDBOX_KEYS.shuftiPro, ...settings }),
      ],
      store: shop.store,
      identify: () => (shop.isSignedOut ? undefined : name),
      callbackUrl: 'https://merchant.example/back',
      webhookUrl: `http://127.0.0.1:${port}/${name}/webhooks`,
      details: (_person, { provider }) => (provider === 'shufti-pro' ? DETAILS : {}),
      onDecision: () => undefined,
      onError: () => undefined,
      capture: captureRoutes,
      limits: { proofSize: 2 ** 20 },
    });
    return shop;
  };
  const close = async () => {
    for (const { handler } of shops.values()) handler?.close();
    server.close();
    server.closeAllConnections();
    await sandbox.close();
  };
  return { sandbox, port, shopOf, close };
};

/** What the sandbox shows of a session. @param {Sandbox} sandbox @param {Shop} shop @param {string} id */
const inspect = async (sandbox, shop, id) => {
  const entry = await shop.store?.get(`session:${id}`);
  const { providerId } = JSON.parse(entry?.value ?? '{}');
  const answer = await fetch(`${sandbox.origin}/_sandbox/sessions/${providerId}`);
  const { media, status } = await answer.json();
  return { media, status };
};

/**
 * Leads a request to the kit, as far as the cut.
 * @param {{ port: number, name: string, shop: Shop, cut: Cut | undefined, path: string }} way
 * @param {Incoming} incoming @param {Outgoing} outgoing
 */
const lead = ({ port, name, cut, path }, incoming, outgoing) => {
  const { method, headers } = incoming;
  const size = Number(headers['content-length'] ?? 0);
  const end = cut?.at ?? Infinity;
  const onward = askOn({ port, host: '127.0.0.1', method, path: `/${name}/${path}`, headers });
  let isAnswered = false;
  onward.on('error', () => isAnswered || outgoing.destroy());
  onward.on('response', async (answer) => {
    isAnswered = true;
    if (cut) {
      answer.resume().on('end', () => outgoing.destroy());
      return;
    }
    // What was refused before it was read is taken all the same: a page hears nothing while it sends.
    if (!incoming.complete) await new Promise((resolve) => incoming.once('end', resolve));
    // So that no browser tries again by itself, as they do on a connection that was used before.
    outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, connection: 'close' });
    answer.pipe(outgoing);
  });
  let seen = 0;
  incoming.on('data', (/** @type {Buffer} */ chunk) => {
    const part = chunk.subarray(0, Math.max(0, end - seen));
    seen += chunk.length;
    if (part.length > 0) onward.write(part);
    if (end >= size || seen < end) return;
    // Only once the kit has its part.
    onward.write('', () => {
      onward.destroy();
      outgoing.destroy();
    });
  });
  incoming.on('end', () => {
    onward.end();
    if (cut?.isEarly) outgoing.destroy();
  });
};

/**
 * Answers in the kit's place.
 * @param {Fault} fault @param {Incoming} incoming @param {Outgoing} outgoing
 */
const fail = ({ status, retryAfter, body }, incoming, outgoing) => {
  if (status === 'stall') return;
  incoming.resume();
  if (status === 'hang') return;
  incoming.on('end', () => {
    if (status === 'redirect') {
      outgoing.writeHead(302, { location: '/__kit__/elsewhere/signed-in' }).end();
      return;
    }
    if (retryAfter) outgoing.setHeader('retry-after', String(retryAfter));
    outgoing.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    outgoing.end(JSON.stringify(body ?? { error: { code: 'made-up', message: 'Mia Musterfrau' } }));
  });
};

/** For a page of another origin. @param {Shop} shop @param {Incoming} incoming @param {Outgoing} outgoing */
const allow = ({ allowsCredentials }, incoming, outgoing) => {
  const { origin } = incoming.headers;
  if (!origin || new URL(origin).host === incoming.headers.host) return;
  outgoing.setHeader('access-control-allow-origin', origin);
  outgoing.setHeader('access-control-allow-headers', 'content-type, idempotency-key');
  if (allowsCredentials) outgoing.setHeader('access-control-allow-credentials', 'true');
  // The kit is told that it is one of its own, as `origins` would.
  incoming.headers.origin = `http://${incoming.headers.host}`;
  delete incoming.headers['sec-fetch-site'];
};

/**
 * Middleware and plugin of the test server.
 * @returns {{ middleware: import('@web/dev-server-core').Middleware, plugin: import('@web/test-runner-core').TestRunnerPlugin }}
 */
export function kit() {
  /** @type {ReturnType<typeof openWorld> | undefined} */
  let world;

  /** @param {string} name @param {string} path @param {Incoming} incoming @param {Outgoing} outgoing */
  const serve = async (name, path, incoming, outgoing) => {
    const { sandbox, port, shopOf } = await (world ??= openWorld());
    const shop = shopOf(name);
    const query = new URL(path, 'http://a.test').searchParams;
    if (path === '_control') {
      Object.assign(shop, JSON.parse(await textOf(incoming)));
      outgoing.end('{}');
      return;
    }
    if (path.startsWith('_seen')) {
      const { log, open, taken, kept, submissions, cuts } = shop;
      const id = query.get('id');
      const held = id ? await inspect(sandbox, shop, id) : undefined;
      outgoing.end(JSON.stringify({ log, open, taken, kept, submissions, cuts, held }));
      return;
    }
    if (path === 'signed-in') {
      outgoing.setHeader('content-type', 'text/html');
      outgoing.end('<p>Please sign in.');
      return;
    }
    allow(shop, incoming, outgoing);
    if (incoming.method === 'OPTIONS') {
      outgoing.writeHead(204).end();
      return;
    }
    const context = query.get('context') ?? path.split('/').at(-1) ?? '';
    const cut = shop.cuts.find((each) => each.context === context);
    shop.cuts = shop.cuts.filter((each) => each !== cut);
    shop.log.push({
      path: path.replace(/[\da-f]{32}/, '*'),
      key: String(incoming.headers['idempotency-key'] ?? ''),
      type: incoming.headers['content-type'] ?? '',
      ...(cut && { cut: cut.at }),
    });
    shop.open += 1;
    outgoing.on('close', () => (shop.open -= 1));
    const route = path.includes('/media?') ? 'media' : path.endsWith('/submit') ? 'submit' : '';
    const fault = shop.faults.find((each) => each.route === route && each.times !== 0);
    if (fault) {
      fault.times = (fault.times ?? Infinity) - 1;
      fail(fault, incoming, outgoing);
      return;
    }
    lead({ port, name, shop, cut, path }, incoming, outgoing);
  };

  return {
    middleware: async (context, next) => {
      const [, mark, name = '', ...rest] = context.url.split('/');
      if (mark !== '__kit__') return next();
      context.respond = false;
      // Koa begins with 404.
      context.res.statusCode = 200;
      await serve(name, rest.join('/'), context.req, context.res);
      return undefined;
    },
    plugin: {
      name: 'kit',
      serverStop: async () => (await world)?.close(),
    },
  };
}
