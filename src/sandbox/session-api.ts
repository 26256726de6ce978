import { HttpError, readBody, readJson, sendJson, type Exchange } from './http.js';
import { REPORTS } from './pages/reports.js';
import { keepFile, type Parts } from './parts.js';
import { MEDIA_TYPES } from './records.js';
import { CONTEXTS, isOpen, type Session } from './sessions.js';
import { isFields } from './switches.js';

/** Largest picture, in bytes. */
export const MAX_MEDIA_BYTES = 16 * 1024 * 1024;

const assertOpen = (session: Session): void => {
  if (!isOpen(session)) throw new HttpError(409, 'The session was submitted already.');
};

/** `POST …/events` with `{event}`, a word of `REPORTS`: what happened on the page. */
const takeReport = async (exchange: Exchange, session: Session, parts: Parts): Promise<void> => {
  const body = await readJson(exchange, 1024);
  const report = REPORTS.find((word) => isFields(body) && body['event'] === word);
  if (report === undefined) throw new HttpError(400, `event must be one of ${REPORTS.join(', ')}.`);
  assertOpen(session);
  // A page that reports in a loop must not fill the memory.
  if (session.reports.length < 100) session.reports.push(report);
  if (report === 'started' || report === 'canceled') parts.course[report](session);
  await parts.records.saveSession(session);
  sendJson(exchange, 200, { status: 'success' });
};

/** `POST …/media?context=…`, the picture as the body. A second one of a context replaces the first. */
const takeMedia = async (exchange: Exchange, session: Session, parts: Parts): Promise<void> => {
  const { request, url } = exchange;
  const context = CONTEXTS.find((word) => word === url.searchParams.get('context'));
  if (context === undefined)
    throw new HttpError(400, `context must be one of ${CONTEXTS.join(', ')}.`);
  const type = request.headers['content-type'] ?? '';
  if (!Object.hasOwn(MEDIA_TYPES, type)) {
    throw new HttpError(415, `The type must be one of ${Object.keys(MEDIA_TYPES).join(', ')}.`);
  }
  assertOpen(session);
  const content = await readBody(exchange, MAX_MEDIA_BYTES);
  if (content.length === 0) throw new HttpError(400, 'The picture is empty.');
  assertOpen(session);
  await keepFile(session, context, type, content, parts);
  sendJson(exchange, 201, { status: 'success' });
};

/** `POST …/submit`: hands the session in. Needs the document's front and the face. */
const takeSubmit = async (exchange: Exchange, session: Session, parts: Parts): Promise<void> => {
  assertOpen(session);
  const missing = (['document-front', 'face'] as const).filter(
    (context) => !session.media.has(context),
  );
  if (missing.length > 0) throw new HttpError(400, `Pictures are missing: ${missing.join(', ')}.`);
  parts.course.submitted(session);
  await parts.records.saveSession(session);
  sendJson(exchange, 200, { status: 'success' });
};

const ACTIONS = { events: takeReport, media: takeMedia, submit: takeSubmit } as const;

export type Action = keyof typeof ACTIONS;

export const isAction = (word: string | undefined): word is Action =>
  word !== undefined && Object.hasOwn(ACTIONS, word);

/**
 * Serves `POST /api/sessions/<id>/<action>`, the hosted page's own API. Refusals are JSON
 * `{status: 'fail', message}`.
 */
export const serveSessionApi = async (
  exchange: Exchange,
  session: Session,
  action: Action,
  parts: Parts,
): Promise<void> => {
  try {
    await ACTIONS[action](exchange, session, parts);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    sendJson(exchange, error.status, { status: 'fail', message: error.message });
  }
};
