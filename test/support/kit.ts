import type { CapturedProof, ProofSubject } from '../../src/model/capture.js';
import type { KycUploadProgressDetail } from '../../src/model/events.js';
import { startSession } from '../../src/session/start-session.js';
import type { Upload, UploadListener } from '../../src/session/upload.js';

/** As `test/browsers/kit.mjs` says. */
export interface Cut {
  readonly context: string;
  readonly at: number;
  readonly isEarly?: boolean;
}

export interface Fault {
  readonly route: 'media' | 'submit';
  readonly status: number | 'hang' | 'stall' | 'redirect';
  readonly times?: number;
  readonly retryAfter?: number;
  readonly body?: unknown;
}

interface Taken {
  readonly context: string;
  readonly digest: string;
}

interface Seen {
  readonly log: readonly {
    readonly path: string;
    readonly key: string;
    readonly type: string;
    readonly cut?: number;
  }[];
  /** Requests that are neither answered nor over. */
  readonly open: number;
  /** By the vendor. */
  readonly taken: readonly Taken[];
  /** Written into the kit's store. */
  readonly kept: readonly Taken[];
  readonly submissions: number;
  /** Those that were not made yet. */
  readonly cuts: readonly Cut[];
  /** What the sandbox has. */
  readonly held?: {
    readonly status: string;
    readonly media: readonly { readonly context: string; readonly bytes: number }[];
  };
}

interface Order {
  readonly cuts?: readonly Cut[];
  readonly faults?: readonly Fault[];
  readonly isSignedOut?: boolean;
  readonly allowsCredentials?: boolean;
}

/** The real kit and sandbox behind a line that breaks, with a store of its own. */
export class KitLine {
  readonly #path = `/__kit__/${crypto.randomUUID()}`;
  readonly endpoint: string;

  /** @param origin - of the test server, by another name than the page's */
  constructor(origin = '') {
    this.endpoint = origin + this.#path;
  }

  async order(order: Order): Promise<void> {
    await fetch(`${this.#path}/_control`, { method: 'POST', body: JSON.stringify(order) });
  }

  async seen(id = ''): Promise<Seen> {
    return (await (await fetch(`${this.#path}/_seen?id=${id}`)).json()) as Seen;
  }

  /** A session for proofs of one's own. */
  async begin(provider: 'veriff' | 'shufti-pro' = 'veriff'): Promise<string> {
    const endpoint = this.#path;
    const request = { endpoint, provider, language: 'en', flow: 'capture' } as const;
    const { session, error } = await startSession(request, new AbortController().signal);
    if (!session) throw new Error(error.message);
    return session.id;
  }
}

/** A proof of so many bytes, no two alike. */
export const proofOf = (
  context: string,
  size: number,
  more: Partial<CapturedProof> = {},
): CapturedProof => {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)));
  }
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  const subject = (context.split('-')[0] ?? '') as ProofSubject;
  const blob = new Blob([bytes], { type: 'image/jpeg' });
  return { context, subject, blob, type: 'image/jpeg', key: crypto.randomUUID(), ...more };
};

export const digestOf = async ({ blob }: CapturedProof): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** What an upload tells, in order. */
export class Told implements UploadListener {
  readonly all: string[] = [];
  readonly progressed: Omit<KycUploadProgressDetail, 'provider'>[] = [];
  /** Called with each word that is not of bytes. */
  heard: (word: string) => void = () => undefined;

  progress(detail: Omit<KycUploadProgressDetail, 'provider'>): void {
    this.progressed.push(detail);
  }

  waiting(isWaiting: boolean): void {
    this.#hear(isWaiting ? 'waits' : 'goes on');
  }

  sent(context: string): void {
    this.#hear(context);
  }

  #hear(word: string): void {
    this.all.push(word);
    this.heard(word);
  }
}

/** Runs an upload while the browser says all the time that the connection is back. */
export const hurried = async (
  upload: Upload,
  signal = new AbortController().signal,
): ReturnType<Upload['run']> => {
  const nudge = setInterval(() => dispatchEvent(new Event('online')), 10);
  try {
    return await upload.run(signal);
  } finally {
    clearInterval(nudge);
  }
};
