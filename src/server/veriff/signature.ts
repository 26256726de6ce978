import {
  hmac256,
  isAny,
  isHmac256,
  isSame256,
  readHex256,
  sha256,
  toHex,
  utf8,
  type Bytes,
} from '../crypto.js';

/**
 * How calls and webhooks are signed. `hmac`: hex HMAC-SHA-256 in `X-HMAC-SIGNATURE`. `legacy`: hex
 * SHA-256 of the body and then the secret, in `X-SIGNATURE`.
 */
export type VeriffSignature = 'hmac' | 'legacy';

/** The header that carries it. */
export const headerOf = (scheme: VeriffSignature): string =>
  scheme === 'legacy' ? 'x-signature' : 'x-hmac-signature';

/** Signs what is sent: the body's bytes or, for calls without one, the session's id. */
export const sign = async (scheme: VeriffSignature, secret: string, body: Bytes): Promise<string> =>
  toHex(await (scheme === 'legacy' ? sha256(body, utf8(secret)) : hmac256(secret, body)));

/** Whether any of the secrets made the signature. */
export const isSigned = async (
  scheme: VeriffSignature,
  secrets: readonly string[],
  body: Bytes,
  signature: string,
): Promise<boolean> => {
  const given = readHex256(signature);
  if (!given) return false;
  return isAny(
    secrets.map(async (secret) =>
      scheme === 'legacy'
        ? isSame256(given, await sha256(body, utf8(secret)))
        : isHmac256(secret, given, body),
    ),
  );
};
