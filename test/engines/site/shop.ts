import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { renderFrame } from '../../../src/frame.js';
import { callbackUrl } from '../../../src/redirect/callback-url.js';
import {
  createSandbox,
  type Sandbox,
  type Switches,
  type Vendor,
} from '../../../src/sandbox/index.js';
import { until, type Tab } from '../driver/tab.js';
import type { Note, Noting } from '../pages/notes.js';
import { createSession, inspect, type Inspection } from './provider.js';
import { buildScripts } from './scripts.js';

/** How a shop does one verification. Every member has a default. */
export interface RunOptions {
  readonly provider?: Vendor;
  readonly switches?: Switches;
  /** Of `<kyc-verify>`, besides what every run needs. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Of `<kyc-return>` on the callback page. */
  readonly returnAttributes?: Readonly<Record<string, string>>;
  /** Of the shop's answers: its page, the callback page, and the session. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Every load of the page makes a session of its own. */
  readonly isForgetful?: boolean;
  /** The page's HTML has the frame already, and its script waits until the test lets it go. */
  readonly isRendered?: boolean;
  /** The provider's page ends where it is, and leads nobody back. */
  readonly isOneWay?: boolean;
  /** Of the page's address. Default: `#verify`. */
  readonly fragment?: string;
}

interface Session {
  readonly sessionUrl: string;
  readonly sessionState: string;
  readonly sessionReference: string;
}

const TYPES = { html: 'text/html', js: 'text/javascript', json: 'application/json' } as const;

/** The notes first, so that nothing happens unnoticed. */
const scripts = (shop: string): string =>
  `<script type="module" src="/notes.js"></script><script type="module" ${shop}></script>`;

const attributesOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

const readText = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

/** A shop on `localhost` with the sandbox as its provider on `127.0.0.1`. */
export class Shop {
  readonly origin: string;
  readonly sandbox: Sandbox;
  readonly #server: Server;
  readonly #scripts: ReadonlyMap<string, string>;
  readonly #runs = new Map<string, Run>();
  #troubleMayCome = Promise.resolve();

  constructor(server: Server, sandbox: Sandbox, scripts: ReadonlyMap<string, string>) {
    this.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    this.sandbox = sandbox;
    this.#server = server;
    this.#scripts = scripts;
    server.on('request', (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  static async open(): Promise<Shop> {
    const scripts = await buildScripts();
    const sandbox = await createSandbox();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Shop(server, sandbox, scripts);
  }

  /** Readies a page with a session of its own. */
  async run(options: RunOptions = {}): Promise<Run> {
    const run = new Run(this, options);
    this.#runs.set(run.id, run);
    await run.makeSession();
    return run;
  }

  /** What pages only load in trouble waits until what this gives is called. */
  holdTrouble(): () => void {
    let letCome!: () => void;
    this.#troubleMayCome = new Promise((resolve) => {
      letCome = resolve;
    });
    return letCome;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await this.sandbox.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.origin);
    const send = (
      type: keyof typeof TYPES,
      body: string,
      headers: Readonly<Record<string, string>> = {},
    ): void => {
      response.writeHead(200, { 'content-type': `${TYPES[type]}; charset=utf-8`, ...headers });
      response.end(body);
    };
    const script = this.#scripts.get(pathname);
    if (script !== undefined) {
      await this.#runs.get(searchParams.get('run') ?? '')?.scriptsMayCome;
      if (pathname.startsWith('/trouble')) await this.#troubleMayCome;
      send('js', script);
      return;
    }
    if (pathname === '/notes') {
      const note = JSON.parse(await readText(request)) as Note;
      this.#runs.get(note.path.split(/[/?#]/)[2] ?? '')?.take(note);
      send('json', '{}');
      return;
    }
    const [, place, id = ''] = pathname.split('/');
    const run = this.#runs.get(id);
    if (!run) send('html', '<!doctype html><title>Nothing</title>');
    else if (place === 'shop') send('html', run.page(), run.options.headers);
    else if (place === 'callback') send('html', run.callbackPage(), run.options.headers);
    else send('json', JSON.stringify(await run.session()), run.options.headers);
  }
}

/** One verification at the shop. */
export class Run {
  readonly id = randomBytes(6).toString('hex');
  readonly options: RunOptions;
  readonly #shop: Shop;
  readonly #sessions: Session[] = [];
  readonly #notes: Note[] = [];
  #loads = 0;
  readonly scriptsMayCome: Promise<void>;
  letScriptsCome!: () => void;

  constructor(shop: Shop, options: RunOptions) {
    this.#shop = shop;
    this.options = options;
    this.scriptsMayCome = new Promise((resolve) => {
      this.letScriptsCome = resolve;
    });
  }

  /** The page with `<kyc-verify>`. Its query and fragment are to survive. */
  get url(): string {
    return `${this.#shop.origin}${this.path}`;
  }

  get path(): string {
    return `/shop/${this.id}?step=3${this.options.fragment ?? '#verify'}`;
  }

  get callbackPath(): string {
    return `/callback/${this.id}`;
  }

  /** Where the provider sends the person; for a forgery, with another state or none. */
  callback(state: string | undefined = this.state): string {
    return callbackUrl(this.#shop.origin + this.callbackPath, state);
  }

  get sessionUrl(): string {
    return this.#current.sessionUrl;
  }

  get state(): string {
    return this.#current.sessionState;
  }

  get reference(): string {
    return this.#current.sessionReference;
  }

  get #current(): Session {
    const session = this.#sessions.at(-1);
    assert.ok(session);
    return session;
  }

  async makeSession(): Promise<void> {
    const { provider = 'veriff', switches = { pilot: true }, isOneWay } = this.options;
    const sessionState = randomBytes(24).toString('base64url');
    const sessionUrl = await createSession(
      this.#shop.sandbox,
      provider,
      switches,
      isOneWay ? undefined : callbackUrl(this.#shop.origin + this.callbackPath, sessionState),
    );
    this.#sessions.push({ sessionUrl, sessionState, sessionReference: `order-${this.id}` });
  }

  /** For a page that has just loaded. */
  async session(): Promise<Partial<Session>> {
    this.#loads += 1;
    // The frame has the URL.
    if (this.options.isRendered) return {};
    if (this.options.isForgetful && this.#loads > 1) await this.makeSession();
    return this.#current;
  }

  page(): string {
    const { origin, hopOrigin } = this.#shop.sandbox;
    const { isRendered, provider = 'veriff' } = this.options;
    const { sessionUrl } = this;
    const trustedOrigins = `${origin} ${hopOrigin} ${new URL(sessionUrl).origin}`;
    const attributes = attributesOf({
      provider,
      'trusted-origins': trustedOrigins,
      ...this.options.attributes,
    });
    const children = isRendered ? renderFrame({ sessionUrl, provider, trustedOrigins }) : '';
    return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Shop</title>${scripts(isRendered ? `async src="/shop.js?run=${this.id}"` : 'src="/shop.js"')}</head>
  <body data-session="/session/${this.id}">
    <button id="start">Start</button>
    <kyc-verify${attributes}>${children}</kyc-verify>
  </body>
</html>`;
  }

  callbackPage(): string {
    return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Back</title>${scripts('src="/shop.js"')}</head>
  <body><kyc-return${attributesOf(this.options.returnAttributes ?? {})}>You are back.</kyc-return></body>
</html>`;
  }

  take(note: Note): void {
    this.#notes.push(note);
    this.#notes.sort((one, other) => one.at - other.at || one.index - other.index);
  }

  /** What has happened on the run's pages so far, in order; of one kind if so asked. */
  notes(what?: string): readonly Note[] {
    return this.#notes.filter((note) => what === undefined || note.what === what);
  }

  /** From here on only what comes is of interest. */
  forgetNotes(): void {
    this.#notes.length = 0;
  }

  /** `from>to` of each phase change of `<kyc-verify>`. */
  get phases(): readonly string[] {
    return this.notes('kyc-verify kyc-phase-change').map(({ detail }) => {
      const { from, to } = detail as { from: string; to: string };
      return `${from}>${to}`;
    });
  }

  /** Names of the events, phase changes aside, with their elements. */
  get events(): readonly string[] {
    return this.notes()
      .map(({ what }) => what)
      .filter((what) => what.includes(' kyc-') && !what.endsWith('phase-change'));
  }

  /** The detail of the only event of that kind. */
  detail(what: string): unknown {
    const notes = this.notes(what);
    assert.equal(notes.length, 1, `${what}, among ${this.#list()}`);
    return notes[0]?.detail;
  }

  /** Waits for one, or for the given number. */
  async noted(what: string, count = 1): Promise<Note> {
    return until(
      async () => this.notes(what)[count - 1],
      () => `Waited in vain for ${what}, among ${this.#list()}`,
    );
  }

  /** Waits until everything that happened on the tab's page has been told. */
  async settled(tab: Tab): Promise<void> {
    await until(
      async () => {
        const { document, count } = (await tab.evaluate('noting')) as Noting;
        return this.#notes.filter((note) => note.document === document).length === count;
      },
      () => `Not everything was told: ${this.#list()}`,
    );
  }

  inspect(): Promise<Inspection> {
    return inspect(this.#shop.sandbox, this.sessionUrl);
  }

  #list(): string {
    return JSON.stringify(this.#notes.map(({ what, path, detail }) => [what, path, detail]));
  }
}
