import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import type { SessionStatus, StartedSession } from '../../src/server/index.js';
import { as, veriffIdIn } from './merchant.js';
import {
  killAll,
  killProcess,
  type MerchantProcess,
  readLedger,
  startMerchantProcess,
} from './merchant-processes.js';
import { withoutRedis } from './redis-server.js';
import { newPlace, type Place } from './store-places.js';
import { until } from './until.js';
import { type Signed, startVendor, type Vendor, veriffDecision } from './vendor.js';

/** How many servers that are to die run at once. */
const AT_ONCE = 4;

const start = async (origin: string, person: string): Promise<StartedSession> => {
  const answer = await fetch(`${origin}/kyc/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...as(person) },
  });
  return (await answer.json()) as StartedSession;
};

const statusOf = async (origin: string, id: string, person: string): Promise<SessionStatus> =>
  (
    await fetch(`${origin}/kyc/sessions/${id}`, { headers: as(person) })
  ).json() as Promise<SessionStatus>;

/** Sends as the vendors do: whatever is not answered with 2xx is sent again. */
const hook = async (origin: string, { path, body, headers }: Signed): Promise<boolean> => {
  const answer = await fetch(`${origin}/kyc${path}`, { method: 'POST', body, headers }).catch(
    () => undefined,
  );
  return answer?.ok ?? false;
};

for (const kind of ['sqlite', 'redis'] as const) {
  describe(`two servers on one ${kind}`, { skip: kind === 'redis' && withoutRedis }, () => {
    let vendor: Vendor;
    let place: Place;
    let remove: () => Promise<void>;
    let folder: string;
    let ledger: string;
    let survivor: MerchantProcess;
    before(async () => {
      vendor = await startVendor();
      ({ place, remove } = await newPlace(kind));
      folder = await mkdtemp(join(tmpdir(), 'kyc-ledger-'));
      ledger = join(folder, 'ledger');
      survivor = await startMerchantProcess(place, vendor.origin, ledger);
    });
    after(async () => {
      killAll();
      await vendor.close();
      await remove();
      await rm(folder, { recursive: true });
    });

    it('shows at one what a webhook told the other', { timeout: 20_000 }, async () => {
      const other = await startMerchantProcess(place, vendor.origin, ledger);
      const session = await start(survivor.origin, 'waiting');
      const stream = await fetch(`${survivor.origin}/kyc/sessions/${session.id}/events`, {
        headers: as('waiting'),
      });
      let seen = '';
      const reading = stream
        .body!.pipeThrough(new TextDecoderStream())
        .pipeTo(new WritableStream<string>({ write: (chunk) => void (seen += chunk) }));
      await until('the first event', () => seen.includes('"pending"'));
      const decision = veriffDecision(veriffIdIn(session), 'approved', '2026-11-01T10:00:00Z');
      ok(await hook(other.origin, decision));
      const at = Date.now();
      await reading;
      ok(seen.includes('"approved"'), seen);
      ok(Date.now() - at < 2000, 'by the word of the store, not by the poll');
      await killProcess(other);
    });

    it(
      'loses no decision, wherever a webhook finds one of them dying',
      { timeout: 60_000 },
      async (t) => {
        const list = await startMerchantProcess(place, vendor.origin, ledger, 'list');
        const dry = await start(list.origin, 'dry');
        ok(
          await hook(
            list.origin,
            veriffDecision(veriffIdIn(dry), 'approved', '2026-11-01T10:00:00Z'),
          ),
        );
        const steps = JSON.parse((await list.lines.next()).value!) as string[];
        await killProcess(list);
        equal(steps.filter((step) => step === 'onDecision').length, 1);
        equal(steps.filter((step) => step.startsWith('commit')).length, 2);

        // Before each, and after what leaves a trace.
        const points = steps.flatMap((step, i) =>
          step.startsWith('get') ? [`${i + 1}`] : [`${i + 1}`, `${i + 1}+`],
        );
        const tried = new Map<string, string>();
        const tryPoint = async (point: string): Promise<void> => {
          const victim = await startMerchantProcess(place, vendor.origin, ledger, point);
          const person = `of ${point}`;
          const session = await start(victim.origin, person);
          const providerId = veriffIdIn(session);
          const decision = veriffDecision(providerId, 'approved', '2026-11-01T10:00:00Z');
          const isTaken = await hook(victim.origin, decision);
          await victim.ended;
          equal(victim.process.signalCode, 'SIGKILL');
          if (!isTaken) ok(await hook(survivor.origin, decision));
          const told = await until(`the decision, killed at ${point}`, () =>
            readLedger(ledger).find((line) => line.providerId === providerId),
          );
          deepEqual([told.id, told.person, told.word], [session.id, person, 'approved']);
          equal((await statusOf(survivor.origin, session.id, person)).decision, 'approved');
          tried.set(providerId, `killed at ${point} (${steps[parseInt(point, 10) - 1]})`);
        };
        const left = [...points];
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () => {
            for (let point = left.shift(); point !== undefined; point = left.shift())
              await tryPoint(point);
          }),
        );
        // A server that was killed after it told, and before it wrote so down, has it told again.
        const again = [...tried].filter(([, name]) => /7\+|[89] /.test(name));
        const timesOf = (providerId: string): number =>
          readLedger(ledger).filter((line) => line.providerId === providerId).length;
        await until('the repetitions', () => again.every(([id]) => timesOf(id) === 2));
        for (const [id, name] of tried) t.diagnostic(`${name}: told ${timesOf(id)} times`);
        equal(tried.size, points.length);
      },
    );
  });
}
