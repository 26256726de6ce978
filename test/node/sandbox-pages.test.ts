import assert from 'node:assert/strict';
import { get, type IncomingHttpHeaders } from 'node:http';
import { after, before, describe, it } from 'node:test';

import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';

let sandbox: Sandbox;

before(async () => {
  sandbox = await createSandbox();
});

after(() => sandbox.close());

const veriff = async (switches: object = {}, verification: object = {}): Promise<string> => {
  const body = JSON.stringify({ verification, sandbox: switches });
  const answer = await fetch(`${sandbox.origin}/v1/sessions`, { method: 'POST', body });
  return ((await answer.json()) as { verification: { url: string } }).verification.url;
};

const shufti = async (switches: object = {}): Promise<string> => {
  const answer = await fetch(sandbox.origin, {
    method: 'POST',
    body: JSON.stringify({ sandbox: switches }),
  });
  return ((await answer.json()) as { verification_url: string }).verification_url;
};

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Unlike `fetch`, this may set the headers that a browser sets for a frame. */
const load = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => {
        resolve({ status: answer.statusCode, headers: answer.headers, text });
      });
    }).on('error', reject);
  });

const configOf = ({ text }: Answer): Readonly<Record<string, unknown>> => {
  const [, json = ''] =
    /<script type="application\/json" id="config">(.*?)<\/script>/.exec(text) ?? [];
  return JSON.parse(json) as Readonly<Record<string, unknown>>;
};

const frame = { 'Sec-Fetch-Dest': 'iframe' };

describe('the hosted page', () => {
  it('is sent with a strict policy, unsniffed and unstored', async () => {
    for (const url of [await veriff(), await shufti()]) {
      const { status, headers } = await load(url);
      assert.equal(status, 200);
      const policy = headers['content-security-policy'];
      assert.match(String(policy), /^default-src 'none'; script-src 'self'; style-src 'self'/);
      assert.doesNotMatch(String(policy), /unsafe|frame-ancestors/);
      assert.equal(headers['cache-control'], 'no-store');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['x-frame-options'], undefined);
    }
  });

  it('holds its configuration as data that cannot end its element', async () => {
    const callback = 'https://a.test/?</script><script>alert(1)</script>&"\'';
    const answer = await load(await veriff({}, { callback }));
    assert.equal(answer.text.match(/<script/g)?.length, 2);
    assert.equal(configOf(answer)['callback'], new URL(callback).href);
  });

  it('loads a script and a style that are there, on both origins', async () => {
    for (const origin of [sandbox.origin, sandbox.hopOrigin]) {
      const script = await load(`${origin}/assets/page.js`);
      assert.match(String(script.headers['content-type']), /javascript/);
      assert.match(script.text, /VERIFF_HANDSHAKE/);
      const style = await load(`${origin}/assets/page.css`);
      assert.match(String(style.headers['content-type']), /css/);
    }
  });

  it('answers HEAD with the headers alone, and does not count it', async () => {
    const url = await veriff();
    const answer = await fetch(url, { method: 'HEAD' });
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), '');
    await load(url);
    const inspection = await load(
      `${sandbox.origin}/_sandbox/sessions/${url.split('/').at(-1) ?? ''}`,
    );
    assert.equal((JSON.parse(inspection.text) as { pageRequests: number }).pageRequests, 1);
  });
});

describe('the origin that the page speaks to', () => {
  it('is the one that framed it, and outlasts reloads within the frame and hops', async () => {
    const url = await veriff();
    const first = await load(url, { ...frame, Referer: 'https://shop.test/' });
    assert.equal(configOf(first)['embedder'], 'https://shop.test');
    const again = await load(url, { ...frame, Referer: url });
    assert.equal(configOf(again)['embedder'], 'https://shop.test');
    const hopped = await load(url.replace(sandbox.origin, sandbox.hopOrigin), frame);
    assert.equal(configOf(hopped)['embedder'], 'https://shop.test');
  });

  it('is taken over by another page that frames the session', async () => {
    const url = await veriff();
    await load(url, { ...frame, Referer: 'https://shop.test/' });
    const other = await load(url, { ...frame, Referer: 'http://localhost:5173/' });
    assert.equal(configOf(other)['embedder'], 'http://localhost:5173');
  });

  it('is unknown without a referrer, from a link, and from what is no page', async () => {
    const headers = [
      frame,
      { 'Sec-Fetch-Dest': 'document', Referer: 'https://shop.test/' },
      { ...frame, Referer: 'not a URL' },
      { ...frame, Referer: 'file:///home' },
    ];
    for (const each of headers)
      assert.equal(configOf(await load(await veriff(), each))['embedder'], null);
  });

  it('is read where the browser does not say that it is a frame', async () => {
    const answer = await load(await shufti(), { Referer: 'https://shop.test/' });
    assert.equal(configOf(answer)['embedder'], 'https://shop.test');
  });
});

describe('the faults that show in HTTP', () => {
  it('forbids the frame by X-Frame-Options', async () => {
    const { headers } = await load(await veriff({ fault: 'x-frame-options' }));
    assert.equal(headers['x-frame-options'], 'DENY');
  });

  it('forbids the frame by frame-ancestors', async () => {
    const { headers } = await load(await shufti({ fault: 'frame-ancestors' }));
    assert.match(String(headers['content-security-policy']), /; frame-ancestors 'none'$/);
  });

  it('answers with errors', async () => {
    assert.equal((await load(await veriff({ fault: 'http-404' }))).status, 404);
    assert.equal((await load(await veriff({ fault: 'http-500' }))).status, 500);
  });

  it('answers with no content, and with nothing that says there were any', async () => {
    for (const url of [await veriff({ fault: 'http-204' }), await shufti({ fault: 'http-204' })]) {
      const { status, headers, text } = await load(url);
      assert.deepEqual([status, headers['content-length'], text], [204, undefined, '']);
    }
  });

  it('answers with a file to save', async () => {
    for (const url of [await veriff({ fault: 'download' }), await shufti({ fault: 'download' })]) {
      const { status, headers, text } = await load(url);
      assert.equal(status, 200);
      assert.equal(headers['content-type'], 'application/octet-stream');
      assert.match(String(headers['content-disposition']), /^attachment; filename="/);
      assert.notEqual(text, '');
    }
  });

  it('cuts the connection, and serves on', async () => {
    for (const url of [await veriff({ fault: 'socket' }), await shufti({ fault: 'socket' })]) {
      await assert.rejects(load(url), { code: 'ECONNRESET' });
      assert.equal((await load(sandbox.origin)).status, 200);
    }
  });

  it('hops by a redirect to the second origin, and runs there', async () => {
    for (const url of [await veriff({ fault: 'hop-302' }), await shufti({ fault: 'hop-302' })]) {
      const { status, headers } = await load(url);
      assert.equal(status, 302);
      assert.equal(headers.location, url.replace(sandbox.origin, sandbox.hopOrigin));
      const there = await load(headers.location ?? '');
      assert.equal(there.status, 200);
      assert.equal(configOf(there)['hop'], null);
    }
  });

  it('hops by script to the second origin, and runs there', async () => {
    const url = await veriff({ fault: 'hop-script' });
    const there = url.replace(sandbox.origin, sandbox.hopOrigin);
    assert.equal(configOf(await load(url))['hop'], there);
    assert.equal(configOf(await load(there))['hop'], null);
  });

  it('leaves a request hanging, until the sandbox is closed', async () => {
    const own = await createSandbox();
    const body = JSON.stringify({ verification: {}, sandbox: { fault: 'hang' } });
    const answer = await fetch(`${own.origin}/v1/sessions`, { method: 'POST', body });
    const { verification } = (await answer.json()) as { verification: { id: string; url: string } };
    const hanging = load(verification.url).then(
      () => 'answered',
      () => 'cut',
    );
    const inspection = `${own.origin}/_sandbox/sessions/${verification.id}`;
    // Until the request has arrived there is nothing that hangs.
    for (let requests = 0; requests === 0;) {
      requests = (JSON.parse((await load(inspection)).text) as { pageRequests: number })
        .pageRequests;
    }
    await own.close();
    assert.equal(await hanging, 'cut');
  });
});

/** Where the vendors have their sessions. */
const PATHS = /^\/(v\/[\w-]{43}|verification\/process\/[\w-]{32})$/;

describe('the faults that show in the session URL', () => {
  it('names a port where nothing listens, the same for every session', async () => {
    const urls = [
      new URL(await veriff({ fault: 'refused' })),
      new URL(await shufti({ fault: 'refused' })),
    ];
    for (const { href, hostname, pathname } of urls) {
      assert.equal(hostname, '127.0.0.1');
      assert.match(pathname, PATHS);
      await assert.rejects(load(href), { code: 'ECONNREFUSED' });
    }
    const origins = new Set([
      ...urls.map(({ origin }) => origin),
      sandbox.origin,
      sandbox.hopOrigin,
    ]);
    assert.equal(origins.size, 3);
  });

  it('names a host that is never found', async () => {
    for (const text of [await veriff({ fault: 'dns' }), await shufti({ fault: 'dns' })]) {
      const { protocol, hostname, pathname } = new URL(text);
      assert.equal(protocol, 'https:');
      assert.match(hostname, /\.invalid$/);
      assert.match(pathname, PATHS);
    }
  });

  it('leaves the session itself where it is', async () => {
    for (const fault of ['refused', 'dns']) {
      const { pathname } = new URL(await shufti({ fault }));
      assert.equal((await load(sandbox.origin + pathname)).status, 200);
    }
  });
});

describe('the page of a session that is over', () => {
  const keyOf = (url: string): string => url.split('/').at(-1) ?? '';

  it('begins nothing once there is a decision, and begins anew after a resubmission', async () => {
    const url = await veriff({ decision: 'none' });
    assert.equal(configOf(await load(url))['submitted'], false);
    sandbox.decide(keyOf(url), 'expired');
    assert.equal(configOf(await load(url))['submitted'], true);
    sandbox.decide(keyOf(url), 'resubmission');
    assert.equal(configOf(await load(url))['submitted'], false);
  });

  it('tells that time ran out, where the vendor has a word for it', async () => {
    const url = await shufti({ decision: 'none' });
    assert.equal(configOf(await load(url))['fault'], null);
    sandbox.decide(keyOf(url), 'expired');
    assert.equal(configOf(await load(url))['fault'], 'request-timeout');
  });
});
