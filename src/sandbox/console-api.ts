import { readBody, parseJson, sendJson, sendText, HttpError, type Exchange } from './http.js';
import { readDemand } from './demands.js';
import { CONSOLE_PATH } from './console-page.js';
import { OUTCOMES, type Outcome } from './outcomes.js';
import type { Parts } from './parts.js';
import { describeSession, type Session } from './sessions.js';
import { SHUFTI_EVENTS } from './shufti-words.js';
import { InvalidInput, isFields, readSwitches } from './switches.js';

/** Names that this computer alone answers to. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a page of the sandbox itself, or no page at all, sent the request. The name in `Host` must
 * be this computer's own too: a stranger's name that leads here makes a page of one origin with us.
 */
const isOwn = ({ request: { headers } }: Exchange, origin: string): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (headers.origin === undefined) return true;
  if (headers.origin === origin) return true;
  const isHere = URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
  return isHere && LOOPBACK.includes(new URL(headers.origin).hostname);
};

const isForm = ({ request: { headers } }: Exchange): boolean =>
  (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');

const readFields = async (exchange: Exchange): Promise<Readonly<Record<string, unknown>>> => {
  const body = await readBody(exchange, 64 * 1024);
  // What `curl -d` sends as a form is JSON as often as not.
  if (isForm(exchange) && !body.toString('utf8').startsWith('{')) {
    return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  }
  const fields = parseJson(body);
  if (!isFields(fields)) throw new HttpError(400, 'The request must be a JSON object.');
  return fields;
};

const guarded =
  (work: (fields: Readonly<Record<string, unknown>>) => void, parts: Parts, after: () => object) =>
  async (exchange: Exchange): Promise<void> => {
    if (!isOwn(exchange, parts.origins.origin)) {
      throw new HttpError(403, 'Only the pages of the sandbox itself may ask for that.');
    }
    const fields = await readFields(exchange);
    try {
      work(fields);
    } catch (error) {
      if (error instanceof InvalidInput) throw new HttpError(400, error.message);
      throw error;
    }
    const wantsPage = (exchange.request.headers.accept ?? '').includes('text/html');
    if (wantsPage) sendText(exchange, 303, 'Done.', { Location: CONSOLE_PATH });
    else sendJson(exchange, 200, after());
  };

const readOutcome = (value: unknown): Outcome => {
  const outcome = OUTCOMES.find((word) => word === value);
  if (outcome === undefined) {
    throw new InvalidInput(`decision must be one of ${OUTCOMES.join(', ')}.`);
  }
  return outcome;
};

/** `POST /_sandbox/sessions/<id>/decide` with `{decision}`: decides, whatever was decided before. */
export const serveDecide = (session: Session, parts: Parts) =>
  guarded(
    ({ decision }) => {
      parts.course.decide(session, readOutcome(decision));
    },
    parts,
    () => describeSession(session),
  );

/** `POST /_sandbox/sessions/<id>/callback` with `{event}`: sends it, and changes nothing. */
export const serveCallback = (session: Session, parts: Parts) =>
  guarded(
    ({ event }) => {
      const word = SHUFTI_EVENTS.find((each) => each === event);
      if (session.vendor !== 'shufti-pro') {
        throw new InvalidInput('Only Shufti Pro sessions have callbacks.');
      }
      if (word === undefined) {
        throw new InvalidInput(`event must be one of ${SHUFTI_EVENTS.join(', ')}.`);
      }
      parts.course.callBack(session, word);
    },
    parts,
    () => describeSession(session),
  );

/** `POST /_sandbox/answers` with a `Demand`. */
export const serveDemand = (parts: Parts) =>
  guarded(
    (fields) => {
      parts.demands.add(readDemand(fields));
    },
    parts,
    () => ({ status: 'success' }),
  );

/** `POST /_sandbox/next` with `{vendor, sandbox}`: switches for its next session. */
export const servePrepare = (parts: Parts) =>
  guarded(
    ({ vendor, sandbox }) => {
      if (vendor !== 'veriff' && vendor !== 'shufti-pro') {
        throw new InvalidInput('vendor must be veriff or shufti-pro.');
      }
      parts.prepared[vendor].push(readSwitches(sandbox, vendor));
    },
    parts,
    () => ({ status: 'success' }),
  );
