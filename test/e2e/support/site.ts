import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { launchChromium } from '../../support/chromium.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A page of the site: what stands in its `#root`, and which script drives it. */
export interface SitePage {
  readonly script: string;
  readonly root?: string;
}

/** What the sandbox knows of a session. */
export interface Inspection {
  readonly pageRequests: number;
  readonly status: string;
}

/** A host's site with an app in it, a sandbox, and a browser. */
export interface Site {
  readonly url: string;
  readonly browser: Browser;
  readonly sandbox: Sandbox;
  /** The session URLs that the site's server gave out, in order. */
  readonly sessions: readonly string[];
  /** A session as the site's server makes it. */
  createSession(): Promise<string>;
  inspect(sessionUrl: string): Promise<Inspection>;
  close(): Promise<void>;
}

/** Scripts for browsers, of an app in development, where StrictMode does what it does. */
const bundle = async (file: string, aliases: Readonly<Record<string, string>>): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [`${ROOT}/${file}`],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    // Without Lit's development build, which warns of itself.
    conditions: ['production'],
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
    },
    alias: aliases,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
};

/**
 * @param pageOf - the page at this path
 * @param aliases - packages that stand for others in the apps' bundles
 */
export const openSite = async (
  pageOf: (path: string, site: Site) => Promise<SitePage> | SitePage,
  aliases: Readonly<Record<string, string>> = {},
): Promise<Site> => {
  const [sandbox, browser] = await Promise.all([createSandbox(), launchChromium()]);
  const scripts = new Map<string, Promise<string>>();
  const sessions: string[] = [];

  const createSession = async (): Promise<string> => {
    const answer = await fetch(`${sandbox.origin}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ verification: { vendorData: 'test' }, sandbox: { pilot: true } }),
    });
    const { verification } = (await answer.json()) as { verification: { url: string } };
    sessions.push(verification.url);
    return verification.url;
  };

  const answerOf = async (path: string): Promise<readonly [type: string, body: string]> => {
    if (path === '/favicon.ico') return ['image/x-icon', ''];
    if (path === '/session') return ['application/json', JSON.stringify(await createSession())];
    if (path.endsWith('.ts')) {
      const script = scripts.get(path) ?? bundle(path, aliases);
      scripts.set(path, script);
      return ['text/javascript', await script];
    }
    const { script, root = '' } = await pageOf(path, site);
    const page = `<!doctype html><html lang="en" data-origins="${sandbox.origin}">
      <head><meta charset="utf-8"><title>Shop</title></head>
      <body><div id="root">${root}</div><script type="module" src="/${script}"></script></body></html>`;
    return ['text/html', page];
  };

  const server: Server = createServer((request, response) => {
    answerOf(request.url ?? '').then(
      ([type, body]) => {
        response.setHeader('content-type', `${type}; charset=utf-8`);
        response.setHeader('cache-control', 'no-store');
        response.end(body);
      },
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;

  const site: Site = {
    url,
    browser,
    sandbox,
    sessions,
    createSession,
    inspect: async (sessionUrl) => {
      const token = new URL(sessionUrl).pathname.split('/').at(-1) ?? '';
      const answer = await fetch(`${sandbox.origin}/_sandbox/sessions/${token}`);
      return (await answer.json()) as Inspection;
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await sandbox.close();
    },
  };
  return site;
};
