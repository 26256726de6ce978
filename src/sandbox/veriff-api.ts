import { HttpError, readJson, sendJson, type Exchange } from './http.js';
import { InvalidInput, isFields, readSwitches } from './switches.js';
import type { NewSession, Session } from './sessions.js';

/** A refusal in Veriff's form; codes as in its table of troubleshooting codes. */
class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const INVALID = '1104';

const readCallback = (callback: unknown): string | null => {
  if (callback === undefined || callback === null) return null;
  const url =
    typeof callback === 'string' && URL.canParse(callback) ? new URL(callback) : undefined;
  // Veriff itself takes https alone. A development server on this computer has none.
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new Refusal('1302', 'Only HTTPS return URLs are allowed.');
  }
  return url.href;
};

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
    callback: readCallback(verification['callback']),
    switches: readSwitches(body['sandbox'], 'veriff'),
  };
};

const describe = (error: unknown): readonly [status: number, code: string, message: string] => {
  if (error instanceof Refusal) return [400, error.code, error.message];
  if (error instanceof InvalidInput) return [400, INVALID, error.message];
  if (error instanceof HttpError) return [error.status, INVALID, error.message];
  throw error;
};

/**
 * `POST /v1/sessions`: 201 with the session, or 4xx with `{status: 'fail', code, message}`.
 * Besides Veriff's own fields the body may have `sandbox`, see `Switches`.
 */
export const createVeriffSession = async (
  exchange: Exchange,
  create: (from: NewSession) => Promise<Session>,
  origin: string,
): Promise<void> => {
  try {
    const session = await create(readRequest(await readJson(exchange)));
    sendJson(exchange, 201, {
      status: 'success',
      verification: {
        id: session.id,
        url: `${origin}/v/${session.token}`,
        vendorData: session.reference,
        host: origin,
        status: 'created',
        sessionToken: session.token,
      },
    });
  } catch (error) {
    const [status, code, message] = describe(error);
    sendJson(exchange, status, { status: 'fail', code, message });
  }
};
