import { InvalidInput, isFields, type Vendor } from './switches.js';

/** An error that the next calls of an API are to be answered with. */
export interface Demand {
  /** HTTP status: 400, 401, 402, 403, 404, 409, 413, 429, 500, 502, 503, 504 or 524. */
  readonly status: number;
  /** Of which vendor's API. Default: either. */
  readonly vendor?: Vendor;
  /** How many calls. Default 1. */
  readonly times?: number;
  /** Seconds, told in `Retry-After`. Default: 1 with 429, else not told. */
  readonly retryAfter?: number;
  /**
   * Sent with this HTTP status instead. Shufti Pro: `request.unauthorized` may come with 200.
   * Default: `status`.
   */
  readonly sentAs?: number;
}

const STATUSES: readonly unknown[] = [
  400, 401, 402, 403, 404, 409, 413, 429, 500, 502, 503, 504, 524,
];

const readCount = (value: unknown, name: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 1000) {
    throw new InvalidInput(`${name} must be a whole number up to 1000.`);
  }
  return value;
};

/** @throws InvalidInput where it is no demand */
export const readDemand = (value: unknown): Demand => {
  if (!isFields(value)) throw new InvalidInput('The request must be a JSON object.');
  const { status, vendor, times, retryAfter, sentAs } = value;
  if (!STATUSES.includes(status)) {
    throw new InvalidInput(`status must be one of ${STATUSES.join(', ')}.`);
  }
  if (vendor !== undefined && vendor !== 'veriff' && vendor !== 'shufti-pro') {
    throw new InvalidInput('vendor must be veriff or shufti-pro.');
  }
  return {
    status: status as number,
    ...(vendor !== undefined && { vendor }),
    ...(times !== undefined && { times: readCount(times, 'times') }),
    ...(retryAfter !== undefined && { retryAfter: readCount(retryAfter, 'retryAfter') }),
    ...(sentAs !== undefined && { sentAs: readCount(sentAs, 'sentAs') }),
  };
};

/** Errors that were asked for, in the order in which they were. */
export class Demands {
  readonly #waiting: { readonly demand: Demand; left: number }[] = [];

  add(demand: Demand): void {
    this.#waiting.push({ demand, left: demand.times ?? 1 });
  }

  /** What a call of the vendor's API is to be answered with, if anything. */
  take(vendor: Vendor): Demand | undefined {
    const at = this.#waiting.findIndex(({ demand }) => (demand.vendor ?? vendor) === vendor);
    const found = this.#waiting[at];
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#waiting.splice(at, 1);
    return found.demand;
  }
}
