import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

import type { Sandbox } from '../../src/sandbox/index.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** How a merchant's site is served. */
export interface SiteOptions {
  /** Where its files are. Any path without an ending is its `index.html`. */
  readonly folder: string;
  /** Where those files are that the merchant copied from the package. */
  readonly copied: string;
  /** Of the Content-Security-Policy. Default: the site's own files alone. */
  readonly scripts?: string;
  /** Policies for Trusted Types, besides Lit's. */
  readonly trustedTypes?: string;
  /** What the server makes of the page. */
  readonly page?: (html: string) => string;
}

/** What the sandbox knows of a session. */
interface Inspection {
  readonly pageRequests: number;
}

/** A merchant's site on `localhost`: its files, and its endpoint for sessions. */
export class Site {
  readonly origin: string;
  /** Every session that was asked for, in order. */
  readonly sessions: string[] = [];
  /** Whether the sessions from now on press their own buttons. */
  isPiloted = true;
  readonly #server: Server;
  readonly #sandbox: Sandbox;

  private constructor(server: Server, sandbox: Sandbox) {
    this.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    this.#server = server;
    this.#sandbox = sandbox;
  }

  /** Without options: the vendor's API alone, for a merchant who brings a server. */
  static async open(sandbox: Sandbox, options?: SiteOptions): Promise<Site> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const site = new Site(server, sandbox);
    server.on('request', (request, response) => {
      site.#answer(request, response, options).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
    return site;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** How often the page of each session was requested. */
  async pageRequests(): Promise<readonly number[]> {
    return Promise.all(
      this.sessions.map(async (sessionUrl) => {
        const token = new URL(sessionUrl).pathname.split('/').at(-1) ?? '';
        const answer = await fetch(`${this.#sandbox.origin}/_sandbox/sessions/${token}`);
        return ((await answer.json()) as Inspection).pageRequests;
      }),
    );
  }

  async #createSession(): Promise<string> {
    const answer = await fetch(`${this.#sandbox.origin}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ verification: {}, sandbox: { pilot: this.isPiloted } }),
    });
    const { verification } = (await answer.json()) as { verification: { url: string } };
    this.sessions.push(verification.url);
    return verification.url;
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    options?: SiteOptions,
  ): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.origin);
    const send = (type: string, body: string | Buffer, headers = {}): void => {
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...headers });
      response.end(body);
    };
    const sendJson = (value: unknown): void => send('application/json', JSON.stringify(value));
    if (request.method === 'POST' && pathname === '/api/sessions') {
      sendJson({ sessionUrl: await this.#createSession() });
    } else if (request.method === 'POST' && pathname === '/v1/sessions') {
      sendJson({ verification: { url: await this.#createSession() } });
    } else if (options && extname(pathname) === '') {
      const html = await readFile(join(options.folder, 'index.html'), 'utf8');
      send(TYPES['.html']!, options.page?.(html) ?? html, this.#headers(options));
    } else if (options) {
      const isCopied = /^\/kyc-verify\.[\w.]+$/.test(pathname);
      const folder = isCopied ? options.copied : options.folder;
      const body = await readFile(join(folder, pathname)).catch(() => undefined);
      const type = TYPES[extname(pathname)];
      if (body && type) send(type, body);
      else response.writeHead(404).end();
    } else response.writeHead(404).end();
  }

  /** The strictest that the README promises to be enough. */
  #headers({
    scripts = "'self'",
    trustedTypes = '',
  }: SiteOptions): Readonly<Record<string, string>> {
    const { origin } = this.#sandbox;
    return {
      'content-security-policy': [
        "default-src 'none'",
        `script-src ${scripts}`,
        "style-src 'none'",
        "connect-src 'self'",
        `frame-src 'self' ${origin}`,
        "require-trusted-types-for 'script'",
        `trusted-types lit-html ${trustedTypes}`,
      ].join('; '),
      'permissions-policy': `camera=(self "${origin}"), microphone=(self "${origin}")`,
    };
  }
}
