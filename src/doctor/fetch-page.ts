import { FetchFailure, failureOf } from './fetch-failure.js';
import { publicUrl } from './report.js';

export interface FetchOptions {
  /** Milliseconds for all of it. */
  readonly timeout?: number;
  /** Bytes of the page that are read at most. */
  readonly limit?: number;
  /** Headers of the request, for a page behind a login. The first origin alone gets them. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came of it. */
export interface FetchedPage {
  readonly url: URL;
  readonly headers: Headers;
  readonly html: string;
  /** The origins that led here, the first one first; empty without a redirect. */
  readonly hops: readonly string[];
  /** Whether the page is longer than the limit. */
  readonly isTruncated: boolean;
}

const MOST_REDIRECTS = 10;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const LIMIT = 5 * 1024 * 1024;

/** Credentials of the address become a header, as in a browser. */
const splitUrl = (
  address: URL,
): readonly [url: URL, credentials: Readonly<Record<string, string>>] => {
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  if (!username && !password) return [url, {}];
  const pair = [username, password].map(decodeURIComponent).join(':');
  return [url, { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }];
};

const nextHop = (from: URL, location: string | null): URL => {
  const url = URL.canParse(location ?? '', from) ? new URL(location ?? '', from) : undefined;
  if (location !== null && url && /^https?:$/.test(url.protocol)) return splitUrl(url)[0];
  throw new FetchFailure('redirects', `${from.origin} redirects to nowhere.`);
};

const ask = async (url: URL, headers: HeadersInit, signal: AbortSignal): Promise<Response> => {
  try {
    return await fetch(url, { headers, signal, redirect: 'manual' });
  } catch (error) {
    throw failureOf(error, url);
  }
};

const readBody = async (
  { body, headers }: Response,
  limit: number,
): Promise<readonly [html: string, isTruncated: boolean]> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    chunks.push(next.value);
    size += next.value.length;
    if (size > limit) break;
  }
  // What still comes is not waited for.
  await reader?.cancel();
  const bytes = Buffer.concat(chunks).subarray(0, limit);
  return [decoderOf(headers).decode(bytes), size > limit];
};

const decoderOf = (headers: Headers): TextDecoder => {
  const [, charset] = /charset\s*=\s*"?([^\s;"]+)/i.exec(headers.get('content-type') ?? '') ?? [];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
};

/** Refuses what is no page. */
const expectPage = ({ status, headers }: Response, url: URL): void => {
  if (status !== 200) {
    const login = status === 401 || status === 403 ? ' Behind a login? See --header.' : '';
    throw new FetchFailure('status', `${publicUrl(url)} answers with HTTP ${status}.${login}`);
  }
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  if (!/^(text\/html|application\/xhtml\+xml)$/i.test(type.trim()))
    throw new FetchFailure(
      'content-type',
      `${publicUrl(url)} is not HTML but ${type.trim() || 'of no type'}.`,
    );
};

/**
 * Fetches a page as a browser would, redirects included.
 *
 * @throws FetchFailure where there is none
 */
export const fetchPage = async (
  address: URL,
  { timeout = 15_000, limit = LIMIT, headers = {} }: FetchOptions = {},
): Promise<FetchedPage> => {
  const signal = AbortSignal.timeout(timeout);
  const [first, credentials] = splitUrl(address);
  const hops: string[] = [];
  let url = first;
  for (;;) {
    const own = hops.every((origin) => origin === first.origin) && url.origin === first.origin;
    const sent = { accept: 'text/html', ...(own && { ...headers, ...credentials }) };
    const response = await ask(url, sent, signal);
    if (!REDIRECTS.includes(response.status)) {
      expectPage(response, url);
      try {
        const [html, isTruncated] = await readBody(response, limit);
        return { url, headers: response.headers, html, hops, isTruncated };
      } catch (error) {
        throw failureOf(error, url);
      }
    }
    await response.body?.cancel();
    hops.push(url.origin);
    if (hops.length > MOST_REDIRECTS)
      throw new FetchFailure(
        'redirects',
        `${first.origin} redirects more than ${MOST_REDIRECTS} times: ${[...new Set(hops)].join(' → ')}.`,
      );
    url = nextHop(url, response.headers.get('location'));
  }
};
