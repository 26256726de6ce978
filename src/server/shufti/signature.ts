import { isOneOf, sha256, toHex, utf8, type Bytes } from '../crypto.js';

/**
 * Whether any of the secrets made the `Signature` of a body, an answer's or a webhook's. Older
 * accounts: hex SHA-256 of the body and then the secret; newer: of the body and then the hex
 * SHA-256 of the secret. Over the raw bytes: the sender escapes `/` as `\/`, which parsing loses.
 */
export const isSignedByShufti = async (
  secrets: readonly string[],
  body: Bytes,
  signature: string,
): Promise<boolean> =>
  isOneOf(
    signature,
    secrets.flatMap((secret) => [
      sha256(body, utf8(secret)),
      sha256(utf8(secret)).then(async (hash) => sha256(body, utf8(toHex(hash)))),
    ]),
  );
