import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BrowserContext } from 'playwright-core';

import type { Bench } from '../bench.js';
import { startProfile } from '../browser.js';
import { selfSigned } from '../certificate.js';
import { atADistance, portOf } from '../distance.js';
import { openable } from '../openable.js';
import { ratiosOf, Rounds, spreadOf, type Spread } from '../statistics.js';

/** Milliseconds from the frame's mounting to the first byte of the provider's page. */
export interface PreconnectRow {
  readonly id: 'cross-site' | 'same-site';
  readonly label: string;
  readonly without: Spread;
  readonly with: Spread;
  readonly ratio: Spread;
}

/** The way to the provider, in milliseconds. */
const ONE_WAY = 75;

/** From the hint to the frame: what a person needs at least to read an intro. */
const AHEAD = 600;

/** The second one is here to show that the hint does something, where something can come of it. */
const PLACES = [
  { id: 'cross-site', label: 'provider on a site of its own', host: '127.0.0.1' },
  { id: 'same-site', label: 'provider on the page’s own site', host: 'localhost' },
] as const;

const page = (provider: string, isHinted: boolean): string => `<!doctype html>
<meta charset="utf-8"><title>Preconnect</title>
${isHinted ? `<link rel="preconnect" href="${provider}">` : ''}
<body><script>
setTimeout(() => {
  fetch('/mounted', { method: 'POST' });
  const frame = document.createElement('iframe');
  frame.src = '${provider}/session';
  document.body.append(frame);
}, ${AHEAD});
</script>`;

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return portOf(server);
};

/** One visit, with servers of its own: no connection and no TLS session is left from another one. */
const measure = async (
  context: BrowserContext,
  hostName: string,
  isHinted: boolean,
): Promise<number> => {
  let mountedAt = Number.NaN;
  let askedAt = Number.NaN;
  const asked = openable();
  const pair = selfSigned();
  const provider = createServer(pair, (request, response) => {
    if (request.url === '/session') {
      askedAt = performance.now();
      asked.open();
    }
    response.end();
  });
  const far = await atADistance(await listening(provider), ONE_WAY);
  const host = createServer(pair, (request, response) => {
    if (request.url === '/mounted') mountedAt = performance.now();
    response.setHeader('content-type', 'text/html');
    response.end(page(`https://localhost:${portOf(far)}`, isHinted));
  });
  try {
    const port = await listening(host);
    const tab = await context.newPage();
    await tab.goto(`https://${hostName}:${port}/`, { waitUntil: 'commit' });
    await asked.opened;
    await tab.close();
    // The answer sets out at once.
    return askedAt + ONE_WAY - mountedAt;
  } finally {
    provider.closeAllConnections();
    host.closeAllConnections();
    await Promise.all(
      [provider, far, host].map((server) => new Promise((resolve) => server.close(resolve))),
    );
  }
};

export const measurePreconnect = async ({ isQuick }: Bench): Promise<readonly PreconnectRow[]> => {
  const figures = new Rounds();
  // In a context like the other measures' Chromium makes nothing of the hint.
  const folder = await mkdtemp(join(tmpdir(), 'kyc-verify-bench-'));
  const context = await startProfile(folder);
  try {
    for (let round = 0; round < (isQuick ? 1 : 12); round += 1) {
      for (const { id, host } of PLACES) {
        for (const hint of ['without', 'with']) {
          figures.add(`${hint} ${id}`, await measure(context, host, hint === 'with'));
        }
      }
    }
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
  return PLACES.map(({ id, label }) => {
    const [without, hinted] = [figures.of(`without ${id}`), figures.of(`with ${id}`)];
    return {
      id,
      label,
      without: spreadOf(without),
      with: spreadOf(hinted),
      ratio: ratiosOf(hinted, without),
    };
  });
};
