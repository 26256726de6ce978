import { type MediaType, typeOf } from '../model/media.js';
import type { Bytes } from './crypto.js';

const toBinary = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

export { type MediaType, typeOf };

/** A file as it was given. */
export interface Media {
  readonly type: MediaType | undefined;
  /** In bytes, decoded. */
  readonly size: number;
  /** How it is written into a request: as a data URI with the type that it really has. */
  readonly toDataUri: () => string;
}

/** Whole triples at a time, so that the pieces can be put together. */
const STEP = 0x6000;

/** What newer runtimes do themselves, many times as fast. */
interface WithBase64 {
  toBase64?(): string;
  fromBase64?(text: string): Bytes;
}

export const toBase64 = (bytes: Uint8Array): string => {
  const done = (bytes as WithBase64).toBase64?.();
  if (done !== undefined) return done;
  let content = '';
  for (let at = 0; at < bytes.length; at += STEP) content += btoa(toBinary(bytes, at, at + STEP));
  return content;
};

/** @throws DOMException or SyntaxError for what is no base64 */
export const fromBase64 = (text: string): Bytes => {
  const done = (Uint8Array as WithBase64).fromBase64?.(text);
  if (done) return done;
  const content = atob(text);
  const bytes = new Uint8Array(content.length);
  // Not by Uint8Array.from(): with a function it takes a second for a large picture.
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = content.charCodeAt(at);
  return bytes;
};

/**
 * Reads a file: bytes, base64, or a data URI in base64, whose own word on its type counts nothing.
 * Of a text no more than the beginning is decoded.
 *
 * @returns `undefined` where a text is not base64
 */
export const readMedia = (given: string | Uint8Array): Media | undefined => {
  const describe = (start: Uint8Array, size: number, toContent: () => string): Media => {
    const type = typeOf(start);
    return { type, size, toDataUri: () => `data:${type ?? ''};base64,${toContent()}` };
  };
  if (typeof given !== 'string') return describe(given, given.length, () => toBase64(given));
  const [label = ''] = /^data:[^,]{0,100};base64,/i.exec(given) ?? [];
  const content = given.slice(label.length);
  const data = content.replace(/={1,2}$/, '');
  if (content.length % 4 || /[^A-Za-z\d+/]/.test(data)) return undefined;
  const start = fromBase64(content.slice(0, 128));
  return describe(start, Math.floor((data.length * 3) / 4), () => content);
};
