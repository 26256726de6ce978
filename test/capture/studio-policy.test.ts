import { expect } from '@open-wc/testing';
import { passedWorker } from '../../src/capture/studio-passed.js';
import { nextMessage } from '../support/puppet.js';

interface Report {
  readonly type?: string;
  readonly trouble?: string;
  readonly opened: number;
  /** Workers that could begin. */
  readonly ready: number;
}

/** What becomes of a picture in a page with this Content-Security-Policy. */
const under = async (policy: string): Promise<Report> => {
  const host = document.createElement('iframe');
  host.src = `/test/support/pages/studio-host.html?${new URLSearchParams({ policy }).toString()}`;
  const report = nextMessage(({ source }) => source === host.contentWindow);
  document.body.append(host);
  const { data } = await report;
  host.remove();
  return data as Report;
};

const hasTrustedTypes = 'trustedTypes' in globalThis;

describe('Studio under a policy', () => {
  it('works in its worker where the policy has nothing against it', async () => {
    expect(await under("worker-src 'self'")).to.include({ type: 'image/jpeg', ready: 1 });
  });

  it('works in the page where no worker may be', async () => {
    expect(await under("worker-src 'none'")).to.include({ type: 'image/jpeg', ready: 0 });
  });

  it('opens its worker by a policy of its own where the page wants Trusted Types', async function () {
    if (!hasTrustedTypes) this.skip();
    const policy = "require-trusted-types-for 'script'; trusted-types kyc-capture";
    expect(await under(policy)).to.include({ type: 'image/jpeg', ready: 1 });
  });

  it('works in the page where Trusted Types leave it no policy', async function () {
    if (!hasTrustedTypes) this.skip();
    const policy = "require-trusted-types-for 'script'; trusted-types lit-html";
    expect(await under(policy)).to.include({ type: 'image/jpeg', opened: 0 });
  });

  it('opens a worker with a script from another origin', async () => {
    // As from a CDN: the test server lets all origins read what it compiles.
    const elsewhere = `http://127.0.0.1:${location.port}`;
    expect(elsewhere).not.to.equal(location.origin);
    const worker = passedWorker(new URL('/src/capture/studio-worker.js', elsewhere));
    const { data } = await new Promise<MessageEvent<unknown>>((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = () => {
        reject(new Error('It did not begin'));
      };
    });
    worker.terminate();
    expect(data).to.equal(true);
  });
});
