import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { shuftiPro } from '../../src/providers/shufti-pro.js';

export type HeaderPairs = readonly (readonly [name: string, value: string])[];

/** A site on this computer. */
export interface Site {
  /** For example `http://127.0.0.1:4000`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves what the listener answers, over TLS if there is a certificate. */
export const serve = async (
  listener: RequestListener,
  certificate?: { readonly key: string; readonly cert: string },
): Promise<Site> => {
  const server = certificate ? createTlsServer(certificate, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

/** A page with these headers, some of them perhaps more than once. */
export const servePage = (headers: HeaderPairs, html: string): Promise<Site> =>
  serve((_, response) => {
    response.writeHead(200, [['content-type', 'text/html; charset=utf-8'], ...headers].flat());
    response.end(html);
  });

const list = `(self ${shuftiPro.origins.map((origin) => `"${origin}"`).join(' ')})`;

/** The policies of a page that is right for Shufti Pro, as strict as they may be. */
export const RIGHT = {
  csp: [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    `frame-src 'self' ${shuftiPro.origins.join(' ')}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; '),
  permissions: `camera=${list}, microphone=${list}`,
} as const;

export const SCRIPT = '<script src="/kyc-verify.js"></script>';
export const VIEWPORT = '<meta name="viewport" content="width=device-width">';

/** A whole page with this in its body, and this in its head. */
export const pageOf = (body: string, head = SCRIPT): string =>
  `<!doctype html><html lang="en"><head><title>Shop</title>${VIEWPORT}${head}</head><body>${body}</body></html>`;

export const PAGE = pageOf('<kyc-verify provider="shufti-pro"></kyc-verify>');
