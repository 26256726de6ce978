import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Hono } from 'hono';

import {
  createKycHandler,
  type KycHandlerOptions,
  type KycProvider,
  memoryStore,
} from '../../src/server/index.js';
import { as, type Merchant, serve, startMerchant } from './merchant.js';
import { clientsOf, startVendor, type Vendor } from './vendor.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };

const codeIn = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { error: { code: string } }).error.code;

describe('what the handler lets in', () => {
  let vendor: Vendor;
  let merchant: Merchant;
  before(async () => {
    vendor = await startVendor();
    merchant = await startMerchant(vendor, { limits: { sessionsPerHour: 1000 } });
  });
  after(async () => {
    await merchant.close();
    await vendor.close();
  });

  const sites: readonly (readonly [string, Record<string, string>, boolean])[] = [
    ['a program without an origin', {}, true],
    ['its own page', { 'Sec-Fetch-Site': 'same-origin', Origin: 'OWN' }, true],
    ['its own page, of a browser that says only its origin', { Origin: 'OWN' }, true],
    [
      'its own page, behind a proxy that ends TLS',
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'TLS' },
      true,
    ],
    ['the same, of a browser that says only its origin', { Origin: 'TLS' }, true],
    ['a person who typed the address', { 'Sec-Fetch-Site': 'none' }, true],
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }, false],
    ['another site that hides its origin', { 'Sec-Fetch-Site': 'cross-site' }, false],
    ['another origin', { Origin: 'https://evil.example' }, false],
    ['an opaque origin', { Origin: 'null' }, false],
    ['an origin that begins like ours', { Origin: 'OWN.evil.example' }, false],
    ['a sister site', { 'Sec-Fetch-Site': 'same-site', Origin: 'https://blog.example' }, false],
    ['a sister site that hides its origin', { 'Sec-Fetch-Site': 'same-site' }, false],
  ];
  for (const [name, headers, isAllowed] of sites) {
    it(`${isAllowed ? 'serves' : 'refuses'} ${name}`, async () => {
      const { Origin = '', ...rest } = headers;
      const origin = Origin && {
        Origin: Origin.replace('OWN', merchant.origin).replace(
          'TLS',
          merchant.origin.replace('http:', 'https:'),
        ),
      };
      const before = vendor.made();
      const answer = await merchant.post(
        '/sessions',
        `visitor of ${name}`,
        {},
        { ...rest, ...origin },
      );
      equal(answer.status, isAllowed ? 201 : 403);
      if (!isAllowed) equal(await codeIn(answer), 'cross-site');
      equal(vendor.made() - before, isAllowed ? 1 : 0);
    });
  }

  it('serves the sister sites that it was told of, and no other', async () => {
    const told = await startMerchant(vendor, { origins: ['https://shop.example'] });
    const from = async (origin: string): Promise<number> =>
      (await told.post('/sessions', 'mia', {}, { Origin: origin, 'Sec-Fetch-Site': 'same-site' }))
        .status;
    deepEqual([await from('https://shop.example'), await from('https://blog.example')], [201, 403]);
    await told.close();
  });

  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ];
  for (const type of types) {
    it(`refuses what a form could send: ${type || 'no content type'}`, async () => {
      const { id } = await merchant.start('mia', { flow: 'capture' });
      for (const path of [
        '/sessions',
        `/sessions/${id}/submit`,
        `/sessions/${id}/media?context=face`,
      ]) {
        const answer = await merchant.ask(path, {
          method: 'POST',
          body: new Blob(['{}'], { type }),
          headers: { ...as('mia'), 'Idempotency-Key': 'a', ...(type && { 'Content-Type': type }) },
        });
        equal(answer.status, 415, path);
      }
    });
  }

  it('takes a content type with parameters, in any case', async () => {
    const headers = { 'Content-Type': 'Application/JSON; charset=utf-8' };
    ok((await merchant.post('/sessions', 'mia', {}, headers)).ok);
  });

  it('reads no JSON over 16 KiB', async () => {
    const answer = await merchant.post('/sessions', 'mia', { pad: 'x'.repeat(16 * 1024) });
    equal(answer.status, 413);
  });

  it('reads no body on and on that hides its length', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1024;
        controller.enqueue(new Uint8Array(1024).fill(32));
        if (sent > 64 * 1024 * 1024) controller.close();
      },
    });
    const answer = await merchant
      .ask('/sessions', {
        method: 'POST',
        body,
        duplex: 'half',
        headers: { ...JSON_TYPE, ...as('mia') },
      } as RequestInit)
      // The server may hang up while it is still being talked to.
      .catch(() => undefined);
    equal(answer?.status ?? 413, 413);
    ok(sent < 8 * 1024 * 1024, String(sent));
  });

  it('refuses broken JSON with 400, without quoting it', async () => {
    const answer = await merchant.ask('/sessions', {
      method: 'POST',
      body: '{"secret": oops',
      headers: { ...JSON_TYPE, ...as('mia') },
    });
    equal(answer.status, 400);
    ok(!(await answer.text()).includes('oops'));
  });

  it('serves nobody who is not signed in', async () => {
    const { id } = await merchant.start('mia');
    for (const [method, path] of [
      ['POST', '/sessions'],
      ['GET', `/sessions/${id}`],
      ['GET', `/sessions/${id}/events`],
      ['POST', `/sessions/${id}/submit`],
      ['POST', `/sessions/${id}/media?context=face`],
    ] as const) {
      const answer = await merchant.ask(path, { method, headers: JSON_TYPE });
      equal(answer.status, 401, path);
      equal(await codeIn(answer), 'unauthorised');
    }
  });

  it('tells another person and an unknown id the very same', async () => {
    const { id } = await merchant.start('mia', { flow: 'capture' });
    const unknown = `${id.slice(0, -4)}AAAA`;
    for (const [method, tail] of [
      ['GET', ''],
      ['GET', '/events'],
      ['POST', '/submit'],
      ['POST', '/media?context=face'],
    ] as const) {
      const answers = await Promise.all(
        [id, unknown].map(async (each) => {
          const answer = await merchant.ask(`/sessions/${each}${tail}`, {
            method,
            headers: { ...JSON_TYPE, ...as('noa') },
          });
          const headers = [...answer.headers].filter(([name]) => name !== 'date');
          return { status: answer.status, headers, body: await answer.text() };
        }),
      );
      equal(answers[0]?.status, 404);
      deepEqual(answers[0], answers[1]);
    }
  });

  const wrongMethods = [
    ['GET', '/sessions', 'POST'],
    ['DELETE', '/sessions/a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0', 'GET'],
    ['POST', '/sessions/a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0', 'GET'],
    ['POST', '/sessions/a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0/events', 'GET'],
    ['GET', '/sessions/a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0/submit', 'POST'],
    ['PUT', '/sessions/a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0/media', 'POST'],
    ['GET', '/webhooks/veriff', 'POST'],
  ] as const;
  for (const [method, path, allow] of wrongMethods) {
    it(`says what is allowed instead of ${method} ${path}`, async () => {
      const answer = await merchant.ask(path, { method, headers: as('mia') });
      equal(answer.status, 405);
      equal(answer.headers.get('allow'), allow);
    });
  }

  const nowhere = [
    '',
    '/',
    '/sessions/',
    '/sessions/short',
    '/sessions/a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0/secrets',
    '/webhooks',
    '/webhooks/nobody',
    '/sessions/..%2F..%2Fetc',
  ];
  for (const path of nowhere) {
    it(`answers ${path || 'its base'} with 404 in JSON`, async () => {
      const answer = await merchant.ask(path, { method: 'POST', headers: as('mia') });
      equal(answer.status, 404);
      equal(await codeIn(answer), 'not-found');
    });
  }

  it('has no answer stored, sniffed at or told on to other sites', async () => {
    const { id } = await merchant.start('mia');
    const answers = await Promise.all([
      merchant.post('/sessions', 'mia'),
      merchant.ask(`/sessions/${id}`, { headers: as('mia') }),
      merchant.ask(`/sessions/${id}`),
      merchant.ask('/nowhere'),
      merchant.ask('/webhooks/veriff', { method: 'POST' }),
    ]);
    for (const { headers } of answers) {
      deepEqual(
        [
          'cache-control',
          'x-content-type-options',
          'referrer-policy',
          'access-control-allow-origin',
        ].map((name) => headers.get(name)),
        ['no-store', 'nosniff', 'no-referrer', null],
      );
      ok(headers.get('vary')?.includes('cookie'));
    }
  });

  it('keeps to itself why identify failed', async () => {
    const failures: unknown[] = [];
    const broken = await startMerchant(vendor, {
      identify: () => {
        throw new Error('mia@example.com has no row');
      },
      onError: (error, task) => void failures.push([(error as Error).message, task]),
    });
    const answer = await broken.post('/sessions', 'mia');
    equal(answer.status, 500);
    deepEqual(await answer.json(), {
      error: { code: 'internal', message: 'The server failed.' },
    });
    deepEqual(failures, [['mia@example.com has no row', 'identify']]);
    await broken.close();
  });

  for (const person of ['', null, 7, {}, ['mia']]) {
    it(`serves nobody whom identify calls ${JSON.stringify(person)}`, async () => {
      const sloppy = await startMerchant(vendor, {
        identify: (() => person) as unknown as KycHandlerOptions['identify'],
      });
      const answer = await sloppy.post('/sessions', 'mia');
      ok(answer.status === 401 || answer.status === 500, String(answer.status));
      await sloppy.close();
    });
  }

  it('logs a code, and nothing else, where nobody listens', async (t) => {
    const log = t.mock.method(console, 'error', () => undefined);
    const { onError: _, ...options } = optionsOf(vendor);
    const handler = createKycHandler({
      ...options,
      identify: () => {
        throw new TypeError('mia@example.com');
      },
    });
    await handler(new Request('https://m.example/sessions', { method: 'POST' }));
    deepEqual(log.mock.calls[0]?.arguments, ['kyc-verify/server: identify: TypeError']);
    handler.close();
  });

  it('survives a listener that fails', async () => {
    const broken = await startMerchant(vendor, {
      identify: () => {
        throw new Error('one');
      },
      onError: () => {
        throw new Error('two');
      },
    });
    equal((await broken.post('/sessions', 'mia')).status, 500);
    await broken.close();
  });

  it('works under any path of another framework', async () => {
    const handler = createKycHandler(optionsOf(vendor));
    const app = new Hono();
    app.all('/deep/down/kyc/*', (context) => handler(context.req.raw));
    const { origin, close } = await serve(async (request) => app.fetch(request));
    const answer = await fetch(`${origin}/deep/down/kyc/sessions`, {
      method: 'POST',
      body: '{}',
      headers: { ...JSON_TYPE, ...as('mia') },
    });
    equal(answer.status, 201);
    const { id } = (await answer.json()) as { id: string };
    const status = await fetch(`${origin}/deep/down/kyc/sessions/${id}`, { headers: as('mia') });
    equal(status.status, 200);
    handler.close();
    await close();
  });
});

const optionsOf = (vendor: Vendor): KycHandlerOptions => ({
  provider: clientsOf(vendor.origin),
  store: memoryStore(),
  identify: (request) => request.headers.get('x-person') ?? undefined,
  callbackUrl: 'http://localhost:5173/back',
  webhookUrl: 'https://merchant.example/webhooks',
  onDecision: () => undefined,
  onError: () => undefined,
});

describe('createKycHandler', () => {
  const [veriff, shufti] = clientsOf('http://127.0.0.1:9');
  const good: KycHandlerOptions = {
    provider: veriff,
    store: memoryStore(),
    identify: () => 'mia',
    callbackUrl: 'https://merchant.example/back',
    onDecision: () => undefined,
  };
  const without = (name: keyof KycHandlerOptions): KycHandlerOptions => {
    const { [name]: _, ...rest } = good;
    return rest as KycHandlerOptions;
  };

  const bad: readonly (readonly [string, KycHandlerOptions])[] = [
    ['without identify', without('identify')],
    ['without onDecision', without('onDecision')],
    ['with no provider', { ...good, provider: [] }],
    ['with one provider twice', { ...good, provider: [veriff, veriff] as KycProvider[] }],
    ['with a relative callback URL', { ...good, callbackUrl: '/back' }],
    ['with an http callback URL', { ...good, callbackUrl: 'http://merchant.example/back' }],
    ['with a callback URL that is code', { ...good, callbackUrl: 'javascript:alert(1)' }],
    ['without the webhook URL that a provider needs', { ...good, provider: shufti }],
    ['with an http webhook URL', { ...good, webhookUrl: 'http://merchant.example/hooks' }],
  ];
  for (const [name, options] of bad) {
    it(`throws ${name}`, () => {
      throws(() => createKycHandler(options), TypeError);
    });
  }

  const wrong: readonly (readonly [string, number])[] = [
    ['sessionsPerHour', NaN],
    ['requestsPerMinute', 0],
    ['look', -1],
    ['streamLife', Infinity],
    ['decisionTimeout', 2 ** 31],
    ['retention', Infinity],
  ];
  for (const [name, value] of wrong) {
    it(`throws at ${value} for limits.${name}, which it names`, () => {
      throws(
        () => createKycHandler({ ...good, limits: { [name]: value } }),
        (error) => error instanceof TypeError && error.message.includes(`limits.${name} `),
      );
    });
  }

  it('takes a retention of a century, and a limit that is not said for its default', async () => {
    const limits = { retention: 100 * 365 * 86_400_000, sessionsPerHour: undefined };
    const handler = createKycHandler({ ...good, limits: limits as { retention: number } });
    const request = new Request('https://merchant.example/sessions', {
      method: 'POST',
      headers: { ...JSON_TYPE, ...as('mia') },
    });
    ok((await handler(request)).status !== 429);
    handler.close();
  });

  it('takes http on loopback', () => {
    createKycHandler({ ...good, callbackUrl: 'http://localhost:3000/back' }).close();
  });
});
