/** A request that is turned down, to be told in the vendor's own form. */
export class Refusal extends Error {
  /** Veriff: a code of its table of troubleshooting codes. Shufti Pro: the field that is wrong. */
  readonly code: string;
  /** The HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
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
