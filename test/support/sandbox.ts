/** The sandbox provider that the test runner started, and sessions on it. */
export interface Session {
  readonly url: string;
  /** The sandbox's origins, for `trusted-origins`. */
  readonly trustedOrigins: string;
}

export interface Inspection {
  readonly status: string;
  /** How often the session page itself was requested. */
  readonly pageRequests: number;
  readonly media: readonly { readonly context: string; readonly bytes: number }[];
}

interface Origins {
  readonly origin: string;
  readonly hopOrigin: string;
}

const json = async <T>(url: string, init?: RequestInit): Promise<T> => {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`${String(answer.status)} ${await answer.text()}`);
  return (await answer.json()) as T;
};

export const sandboxOrigins = (): Promise<Origins> => json<Origins>('/__sandbox__.json');

const post = <T>(url: string, body: object): Promise<T> =>
  json<T>(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** A session on the sandbox; `switches` are those of the sandbox, such as `{pilot: true}`. */
export const createSession = async (
  provider: 'veriff' | 'shufti-pro',
  switches: object = {},
): Promise<Session> => {
  const { origin, hopOrigin } = await sandboxOrigins();
  const trustedOrigins = `${origin} ${hopOrigin}`;
  if (provider === 'veriff') {
    const body = { verification: { vendorData: 'test' }, sandbox: switches };
    const { verification } = await post<{ verification: { url: string } }>(
      `${origin}/v1/sessions`,
      body,
    );
    return { url: verification.url, trustedOrigins };
  }
  const { verification_url: url } = await post<{ verification_url: string }>(`${origin}/`, {
    reference: 'kyc-verify-test',
    sandbox: switches,
  });
  return { url, trustedOrigins };
};

/** What the sandbox knows of a session. */
export const inspect = async ({ url }: Session): Promise<Inspection> => {
  const { pathname, origin } = new URL(url);
  const token = pathname.split('/').at(-1) ?? '';
  return json<Inspection>(`${origin}/_sandbox/sessions/${token}`);
};
