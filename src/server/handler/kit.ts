import { KycServerError } from '../errors.js';
import type { KycProvider } from '../provider.js';
import { isSecureUrl } from '../secure.js';
import {
  type HandlerLimits,
  type Kit,
  type KycHandlerOptions,
  LIMITS,
  type Task,
} from './options.js';

export type { Kit };

/** No message and no cause: those of a merchant's own error may be personal. */
const log = (error: unknown, task: Task): void => {
  const what =
    error instanceof KycServerError ? error.code : error instanceof Error ? error.name : 'error';
  console.error(`kyc-verify/server: ${task}: ${what}`);
};

const checkUrl = (name: string, text: string): void => {
  if (!isSecureUrl(text)) {
    throw new TypeError(`${name} must be https, or http on loopback.`);
  }
};

const check = ({ providers, webhookUrl, callbackUrl, ...rest }: Kit): void => {
  for (const name of ['identify', 'onDecision'] as const) {
    // Without types, a missing `identify` would let everybody in.
    if (typeof rest[name] !== 'function') throw new TypeError(`${name} must be a function.`);
  }
  checkUrl('callbackUrl', callbackUrl);
  if (webhookUrl !== undefined) checkUrl('webhookUrl', webhookUrl);
  for (const { id, needsWebhookUrl } of providers.values()) {
    if (needsWebhookUrl && webhookUrl === undefined) {
      throw new TypeError(`webhookUrl must be set: ${id} is told with each session.`);
    }
  }
};

/** The longest that a timer can wait. */
const MAX_TIMER = 2 ** 31 - 1;

/** A limit that is no number would limit nothing, and a timer that is too long goes off at once. */
const checkLimits = (given: Partial<HandlerLimits> = {}): HandlerLimits => {
  const all: Record<string, number> = { ...LIMITS };
  for (const [name, value] of Object.entries<number | undefined>({ ...given })) {
    if (value === undefined) continue;
    // A date and no timer.
    const most = name === 'retention' ? Number.MAX_SAFE_INTEGER / 2 : MAX_TIMER;
    if (!(Number.isFinite(value) && value > 0 && value <= most)) {
      throw new TypeError(`limits.${name} must be a number above 0, up to ${most}.`);
    }
    all[name] = value;
  }
  return all as Record<keyof HandlerLimits, number>;
};

/** @throws TypeError for options that cannot be worked with */
export const createKit = ({ provider, limits, onError, ...rest }: KycHandlerOptions): Kit => {
  const list = [provider].flat() as readonly KycProvider[];
  const [first] = list;
  const providers = new Map(list.map((each) => [each.id, each]));
  if (!first || providers.size !== list.length) {
    throw new TypeError('provider must be one, or several with different ids.');
  }
  const all = checkLimits(limits);
  const kit: Kit = {
    ...rest,
    providers,
    first,
    reported: new Map(),
    limits: { ...all, proofLife: Math.min(all.proofLife, LIMITS.proofLife) },
    report: (error, task) => {
      try {
        (onError ?? log)(error, task);
      } catch {
        // A broken listener must not break what it listens to.
      }
    },
  };
  check(kit);
  return kit;
};
