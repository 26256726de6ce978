import { isSecure, parseUrl } from '../model/urls.js';
import { readBytes } from './body.js';
import type { Bytes } from './crypto.js';
import { KycServerError, type KycServerErrorCode, type KycServerErrorFacts } from './errors.js';
import type { CallOptions } from './provider.js';

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
  readonly body?: Bytes;
  /** Whether it may be done twice. What creates may not. */
  readonly isRepeatable?: boolean;
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
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
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
  // Nothing is redirected: the headers and the body are for the provider alone.
  return CODES[status] ?? (status >= 400 ? 'bad-request' : 'bad-answer');
};

/** What an answer means that is none of success. */
export const failureOf = (
  { status, headers }: Answer,
  facts: KycServerErrorFacts & { readonly code?: KycServerErrorCode } = {},
): KycServerError => {
  const { code = codeOf(status), ...others } = facts;
  const retryAfter = readRetryAfter(headers);
  return new KycServerError(code, `The provider answered with HTTP ${status}.`, {
    status,
    ...(retryAfter !== undefined && { retryAfter }),
    ...others,
  });
};

/** An answer that is not what the provider documents. */
export const badAnswer = (status: number, what: string): KycServerError =>
  new KycServerError('bad-answer', `The provider's answer ${what}.`, { status });

/** The system's name for what happened, such as `ECONNREFUSED`. All else may quote the request. */
const systemCode = (error: unknown): string => {
  const code: unknown = (error as { cause?: { code?: unknown } } | undefined)?.cause?.code;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? ` (${code})` : '';
};

/** A signal that says which of the two it was: no time left, or the caller. */
const limitTime = (timeout: number, outer: AbortSignal | undefined) => {
  // Not AbortSignal.any(): on Node 20 the collector may take a time-out's signal that it depends on.
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeout);
  outer?.addEventListener('abort', abort);
  if (outer?.aborted) abort();
  return {
    signal: controller.signal,
    failure: (error: unknown): KycServerError =>
      outer?.aborted
        ? new KycServerError('aborted', 'The call was aborted.')
        : controller.signal.aborted
          ? new KycServerError('timeout', `The provider did not answer within ${timeout} ms.`)
          : new KycServerError('provider-down', `The provider gave no answer${systemCode(error)}.`),
    end: (): void => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
};

const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    const abort = (): void => {
      clearTimeout(timer);
      reject(new Error('aborted'));
    };
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });

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
    ...(body && { body }),
  });
  const answer = await readBytes(response, MAX_ANSWER);
  if (!answer) throw badAnswer(response.status, 'is too large');
  return { status: response.status, headers: response.headers, body: answer };
};

/** How long to wait before the next try; `undefined` where there should be none. */
const waitFor = (outcome: Answer | undefined, retry: number, delay: number): number | undefined => {
  if (outcome && outcome.status < 500 && outcome.status !== 429) return undefined;
  const told = outcome && readRetryAfter(outcome.headers);
  // Full jitter: whoever failed together does not come back together.
  const wait = told ?? Math.random() * Math.min(MAX_WAIT, delay * 2 ** retry);
  return wait > MAX_WAIT ? undefined : wait;
};

/**
 * Makes one call to a provider, and repeats it where that is safe.
 *
 * @returns the answer, whatever its status
 * @throws KycServerError `provider-down`, `timeout`, `aborted` or, over 4 MiB, `bad-answer`
 */
export const call = async (
  outgoing: Outgoing,
  settings: CallSettings,
  { signal }: CallOptions = {},
): Promise<Answer> => {
  const { timeout = 30_000, retries = 2, retryDelay = 500, fetch: send = fetch } = settings;
  const limit = limitTime(timeout, signal);
  try {
    for (let retry = 0; ; retry++) {
      const outcome = await callOnce(outgoing, send, limit.signal).catch((error: unknown) => {
        if (error instanceof KycServerError) throw error;
        return limit.failure(error);
      });
      const failure = outcome instanceof KycServerError ? outcome : undefined;
      const mayRepeat =
        outgoing.isRepeatable && retry < retries && (!failure || failure.code === 'provider-down');
      const wait = mayRepeat
        ? waitFor(failure ? undefined : (outcome as Answer), retry, retryDelay)
        : undefined;
      if (wait === undefined) {
        if (failure) throw failure;
        return outcome as Answer;
      }
      await pause(wait, limit.signal).catch((error: unknown) => {
        throw limit.failure(error);
      });
    }
  } finally {
    limit.end();
  }
};

/**
 * A provider's base URL without a slash at its end.
 *
 * @throws KycServerError `bad-request` unless it is https (or http on loopback): it is told secrets
 */
export const readBase = (text: string): string => {
  const url = parseUrl(text);
  if (!url || !isSecure(url) || url.username || url.password || url.search || url.hash) {
    throw new KycServerError('bad-request', 'baseUrl must be https, or http on loopback.', {
      path: 'baseUrl',
    });
  }
  return url.href.replace(/\/+$/, '');
};

/**
 * One secret or several, as a list.
 *
 * @throws KycServerError `bad-request` where one is empty or could not stand in a header
 */
export const readSecrets = (path: string, given: string | readonly string[]): readonly string[] => {
  const secrets: readonly unknown[] = typeof given === 'string' ? [given] : given;
  const isGood = (secret: unknown): secret is string =>
    typeof secret === 'string' && /^[\x21-\x7e]+$/.test(secret);
  // An empty secret would make every signature a stranger's to forge.
  if (!Array.isArray(given) && typeof given !== 'string') throw noSecret(path);
  if (secrets.length === 0 || !secrets.every(isGood)) throw noSecret(path);
  return secrets;
};

const noSecret = (path: string): KycServerError =>
  new KycServerError('bad-request', `${path} must be given, in plain ASCII without spaces.`, {
    path,
  });
