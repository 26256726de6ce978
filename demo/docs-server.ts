import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IncomingMessage, ServerResponse } from 'node:http';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SITE = join(ROOT, 'docs/.vitepress/dist');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Looks again by itself, so that who waits sees the docs when they are there. */
const waitingPage = (text: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="2">
<title>${text}</title></head>
<body style="font: 1rem/1.5 system-ui, sans-serif; margin: 3rem"><p>${text}</p></body></html>`;

let building: Promise<number | null> | undefined;

/** In a process of its own: a build for production has its own environment, and is soon over. */
const build = (): Promise<number | null> =>
  new Promise((resolve) => {
    const vitepress = join(ROOT, 'node_modules/vitepress/bin/vitepress.js');
    spawn(process.execPath, [vitepress, 'build', 'docs'], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DOCS_BASE: '/docs/' },
    })
      .once('error', () => resolve(1))
      .once('close', resolve);
  });

const send = (
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
): void => {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-cache' });
  response.end(body);
};

/** The file for an address below /docs/, which no `..` leads out of. */
const fileFor = (path: string): string => {
  const name = decodeURIComponent(path);
  const file = normalize(join(SITE, name.endsWith('/') ? `${name}index.html` : name));
  if (!file.startsWith(SITE + sep)) throw new Error('Outside of the site.');
  return file;
};

const sendPage = async (path: string, response: ServerResponse): Promise<void> => {
  try {
    const file = fileFor(path);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    send(response, 200, type, await readFile(file));
  } catch {
    send(response, 404, 'text/html; charset=utf-8', await readFile(join(SITE, '404.html')));
  }
};

/** Serves the docs at /docs/; builds them first where nobody did (`npm run docs:build`). */
export const serveDocs = async (
  { url = '', originalUrl }: IncomingMessage & { readonly originalUrl?: string | undefined },
  response: ServerResponse,
): Promise<void> => {
  const { pathname } = new URL(url, 'http://localhost');
  if (originalUrl === '/docs') {
    response.writeHead(302, { location: '/docs/' }).end();
    return;
  }
  if (building === undefined && existsSync(join(SITE, 'index.html'))) {
    await sendPage(pathname, response);
    return;
  }
  building ??= build().finally(() => {
    // The next visit finds the site, or tries again.
    building = undefined;
  });
  const code = await Promise.race([building, new Promise((resolve) => setTimeout(resolve, 1_000))]);
  const isFailed = typeof code === 'number' && code !== 0;
  const text = isFailed ? 'The docs could not be built: see the terminal.' : 'Building the docs …';
  send(response, 503, 'text/html; charset=utf-8', waitingPage(text));
};
