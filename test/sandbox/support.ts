import { expect, fixture, html, waitUntil } from '@open-wc/testing';

import type { PageConfig } from '../../src/sandbox/pages/config.js';
import { runPage, type Page, type PageOptions } from '../../src/sandbox/pages/run.js';
import type { Switches, Vendor } from '../../src/sandbox/switches.js';

/** What the sandbox tells of a session. */
export interface Inspection {
  readonly status: string;
  readonly reports: readonly string[];
  readonly media: readonly {
    readonly context: string;
    readonly type: string;
    readonly bytes: number;
  }[];
}

/** A session on the sandbox that the test runner started. */
export interface Created {
  readonly id: string;
  readonly url: string;
  readonly origin: string;
  readonly inspect: () => Promise<Inspection>;
}

const postJson = async (url: string, body: object): Promise<Readonly<Record<string, unknown>>> =>
  (await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()) as Readonly<
    Record<string, unknown>
  >;

export const create = async (
  vendor: Vendor,
  sandbox: Switches = {},
  callback?: string,
): Promise<Created> => {
  const { origin } = (await (await fetch('/__sandbox__.json')).json()) as { origin: string };
  const isVeriff = vendor === 'veriff';
  const path = isVeriff ? '/v1/sessions' : '/';
  const own = isVeriff ? { verification: { callback } } : { redirect_url: callback };
  const answer = await postJson(origin + path, { ...own, sandbox });
  const verification = answer['verification'] as { id: string; url: string } | undefined;
  const url = verification?.url ?? String(answer['verification_url']);
  const id = verification?.id ?? url.split('/').at(-1) ?? '';
  const inspect = async (): Promise<Inspection> =>
    (await (await fetch(`${origin}/_sandbox/sessions/${id}`)).json()) as Inspection;
  return { id, url, origin, inspect };
};

/** A window of another realm and this origin, in the place of the page that frames the hosted one. */
export interface Host {
  readonly window: Window;
  readonly messages: readonly unknown[];
  /** Posts to the test's document, so that the sender is the host. */
  readonly say: (message: unknown) => void;
}

export const createHost = async (): Promise<Host> => {
  const frame = await fixture<HTMLIFrameElement>(html`<iframe title="Host"></iframe>`);
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true });
  });
  frame.srcdoc =
    '<script>function say(message) { parent.postMessage(message, parent.origin); }</script>';
  await loaded;
  await waitUntil(() => frame.contentWindow !== null && 'say' in frame.contentWindow);
  const host = frame.contentWindow as Window & { say: (message: unknown) => void };
  const messages: unknown[] = [];
  host.addEventListener('message', ({ data }) => messages.push(data));
  return {
    window: host,
    messages,
    say: (message) => {
      host.say(message);
    },
  };
};

/** Veriff's client's answer to the handshake. */
export const RENDER = {
  name: 'VERIFF_RENDER',
  payload: {
    version: '2.5.0',
    isReloadHandled: true,
    isVeriffIframeMobile: false,
    embeddedConfigured: true,
    embedded: true,
  },
} as const;

export const configFor = (
  { id, origin }: Created,
  config: Partial<PageConfig> = {},
): PageConfig => ({
  vendor: 'veriff',
  requestId: id,
  api: `${origin}/api/sessions/${id}`,
  embedder: location.origin,
  submitted: false,
  fault: null,
  pilot: false,
  verdict: 'request.received',
  callback: null,
  hop: null,
  ...config,
});

/** A page that runs in the test's own document. */
export interface Mounted {
  readonly root: HTMLElement;
  readonly page: Page;
  /** Where the page went, in order. */
  readonly left: readonly string[];
  readonly heading: () => string;
  /** Resolves with the control of that name, once it is there and enabled. */
  readonly control: (name: string) => Promise<HTMLButtonElement>;
  readonly click: (...names: readonly string[]) => Promise<void>;
}

const open: Page[] = [];

/** Turns every camera off that a test left on. */
export const closeAll = (): void => {
  for (const page of open.splice(0)) page.close();
};

export const mount = async (
  config: PageConfig,
  options: Partial<PageOptions> = {},
): Promise<Mounted> => {
  const root = await fixture<HTMLElement>(html`<div></div>`);
  const left: string[] = [];
  const leave = (url: string): void => void left.push(url);
  const page = runPage({ root, config, host: null, leave, ...options });
  open.push(page);
  const control = async (name: string): Promise<HTMLButtonElement> => {
    const find = (): HTMLButtonElement | null => root.querySelector(`[name="${name}"]:enabled`);
    await waitUntil(() => find() !== null, `no ${name}`, { timeout: 10_000 });
    return find() ?? expect.fail(`no ${name}`);
  };
  const click = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) (await control(name)).click();
  };
  const heading = (): string => root.querySelector('h1')?.textContent ?? '';
  return { root, page, left, heading, control, click };
};

export const until = (condition: () => unknown, what: string): Promise<void> =>
  waitUntil(() => Boolean(condition()), what, { timeout: 10_000 });

/** Waits until the sandbox knows it, and gives all it knows: no step of the page waits for a report. */
export const reported = async (session: Created, report: string): Promise<readonly string[]> => {
  let reports: readonly string[] = [];
  const isKnown = async (): Promise<boolean> => {
    ({ reports } = await session.inspect());
    return reports.includes(report);
  };
  await waitUntil(isKnown, `the report ${report}`, { timeout: 10_000 });
  return reports;
};
