import { randomUUID } from 'node:crypto';

import { HttpError, parseJson, readBody, send, type Exchange } from './http.js';
import { sessionOrigin } from './origins.js';
import { createSession, dropFiles, keepFile, switchesFor, type Parts } from './parts.js';
import { readReturnUrl, Refusal } from './refusal.js';
import { pagePath } from './session-page.js';
import type { NewSession, Session } from './sessions.js';
import { authoriseShufti, sendShufti, serveShufti } from './shufti-calls.js';
import { readShuftiRequest, type ShuftiRequest } from './shufti-request.js';
import { isProofToken, shuftiContent, shuftiEvent, shuftiStatus } from './shufti-words.js';
import { isFields, readSwitches } from './switches.js';

/** In bytes: several proofs in base64. */
const MOST = 64 * 1024 * 1024;

const MEBIBYTE = 1024 * 1024;

const readReference = (reference: unknown, isNeeded: boolean): string => {
  if (reference === undefined && !isNeeded) return `sp-${randomUUID()}`;
  if (typeof reference !== 'string' || !/^[\w-]{6,250}$/.test(reference)) {
    throw new Refusal('reference', 'The reference must be 6 to 250 letters, digits, - or _.');
  }
  return reference;
};

const NO_REDIRECT = new Refusal('redirect_url', 'The redirect_url must be a valid URL.');
const NO_CALLBACK = new Refusal('callback_url', 'The callback_url must be a valid URL.');

/**
 * Where callbacks go. Not where a web page asks: the vendor's API is for servers, and no page shall
 * have this computer post to addresses that it cannot reach itself.
 */
const readCallbackUrl = ({ request }: Exchange, value: unknown): string | null => {
  const url = readReturnUrl(value, NO_CALLBACK);
  return request.headers.origin === undefined ? url : null;
};

const readRequest = (
  exchange: Exchange,
  body: unknown,
  isKnown: boolean,
  parts: Parts,
): readonly [from: NewSession, asked: ShuftiRequest] => {
  if (!isFields(body)) throw new Refusal('', 'The request must be a JSON object.');
  const reference = readReference(body['reference'], isKnown);
  const callback = readReturnUrl(body['redirect_url'], NO_REDIRECT);
  const webhookUrl = readCallbackUrl(exchange, body['callback_url']);
  const own = readSwitches(body['sandbox'], 'shufti-pro');
  const asked = readShuftiRequest(body);
  if (isKnown && Object.keys(asked.asked.services).length === 0) {
    throw new Refusal('', 'At least one service must be requested.');
  }
  // Whoever comes without credentials plays: the same name may be used again and again.
  if (isKnown && parts.sessions.ofShufti(reference)) {
    throw new Refusal('reference', 'The reference has already been taken.', 409);
  }
  const from: NewSession = {
    vendor: 'shufti-pro',
    reference,
    callback,
    webhookUrl,
    asked: asked.asked,
    switches: switchesFor('shufti-pro', own, body['sandbox'] !== undefined, parts),
  };
  return [from, asked];
};

/** Off-site there is no page: the answer has the result, unless it shall come later. */
const verifyOffsite = async (
  session: Session,
  { files }: ShuftiRequest,
  parts: Parts,
): Promise<void> => {
  for (const [context, type, bytes] of files) await keepFile(session, context, type, bytes, parts);
  parts.course.submitted(session);
  const isLater = session.switches.after !== undefined || !session.asked.showsResults;
  if (!isLater) parts.course.decideNow(session);
  await parts.records.saveSession(session);
};

/**
 * `POST /`: 200 with `request.pending` and the `verification_url`; with proofs in it, with what was
 * found; or 4xx with `request.invalid`. Besides Shufti Pro's own fields the body may have `sandbox`,
 * see `Switches`.
 */
export const createShuftiSession = (exchange: Exchange, parts: Parts): Promise<void> =>
  serveShufti(exchange, parts, async () => {
    const body = await readBody(exchange, MOST);
    const isKnown = authoriseShufti(exchange, parts, parts.strict);
    const [from, asked] = readRequest(exchange, parseJson(body), isKnown, parts);
    const session = await createSession(from, parts);
    if (session.asked.isOffsite) await verifyOffsite(session, asked, parts);
    const url = sessionOrigin(session.switches, parts.origins) + pagePath(session);
    const content = shuftiContent(session, shuftiEvent(session));
    const { isOffsite, email, country } = session.asked;
    sendShufti(
      exchange,
      200,
      isOffsite ? content : { ...content, email, country, verification_url: url },
      parts,
    );
  });

const findSession = (body: unknown, { sessions }: Parts): Session => {
  const reference = readReference(isFields(body) ? body['reference'] : undefined, true);
  const session = sessions.ofShufti(reference);
  if (session === undefined) {
    throw new Refusal('reference', 'The selected reference is invalid.', 404);
  }
  return session;
};

/** `POST /status` with `{reference}`. */
export const readShuftiStatus = (exchange: Exchange, parts: Parts): Promise<void> =>
  serveShufti(exchange, parts, async () => {
    const body = await readBody(exchange, MEBIBYTE);
    authoriseShufti(exchange, parts, true);
    const session = findSession(parseJson(body), parts);
    const { origins, keys } = parts;
    sendShufti(
      exchange,
      200,
      shuftiStatus(session, origins.origin, keys.shuftiPro.secretKey),
      parts,
    );
  });

/** `POST /delete` with `{reference, comment}`. */
export const deleteShuftiRequest = (exchange: Exchange, parts: Parts): Promise<void> =>
  serveShufti(exchange, parts, async () => {
    const body = await readBody(exchange, MEBIBYTE);
    authoriseShufti(exchange, parts, true);
    const fields = parseJson(body);
    const session = findSession(fields, parts);
    const comment = isFields(fields) ? fields['comment'] : undefined;
    if (typeof comment !== 'string' || comment.length < 5 || comment.length > 200) {
      throw new Refusal('comment', 'The comment must be 5 to 200 characters.');
    }
    if (session.isDeleted) throw new Refusal('reference', 'The request is already deleted.');
    parts.course.forget(session);
    session.isDeleted = true;
    await dropFiles(session, parts);
    parts.course.callBack(session, 'request.deleted');
    sendShufti(exchange, 200, shuftiContent(session, 'request.deleted'), parts);
  });

/** `POST /get/access/token`: a token that is good for one call. */
export const issueShuftiToken = (exchange: Exchange, parts: Parts): Promise<void> =>
  serveShufti(exchange, parts, async () => {
    await readBody(exchange, MEBIBYTE);
    authoriseShufti(exchange, parts, true, false);
    sendShufti(exchange, 200, { access_token: parts.tokens.issue() }, parts);
  });

/** `GET /api/storage/<session>/<context>/…?access_token=…`: a proof, for a quarter of an hour. */
export const sendShuftiProof = (
  exchange: Exchange,
  parts: Parts,
  session: Session,
  word: string,
): void => {
  const token = exchange.url.searchParams.get('access_token') ?? '';
  const isGood = isProofToken(session.id, token, parts.keys.shuftiPro.secretKey, Date.now());
  if (!isGood) throw new HttpError(403, 'The access token is not valid, or no longer.');
  const media = [...session.media.values()].find(({ context }) => context === word);
  const file = media && parts.vault.get(media.id);
  if (file === undefined) throw new HttpError(404, 'There is no such proof.');
  send(exchange, 200, file.bytes, {
    'Content-Type': file.type,
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
};
