import { isAny, isSame256, readHex256, sha256, toHex, utf8, type Bytes } from '../crypto.js';

/**
 * Whether any of the secrets made the `Signature` of a body, an answer's or a webhook's. Older
 * accounts: hex SHA-256 of the body and then the secret; newer: of the body and then the hex
 * SHA-256 of the secret. Over the raw bytes: the sender escapes `/` as `\/`, which parsing loses.
 */
export const isSignedByShufti = async (
  secrets: readonly string[],
  body: Bytes,
  signature: string,
): Promise<boolean> => {
  const given = readHex256(signature);
  if (!given) return false;
  return isAny(
    secrets.flatMap((secret) => [
      sha256(body, utf8(secret)).then((hash) => isSame256(given, hash)),
      sha256(utf8(secret))
        .then(async (hashed) => sha256(body, utf8(toHex(hashed))))
        .then((hash) => isSame256(given, hash)),
    ]),
  );
};
