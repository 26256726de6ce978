import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { renderFrame } from 'kyc-verify/frame';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { App } from './App';
import { provider } from './provider';

const { VERIFF_BASE_URL = '', VERIFF_API_KEY = '', PORT = '3000' } = process.env;

/** What the browser gets of the build. */
const SCRIPT = /^\/(client|assets\/[\w.-]+)\.js$/;

async function createSession(): Promise<string> {
  const answer = await fetch(`${VERIFF_BASE_URL}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-client': VERIFF_API_KEY },
    body: JSON.stringify({ verification: { vendorData: 'customer-1' } }),
  });
  if (!answer.ok) throw new Error(`No session: HTTP ${answer.status}.`);
  const { verification } = (await answer.json()) as { verification: { url: string } };
  return verification.url;
}

function page(nonce: string, frame?: string): string {
  const app = renderToString(
    <StrictMode>
      <App frame={frame} />
    </StrictMode>,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Shop</title>
    <script type="module" nonce="${nonce}" src="/client.js"></script>
  </head>
  <body>
    <div id="root"${frame === undefined ? '' : ' data-frame'}>${app}</div>
  </body>
</html>`;
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    `frame-src 'self' ${provider.trustedOrigins ?? 'https://*.veriff.com https://*.veriff.me'}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

const server = createServer(async (request, response) => {
  const send = (type: string, body: string | Buffer, headers = {}) => {
    // A page with the provider's frame holds a secret: no cache may keep it.
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...headers });
    response.end(body);
  };
  const nonce = randomBytes(16).toString('base64');
  const headers = { 'content-security-policy': policy(nonce) };
  switch (request.url) {
    case '/':
      send('text/html', page(nonce), headers);
      break;
    case '/with-frame': {
      const frame = renderFrame({ ...provider, sessionUrl: await createSession(), nonce });
      send('text/html', page(nonce, frame), headers);
      break;
    }
    case '/api/sessions':
      send('application/json', JSON.stringify({ sessionUrl: await createSession() }));
      break;
    default:
      if (SCRIPT.test(request.url ?? '')) {
        const file = new URL(`../client${request.url}`, import.meta.url);
        send('text/javascript', await readFile(file));
      } else {
        response.writeHead(404).end();
      }
  }
});

server.listen(Number(PORT), 'localhost', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`http://localhost:${address?.port}`);
});
