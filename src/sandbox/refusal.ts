import { HttpError } from './http.js';
import { InvalidInput } from './switches.js';

/** A request that is turned down, to be told in the vendor's own form. */
export class Refusal extends Error {
  /** Veriff: a code of its table of troubleshooting codes. Shufti Pro: the field that is wrong. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The URL that a person is to be sent to at the end; `null` where none is asked for. The vendors take
 * https alone; a development server on this computer has none, so http is let through too.
 *
 * @throws `refusal` where it is no such URL
 */
export const readReturnUrl = (value: unknown, refusal: Refusal): string | null => {
  if (value === undefined || value === null) return null;
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw refusal;
  return url.href;
};

/**
 * What an error comes down to in an answer; throws what is no fault of the request.
 *
 * @param codes - the vendor's code for bad `sandbox` switches, and for a body that cannot be read
 */
export const describeRefusal = (
  error: unknown,
  codes: { readonly switches: string; readonly body: string },
): readonly [status: number, code: string, message: string] => {
  if (error instanceof Refusal) return [400, error.code, error.message];
  if (error instanceof InvalidInput) return [400, codes.switches, error.message];
  if (error instanceof HttpError) return [error.status, codes.body, error.message];
  throw error;
};
