import { KycServerError, type KycServerErrorCode } from '../errors.js';

/** What the page is told of a failure. The wording is constant: nothing of the cause gets out. */
const PROBLEMS = {
  'bad-request': [400, 'The request is not valid.'],
  'bad-proof': [400, 'The provider does not take this file.'],
  'no-capture': [400, 'Files are not taken here.'],
  'bad-body': [400, 'The body is not valid.'],
  'bad-signature': [401, 'The signature is not valid.'],
  unauthorised: [401, 'Nobody is signed in.'],
  'cross-site': [403, 'This page may not call.'],
  'not-found': [404, 'Nothing is here.'],
  'method-not-allowed': [405, 'The method is not allowed.'],
  conflict: [409, 'It is too late or too early.'],
  'too-large': [413, 'The body is too large.'],
  'bad-content-type': [415, 'The content type is not allowed.'],
  'rate-limited': [429, 'Too many requests: try again later.'],
  internal: [500, 'The server failed.'],
  'provider-refused': [502, 'The provider refused it.'],
  'provider-down': [503, 'The provider is down: try again later.'],
  busy: [503, 'The server is busy: try again later.'],
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** What ends a request early. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.code = code;
    this.headers = headers;
  }
}

/** A problem that time may solve. */
export const later = (code: ProblemCode, milliseconds: number): Problem =>
  new Problem(code, { 'retry-after': String(Math.max(1, Math.ceil(milliseconds / 1000))) });

/** Headers of every answer: nobody stores it, sniffs at it, or learns of it from a referrer. */
export const ALWAYS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  vary: 'cookie, authorization, origin, sec-fetch-site',
} as const;

export const json = (
  status: number,
  body: unknown,
  headers?: Readonly<Record<string, string>>,
): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { ...ALWAYS, 'content-type': 'application/json', ...headers },
  });

export const empty = (): Response => new Response(null, { status: 204, headers: ALWAYS });

export const refuse = ({ code, headers }: Problem): Response => {
  const [status, message] = PROBLEMS[code];
  return json(status, { error: { code, message } }, headers);
};

/** Which of the provider's failures are the merchant's to solve; for the person both are a 50x. */
const OURS: readonly KycServerErrorCode[] = [
  'bad-request',
  'unauthorised',
  'payment-required',
  'not-found',
];

/** What a failed call to the provider is to the page. */
export const toProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (!(error instanceof KycServerError)) return new Problem('internal');
  if (error.code === 'conflict') return new Problem('conflict');
  if (OURS.includes(error.code)) return new Problem('provider-refused');
  return later('provider-down', error.retryAfter ?? 5000);
};
