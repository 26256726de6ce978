import { createServer, type Server, type ServerResponse, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { loadAssets } from './assets.js';
import { Course, type WebhookAddresses } from './course.js';
import { Demands, readDemand, type Demand } from './demands.js';
import { SANDBOX_KEYS, type SandboxKeys } from './keys.js';
import type { Origins } from './origins.js';
import { Outbox, type OutboxOptions } from './outbox.js';
import type { Outcome } from './outcomes.js';
import type { Parts } from './parts.js';
import { NO_RECORDS, recordsIn } from './records.js';
import { createRouter } from './router.js';
import { Sessions } from './sessions.js';
import type { ShuftiScheme } from './signatures.js';
import { readSwitches, type Rule, type Switches, type Vendor } from './switches.js';
import { Tokens } from './tokens.js';
import { Vault } from './vault.js';

/** Where webhooks go, and how they are sent. */
export type WebhookOptions = WebhookAddresses & OutboxOptions;

/** How a sandbox is set up. Every member has a default. */
export interface SandboxOptions {
  /** Port of the provider. Default `0`: any free one. */
  readonly port?: number;
  /** Port of the second origin, which the hop faults go to. Default `0`: any free one. */
  readonly hopPort?: number;
  /** Where to listen. Default `127.0.0.1`, which no other computer reaches. */
  readonly hostname?: string;
  /** Keeps uploads and session records there, made if missing. Default: memory only, nothing kept. */
  readonly folder?: string;
  /**
   * Where the hosted pages' `page.css` and `page.js` (or `page.ts`) are. Default: `pages` beside
   * the module, which is right unless a bundler moved the module.
   */
  readonly pagesFolder?: string;
  /** The credentials that are known. Default of either: those of `SANDBOX_KEYS`. */
  readonly keys?: Partial<SandboxKeys>;
  /**
   * Whether creating a session needs credentials too, as every other call of the vendors' APIs
   * always does. Default `false`. Credentials that are sent are checked in either case.
   */
  readonly strict?: boolean;
  /** How Shufti Pro's answers and callbacks are signed. Default `newer`. */
  readonly shuftiSignature?: ShuftiScheme;
  /** Default: Veriff's are not sent, and Shufti Pro's go to each request's `callback_url`. */
  readonly webhooks?: WebhookOptions;
  /**
   * What becomes of sessions that do not say it themselves. Default `by-files`: a session with a
   * fake specimen in it is declined, and any other one approved. `none`: a decision is waited for.
   */
  readonly decision?: Rule | 'by-files';
  /** Milliseconds from the submission to the decision. Default 1000. */
  readonly decisionAfter?: number;
}

/** A running sandbox. */
export interface Sandbox {
  /** For example `http://127.0.0.1:4801`; no slash at its end. */
  readonly origin: string;
  /** The second origin, with the same pages. */
  readonly hopOrigin: string;
  /** The credentials that it knows. */
  readonly keys: SandboxKeys;
  /** Has webhooks sent there from now on, in place of the addresses that the options gave. */
  setWebhooks(addresses: WebhookAddresses): void;
  /**
   * Decides of a session, whatever was decided before.
   *
   * @param key - the session's id, its token, or what the merchant calls it
   * @throws where there is no such session, or its vendor has no word for the outcome
   */
  decide(key: string, outcome: Outcome): void;
  /** Has the next calls of a vendor's API answered with an error. @throws where it is no demand */
  answerNext(demand: Demand): void;
  /**
   * Gives switches to the vendor's next session that brings none of its own: for clients that let
   * no `sandbox` through. @throws as `POST /_sandbox/next` refuses
   */
  prepare(vendor: Vendor, switches: Switches): void;
  /** Ends every connection and forgets every session. May be called more than once. */
  close(): Promise<void>;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const listen = async (hostname: string, port: number): Promise<Server> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, hostname, resolve);
  });
  return server;
};

const originOf = (server: Server, hostname: string): string => {
  const { port } = server.address() as AddressInfo;
  return `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
};

const stop = async (server: Server): Promise<void> => {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.once('close', resolve));
  server.close();
  server.closeAllConnections();
  await closed;
};

/** An origin on which nothing listens: that of a port which was free a moment ago. */
const findDeadOrigin = async (hostname: string): Promise<string> => {
  const server = await listen(hostname, 0);
  const origin = originOf(server, hostname);
  await stop(server);
  return origin;
};

/** @throws where an address is no http(s) one */
const checkAddresses = (addresses: WebhookAddresses): WebhookAddresses => {
  for (const [name, value] of Object.entries(addresses) as [string, string][]) {
    const protocol = URL.canParse(value) ? new URL(value).protocol : '';
    if (protocol !== 'https:' && protocol !== 'http:') {
      throw new Error(`webhooks.${name} must be an http or https address.`);
    }
  }
  return addresses;
};

/** @throws where an address is no http(s) one */
const addressesOf = ({ webhooks: { veriff, shuftiPro } = {} }: SandboxOptions): WebhookAddresses =>
  checkAddresses({
    ...(veriff !== undefined && { veriff }),
    ...(shuftiPro !== undefined && { shuftiPro }),
  });

/** A sandbox without its listeners. */
const createParts = (options: SandboxOptions, assets: Parts['assets'], origins: Origins): Parts => {
  const { folder, strict = false, shuftiSignature = 'newer', webhooks = {} } = options;
  const { decision = 'by-files', decisionAfter = 1000 } = options;
  const { veriff: _veriff, shuftiPro: _shuftiPro, ...sending } = webhooks;
  const keys = { ...SANDBOX_KEYS, ...options.keys };
  const records = folder === undefined ? NO_RECORDS : recordsIn(folder);
  const course = new Course({
    keys,
    outbox: new Outbox(sending),
    shuftiScheme: shuftiSignature,
    decision,
    decisionAfter,
    changed: (session) => {
      // A folder that cannot be written to is told of where somebody asks for something.
      void records.saveSession(session).catch(() => undefined);
    },
  });
  course.addresses = addressesOf(options);
  return {
    assets,
    origins,
    sessions: new Sessions(),
    records,
    keys,
    strict,
    shuftiScheme: shuftiSignature,
    course,
    demands: new Demands(),
    vault: new Vault(),
    tokens: new Tokens(),
    prepared: { veriff: [], 'shufti-pro': [] },
  };
};

/**
 * Starts a sandbox provider: the hosted pages of Veriff and Shufti Pro, and the calls that create
 * their sessions, on an origin of its own. For development and tests, never for real people.
 *
 * @throws where a port is taken, or the pages' files are not found
 */
export const createSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const { port = 0, hopPort = 0, hostname = '127.0.0.1', pagesFolder } = options;
  // Before anything listens.
  addressesOf(options);
  const assets = await loadAssets(pagesFolder);
  const main = await listen(hostname, port);
  const hop = await listen(hostname, hopPort).catch(async (error: unknown) => {
    await stop(main);
    throw error;
  });
  const origins: Origins = {
    origin: originOf(main, hostname),
    hopOrigin: originOf(hop, hostname),
    // While the others listen, so that it is none of theirs.
    deadOrigin: await findDeadOrigin(hostname),
  };
  const parts = createParts(options, assets, origins);
  const { sessions, course, vault, demands, prepared, keys } = parts;
  const router = createRouter(parts);
  const serve =
    (origin: string): Listener =>
    (request, response) =>
      void router(origin, request, response);
  main.on('request', serve(origins.origin));
  hop.on('request', serve(origins.hopOrigin));
  return {
    origin: origins.origin,
    hopOrigin: origins.hopOrigin,
    keys,
    setWebhooks: (addresses) => {
      course.addresses = checkAddresses(addresses);
    },
    decide: (key, outcome) => {
      const session = sessions.find(key);
      if (session === undefined) throw new Error('There is no such session.');
      course.decide(session, outcome);
    },
    answerNext: (demand) => {
      demands.add(readDemand(demand));
    },
    prepare: (vendor, switches) => {
      prepared[vendor].push(readSwitches(switches, vendor));
    },
    close: async () => {
      course.close();
      await Promise.all([stop(main), stop(hop)]);
      sessions.clear();
      vault.clear();
    },
  };
};
