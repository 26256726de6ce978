import { STATE_PARAMETER } from '../../model/state.js';
import type { StartedSession } from '../../model/status.js';
import { LANGUAGE_TAG } from '../codes.js';
import type { CallOptions, KycProvider, SessionWish } from '../provider.js';
import type { Write } from '../store.js';
import { Problem } from './answers.js';
import { readJson } from './guard.js';
import type { Kit } from './kit.js';
import { type Done, once } from './once.js';
import { progressOf, reported } from './progress.js';
import { countOne, limitRate, type Rate } from './rate.js';
import {
  type Flow,
  hashOf,
  isOver,
  keyOf,
  put,
  type ProgressRecord,
  randomId,
  read,
  type SessionRecord,
  statusOf,
  versionOf,
  wordOf,
} from './records.js';

/** What a page asks for. */
interface Wanted {
  readonly client: KycProvider;
  readonly flow: Flow;
  readonly language: string | undefined;
}

const readWish = async ({ providers, first, capture }: Kit, request: Request): Promise<Wanted> => {
  const { provider = first.id, flow = 'hosted', language } = await readJson(request);
  // No other value is a key of the map.
  const client = providers.get(provider as string);
  const isTag = typeof language === 'string' && LANGUAGE_TAG.test(language);
  const isFlow = flow === 'hosted' || flow === 'capture';
  if (!client || !isFlow || (language !== undefined && !isTag)) throw new Problem('bad-request');
  if (flow === 'capture' && !capture) throw new Problem('no-capture');
  return { client, flow, language: language };
};

const callbackOf = ({ callbackUrl }: Kit, state: string): string => {
  const url = new URL(callbackUrl);
  url.searchParams.set(STATE_PARAMETER, state);
  return url.href;
};

/**
 * What the provider is told of a session, as often as it is told: the merchant is asked again for what
 * it knows of the person, so that it need not rest in the store.
 */
export const wishOf = async (
  kit: Kit,
  session: Omit<SessionRecord, 'providerId'>,
  request: Request,
): Promise<SessionWish> => {
  const { person, provider, flow, reference, state, language } = session;
  const details = await kit.details?.(person, { provider, flow, request });
  return {
    reference,
    callbackUrl: callbackOf(kit, state),
    ...(kit.webhookUrl !== undefined && {
      webhookUrl: `${kit.webhookUrl.replace(/\/$/, '')}/${provider}`,
    }),
    ...(language !== undefined && { language }),
    ...(details && { details }),
  };
};

/** Milliseconds that a decision is waited for after the session URL has expired. */
const GRACE = 24 * 3_600_000;

/** Whether the person can go on with the session URL, or has to wait, or needs a new one. */
const needOf = (
  { expires }: SessionRecord,
  progress: ProgressRecord | undefined,
): 'url' | 'wait' | 'new' => {
  const word = wordOf(progress);
  if (word === 'approved' || word === 'review') return 'wait';
  if (isOver(word)) return 'new';
  if (word !== 'resubmission-requested' && progress?.stage === 'submitted') {
    // Nobody is locked out for good by a decision that never came.
    return expires + GRACE > Date.now() ? 'wait' : 'new';
  }
  return expires > Date.now() ? 'url' : 'new';
};

const startedOf = (
  session: SessionRecord,
  progress: ProgressRecord | undefined,
  url: string | undefined,
): StartedSession => ({
  id: session.id,
  provider: session.provider,
  ...(url !== undefined && { url }),
  state: session.state,
  status: statusOf(session, progress),
});

/** The session that is there already, if it still is any use to the person. */
const reuse = async (kit: Kit, id: string): Promise<StartedSession | undefined> => {
  const { value: session } = await read<SessionRecord>(kit.store, keyOf('session', id));
  if (!session) return undefined;
  const progress = await progressOf(kit, session);
  const need = needOf(session, progress);
  if (need === 'new') return undefined;
  const url = need === 'url' ? (await kit.store.get(keyOf('url', id)))?.value : undefined;
  // A page of the provider's without its URL is none.
  if (need === 'url' && session.flow === 'hosted' && url === undefined) return undefined;
  return startedOf(session, progress, url);
};

const hourly = ({ limits }: Kit): Rate => ({
  kind: 'new',
  most: limits.sessionsPerHour,
  window: 3_600_000,
});

/** All that is to be remembered of a new session, with what its webhooks may have said by then. */
const writesOf = async (
  kit: Kit,
  session: SessionRecord,
  url: string | undefined,
): Promise<readonly Write[]> => {
  const { id, provider, providerId, person, expires } = session;
  const remembered = expires + kit.limits.retention;
  const look = keyOf('look', provider, providerId);
  const progress = await read<ProgressRecord>(kit.store, keyOf('progress', provider, providerId));
  const record: ProgressRecord = {
    stage: 'created',
    ...progress.value,
    version: (progress.value?.version ?? 0) + 1,
    session: id,
    until: remembered,
  };
  return [
    put(keyOf('session', id), 0, session, remembered),
    ...(url === undefined ? [] : [{ key: keyOf('url', id), expected: 0, value: url, expires }]),
    put(keyOf('progress', provider, providerId), progress.version, record, remembered),
    put(look, await versionOf(kit.store, look), 1, Date.now() + kit.limits.look),
    await countOne(kit, hourly(kit), person),
  ];
};

/** Makes a session at the provider. */
const open = async (
  kit: Kit,
  { client, flow, language }: Wanted,
  person: string,
  request: Request,
  call: CallOptions,
): Promise<Done<StartedSession>> => {
  // Asked before it costs something; counted once it did.
  await countOne(kit, hourly(kit), person);
  const intended = {
    id: randomId(),
    person,
    provider: client.id,
    flow,
    state: randomId(24),
    reference: randomId(),
    language,
    expires: Date.now() + client.sessionLifetime,
  };
  const wish = await wishOf(kit, intended, request);
  const begin = flow === 'hosted' ? 'openHosted' : 'openCapture';
  const made = await client[begin](wish, call).catch(reported(kit));
  const session = { ...intended, providerId: made.providerId };
  return {
    answer: startedOf(session, undefined, made.url),
    done: session.id,
    writes: async () => writesOf(kit, session, made.url),
  };
};

/** `POST /sessions` for a person: the live session, or a new one. */
export const startSession = async (
  kit: Kit,
  person: string,
  request: Request,
): Promise<{ readonly started: StartedSession; readonly isNew: boolean }> => {
  const wanted = await readWish(kit, request);
  const { limits, store } = kit;
  const minutely = { kind: 'minute', most: limits.requestsPerMinute, window: 60_000 };
  await limitRate(kit, minutely, person);
  let isNew = false;
  const started = await once(store, {
    key: keyOf('live', await hashOf(person), wanted.client.id, wanted.flow),
    limit: limits.providerTimeout,
    expires: Date.now() + wanted.client.sessionLifetime + limits.retention,
    reuse: async (id) => reuse(kit, id),
    work: async (call) => {
      isNew = true;
      return open(kit, wanted, person, request, call);
    },
  });
  return { started, isNew };
};
