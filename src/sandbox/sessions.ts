import { randomBytes, randomUUID } from 'node:crypto';

import type { Switches, Vendor } from './switches.js';

/** How far a session got. A canceled one may be begun anew by the same URL. */
export type SessionStatus = 'created' | 'started' | 'submitted' | 'canceled';

/** The pictures that a hosted page takes, in Veriff's words for them. */
export const CONTEXTS = ['document-front', 'document-back', 'face'] as const;

export type Context = (typeof CONTEXTS)[number];

/** What is remembered of one picture; the picture itself is not kept in memory. */
export interface Media {
  readonly context: Context;
  readonly type: string;
  /** Size. */
  readonly bytes: number;
}

export interface Session {
  /** Veriff: a UUID. Shufti Pro: the last path segment of the session URL, `request_id` in messages. */
  readonly id: string;
  readonly vendor: Vendor;
  /** The unguessable part of the session URL. Shufti Pro: the same as `id`. */
  readonly token: string;
  /** Shufti Pro: the integrator's own id. Veriff: `vendorData`, if any. */
  readonly reference: string | null;
  /** Where a redirected person goes back to. */
  readonly callback: string | null;
  readonly switches: Switches;
  readonly createdAt: string;
  status: SessionStatus;
  /** How often the session URL itself was requested. */
  pageRequests: number;
  /** Origin of the page that framed the session last; the only one that its page speaks to. */
  embedder: string | null;
  /** What the page told of its run, in order. */
  readonly reports: string[];
  readonly media: Map<Context, Media>;
}

export type NewSession = Pick<Session, 'vendor' | 'reference' | 'callback' | 'switches'>;

/** Older sessions make room beyond this many: a page in a loop must not fill the memory. */
const MOST = 1000;

/** Every session of one sandbox, in memory. */
export class Sessions {
  readonly #byId = new Map<string, Session>();

  create(from: NewSession): Session {
    const id = from.vendor === 'veriff' ? randomUUID() : randomBytes(24).toString('base64url');
    const session: Session = {
      ...from,
      id,
      token: from.vendor === 'veriff' ? randomBytes(32).toString('base64url') : id,
      createdAt: new Date().toISOString(),
      status: 'created',
      pageRequests: 0,
      embedder: null,
      reports: [],
      media: new Map(),
    };
    this.#byId.set(id, session);
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > MOST && oldest !== undefined) this.#byId.delete(oldest);
    return session;
  }

  /** By id, token or reference; of several with one reference, the youngest. */
  find(key: string): Session | undefined {
    return (
      this.#byId.get(key) ??
      [...this.#byId.values()].findLast(
        ({ token, reference }) => token === key || reference === key,
      )
    );
  }

  clear(): void {
    this.#byId.clear();
  }
}

/** What may be shown of a session to whoever knows one of its ids. */
export const describeSession = (session: Session): Readonly<Record<string, unknown>> => {
  const { id, vendor, reference, status, pageRequests, embedder, reports, media, switches } =
    session;
  return {
    id,
    provider: vendor,
    reference,
    status,
    pageRequests,
    embedder,
    reports,
    media: [...media.values()],
    sandbox: switches,
  };
};
