import type { Endpoint } from './endpoint.js';

/** Milliseconds for one answer. Creating a session has the server ask the provider. */
const PATIENCE = 30_000;

/** What a server answered, its body read; `undefined` for no answer, or none in time. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON, untrusted; `undefined` where it is none. */
  readonly body: unknown;
  /** Milliseconds that the server wants to be left alone for, or 0. */
  readonly retryAfter: number;
}

/** The milliseconds of a `Retry-After`, which is in seconds or a date; 0 where it asks for none. */
export const readRetryAfter = (text: string | null): number => {
  const seconds = Number(text);
  const wait = Number.isNaN(seconds) ? Date.parse(text ?? '') - Date.now() : seconds * 1000;
  return wait > 0 ? wait : 0;
};

/** Asks the host's server, until `signal` aborts. Never throws. */
export const ask = async (
  { credentials, at }: Endpoint,
  path: readonly string[],
  signal: AbortSignal,
  body?: object,
): Promise<Answer | undefined> => {
  const request = new AbortController();
  const end = (): void => {
    request.abort();
  };
  if (signal.aborted) return undefined;
  signal.addEventListener('abort', end);
  const timer = setTimeout(end, PATIENCE);
  try {
    const response = await fetch(at(...path), {
      credentials,
      cache: 'no-store',
      // A page to sign in at is no answer, and nobody else is to name a session.
      redirect: 'manual',
      referrerPolicy: 'strict-origin',
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      signal: request.signal,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      retryAfter: readRetryAfter(response.headers.get('retry-after')),
      body: await response.json().catch(() => undefined),
    };
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
};
