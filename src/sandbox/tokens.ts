import { randomBytes } from 'node:crypto';

/** In milliseconds. */
const LIFE = 10 * 60 * 1000;

/** Most that are good at once. */
const MOST = 1000;

/** Shufti Pro's access tokens: each is good for one call, within ten minutes. */
export class Tokens {
  readonly #expiries = new Map<string, number>();

  issue(): string {
    const token = randomBytes(32).toString('base64url');
    this.#expiries.set(token, Date.now() + LIFE);
    const [oldest] = this.#expiries.keys();
    if (this.#expiries.size > MOST && oldest !== undefined) this.#expiries.delete(oldest);
    return token;
  }

  /** @returns whether it was good; it is no longer */
  spend(token: string): boolean {
    const expiry = this.#expiries.get(token) ?? 0;
    this.#expiries.delete(token);
    return expiry > Date.now();
  }
}
