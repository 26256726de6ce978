import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';

import { HOSTILE_HOST } from './browser.js';
import { openable, type Openable } from './openable.js';

/** One visit of a page, seen from the servers. All times are of this process's one clock. */
export class Visit {
  /** The page was asked for. */
  pageAt = Number.NaN;
  /** The provider was first asked for the session. */
  sessionAt = Number.NaN;
  /** How many times it was. */
  requests = 0;
  readonly asked: Openable = openable();
  /** The provider answers once this is open. */
  readonly answers: Openable = openable();

  readonly id: string;
  readonly html: string;

  constructor(id: string, html: string) {
    this.id = id;
    this.html = html;
  }

  /** From the page's own request to that for the session. */
  get wait(): number {
    return this.sessionAt - this.pageAt;
  }
}

/** What the page is made of is up to a visit; all else is the same for all. */
export interface Assets {
  /** Scripts by path, as they go over the wire: compressed beforehand, and cached for good. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly providerPage: string;
  readonly hostilePage: string;
}

/** How long the merchant's server takes to create a session, where a page asks it for one. */
const SESSION_TAKES = 300;

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
};

const sendPage = (response: ServerResponse, html: string): void => {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(html);
};

/** The merchant's site, the provider's, and a stranger's: three origins, of three sites. */
export class Servers {
  readonly #visits = new Map<string, Visit>();
  readonly #scripts: ReadonlyMap<string, Buffer>;
  readonly #assets: Assets;
  readonly #servers: readonly Server[];
  #ports: readonly number[] = [];
  #made = 0;

  private constructor(assets: Assets) {
    this.#assets = assets;
    this.#scripts = new Map(
      [...assets.scripts].map(([path, text]) => [path, gzipSync(text, { level: 9 })]),
    );
    this.#servers = [this.#host, this.#provider, this.#hostile].map((answer) =>
      // A connection that goes idle must not end in the middle of a visit.
      createServer({ keepAliveTimeout: 60_000 }, answer),
    );
  }

  static async start(assets: Assets): Promise<Servers> {
    const servers = new Servers(assets);
    servers.#ports = await Promise.all(servers.#servers.map(listen));
    return servers;
  }

  get host(): string {
    return `http://127.0.0.1:${this.#ports[0]}`;
  }

  get provider(): string {
    return `http://localhost:${this.#ports[1]}`;
  }

  get hostile(): string {
    return `http://${HOSTILE_HOST}:${this.#ports[2]}`;
  }

  /** A page to be visited, made for a session of its own. The provider holds its answer back. */
  visit(page: (sessionUrl: string, sessionCall: string) => string): Visit {
    this.#made += 1;
    const id = `${this.#made}`;
    const visit = new Visit(id, page(`${this.provider}/session/${id}`, `/api/sessions/${id}`));
    this.#visits.set(id, visit);
    return visit;
  }

  urlOf(visit: Visit): string {
    return `${this.host}/page/${visit.id}`;
  }

  sessionUrlOf(visit: Visit): string {
    return `${this.provider}/session/${visit.id}`;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#servers.map((server) => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  }

  #visitOf(request: IncomingMessage): Visit | undefined {
    const [, id] = /\/(\d+)(?:\?.*)?$/.exec(request.url ?? '') ?? [];
    return this.#visits.get(id ?? '');
  }

  readonly #host = (request: IncomingMessage, response: ServerResponse): void => {
    const now = performance.now();
    const url = request.url ?? '';
    const visit = this.#visitOf(request);
    const script = this.#scripts.get(url);
    if (script) {
      response.writeHead(200, {
        'content-type': 'text/javascript; charset=utf-8',
        'content-encoding': 'gzip',
        'cache-control': 'public, max-age=31536000, immutable',
      });
      response.end(script);
    } else if (visit && url.startsWith('/api/')) {
      setTimeout(() => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'cache-control': 'no-store',
        });
        response.end(JSON.stringify({ sessionUrl: this.sessionUrlOf(visit) }));
      }, SESSION_TAKES);
    } else if (visit) {
      visit.pageAt = now;
      sendPage(response, visit.html);
    } else if (url === '/blank') {
      sendPage(response, '<!doctype html><title>Blank</title>');
    } else {
      response.writeHead(404).end();
    }
  };

  readonly #provider = (request: IncomingMessage, response: ServerResponse): void => {
    const now = performance.now();
    const visit = this.#visitOf(request);
    if (!visit) {
      response.writeHead(404).end();
      return;
    }
    visit.requests += 1;
    if (!visit.asked.isOpen) visit.sessionAt = now;
    visit.asked.open();
    void visit.answers.opened.then(() => {
      sendPage(response, this.#assets.providerPage);
    });
  };

  readonly #hostile = (_: IncomingMessage, response: ServerResponse): void => {
    sendPage(response, this.#assets.hostilePage);
  };
}
