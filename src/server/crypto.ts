/** Bytes that WebCrypto takes: not those of a shared buffer. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** A text as UTF-8. */
export const utf8 = (text: string): Bytes => encoder.encode(text);

/** The parts, one after the other. */
export const concat = async (parts: Bytes[]): Promise<Bytes> =>
  new Uint8Array(await new Blob(parts).arrayBuffer());

/** Bytes as lower-case hex. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 of the parts, one after the other. */
export const sha256 = async (...parts: Bytes[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', await concat(parts)));

/** HMAC-SHA-256, the key being the UTF-8 bytes of the secret. */
export const hmac256 = async (secret: string, body: Bytes): Promise<Bytes> => {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, body));
};

/** Whether two texts of one length are the same. Takes as long wherever they differ. */
const isSame = (a: string, b: string): boolean => {
  let difference = a.length ^ b.length;
  for (let at = 0; at < b.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
};

/**
 * Whether a hex signature, in capitals or not, is one of those that could be expected. All are made
 * and compared, so that time does not tell which it was, or how much of it was right.
 */
export const isOneOf = async (
  signature: string,
  expected: readonly Promise<Uint8Array>[],
): Promise<boolean> => {
  const given = signature.toLowerCase();
  const same = (await Promise.all(expected)).map((bytes) => isSame(given, toHex(bytes)));
  return same.includes(true);
};
