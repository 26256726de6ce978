import { createServer, type Server, type ServerResponse, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { loadAssets } from './assets.js';
import type { Origins } from './origins.js';
import { NO_RECORDS, recordsIn } from './records.js';
import { createRouter } from './router.js';
import { Sessions } from './sessions.js';

/** How a sandbox is set up. Every member has a default. */
export interface SandboxOptions {
  /** Port of the provider. Default `0`: any free one. */
  readonly port?: number;
  /** Port of the second origin, which the hop faults go to. Default `0`: any free one. */
  readonly hopPort?: number;
  /** Where to listen. Default `127.0.0.1`, which no other computer reaches. */
  readonly hostname?: string;
  /** Keeps uploads and session records there, made if missing. Default: memory only, nothing kept. */
  readonly folder?: string;
  /**
   * Where the hosted pages' `page.css` and `page.js` (or `page.ts`) are. Default: `pages` beside
   * the module, which is right unless a bundler moved the module.
   */
  readonly pagesFolder?: string;
}

/** A running sandbox. */
export interface Sandbox {
  /** For example `http://127.0.0.1:4801`; no slash at its end. */
  readonly origin: string;
  /** The second origin, with the same pages. */
  readonly hopOrigin: string;
  /** Ends every connection and forgets every session. May be called more than once. */
  close(): Promise<void>;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const listen = async (hostname: string, port: number): Promise<Server> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, hostname, resolve);
  });
  return server;
};

const originOf = (server: Server, hostname: string): string => {
  const { port } = server.address() as AddressInfo;
  return `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
};

const stop = async (server: Server): Promise<void> => {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.once('close', resolve));
  server.close();
  server.closeAllConnections();
  await closed;
};

/** An origin on which nothing listens: that of a port which was free a moment ago. */
const findDeadOrigin = async (hostname: string): Promise<string> => {
  const server = await listen(hostname, 0);
  const origin = originOf(server, hostname);
  await stop(server);
  return origin;
};

/**
 * Starts a sandbox provider: the hosted pages of Veriff and Shufti Pro, and the calls that create
 * their sessions, on an origin of its own. For development and tests, never for real people.
 *
 * @throws where a port is taken, or the pages' files are not found
 */
export const createSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const { port = 0, hopPort = 0, hostname = '127.0.0.1', folder, pagesFolder } = options;
  const assets = await loadAssets(pagesFolder);
  const main = await listen(hostname, port);
  const hop = await listen(hostname, hopPort).catch(async (error: unknown) => {
    await stop(main);
    throw error;
  });
  const origins: Origins = {
    origin: originOf(main, hostname),
    hopOrigin: originOf(hop, hostname),
    // While the others listen, so that it is none of theirs.
    deadOrigin: await findDeadOrigin(hostname),
  };
  const sessions = new Sessions();
  const records = folder === undefined ? NO_RECORDS : recordsIn(folder);
  const router = createRouter({ assets, origins, sessions, records });
  const serve =
    (origin: string): Listener =>
    (request, response) =>
      void router(origin, request, response);
  main.on('request', serve(origins.origin));
  hop.on('request', serve(origins.hopOrigin));
  return {
    origin: origins.origin,
    hopOrigin: origins.hopOrigin,
    close: async () => {
      await Promise.all([stop(main), stop(hop)]);
      sessions.clear();
    },
  };
};
