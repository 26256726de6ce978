import { expect, fixture, html } from '@open-wc/testing';

import { sandboxOrigins } from '../support/sandbox.js';

interface Session {
  readonly status: string;
  readonly verification: {
    readonly id: string;
    readonly url: string;
    readonly vendorData: string | null;
    readonly sessionToken: string;
  };
}

interface Failure {
  readonly status: number;
}

interface Sdk {
  readonly setParams: (params: object) => void;
  readonly mount: (options?: object) => void;
}

type Create = (options: {
  readonly host: string;
  readonly apiKey: string;
  readonly parentId: string;
  readonly headers?: object;
  readonly onSession: (failure: Failure | null, session: Session | null) => void;
}) => Sdk;

/** The published file is CommonJS, which no browser has: it gets the one variable that it wants. */
const loadSdk = async (): Promise<Create> => {
  const commonJs: { exports: { Veriff?: Create } } = { exports: {} };
  Object.assign(globalThis, { module: commonJs });
  await import('@veriff/js-sdk');
  Reflect.deleteProperty(globalThis, 'module');
  return commonJs.exports.Veriff ?? expect.fail('the SDK exports no Veriff');
};

/** Fills in the SDK's own form, sends it off, and tells what the SDK got. */
const submit = async (
  host: string,
  apiKey: string,
): Promise<readonly [Failure | null, Session | null]> => {
  const create = await loaded;
  await fixture(html`<div id="veriff-root"></div>`);
  return new Promise((resolve) => {
    create({
      host,
      apiKey,
      parentId: 'veriff-root',
      // Each is a header that the browser asks the sandbox about beforehand.
      headers: { 'vrf-integration-id': 'test' },
      onSession: (failure, session) => resolve([failure, session]),
    }).mount();
    const form = document.querySelector<HTMLFormElement>('#veriff-root form')!;
    for (const [name, value] of Object.entries({
      givenName: 'Ada',
      lastName: 'Lovelace',
      vendorData: 'user-1',
    }))
      form.querySelector<HTMLInputElement>(`[name="${name}"]`)!.value = value;
    form.querySelector<HTMLInputElement>('[type="submit"]')!.click();
  });
};

const loaded = loadSdk();

describe("the sandbox's Veriff API and the vendor's own js-sdk", () => {
  const KEY = '5a4db0c5-0000-4000-8000-76657269ff00';

  it('creates a session from its form, in a page of another origin', async () => {
    const { origin } = await sandboxOrigins();
    const [failure, session] = await submit(origin, KEY);
    expect(failure).to.equal(null);
    expect(session?.status).to.equal('success');
    const { id, url, vendorData, sessionToken } = session!.verification;
    expect(id).to.match(/^[\da-f-]{36}$/);
    expect(url).to.equal(`${origin}/v/${sessionToken}`);
    expect(vendorData).to.equal('user-1');
    const told = await fetch(`${origin}/_sandbox/sessions/${id}`);
    expect(((await told.json()) as { reference: string }).reference).to.equal('user-1');
  });

  it('is told that a key is not known', async () => {
    const { origin } = await sandboxOrigins();
    const [failure, session] = await submit(origin, '00000000-0000-4000-8000-000000000000');
    expect(failure?.status).to.equal(401);
    expect(session).to.equal(null);
  });
});
