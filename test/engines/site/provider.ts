import type { Sandbox, Switches, Vendor } from '../../../src/sandbox/index.js';

/** What the sandbox tells of a session. */
export interface Inspection {
  readonly status: string;
  /** How often the session page itself was requested. */
  readonly pageRequests: number;
}

const post = async (url: string, body: object): Promise<unknown> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return JSON.parse(text);
};

/** What a shop's server does: a session by the provider's API. */
export const createSession = async (
  { origin }: Sandbox,
  provider: Vendor,
  sandbox: Switches,
  callback: string | undefined,
): Promise<string> => {
  if (provider === 'veriff') {
    const answer = await post(`${origin}/v1/sessions`, { verification: { callback }, sandbox });
    return (answer as { verification: { url: string } }).verification.url;
  }
  const answer = await post(`${origin}/`, { redirect_url: callback, sandbox });
  return (answer as { verification_url: string }).verification_url;
};

export const inspect = async ({ origin }: Sandbox, sessionUrl: string): Promise<Inspection> => {
  const token = new URL(sessionUrl).pathname.split('/').at(-1) ?? '';
  const answer = await fetch(`${origin}/_sandbox/sessions/${token}`);
  return (await answer.json()) as Inspection;
};
