/** Why there is no page to examine. Stable, for programs. */
export type FailureCode =
  | 'dns'
  | 'refused'
  | 'tls'
  | 'timeout'
  | 'connection'
  | 'redirects'
  | 'status'
  | 'content-type'
  | 'too-large';

/** The page could not be had. The message says why, without a query string. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure';
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

const TLS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the certificate of its authority is missing: the server must send the whole chain',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'there is no TLS on that port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'there is no TLS on that port',
  EPROTO: 'no TLS connection came about',
};

/** The innermost code of an error, where the reason of a failed request is. */
const codeOf = (error: unknown): string => {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string' && each.code !== '') return each.code;
  }
  return '';
};

/** Says in words why a request came to nothing. */
export const failureOf = (error: unknown, { origin, hostname }: URL): FetchFailure => {
  if (error instanceof FetchFailure) return error;
  if (error instanceof Error && error.name === 'TimeoutError')
    return new FetchFailure('timeout', `${origin} did not answer in time.`);
  if (error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port')
    return new FetchFailure('connection', `Browsers do not connect to the port of ${origin}.`);
  const code = codeOf(error);
  const tls = TLS[code] ?? (/^(ERR_SSL|ERR_TLS|CERT)_/.test(code) ? code : undefined);
  if (tls !== undefined)
    return new FetchFailure('tls', `${origin} is not safe to talk to: ${tls}.`);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new FetchFailure(
        'dns',
        `There is no host ${hostname}, as far as this computer knows.`,
      );
    case 'ECONNREFUSED':
      return new FetchFailure('refused', `Nothing listens at ${origin}.`);
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'ETIMEDOUT':
      return new FetchFailure('timeout', `${origin} did not answer in time.`);
    case 'UND_ERR_HEADERS_OVERFLOW':
      return new FetchFailure('too-large', `${origin} sends too many headers.`);
    default:
      return new FetchFailure(
        'connection',
        `${origin} ended the connection${code === '' ? '' : ` (${code})`}.`,
      );
  }
};
