import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import type { KycHandlerOptions, SessionStatus, StartedSession } from '../../src/server/index.js';
import { as, type Merchant, startMerchant, veriffIdIn } from './merchant.js';
import { until } from './until.js';
import { startVendor, type Vendor, veriffDecision, veriffEvent } from './vendor.js';

const DAY = '2026-11-01T10:00:00Z';

/** An event stream as it comes in. */
const follow = async (
  merchant: Merchant,
  id: string,
  headers: Readonly<Record<string, string>> = {},
) => {
  const controller = new AbortController();
  const answer = await merchant.ask(`/sessions/${id}/events`, {
    headers: { ...as('mia'), ...headers },
    signal: controller.signal,
  });
  const state = { text: '' };
  const ended = answer.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeTo(new WritableStream<string>({ write: (chunk) => void (state.text += chunk) }))
    .then(
      () => 'closed' as const,
      () => 'broken' as const,
    );
  return {
    answer,
    state,
    ended,
    leave: () => controller.abort(),
    events: (): readonly SessionStatus[] =>
      [...state.text.matchAll(/^id: (\d+)\nevent: status\ndata: (.*)\n\n/gm)].map(
        ([, version, data]) => {
          const status = JSON.parse(data!) as SessionStatus;
          equal(String(status.version), version);
          return status;
        },
      ),
  };
};

describe('the status of a session', () => {
  let vendor: Vendor;
  let merchant: Merchant;
  let session: StartedSession;
  let providerId: string;
  const begin = async (options: Partial<KycHandlerOptions> = {}): Promise<void> => {
    merchant = await startMerchant(vendor, options);
    session = await merchant.start('mia');
    providerId = veriffIdIn(session);
  };
  before(async () => {
    vendor = await startVendor();
  });
  after(async () => vendor.close());
  beforeEach(() => {
    vendor.asked.length = 0;
    vendor.trouble = () => undefined;
  });
  afterEach(async () => merchant.close());
  const looks = (): number => vendor.asked.filter(({ path }) => path.endsWith('/decision')).length;

  describe('GET /sessions/:id', () => {
    it('holds nothing of the person, no reason, no URL and no id of the provider', async () => {
      await begin();
      await merchant.hook(veriffDecision(providerId, 'declined', DAY, { reason: 'Too blurred' }));
      const status = await merchant.status(session.id, 'mia');
      deepEqual(Object.keys(status).sort(), ['decision', 'id', 'provider', 'stage', 'version']);
    });

    it('learns from the provider what no webhook could tell', async () => {
      await begin({ limits: { look: 1 } });
      vendor.decisions.set(providerId, {
        id: providerId,
        status: 'approved',
        code: 9001,
        decisionTime: DAY,
      });
      const status = await until('the decision', async () => {
        const now = await merchant.status(session.id, 'mia');
        return now.decision === 'approved' && now;
      });
      equal(status.stage, 'submitted');
      await until('the merchant', () => merchant.told.length === 1);
      // The webhook that comes through after all says nothing new.
      await merchant.hook(veriffDecision(providerId, 'approved', DAY));
      equal(merchant.told.length, 1);
    });

    it('asks the provider no more often than it may, and no more once it is over', async () => {
      await begin({ limits: { look: 3_600_000 } });
      for (let i = 0; i < 5; i += 1) await merchant.status(session.id, 'mia');
      equal(looks(), 0);
      await merchant.close();
      await begin({ limits: { look: 1 } });
      await merchant.hook(veriffDecision(providerId, 'approved', DAY));
      for (let i = 0; i < 5; i += 1) await merchant.status(session.id, 'mia');
      equal(looks(), 0);
    });

    it('answers what it knows where the provider cannot be asked', async () => {
      await begin({ limits: { look: 1 } });
      vendor.trouble = () => 500;
      await until('a look', async () => {
        equal((await merchant.status(session.id, 'mia')).decision, 'pending');
        return looks() > 0;
      });
      ok(merchant.failures.length > 0);
    });

    it('does not make the page wait for a provider that hangs', async () => {
      await begin({ limits: { look: 1 } });
      let release = (): void => undefined;
      const hold = new Promise<undefined>((resolve) => (release = () => resolve(undefined)));
      vendor.trouble = async () => hold;
      const begun = Date.now();
      await until('a look', async () => {
        equal((await merchant.status(session.id, 'mia')).decision, 'pending');
        return looks() > 0;
      });
      ok(Date.now() - begun < 4000);
      release();
    });
  });

  describe('GET /sessions/:id/events', () => {
    it('tells each change as it comes, and ends with the last decision', async () => {
      await begin();
      const stream = await follow(merchant, session.id);
      equal(stream.answer.headers.get('content-type'), 'text/event-stream');
      equal(stream.answer.headers.get('cache-control'), 'no-store, no-transform');
      await until('the first', () => stream.events().length === 1);
      ok(stream.state.text.startsWith('retry: 3000\n\n'));
      await merchant.hook(veriffEvent(providerId, 'started'));
      await until('the second', () => stream.events().length === 2);
      await merchant.hook(veriffDecision(providerId, 'approved', DAY));
      equal(await stream.ended, 'closed');
      deepEqual(
        stream.events().map(({ stage, decision, version }) => [stage, decision, version]),
        [
          ['created', 'pending', 1],
          ['started', 'pending', 2],
          ['submitted', 'approved', 3],
        ],
      );
    });

    it('goes on after a request for better pictures', async () => {
      await begin();
      const stream = await follow(merchant, session.id);
      await merchant.hook(veriffDecision(providerId, 'resubmission_requested', DAY));
      await until(
        'the request',
        () => stream.events().at(-1)?.decision === 'resubmission-requested',
      );
      await merchant.hook(veriffDecision(providerId, 'declined', '2026-11-02T10:00:00Z'));
      equal(await stream.ended, 'closed');
      equal(stream.events().at(-1)?.decision, 'declined');
    });

    it('does not repeat what the page has seen', async () => {
      await begin();
      await merchant.hook(veriffEvent(providerId, 'started'));
      const stream = await follow(merchant, session.id, { 'Last-Event-ID': '2' });
      await merchant.hook(veriffEvent(providerId, 'submitted'));
      await until('the next', () => stream.events().length > 0);
      deepEqual(
        stream.events().map(({ version }) => version),
        [3],
      );
      stream.leave();
    });

    it('catches up a page that was away', async () => {
      await begin();
      await merchant.hook(veriffEvent(providerId, 'started'));
      await merchant.hook(veriffEvent(providerId, 'submitted'));
      const stream = await follow(merchant, session.id, { 'Last-Event-ID': '1' });
      await until('the newest', () => stream.events().length > 0);
      deepEqual(
        stream.events().map(({ version }) => version),
        [3],
      );
      stream.leave();
    });

    it('tells a page that has seen the end not to come back', async () => {
      await begin();
      await merchant.hook(veriffDecision(providerId, 'approved', DAY));
      const late = await follow(merchant, session.id);
      equal(await late.ended, 'closed');
      const [{ version }] = late.events() as [SessionStatus];
      const again = await follow(merchant, session.id, { 'Last-Event-ID': String(version) });
      equal(again.answer.status, 204);
    });

    it('beats while nothing happens, and ends when it has lived long enough', async () => {
      await begin({ limits: { heartbeat: 10, streamLife: 200 } });
      const stream = await follow(merchant, session.id);
      await until('some beats', () => stream.state.text.split(':\n\n').length > 3);
      equal(await stream.ended, 'closed');
      equal(stream.events().length, 1);
    });

    it('learns from the provider what no webhook could tell', async () => {
      await begin({ limits: { look: 1, poll: 20 } });
      const stream = await follow(merchant, session.id);
      vendor.decisions.set(providerId, {
        id: providerId,
        status: 'declined',
        code: 9102,
        decisionTime: DAY,
      });
      equal(await stream.ended, 'closed');
      equal(stream.events().at(-1)?.decision, 'declined');
    });

    it('ends with the handler', { timeout: 10_000 }, async () => {
      await begin();
      const stream = await follow(merchant, session.id);
      await until('the first', () => stream.events().length === 1);
      merchant.handler.close();
      equal(await stream.ended, 'closed');
    });

    it('gives one person so many streams and no more, and a place back when one is left', async () => {
      await begin({ limits: { streams: 2 } });
      const first = await follow(merchant, session.id);
      await follow(merchant, session.id);
      equal((await follow(merchant, session.id)).answer.status, 429);
      const others = await merchant.post('/sessions', 'noa');
      const { id } = (await others.json()) as StartedSession;
      const noa = await merchant.ask(`/sessions/${id}/events`, { headers: as('noa') });
      equal(noa.status, 200);
      await noa.body?.cancel();
      first.leave();
      await until('the place', async () => {
        const next = await follow(merchant, session.id);
        return next.answer.status === 200;
      });
    });
  });
});
