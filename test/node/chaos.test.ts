import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import type { SessionStatus, StartedSession } from '../../src/server/index.js';
import { as, veriffIdIn } from './merchant.js';
import {
  killAll,
  killProcess,
  type MerchantProcess,
  readLedger,
  startMerchantProcess,
  type Told,
} from './merchant-processes.js';
import { withoutRedis } from './redis-server.js';
import { newPlace } from './store-places.js';
import { until } from './until.js';
import { type Signed, startVendor, veriffDecision, veriffEvent } from './vendor.js';

const SESSIONS = 500;
/** For each session: 10 000 in all. */
const WEBHOOKS = 20;
/** Requests on the way at once, to each server. */
const AT_ONCE = 24;
const SEED = 20_261_123;

/** Marsaglia's xorshift: the same numbers in every run. */
const randomness = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

const shuffle = <Item>(items: Item[], random: () => number): Item[] => {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
};

/** What Veriff says, and the word for it. */
const WORDS = [
  ['approved', 'approved'],
  ['declined', 'declined'],
  ['resubmission_requested', 'resubmission-requested'],
  ['review', 'review'],
  ['abandoned', 'abandoned'],
  ['something_new', 'unknown'],
] as const;

interface Expected {
  readonly person: string;
  readonly session: StartedSession;
  readonly providerId: string;
  /** What was decided last, by the time that stands in it. */
  readonly word: string;
  readonly at: number;
}

interface Sending extends Signed {
  readonly isGenuine: boolean;
}

/** All webhooks of one session; what must come of them is told by how they were made. */
const webhooksOf = (
  person: string,
  session: StartedSession,
  random: () => number,
): { readonly expected: Expected; readonly webhooks: readonly Signed[] } => {
  const providerId = veriffIdIn(session);
  const webhooks: Signed[] = [
    veriffEvent(providerId, 'started'),
    veriffEvent(providerId, 'submitted'),
  ];
  let at = Date.parse('2026-11-01T10:00:00Z');
  let word = '';
  while (webhooks.length < WEBHOOKS) {
    const [status, itsWord] = WORDS[Math.floor(random() * WORDS.length)]!;
    at += 1000 + Math.floor(random() * 1000);
    word = itsWord;
    webhooks.push(veriffDecision(providerId, status, new Date(at).toISOString()));
  }
  return { expected: { person, session, providerId, word, at }, webhooks };
};

/** A decision that nobody signed, later than all others: believed, it would be the last. */
const forged = (providerId: string, random: () => number): Sending => {
  const { headers, ...rest } = veriffDecision(providerId, 'approved', '2026-11-20T10:00:00Z');
  const signature = Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join(
    '',
  );
  return { ...rest, headers: { ...headers, 'X-HMAC-Signature': signature }, isGenuine: false };
};

/**
 * Each one to five times, in any order. Of the repetitions, which are two in three, as many are badly
 * signed as make one in twenty of all.
 */
const sendingsOf = (
  all: readonly { readonly expected: Expected; readonly webhooks: readonly Signed[] }[],
  random: () => number,
): Sending[] => {
  const repeat = (webhook: Signed, providerId: string): Sending =>
    random() < 0.075 ? forged(providerId, random) : { ...webhook, isGenuine: true };
  const sendings = all.flatMap(({ expected: { providerId }, webhooks }) =>
    webhooks.flatMap((webhook) => [
      { ...webhook, isGenuine: true },
      ...Array.from({ length: Math.floor(random() * 5) }, () => repeat(webhook, providerId)),
    ]),
  );
  return shuffle(sendings, random);
};

/** The status of the answer; `undefined` where there was none. */
const post = async (
  agent: Agent,
  origin: string,
  { path, body, headers }: Signed,
): Promise<number | undefined> =>
  new Promise((resolve) => {
    request(`${origin}/kyc${path}`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode));
      answer.once('error', () => resolve(undefined));
    })
      .once('error', () => resolve(undefined))
      .end(body);
  });

const start = async (origin: string, person: string): Promise<StartedSession> =>
  (await (
    await fetch(`${origin}/kyc/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...as(person) },
    })
  ).json()) as StartedSession;

/** Works on a list, so many at once. */
const together = async <Item>(
  items: Item[],
  count: number,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (let item = items.shift(); item !== undefined; item = items.shift()) await work(item);
    }),
  );
};

/** The last that the merchant was told of each session. */
const lastTold = (ledger: readonly Told[]): ReadonlyMap<string, Told> =>
  new Map(ledger.map((told) => [told.providerId, told]));

for (const kind of ['sqlite', 'redis'] as const) {
  describe(`10 000 webhooks, on ${kind}`, { skip: kind === 'redis' && withoutRedis }, () => {
    it('leave the right state whatever happens to them', { timeout: 120_000 }, async (t) => {
      const random = randomness(SEED);
      const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
      const vendor = await startVendor();
      const { place, remove } = await newPlace(kind);
      const folder = await mkdtemp(join(tmpdir(), 'kyc-chaos-'));
      const ledger = join(folder, 'ledger');
      t.after(async () => {
        killAll();
        agent.destroy();
        await vendor.close();
        await remove();
        await rm(folder, { recursive: true });
      });
      const begin = async (): Promise<MerchantProcess> =>
        startMerchantProcess(place, vendor.origin, ledger);
      const servers = await Promise.all([begin(), begin()]);

      const all: ReturnType<typeof webhooksOf>[] = [];
      await together(
        Array.from({ length: SESSIONS }, (_, i) => `person ${i}`),
        AT_ONCE,
        async (person) => {
          all.push(
            webhooksOf(person, await start(servers[all.length % 2]!.origin, person), random),
          );
        },
      );
      const sendings = sendingsOf(all, random);
      const total = sendings.length;
      const bad = sendings.filter(({ isGenuine }) => !isGenuine).length;
      ok(Math.abs(bad / total - 0.05) < 0.005, `${bad} of ${total}`);
      const answers = new Map<string, number>();
      const note = (answer: string): void =>
        void answers.set(answer, (answers.get(answer) ?? 0) + 1);

      let done = 0;
      let restarting: Promise<void> | undefined;
      const restart = async (): Promise<void> => {
        await killProcess(servers[0]);
        servers[0] = await begin();
      };
      const begun = Date.now();
      await together(sendings, 2 * AT_ONCE, async (sending) => {
        if (done >= total * 0.4) restarting ??= restart();
        const status = await post(agent, servers[Math.floor(random() * 2)]!.origin, sending);
        note(`${sending.isGenuine ? 'genuine' : 'forged'}: ${status ?? 'no answer'}`);
        if (status === 204 || status === 401) done += 1;
        // As the vendors do.
        else sendings.push(sending);
      });
      await restarting;
      const seconds = (Date.now() - begun) / 1000;

      equal(answers.get('forged: 401'), bad);
      equal(answers.get('forged: 204'), undefined);
      equal(answers.get('genuine: 401'), undefined);
      ok((answers.get('genuine: no answer') ?? 0) > 0, 'the kill was felt');

      const wrong: unknown[] = [];
      await together([...all], AT_ONCE, async ({ expected: { person, session, word } }) => {
        const { origin } = servers[0];
        const answer = await fetch(`${origin}/kyc/sessions/${session.id}`, { headers: as(person) });
        const { decision, stage } = (await answer.json()) as SessionStatus;
        if (decision !== word || stage !== 'submitted')
          wrong.push({ person, word, decision, stage });
      });
      deepEqual(wrong, []);

      const last = await until('all last decisions told', () => {
        const told = lastTold(readLedger(ledger));
        const isTold = ({ expected: { providerId, at } }: (typeof all)[number]): boolean =>
          told.get(providerId)?.at === at;
        return all.every(isTold) && told;
      });
      for (const { expected } of all) {
        const { id, person, word } = last.get(expected.providerId)!;
        deepEqual([id, person, word], [expected.session.id, expected.person, expected.word]);
      }
      // Nobody hears an older decision after a newer one.
      const newest = new Map<string, number>();
      for (const { providerId, at = 0 } of readLedger(ledger)) {
        ok(at >= (newest.get(providerId) ?? 0), providerId);
        newest.set(providerId, at);
      }

      t.diagnostic(
        `${total} requests (${bad} badly signed) in ${seconds.toFixed(1)} s: ` +
          `${Math.round(total / seconds)} a second; ${JSON.stringify(Object.fromEntries(answers))}`,
      );
    });
  });
}
