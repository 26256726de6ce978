import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describeSession, type Context, type Session } from './sessions.js';

/** What a picture may be, and the ending of its file. The types are those of Veriff's media API. */
export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'application/pdf': 'pdf',
};

/** Where sessions and pictures go. */
export interface Records {
  /** Writes the session's record anew. */
  saveSession(session: Session): Promise<void>;
  savePicture(session: Session, context: Context, type: string, content: Uint8Array): Promise<void>;
}

/** Keeps nothing. */
export const NO_RECORDS: Records = {
  saveSession: () => Promise.resolve(),
  savePicture: () => Promise.resolve(),
};

/**
 * Keeps `<folder>/<session id>/session.json` and one file a picture. No part of a path comes from
 * a request: ids are made here, contexts and endings are words of fixed tables. The record holds
 * no session URL, and only the user who runs the sandbox may read the files.
 */
export const recordsIn = (folder: string): Records => {
  const writeNow = async (
    session: Session,
    name: string,
    content: string | Uint8Array,
  ): Promise<void> => {
    const own = join(folder, session.id);
    await mkdir(own, { recursive: true, mode: 0o700 });
    await writeFile(join(own, name), content, { mode: 0o600 });
  };
  // One after the other: two requests of one session must not write one file at once.
  let last = Promise.resolve();
  const write = (...each: Parameters<typeof writeNow>): Promise<void> => {
    const writing = last.then(() => writeNow(...each));
    last = writing.catch(() => undefined);
    return writing;
  };
  return {
    saveSession: (session) => {
      const record = { ...describeSession(session), createdAt: session.createdAt };
      return write(session, 'session.json', `${JSON.stringify(record, null, 2)}\n`);
    },
    savePicture: (session, context, type, content) =>
      write(session, `${context}.${MEDIA_TYPES[type] ?? 'bin'}`, content),
  };
};
