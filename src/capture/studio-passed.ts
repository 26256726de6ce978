interface Policy {
  readonly createScriptURL: (url: string) => URL;
}

/** What of Trusted Types is needed; TypeScript does not know them yet. */
interface TrustedTypes {
  readonly createPolicy: (name: string, rules: Policy) => Policy;
}

/** A policy cannot be made twice. */
let policy: Policy | undefined;
let passing: string | undefined;

/** Passes the one URL that is being opened. Throws where the page forbids the policy `kyc-capture`. */
const pass = (url: string): URL => {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('kyc-capture', {
    createScriptURL: (given) => {
      if (given !== passing) throw new TypeError();
      return given as unknown as URL;
    },
  });
  passing = url;
  const passed = policy?.createScriptURL(url) ?? new URL(url);
  passing = undefined;
  return passed;
};

/**
 * A worker from any URL. A script of another origin, a CDN's, may not be a worker, but a worker of the
 * page's own may import it. A page's `worker-src` has to name both `blob:` and that origin then.
 */
export const passedWorker = (url: URL): Worker => {
  const options = { type: 'module' } as const;
  if (url.origin === location.origin) return new Worker(pass(url.href), options);
  const text = `import ${JSON.stringify(url.href)}`;
  const own = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const revoke = (): void => {
    URL.revokeObjectURL(own);
  };
  try {
    const worker = new Worker(pass(own), options);
    // Its first word, or its failure: by then the text was read, or never will be.
    worker.addEventListener('message', revoke, { once: true });
    worker.addEventListener('error', revoke, { once: true });
    return worker;
  } catch (error) {
    revoke();
    throw error;
  }
};
