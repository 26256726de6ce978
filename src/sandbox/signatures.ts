import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The vendors' signatures, made by Node's own crypto: the backend kit makes its own with WebCrypto,
 * so that each shows the other's mistakes.
 */

/** Veriff: HMAC-SHA-256, or the older SHA-256 of what is signed and the secret. */
export type VeriffScheme = 'hmac' | 'legacy';

/** Shufti Pro: the secret is hashed before it is appended (`newer`), or appended as it is. */
export type ShuftiScheme = 'newer' | 'older';

type Signed = string | Uint8Array;

/** Lower-case hex. */
export const signVeriff = (scheme: VeriffScheme, signed: Signed, secret: string): string =>
  scheme === 'hmac'
    ? createHmac('sha256', secret).update(signed).digest('hex')
    : createHash('sha256').update(signed).update(secret).digest('hex');

/** Lower-case hex. */
export const signShufti = (scheme: ShuftiScheme, body: Signed, secret: string): string => {
  const key = scheme === 'newer' ? createHash('sha256').update(secret).digest('hex') : secret;
  return createHash('sha256').update(body).update(key).digest('hex');
};

/** Compares in a time that does not tell how much of it is right. */
export const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** A signature that is wrong in its last digit, and as long as a right one. */
export const spoil = (signature: string): string =>
  signature.slice(0, -1) + (signature.endsWith('0') ? '1' : '0');

const escapeUnit = (unit: string): string =>
  `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON as PHP's `json_encode` writes it, with `\/` and `\u00e9`: Shufti Pro signs such bytes. */
export const phpJson = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[^\0-\x7f]/g, escapeUnit);
