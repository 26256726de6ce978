import { decodeBase64, formatOf, typeOf } from './files.js';
import { HttpError, parseJson, readBody, send, type Exchange } from './http.js';
import { sessionOrigin } from './origins.js';
import { createSession, dropFiles, keepFile, switchesFor, type Parts } from './parts.js';
import { readReturnUrl, Refusal } from './refusal.js';
import { pagePath } from './session-page.js';
import { isOpen, VERIFF_CONTEXTS, type Asked, type NewSession, type Session } from './sessions.js';
import { isFields, readSwitches } from './switches.js';
import { authoriseVeriff, INVALID, sendVeriff, serveVeriff } from './veriff-calls.js';
import {
  TECHNICAL_DATA,
  veriffAttempts,
  veriffImages,
  veriffVerification,
} from './veriff-words.js';

const NO_CALLBACK = new Refusal('1302', 'Only HTTPS return URLs are allowed.');

const MEBIBYTE = 1024 * 1024;

/** Of a picture in base64. */
const MOST_BASE64 = 24 * MEBIBYTE;

/** Of a PDF file, decoded. */
const MOST_PDF = 20 * MEBIBYTE;

const readVendorData = (vendorData: unknown): string | null => {
  if (vendorData === undefined || vendorData === null) return null;
  if (typeof vendorData !== 'string') throw new Refusal('1501', 'vendorData must be a string.');
  if (vendorData.length > 1000) {
    throw new Refusal('1500', 'vendorData field cannot be more than 1000 symbols.');
  }
  return vendorData;
};

const PERSON = ['firstName', 'lastName', 'idNumber', 'dateOfBirth', 'gender'];
const DOCUMENT = ['number', 'type', 'country'];

/** The named strings of an object, which a decision repeats. */
const pick = (value: unknown, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isFields(value) ? value : {}).flatMap(([name, each]) =>
      names.includes(name) && typeof each === 'string' && each !== '' && each.length <= 250
        ? [[name, each]]
        : [],
    ),
  );

const readAsked = ({ person, document }: Readonly<Record<string, unknown>>): Asked => ({
  services: { person: pick(person, PERSON), document: pick(document, DOCUMENT) },
  email: null,
  country: null,
  showsResults: true,
  isOffsite: false,
});

const readRequest = (body: unknown, parts: Parts): NewSession => {
  const verification = isFields(body) ? body['verification'] : undefined;
  if (!isFields(body) || !isFields(verification)) {
    throw new Refusal('1102', 'Mandatory parameters are missing from the request.');
  }
  const reference = readVendorData(verification['vendorData']);
  const callback = readReturnUrl(verification['callback'], NO_CALLBACK);
  const own = readSwitches(body['sandbox'], 'veriff');
  return {
    vendor: 'veriff',
    reference,
    callback,
    asked: readAsked(verification),
    switches: switchesFor('veriff', own, body['sandbox'] !== undefined, parts),
  };
};

/** The member `verification` of answers about a session as such. */
const describe = (session: Session, { origins }: Parts, status: string) => ({
  id: session.id,
  url: sessionOrigin(session.switches, origins) + pagePath(session),
  vendorData: session.reference,
  host: origins.origin,
  status,
  sessionToken: session.token,
});

/**
 * `POST /v1/sessions`: 201 with the session, or 4xx with `{status: 'fail', code, message}`.
 * Besides Veriff's own fields the body may have `sandbox`, see `Switches`.
 */
export const createVeriffSession = (exchange: Exchange, parts: Parts): Promise<void> =>
  serveVeriff(exchange, parts, async () => {
    const body = await readBody(exchange, MEBIBYTE);
    const scheme = authoriseVeriff(exchange, { what: 'body', content: body }, parts, true);
    const from = readRequest(parseJson(body), parts);
    const session = await createSession({ ...from, isLegacy: scheme === 'legacy' }, parts);
    const verification = describe(session, parts, 'created');
    sendVeriff(exchange, 201, { status: 'success', verification }, parts.keys, scheme);
  });

const findSession = ({ sessions }: Parts, id: string): Session => {
  const session = sessions.ofVeriff(id);
  if (session === undefined) throw new HttpError(404, 'Session not found.');
  return session;
};

const TOO_LATE = new Refusal('', 'The session was submitted already.', 409);

/** The picture of an upload. The bytes say what it is; a label says nothing. */
const readImage = (body: unknown) => {
  const image = isFields(body) ? body['image'] : undefined;
  if (!isFields(image)) throw new Refusal('1403', 'Image property is missing.');
  const context = VERIFF_CONTEXTS.find((word) => word === image['context']);
  if (context === undefined) throw new Refusal('1402', 'Image context is not supported.');
  const { content } = image;
  if (typeof content !== 'string' || content === '') {
    throw new Refusal('1400', 'Image data not found.');
  }
  if (content.length > MOST_BASE64) throw new Refusal('', 'The image is too large.', 413);
  const bytes = decodeBase64(content);
  if (bytes === undefined) throw new Refusal('1401', 'Image is not in valid base64.');
  const format = formatOf(bytes);
  if (format === undefined || format === 'mp4' || format === 'mov') {
    throw new Refusal(INVALID, 'The image must be jpg, jpeg, png, heif, heic, webp or pdf.');
  }
  if (format === 'pdf' && bytes.length > MOST_PDF) {
    throw new Refusal('', 'The PDF file is too large.', 413);
  }
  return { context, type: typeOf(format), bytes };
};

type Call = (exchange: Exchange, parts: Parts, id: string) => Promise<void>;

/** `POST /v1/sessions/<id>/media`: one picture a call. */
export const uploadVeriffMedia: Call = (exchange, parts, id) =>
  serveVeriff(exchange, parts, async () => {
    // The envelope and a data URI's head come on top of what the vendor counts.
    const body = await readBody(exchange, MOST_BASE64 + MEBIBYTE);
    const scheme = authoriseVeriff(exchange, { what: 'body', content: body }, parts);
    const session = findSession(parts, id);
    if (!isOpen(session)) throw TOO_LATE;
    const { context, type, bytes } = readImage(parseJson(body));
    parts.course.started(session);
    await keepFile(session, context, type, bytes, parts);
    const image = veriffImages(session, parts.origins.origin).find(
      (each) => each.context === context,
    );
    sendVeriff(exchange, 200, { status: 'success', image }, parts.keys, scheme);
  });

/** `PATCH /v1/sessions/<id>` with `{verification: {status: 'submitted'}}`: hands the session in. */
export const patchVeriffSession: Call = (exchange, parts, id) =>
  serveVeriff(exchange, parts, async () => {
    const body = await readBody(exchange, MEBIBYTE);
    const scheme = authoriseVeriff(exchange, { what: 'body', content: body }, parts);
    const session = findSession(parts, id);
    const patch = parseJson(body);
    const verification = isFields(patch) ? patch['verification'] : undefined;
    if (!isFields(verification)) {
      throw new Refusal('1102', 'Mandatory parameters are missing from the request.');
    }
    if (verification['status'] !== 'submitted') throw new Refusal('1303', 'Invalid status.');
    if (!isOpen(session))
      throw new Refusal('1304', 'Cannot transition to "submitted" status.', 409);
    if (session.media.size === 0) throw new Refusal('1400', 'Image data not found.');
    session.isLegacy ||= scheme === 'legacy';
    parts.course.submitted(session);
    await parts.records.saveSession(session);
    const answer = { status: 'success', verification: describe(session, parts, 'submitted') };
    sendVeriff(exchange, 200, answer, parts.keys, scheme);
  });

/** A call without a body, signed over the session's id. */
const reading =
  (read: (session: Session, parts: Parts) => object | Promise<object>): Call =>
  (exchange, parts, id) =>
    serveVeriff(exchange, parts, async () => {
      const scheme = authoriseVeriff(exchange, { what: 'id', content: id }, parts);
      const content = await read(findSession(parts, id), parts);
      sendVeriff(exchange, 200, { status: 'success', ...content }, parts.keys, scheme);
    });

/** `GET /v1/sessions/<id>/decision`; `verification` is null until there is one. */
export const readVeriffDecision = reading((session) => {
  const verification = veriffVerification(session);
  return { verification, technicalData: verification === null ? {} : TECHNICAL_DATA };
});

/** `GET /v1/sessions/<id>/attempts`. */
export const listVeriffAttempts = reading((session) => ({
  verifications: veriffAttempts(session),
}));

/** `GET /v1/sessions/<id>/media`. */
export const listVeriffMedia = reading((session, { origins }) => ({
  images: veriffImages(session, origins.origin),
  videos: [],
}));

/** `DELETE /v1/sessions/<id>`: it and its pictures are gone. */
export const deleteVeriffSession = reading(async (session, parts) => {
  parts.course.forget(session);
  parts.sessions.remove(session.id);
  await dropFiles(session, parts);
  return { verification: { id: session.id } };
});

/** `GET /v1/media/<id>`: the picture itself, signed over its own id. */
export const sendVeriffMedia: Call = (exchange, parts, id) =>
  serveVeriff(exchange, parts, async () => {
    authoriseVeriff(exchange, { what: 'id', content: id }, parts);
    const file = parts.vault.get(id);
    if (file === undefined) throw new HttpError(404, 'Media not found.');
    send(exchange, 200, file.bytes, { 'Content-Type': file.type });
  });
