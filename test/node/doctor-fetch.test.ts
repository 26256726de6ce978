import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FetchFailure, type FailureCode } from '../../src/doctor/fetch-failure.js';
import { fetchPage, type FetchOptions } from '../../src/doctor/fetch-page.js';
import { PAGE, serve, type Site } from './doctor-site.js';

const SECRET = 'secret-token';
const HTML = { 'content-type': 'text/html; charset=utf-8' };

const sendPage = (response: ServerResponse): void => {
  response.writeHead(200, HTML).end(PAGE);
};

const served = async (
  t: TestContext,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Site> => {
  const site = await serve(listener);
  t.after(() => site.close());
  return site;
};

/** What fetching fails with. No message repeats what is behind the `?`. */
const failure = async (address: string, options?: FetchOptions): Promise<FetchFailure> => {
  const error: unknown = await fetchPage(new URL(address), options).then(
    () => assert.fail('There was a page.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof FetchFailure, String(error));
  assert.doesNotMatch(error.message, new RegExp(SECRET));
  return error;
};

const fails = async (
  address: string,
  code: FailureCode,
  message: RegExp,
  options?: FetchOptions,
): Promise<void> => {
  const error = await failure(address, options);
  assert.equal(error.code, code);
  assert.match(error.message, message);
};

describe('fetching a page', () => {
  it('reads the page and what was sent with it, several headers of a name included', async (t) => {
    const site = await served(t, (_, response) => {
      response.setHeader('permissions-policy', ['camera=()', 'microphone=()']);
      sendPage(response);
    });
    const page = await fetchPage(new URL(`${site.origin}/a?b#c`));
    assert.equal(page.html, PAGE);
    assert.equal(page.headers.get('permissions-policy'), 'camera=(), microphone=()');
    assert.deepEqual(page.hops, []);
    assert.equal(page.isTruncated, false);
  });

  it('reads the page in its own encoding', async (t) => {
    const site = await served(t, (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' });
      response.end(Buffer.from('<p>Prüfung</p>', 'latin1'));
    });
    assert.equal((await fetchPage(new URL(site.origin))).html, '<p>Prüfung</p>');
  });

  it('follows redirects and names their origins alone', async (t) => {
    const end = await served(t, (_, response) => {
      sendPage(response);
    });
    const start = await served(t, ({ url }, response) => {
      const location = url?.startsWith('/a') ? `/b?${SECRET}` : `${end.origin}/c?${SECRET}`;
      response.writeHead(302, { location }).end();
    });
    const page = await fetchPage(new URL(`${start.origin}/a?${SECRET}`));
    assert.deepEqual(page.hops, [start.origin, start.origin]);
    assert.equal(page.url.origin, end.origin);
  });

  it('sends credentials and headers to the first origin alone', async (t) => {
    const seen: (readonly (string | undefined)[])[] = [];
    const note = ({ headers }: IncomingMessage): void => {
      seen.push([headers.authorization, headers.cookie]);
    };
    const end = await served(t, (request, response) => {
      note(request);
      sendPage(response);
    });
    const start = await served(t, (request, response) => {
      note(request);
      response.writeHead(302, { location: request.url === '/' ? '/b' : end.origin }).end();
    });
    const address = start.origin.replace('//', '//me:p%40ss@');
    await fetchPage(new URL(address), { headers: { cookie: 'id=1' } });
    const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    assert.deepEqual(seen, [
      [basic, 'id=1'],
      [basic, 'id=1'],
      [undefined, undefined],
    ]);
  });

  it('reads a page without an end up to the limit, and lets go of it', async (t) => {
    let closed: Promise<unknown> | undefined;
    const site = await served(t, (request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', resolve));
      const chunk = Buffer.alloc(64 * 1024, '<p>more</p>');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.writeHead(200, HTML).on('drain', more);
      more();
    });
    const page = await fetchPage(new URL(site.origin));
    assert.equal(page.isTruncated, true);
    assert.equal(page.html.length, 5 * 1024 * 1024);
    await closed;
  });
});

describe('fetching, where there is no page,', () => {
  it('says that nothing listens', async (t) => {
    const site = await served(t, () => undefined);
    await site.close();
    await fails(`${site.origin}/?${SECRET}`, 'refused', /^Nothing listens at http:/);
  });

  it('says that there is no such host', async () => {
    await fails(`https://shop.invalid/?${SECRET}`, 'dns', /^There is no host shop\.invalid/);
  });

  it('says that a port is none for pages', async () => {
    await fails(`http://localhost:6000/?${SECRET}`, 'connection', /do not connect to the port/);
  });

  it('says that the connection was cut', async (t) => {
    const site = await served(t, (request) => request.socket.destroy());
    await fails(`${site.origin}/?${SECRET}`, 'connection', /ended the connection/);
  });

  it('waits for an answer only so long', async (t) => {
    const site = await served(t, () => undefined);
    await fails(`${site.origin}/?${SECRET}`, 'timeout', /did not answer in time/, { timeout: 300 });
  });

  it('waits for the rest of the page only so long', async (t) => {
    const site = await served(t, (_, response) => response.writeHead(200, HTML).write('<p>'));
    await fails(`${site.origin}/?${SECRET}`, 'timeout', /did not answer in time/, { timeout: 300 });
  });

  it('follows a loop only so far, and names the origins', async (t) => {
    let requests = 0;
    const site = await served(t, (_, response) => {
      requests += 1;
      response.writeHead(302, { location: `/?${SECRET}` }).end();
    });
    await fails(`${site.origin}/?${SECRET}`, 'redirects', /more than 10 times: http:\/\/127/);
    assert.equal(requests, 11);
  });

  for (const location of [undefined, `javascript:${SECRET}`, `http://[${SECRET}`]) {
    it(`follows no redirect to ${location ?? 'nothing'}`, async (t) => {
      const site = await served(t, (_, response) => {
        response.writeHead(302, location === undefined ? {} : { location }).end();
      });
      await fails(`${site.origin}/?${SECRET}`, 'redirects', /redirects to nowhere/);
    });
  }

  for (const [status, message] of [
    [404, /\/a answers with HTTP 404\.$/],
    [500, /HTTP 500/],
    [204, /HTTP 204/],
    [401, /HTTP 401\. Behind a login\? See --header/],
  ] as const) {
    it(`says that the answer is ${status}`, async (t) => {
      const site = await served(t, (_, response) => {
        response.writeHead(status, HTML).end(status === 204 ? undefined : PAGE);
      });
      await fails(`${site.origin}/a?${SECRET}`, 'status', message);
    });
  }

  it('says that it is no HTML', async (t) => {
    const site = await served(t, (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    await fails(`${site.origin}/?${SECRET}`, 'content-type', /is not HTML but application\/json/);
  });

  it('says that it is of no type', async (t) => {
    const site = await served(t, (_, response) => {
      response.writeHead(200).end('?');
    });
    await fails(`${site.origin}/?${SECRET}`, 'content-type', /is not HTML but of no type/);
  });

  it('says that there is no TLS', async (t) => {
    const site = await served(t, (_, response) => {
      sendPage(response);
    });
    await fails(
      `${site.origin.replace('http:', 'https:')}/?${SECRET}`,
      'tls',
      /no TLS on that port/,
    );
  });
});

const hasOpenSsl = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

describe('fetching over TLS', { skip: !hasOpenSsl && 'There is no openssl.' }, () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kyc-doctor-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** The files of a certificate that nobody else signed. */
  const makeCertificate = (): Readonly<Record<'key' | 'cert', string>> => {
    const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
    const command = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
    const subject = ['-subj', '/CN=shop', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const out = ['-keyout', files.key, '-out', files.cert];
    execFileSync('openssl', [...command.split(' '), ...subject, ...out], { stdio: 'ignore' });
    return files;
  };

  it('refuses a certificate that is self-signed, and takes one that is trusted', async (t) => {
    const files = makeCertificate();
    const certificate = {
      key: readFileSync(files.key, 'utf8'),
      cert: readFileSync(files.cert, 'utf8'),
    };
    const site = await serve((_, response) => {
      sendPage(response);
    }, certificate);
    t.after(() => site.close());
    await fails(`${site.origin}/?${SECRET}`, 'tls', /its certificate is self-signed/);

    const cli = fileURLToPath(new URL('../../src/doctor/cli.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import=tsx', cli, 'doctor', site.origin, '--provider', 'shufti-pro'],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: files.cert } },
    );
    assert.match(stdout, /ok +The page is a secure context/);
  });
});
