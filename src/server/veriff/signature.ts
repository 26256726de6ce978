import { hmac256, isOneOf, sha256, toHex, utf8, type Bytes } from '../crypto.js';

/**
 * How calls and webhooks are signed. `hmac`: hex HMAC-SHA-256 in `X-HMAC-SIGNATURE`. `legacy`: hex
 * SHA-256 of the body and then the secret, in `X-SIGNATURE`.
 */
export type VeriffSignature = 'hmac' | 'legacy';

/** The header that carries it. */
export const headerOf = (scheme: VeriffSignature): string =>
  scheme === 'legacy' ? 'x-signature' : 'x-hmac-signature';

const make = async (scheme: VeriffSignature, secret: string, body: Bytes): Promise<Bytes> =>
  scheme === 'legacy' ? sha256(body, utf8(secret)) : hmac256(secret, body);

/** Signs what is sent: the body's bytes or, for calls without one, the session's id. */
export const sign = async (scheme: VeriffSignature, secret: string, body: Bytes): Promise<string> =>
  toHex(await make(scheme, secret, body));

/** Whether any of the secrets made the signature. */
export const isSignedByVeriff = async (
  scheme: VeriffSignature,
  secrets: readonly string[],
  body: Bytes,
  signature: string,
): Promise<boolean> =>
  isOneOf(
    signature,
    secrets.map(async (secret) => make(scheme, secret, body)),
  );
