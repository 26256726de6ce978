/** Bytes that WebCrypto takes: not those of a shared buffer. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** A text as UTF-8. */
export const utf8 = (text: string): Bytes => encoder.encode(text);

/** Bytes as lower-case hex. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The 32 bytes of a hex SHA-256, upper or lower case; `undefined` for any other text. */
export const readHex256 = (hex: string): Bytes | undefined =>
  /^[\da-f]{64}$/i.test(hex)
    ? Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
    : undefined;

/** SHA-256 of the parts, one after the other. */
export const sha256 = async (...parts: readonly Uint8Array[]): Promise<Bytes> => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
};

const hmacKey = async (secret: string, use: 'sign' | 'verify'): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [use]);

/** HMAC-SHA-256, the key being the UTF-8 bytes of the secret. */
export const hmac256 = async (secret: string, body: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign('HMAC', await hmacKey(secret, 'sign'), body));

/** Whether `signature` is the HMAC-SHA-256 of the body. Takes as long for every wrong one. */
export const isHmac256 = async (secret: string, signature: Bytes, body: Bytes): Promise<boolean> =>
  crypto.subtle.verify('HMAC', await hmacKey(secret, 'verify'), signature, body);

/** Whether both are the same 32 bytes. Takes as long wherever they differ. */
export const isSame256 = (a: Uint8Array, b: Uint8Array): boolean => {
  let difference = a.length ^ b.length;
  for (let at = 0; at < 32; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
};

/** Whether any check passes. All are done, so that time does not tell which key it was. */
export const isAny = async (checks: readonly Promise<boolean>[]): Promise<boolean> =>
  (await Promise.all(checks)).includes(true);
