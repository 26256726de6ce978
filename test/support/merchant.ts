import { fixture, html, nextFrame } from '@open-wc/testing';
import type { DecisionWord } from '../../src/model/decisions.js';
import type { SessionStage } from '../../src/model/status.js';
import type { KycVerify } from '../../src/index.js';
import { FRAME_ORIGIN, SCRIPTED_PAGE, type Mounted } from './element.js';
import { Recorder } from './recorder.js';
import { sandboxOrigins } from './sandbox.js';

/** As `test/browsers/merchant.mjs` says. */
type Fault = number | 'cut' | 'hang' | 'html' | 'redirect' | { readonly raw: unknown };

interface Order {
  readonly change?: { readonly stage?: SessionStage; readonly decision?: DecisionWord };
  readonly quietly?: boolean;
  readonly cut?: boolean;
  readonly faults?: Readonly<Partial<Record<'create' | 'status' | 'events', Fault | null>>>;
  readonly url?: string | null;
  readonly provider?: string;
  readonly retryAfter?: number;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly lastEventId: string;
  readonly body: unknown;
}

interface Log {
  readonly requests: readonly Asked[];
  /** How many event streams are open. */
  readonly streams: number;
  /** Of the live session. */
  readonly id: string;
}

/** A merchant's server with a store of its own, in the test server. */
export class Merchant {
  readonly endpoint = `/__merchant__/${crypto.randomUUID()}`;

  async order(order: Order): Promise<void> {
    await fetch(`${this.endpoint}/_control`, { method: 'POST', body: JSON.stringify(order) });
  }

  /** What the provider's webhook makes of the session. */
  async learns(decision: DecisionWord, stage: SessionStage = 'submitted'): Promise<void> {
    await this.order({ change: { decision, stage } });
  }

  async log(): Promise<Log> {
    return (await (await fetch(`${this.endpoint}/_log`)).json()) as Log;
  }

  /** The requests of one kind, for example `POST sessions`; of an id, `*` stands in its place. */
  async asked(what: string): Promise<readonly Asked[]> {
    const { requests } = await this.log();
    return requests.filter(
      ({ method, path }) => `${method} ${path.replace(/[0-9a-f]{32}/, '*')}` === what,
    );
  }

  /** Waits until that many event streams are open. */
  async streams(count: number): Promise<void> {
    while ((await this.log()).streams !== count) await nextFrame();
  }
}

/** An element with an endpoint, once its start button, or what the host put there, can be pressed. */
export const mountServed = async (
  merchant: Merchant,
  properties: Partial<KycVerify> = {},
): Promise<Mounted> => {
  await merchant.order({ url: `${SCRIPTED_PAGE}?${crypto.randomUUID()}` });
  const element = await fixture<KycVerify>(html`<kyc-verify></kyc-verify>`);
  const recorder = new Recorder(element);
  Object.assign(element, {
    trustedOrigins: FRAME_ORIGIN,
    sessionEndpoint: merchant.endpoint,
    ...properties,
  });
  await shows(element, 'intro');
  return { element, recorder };
};

/** The same, with sessions of the sandbox, which run by themselves. */
export const mountSandboxed = async (merchant: Merchant): Promise<Mounted> => {
  const { origin, hopOrigin } = await sandboxOrigins();
  const mounted = await mountServed(merchant, { trustedOrigins: `${origin} ${hopOrigin}` });
  await merchant.order({ url: 'sandbox' });
  return mounted;
};

/** Waits until what lies over the frame has a slot of this name; of none for `undefined`. */
export const shows = async (element: KycVerify, slot: string | undefined): Promise<void> => {
  const shown = (): string | undefined =>
    element.shadowRoot?.querySelector<HTMLSlotElement>('.cover > slot')?.name;
  while (shown() !== slot) await nextFrame();
  await element.updateComplete;
};
