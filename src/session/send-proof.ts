import type { CapturedProof } from '../model/capture.js';
import { readRetryAfter, type Answer } from './ask.js';
import type { Endpoint } from './endpoint.js';

/**
 * Milliseconds without a byte leaving, after which the connection is given up. There is no limit to
 * the whole: a large clip over a slow line takes its time.
 */
const SILENCE = 30_000;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Sends one proof to the host's server, until `signal` aborts. Never throws. By XMLHttpRequest, since
 * `fetch` tells nothing of what has left.
 *
 * It follows redirects, which cannot be forbidden to it; what another address answers is told with the
 * status 0, as `ask` does. A page to sign in at would have taken the proof otherwise.
 *
 * @param progress - told how many bytes have left; the system may hold some of them back
 * @param silence - milliseconds without any of that; for the answer it is twice as long
 * @returns `undefined` for no answer, or none in time
 */
export const sendProof = (
  { credentials, at }: Endpoint,
  id: string,
  { context, blob, type, key }: CapturedProof,
  progress: (sent: number) => void,
  signal: AbortSignal,
  silence = SILENCE,
): Promise<Answer | undefined> =>
  new Promise((resolve) => {
    const url = new URL(at('sessions', id, 'media'));
    url.searchParams.set('context', context);
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      request.abort();
    };
    const allow = (patience: number): void => {
      clearTimeout(timer);
      timer = setTimeout(stop, patience);
    };
    request.upload.onprogress = ({ loaded }) => {
      allow(silence);
      progress(loaded);
    };
    // It may have the provider take it first, or wait behind what broke off before.
    request.upload.onload = () => {
      allow(silence * 2);
    };
    request.onloadend = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      const { status, responseURL, responseText } = request;
      resolve(
        status
          ? {
              status: responseURL === url.href ? status : 0,
              body: parse(responseText),
              retryAfter: readRetryAfter(request.getResponseHeader('retry-after')),
            }
          : undefined,
      );
    };
    request.open('POST', url);
    request.withCredentials = credentials === 'include';
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', type);
    request.setRequestHeader('idempotency-key', key);
    request.send(blob);
    allow(silence);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
