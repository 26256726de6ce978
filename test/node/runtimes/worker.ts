import {
  captureRoutes,
  createKycHandler,
  memoryStore,
  shuftiPro,
  veriff,
} from '../../../src/server/index.js';
import type { SandboxKeys } from '../../../src/sandbox/keys.js';

/** What the worker is told of its surroundings. */
export interface Environment {
  readonly PROVIDER: string;
  readonly KEYS: SandboxKeys;
}

/** A merchant's backend as it would be written for a worker. */
export const createBackend = ({ PROVIDER, KEYS }: Environment, origin: string) =>
  createKycHandler({
    provider: [
      veriff({ ...KEYS.veriff, baseUrl: PROVIDER }),
      shuftiPro({ ...KEYS.shuftiPro, baseUrl: PROVIDER }),
    ],
    store: memoryStore(),
    identify: ({ headers }) => headers.get('x-person') ?? undefined,
    callbackUrl: 'https://shop.example/back',
    webhookUrl: `${origin}/kyc/webhooks`,
    details: (_person, { provider }) =>
      provider === 'veriff' ? {} : { email: 'mia@example.com', country: 'EE', face: {} },
    onDecision: () => undefined,
    capture: captureRoutes,
    limits: { poll: 50 },
  });

let backend: ReturnType<typeof createBackend> | undefined;

export default {
  fetch: (request: Request, environment: Environment, context: unknown): Promise<Response> => {
    // Where it is reached is known with the first request.
    backend ??= createBackend(environment, new URL(request.url).origin);
    return backend(request, context);
  },
};
