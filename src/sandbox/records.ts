import { mkdir, rm, writeFile } from 'node:fs/promises';
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

/** The endings of Shufti Pro's clips besides, which no hosted page sends. */
const ENDINGS: Readonly<Record<string, string>> = {
  ...MEDIA_TYPES,
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
};

/** Where sessions and pictures go. */
export interface Records {
  /** Writes the session's record anew. */
  saveSession(session: Session): Promise<void>;
  savePicture(session: Session, context: Context, type: string, content: Uint8Array): Promise<void>;
  /** Takes away what was written of the session. */
  removeSession(session: Session): Promise<void>;
}

/** Keeps nothing. */
export const NO_RECORDS: Records = {
  saveSession: () => Promise.resolve(),
  savePicture: () => Promise.resolve(),
  removeSession: () => Promise.resolve(),
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
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const working = last.then(work);
    last = working.catch(() => undefined);
    return working;
  };
  const write = (...each: Parameters<typeof writeNow>): Promise<void> =>
    inTurn(() => writeNow(...each));
  return {
    saveSession: (session) => {
      const record = { ...describeSession(session), createdAt: session.createdAt };
      return write(session, 'session.json', `${JSON.stringify(record, null, 2)}\n`);
    },
    savePicture: (session, context, type, content) =>
      write(session, `${context}.${ENDINGS[type] ?? 'bin'}`, content),
    removeSession: ({ id }) => inTurn(() => rm(join(folder, id), { recursive: true, force: true })),
  };
};
