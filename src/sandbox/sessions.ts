import { randomBytes, randomUUID } from 'node:crypto';

import type { Outcome } from './outcomes.js';
import type { Specimen } from './specimens.js';
import type { Switches, Vendor } from './switches.js';

/** How far a session got. A canceled one may be begun anew by the same URL. */
export type SessionStatus = 'created' | 'started' | 'submitted' | 'canceled';

/** The pictures that a hosted page takes, in Veriff's words for them. */
export const CONTEXTS = ['document-front', 'document-back', 'face'] as const;

/** Everything that Veriff's media call takes. */
export const VERIFF_CONTEXTS = [
  ...CONTEXTS,
  'document-and-face',
  'document-and-face-pre',
  'document-back-pre',
  'document-front-pre',
  'document-front-with-signature',
  'document-front-with-signature-pre',
  'face-pre',
  'face-nfc',
  'face-reference',
  'address-front',
] as const;

/** The proofs of Shufti Pro's requests: the service's name, and `-additional` for the second one. */
export const SHUFTI_CONTEXTS = [
  'face',
  'document',
  'document-additional',
  'address',
  'address-additional',
  'consent',
] as const;

export type Context = (typeof VERIFF_CONTEXTS)[number] | (typeof SHUFTI_CONTEXTS)[number];

/** What is remembered of one file; where there is room, the vault has the file itself. */
export interface Media {
  /** A UUID. */
  readonly id: string;
  readonly context: Context;
  readonly type: string;
  /** Size. */
  readonly bytes: number;
  readonly specimen?: Specimen;
}

/** Why it was decided so, in the vendor's words. */
export interface Reason {
  readonly text: string;
  readonly code: string;
}

/** One submission's story. A second one begins when the person comes back after `resubmission`. */
export interface Attempt {
  /** A UUID. */
  readonly id: string;
  readonly createdAt: string;
  submittedAt: string | null;
  outcome: Outcome | null;
  decidedAt: string | null;
  reason: Reason | null;
}

/** What the integrator asked for, as far as an answer repeats it. Personal. */
export interface Asked {
  /** Shufti Pro: the services by name, without their proofs. Veriff: `person` and `document`. */
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly email: string | null;
  readonly country: string | null;
  /** Shufti Pro: whether the person may see the result; else the page says `request.received`. */
  readonly showsResults: boolean;
  /** Shufti Pro: whether the proofs came with the request, so that there is no page. */
  readonly isOffsite: boolean;
}

/** How a webhook fared. */
export interface Delivery {
  /** The vendor's word for what it tells, such as `submitted` or `verification.accepted`. */
  readonly event: string;
  tries: number;
  /** HTTP status of the last answer; `null` where there was none. */
  status: number | null;
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
  /** Where this session's webhooks go; `null`: where the sandbox was told to send them. */
  readonly webhookUrl: string | null;
  readonly asked: Asked;
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
  /** Never empty; the last one is under way. */
  readonly attempts: Attempt[];
  readonly deliveries: Delivery[];
  /** Shufti Pro: it was deleted by a call, and answers that it was. */
  isDeleted: boolean;
  /** Veriff: it was called with the older signature, so its webhooks carry that one too. */
  isLegacy: boolean;
}

export type NewSession = Pick<Session, 'vendor' | 'reference' | 'callback' | 'switches'> &
  Partial<Pick<Session, 'webhookUrl' | 'asked' | 'isLegacy'>>;

const NOTHING_ASKED: Asked = {
  services: {},
  email: null,
  country: null,
  showsResults: true,
  isOffsite: false,
};

/** Older sessions make room beyond this many: a page in a loop must not fill the memory. */
const MOST = 1000;

export const newAttempt = (): Attempt => ({
  id: randomUUID(),
  createdAt: new Date().toISOString(),
  submittedAt: null,
  outcome: null,
  decidedAt: null,
  reason: null,
});

/** The attempt under way, or the last one. */
export const attemptOf = ({ attempts }: Session): Attempt => {
  const attempt = attempts.at(-1);
  if (attempt === undefined) throw new Error('A session has an attempt from the start.');
  return attempt;
};

/** The last attempt that was decided. */
export const decidedAttempt = ({ attempts }: Session): Attempt | undefined =>
  attempts.findLast(({ outcome }) => outcome !== null);

/** Whether pictures and a submission are still to come. */
export const isOpen = (session: Session): boolean => {
  const { outcome } = attemptOf(session);
  return (
    session.status !== 'submitted' &&
    !session.isDeleted &&
    (outcome === null || outcome === 'resubmission' || outcome === 'canceled')
  );
};

/** Every session of one sandbox, in memory. */
export class Sessions {
  readonly #byId = new Map<string, Session>();

  create(from: NewSession): Session {
    const id = from.vendor === 'veriff' ? randomUUID() : randomBytes(24).toString('base64url');
    const session: Session = {
      webhookUrl: null,
      asked: NOTHING_ASKED,
      isLegacy: false,
      ...from,
      id,
      token: from.vendor === 'veriff' ? randomBytes(32).toString('base64url') : id,
      createdAt: new Date().toISOString(),
      status: 'created',
      pageRequests: 0,
      embedder: null,
      reports: [],
      media: new Map(),
      attempts: [newAttempt()],
      deliveries: [],
      isDeleted: false,
    };
    this.#byId.set(id, session);
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > MOST && oldest !== undefined) this.#byId.delete(oldest);
    return session;
  }

  /** By id, token, reference or an attempt's id; of several with one reference, the youngest. */
  find(key: string): Session | undefined {
    return (
      this.#byId.get(key) ??
      [...this.#byId.values()].findLast(
        ({ token, reference, attempts }) =>
          token === key || reference === key || attempts.some(({ id }) => id === key),
      )
    );
  }

  /** By the id that Veriff's calls name. */
  ofVeriff(id: string): Session | undefined {
    const session = this.#byId.get(id);
    return session?.vendor === 'veriff' ? session : undefined;
  }

  /** By the reference that Shufti Pro's calls name. */
  ofShufti(reference: string): Session | undefined {
    return [...this.#byId.values()].findLast(
      (session) => session.vendor === 'shufti-pro' && session.reference === reference,
    );
  }

  /** The youngest first. */
  list(): readonly Session[] {
    return [...this.#byId.values()].reverse();
  }

  remove(id: string): void {
    this.#byId.delete(id);
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
    decision: decidedAttempt(session)?.outcome ?? null,
    pageRequests,
    embedder,
    reports,
    media: [...media.values()].map(({ context, type, bytes }) => ({ context, type, bytes })),
    webhooks: session.deliveries,
    sandbox: switches,
  };
};
