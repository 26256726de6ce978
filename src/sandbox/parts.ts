import { randomUUID } from 'node:crypto';

import type { Assets } from './assets.js';
import type { Course } from './course.js';
import type { Demands } from './demands.js';
import type { SandboxKeys } from './keys.js';
import type { Origins } from './origins.js';
import type { Records } from './records.js';
import type { ShuftiScheme } from './signatures.js';
import type { Context, NewSession, Session, Sessions } from './sessions.js';
import { readSpecimen } from './specimens.js';
import type { Switches, Vendor } from './switches.js';
import type { Tokens } from './tokens.js';
import type { Vault } from './vault.js';

/** What the sandbox serves from. */
export interface Parts {
  readonly assets: Assets;
  readonly origins: Origins;
  readonly sessions: Sessions;
  readonly records: Records;
  readonly keys: SandboxKeys;
  /** Whether sessions are created for nobody without credentials. */
  readonly strict: boolean;
  readonly shuftiScheme: ShuftiScheme;
  readonly course: Course;
  readonly demands: Demands;
  readonly vault: Vault;
  readonly tokens: Tokens;
  /** Switches for sessions to come that bring none of their own, by vendor. */
  readonly prepared: Record<Vendor, Switches[]>;
}

/** Makes a session, tells of it, and lets it take its course. */
export const createSession = async (from: NewSession, parts: Parts): Promise<Session> => {
  const session = parts.sessions.create(from);
  await parts.records.saveSession(session);
  parts.course.created(session);
  return session;
};

/** The switches of a new session: its own, or those that were prepared for the next one. */
export const switchesFor = (vendor: Vendor, own: Switches, isTold: boolean, parts: Parts) =>
  isTold ? own : (parts.prepared[vendor].shift() ?? own);

/** Keeps a file that came in. A second one of a context replaces the first. */
export const keepFile = async (
  session: Session,
  context: Context,
  type: string,
  content: Uint8Array,
  { vault, records }: Parts,
): Promise<void> => {
  const id = randomUUID();
  const specimen = readSpecimen(content);
  const former = session.media.get(context);
  if (former) vault.remove(former.id);
  vault.put(id, { type, bytes: content });
  session.media.set(context, {
    id,
    context,
    type,
    bytes: content.length,
    ...(specimen && { specimen }),
  });
  await records.savePicture(session, context, type, content);
  await records.saveSession(session);
};

/** Forgets a session's files. */
export const dropFiles = async (session: Session, { vault, records }: Parts): Promise<void> => {
  for (const { id } of session.media.values()) vault.remove(id);
  session.media.clear();
  await records.removeSession(session);
};
