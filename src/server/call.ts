import { readBytes } from './body.js';
import type { Bytes } from './crypto.js';
import { KycServerError, type KycServerErrorCode, type KycServerErrorFacts } from './errors.js';
import type { CallOptions } from './provider.js';
import { wait } from './wait.js';

/** Of every call that a client makes. */
export interface CallSettings {
  /** Milliseconds that a call may take, its repetitions included. Default: 30 000. */
  readonly timeout?: number;
  /** How often a call that is safe to repeat is repeated. Default: 2. */
  readonly retries?: number;
  /** Longest wait before the first repetition, in milliseconds; it doubles. Default: 500. */
  readonly retryDelay?: number;
  /** What makes the calls. Default: the runtime's own. */
  readonly fetch?: typeof fetch;
}

export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Bytes | undefined;
  /** Whether it may be done twice. What creates may not. */
  readonly isRepeatable?: boolean | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Bytes;
}

/** Largest answer, in bytes: a session with all that was read from its documents is far below. */
const MAX_ANSWER = 4 * 1024 * 1024;

/** Longest wait before a repetition, in milliseconds. Who is told to wait longer is told so at once. */
const MAX_WAIT = 10_000;

/** The milliseconds of a `Retry-After`, which is in seconds or a date. */
const readRetryAfter = (headers: Headers): number | undefined => {
  const after = headers.get('retry-after') ?? '';
  const left = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
  return Number.isFinite(left) ? Math.max(0, left) : undefined;
};

const CODES: Readonly<Record<number, KycServerErrorCode>> = {
  401: 'unauthorised',
  402: 'payment-required',
  403: 'unauthorised',
  404: 'not-found',
  409: 'conflict',
  410: 'not-found',
  429: 'rate-limited',
};

const codeOf = (status: number): KycServerErrorCode => {
  if (status >= 500) return 'provider-down';
  // Redirects are not followed: the headers and the body are for the provider alone.
  return CODES[status] ?? (status < 400 ? 'bad-answer' : 'bad-request');
};

/** What an answer means that is none of success. */
export const failureOf = (
  { status, headers }: Answer,
  code: KycServerErrorCode = codeOf(status),
  facts: KycServerErrorFacts = {},
): KycServerError =>
  new KycServerError(code, `The provider answered with HTTP ${status}.`, {
    status,
    retryAfter: readRetryAfter(headers),
    ...facts,
  });

/** An answer that is not to be worked with. */
export const badAnswer = (
  { status }: { readonly status: number },
  what: string,
  code: KycServerErrorCode = 'bad-answer',
): KycServerError => new KycServerError(code, `The provider's answer ${what}.`, { status });

export const isOk = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** The system's name for what happened, such as `ECONNREFUSED`. All else may quote the request. */
const systemCode = (error: unknown): string => {
  const code = String((error as { cause?: { code?: unknown } } | undefined)?.cause?.code);
  return /^[A-Z_]{1,40}$/.test(code) ? ` (${code})` : '';
};

/** The time that there is for a call, and the caller's patience. */
const limitTime = (timeout: number, outer: AbortSignal | undefined) => {
  // Not AbortSignal.any(): on Node 20 the collector may take a time-out's signal that it depends on.
  const controller = new AbortController();
  const { signal } = controller;
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeout);
  outer?.addEventListener('abort', abort);
  if (outer?.aborted) abort();
  /** What went wrong: one of the two, or the call itself. */
  const failure = (error: unknown): KycServerError => {
    if (outer?.aborted) return new KycServerError('aborted', 'The call was aborted.');
    return signal.aborted
      ? new KycServerError('timeout', `The provider did not answer within ${timeout} ms.`)
      : new KycServerError('provider-down', `The provider did not answer${systemCode(error)}.`);
  };
  const end = (): void => {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  };
  return [signal, failure, end] as const;
};

const callOnce = async (
  { url, method, headers, body }: Outgoing,
  send: typeof fetch,
  signal: AbortSignal,
): Promise<Answer> => {
  const response = await send(url, {
    method,
    headers,
    signal,
    redirect: 'manual',
    body: body ?? null,
  });
  const { status } = response;
  const whole = await readBytes(response, MAX_ANSWER);
  if (!whole) throw badAnswer({ status }, 'is too large');
  return { status, headers: response.headers, body: whole };
};

/** How long to wait before the next try; not at all where it would come to the same. */
const waitFor = (
  outcome: Answer | KycServerError,
  retry: number,
  delay: number,
): number | undefined => {
  const { status = 500 } = outcome;
  if (status < 500 && status !== 429) return undefined;
  const told = 'headers' in outcome ? readRetryAfter(outcome.headers) : undefined;
  // Full jitter: whoever failed together does not come back together.
  const next = told ?? Math.random() * Math.min(MAX_WAIT, delay * 2 ** retry);
  return next > MAX_WAIT ? undefined : next;
};

/**
 * Makes one call to a provider, and repeats it where that is safe.
 *
 * @returns the answer, whatever its status
 * @throws KycServerError `provider-down`, `timeout`, `aborted` or, over 4 MiB, `bad-answer`
 */
export const call = async (
  outgoing: Outgoing,
  { timeout = 30_000, retries = 2, retryDelay = 500, fetch: send = fetch }: CallSettings,
  { signal: outer }: CallOptions = {},
): Promise<Answer> => {
  const [signal, failure, end] = limitTime(timeout, outer);
  try {
    for (let retry = 0; ; retry++) {
      const outcome = await callOnce(outgoing, send, signal).catch((error: unknown) =>
        error instanceof KycServerError ? error : failure(error),
      );
      const mayRepeat = outgoing.isRepeatable && retry < retries && !signal.aborted;
      const delay = mayRepeat ? waitFor(outcome, retry, retryDelay) : undefined;
      if (delay === undefined) {
        if (outcome instanceof KycServerError) throw outcome;
        return outcome;
      }
      await wait(delay, (goOn) => signal.addEventListener('abort', goOn));
      if (signal.aborted) throw failure(undefined);
    }
  } finally {
    end();
  }
};
