import { readJson, sendJson, type Exchange } from './http.js';
import { sessionOrigin, type Origins } from './origins.js';
import { describeRefusal, readReturnUrl, Refusal } from './refusal.js';
import { isFields, readSwitches } from './switches.js';
import { pagePath } from './session-page.js';
import type { NewSession, Session } from './sessions.js';

/** Veriff's code for a body that is not as it should be. */
const INVALID = '1104';

const NO_CALLBACK = new Refusal('1302', 'Only HTTPS return URLs are allowed.');

const readVendorData = (vendorData: unknown): string | null => {
  if (vendorData === undefined || vendorData === null) return null;
  if (typeof vendorData !== 'string') throw new Refusal('1501', 'vendorData must be a string.');
  if (vendorData.length > 1000) {
    throw new Refusal('1500', 'vendorData field cannot be more than 1000 symbols.');
  }
  return vendorData;
};

const readRequest = (body: unknown): NewSession => {
  const verification = isFields(body) ? body['verification'] : undefined;
  if (!isFields(body) || !isFields(verification)) {
    throw new Refusal('1102', 'Mandatory parameters are missing from the request.');
  }
  return {
    vendor: 'veriff',
    reference: readVendorData(verification['vendorData']),
    callback: readReturnUrl(verification['callback'], NO_CALLBACK),
    switches: readSwitches(body['sandbox'], 'veriff'),
  };
};

/**
 * `POST /v1/sessions`: 201 with the session, or 4xx with `{status: 'fail', code, message}`.
 * Besides Veriff's own fields the body may have `sandbox`, see `Switches`.
 */
export const createVeriffSession = async (
  exchange: Exchange,
  create: (from: NewSession) => Promise<Session>,
  origins: Origins,
): Promise<void> => {
  try {
    const session = await create(readRequest(await readJson(exchange)));
    sendJson(exchange, 201, {
      status: 'success',
      verification: {
        id: session.id,
        url: sessionOrigin(session.switches, origins) + pagePath(session),
        vendorData: session.reference,
        host: origins.origin,
        status: 'created',
        sessionToken: session.token,
      },
    });
  } catch (error) {
    const [status, code, message] = describeRefusal(error, { switches: INVALID, body: INVALID });
    sendJson(exchange, status, { status: 'fail', code, message });
  }
};
