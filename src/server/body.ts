import type { Bytes } from './crypto.js';

/**
 * Reads a body whole.
 *
 * @param limit - in bytes
 * @returns `undefined` where there is more, which is not read
 * @throws whatever the stream fails with
 */
export const readBytes = async (
  { body }: Request | Response,
  limit: number,
): Promise<Bytes | undefined> => {
  if (!body) return new Uint8Array();
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      // It may never settle, and nobody is to wait for it.
      void reader.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
};

/** The JSON in a body; `undefined` for what is no JSON, or no UTF-8. */
export const readJson = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    // The engine's own message would quote the body.
    return undefined;
  }
};
