/*
 * A merchant's server as a process of its own: `merchant-child.ts PLACE VENDOR LEDGER`. Says its port on
 * the first line. What `onDecision` is told goes into the ledger, a line each.
 *
 * KYC_DIE_AT=n kills it by SIGKILL at the n-th thing that a webhook makes it do (a store operation, or
 * `onDecision`), `n+` right after that was done. With KYC_DIE_AT=list it says all of them instead.
 */
import { appendFileSync } from 'node:fs';
import { argv, env, kill, pid } from 'node:process';

import { createKycHandler, type KycStore } from '../../src/server/index.js';
import { serve } from './merchant.js';
import { openStore, type Place } from './store-places.js';
import { clientsOf } from './vendor.js';

const [, , place, vendor = '', ledger = ''] = argv;
const dieAt = env['KYC_DIE_AT'] ?? '';
let isArmed = false;
const done: string[] = [];

/** Does a thing that may be the last. */
const step = async <Result>(
  name: string,
  work: () => Promise<Result> | Result,
): Promise<Result> => {
  if (!isArmed) return work();
  const number = done.push(name);
  if (dieAt === String(number)) kill(pid, 'SIGKILL');
  const result = await work();
  if (dieAt === `${number}+`) kill(pid, 'SIGKILL');
  return result;
};

const store = await openStore(place as Place);
const watched: KycStore = {
  ...store,
  get: async (key) => step(`get ${key.split(':', 1)[0]}`, async () => store.get(key)),
  commit: async (writes) =>
    step(`commit ${writes.map(({ key }) => key.split(':', 1)[0]).join(', ')}`, async () =>
      store.commit(writes),
    ),
};

const handler = createKycHandler({
  provider: clientsOf(vendor),
  store: watched,
  identify: (request) => request.headers.get('x-person') ?? undefined,
  callbackUrl: 'https://merchant.example/back',
  webhookUrl: 'https://merchant.example/webhooks',
  onDecision: async ({ id, person, providerId, decision: { word, at } }) =>
    step('onDecision', () =>
      appendFileSync(ledger, `${JSON.stringify({ id, person, providerId, word, at })}\n`),
    ),
  limits: { decisionTimeout: 300, heartbeat: 1000 },
});
const { origin } = await serve(async (request) => {
  // Only what the webhook itself does counts.
  isArmed ||= dieAt !== '' && request.url.includes('/webhooks/');
  const answer = await handler(request);
  if (dieAt === 'list' && isArmed) console.log(JSON.stringify(done));
  return answer;
});
console.log(origin);
