import { concat, type Bytes } from './crypto.js';

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
  const chunks: Bytes[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (;;) {
    const value = (await reader?.read())?.value;
    if (!value) return concat(chunks);
    size += value.length;
    if (size > limit) {
      // It may never settle, and nobody is to wait for it.
      void reader?.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(value);
  }
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

/** The fields of what should be an object; none of anything else. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
