import type { SessionStatus } from '../../model/status.js';
import { type Bytes, sha256, toHex } from '../crypto.js';
import { KycServerError } from '../errors.js';
import { fromBase64, toBase64 } from '../media.js';
import type { CallOptions, Decision, KycProvider, PickedTypes, Proof } from '../provider.js';
import type { Write } from '../store.js';
import { empty, json, later, Problem } from './answers.js';
import { checkType, readBody, readJson } from './guard.js';
import type { Kit } from './kit.js';
import { type Done, isHeld, once, TRIES } from './once.js';
import type { CaptureRoutes } from './options.js';
import { readTypes } from './picked-types.js';
import { advance, progressOf, reported, statusNow } from './progress.js';
import { limitRate } from './rate.js';
import {
  deletionsOf,
  isOver,
  keyOf,
  put,
  type ProgressRecord,
  read,
  type SessionRecord,
  statusOf,
  versionOf,
  wordOf,
} from './records.js';
import { wishOf } from './sessions.js';

const TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/heif',
  'application/pdf',
  'video/mp4',
  'video/quicktime',
];

const CONTEXT = /^[a-z][a-z\d-]{0,63}$/;

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;

/** Whether the person has handed in, and was not asked to do so again. */
const isHandedIn = (progress: ProgressRecord | undefined): boolean => {
  const word = wordOf(progress);
  return word !== 'resubmission-requested' && (progress?.stage === 'submitted' || isOver(word));
};

const clientOf = ({ providers }: Kit, { provider, flow }: SessionRecord): KycProvider => {
  const client = providers.get(provider);
  if (!client || flow !== 'capture') throw new Problem('conflict');
  return client;
};

const checkOpen = async (kit: Kit, session: SessionRecord): Promise<void> => {
  if (session.expires <= Date.now() || isHandedIn(await progressOf(kit, session))) {
    throw new Problem('conflict');
  }
};

/** What comes while all is being handed in would be left behind. */
const checkTaken = async (kit: Kit, session: SessionRecord): Promise<void> => {
  await checkOpen(kit, session);
  if (await isHeld(kit.store, keyOf('submit', session.id))) throw new Problem('conflict');
};

const digestOf = async (context: string, bytes: Bytes): Promise<string> =>
  `${context} ${toHex(await sha256(bytes))}`;

/** A line that breaks on the way is the page's everyday, and nothing to report: it comes again. */
const receive = async (request: Request, limit: number): Promise<Bytes> => {
  // Whoever has read it before us is the merchant's to find.
  const wasTaken = request.bodyUsed || request.body?.locked;
  return readBody(request, limit).catch((error: unknown) => {
    throw wasTaken || error instanceof Problem ? error : later('busy', 1000);
  });
};

/** What a commit needs so that a proof waits for the submission; one context has one proof. */
const keep = async (kit: Kit, session: SessionRecord, proof: Proof): Promise<readonly Write[]> => {
  const { id } = session;
  const { store, limits } = kit;
  const expires = Date.now() + limits.proofLife;
  const list = await read<readonly string[]>(store, keyOf('proofs', id));
  // After the list was read: a submission that begins now seals it, and this commit fails.
  await checkTaken(kit, session);
  const contexts = [...new Set([...(list.value ?? []), proof.context])];
  if (contexts.length > limits.proofs) throw new Problem('conflict');
  const key = keyOf('proof', id, proof.context);
  return [
    put(keyOf('proofs', id), list.version, contexts, expires),
    { key, expected: await versionOf(store, key), value: toBase64(proof.bytes), expires },
  ];
};

/** What the provider will not take is for the person to make anew, and no failure of ours. */
const refused = (error: unknown): never => {
  throw error instanceof KycServerError && error.code === 'bad-request'
    ? new Problem('bad-proof')
    : error;
};

const check = (client: KycProvider, proof: Proof): void => {
  try {
    client.checkProof(proof);
  } catch (error) {
    refused(error);
  }
};

/**
 * `POST /sessions/:id/media?context=…`: one proof, as a raw body. The same `Idempotency-Key` sends it
 * once, however often it comes.
 */
const takeProof = async (kit: Kit, session: SessionRecord, request: Request): Promise<Response> => {
  const client = clientOf(kit, session);
  const context = new URL(request.url).searchParams.get('context') ?? '';
  const name = request.headers.get('idempotency-key') ?? '';
  checkType(request, TYPES);
  if (!CONTEXT.test(context) || !IDEMPOTENCY_KEY.test(name)) throw new Problem('bad-request');
  // Before the body, which is large.
  const most = kit.limits.proofsPerHour;
  await limitRate(kit, { kind: 'proof', most, window: 3_600_000 }, session.person);
  await checkOpen(kit, session);
  const bytes = await receive(request, kit.limits.proofSize);
  const proof = { context, bytes };
  check(client, proof);
  const digest = await digestOf(context, bytes);
  const before = await once(kit.store, {
    key: keyOf('media', session.id, name),
    limit: kit.limits.providerTimeout,
    expires: Date.now() + kit.limits.proofLife,
    reuse: async (done) => done,
    work: async (call) => {
      if (!client.isSentAtOnce) {
        await checkTaken(kit, session);
        await client.sendProof(session.providerId, proof, call).catch(reported(kit)).catch(refused);
      }
      return {
        answer: digest,
        done: digest,
        writes: async () => (client.isSentAtOnce ? keep(kit, session, proof) : []),
      };
    },
  });
  // The same key for something else: one of both would be lost without a word.
  if (before !== digest) throw new Problem('conflict');
  return empty();
};

/** Versions of what was sent, by their keys. */
type Sent = ReadonlyMap<string, number>;

/**
 * All that is kept, and sealed: whoever brings more from now on finds another list than they read.
 *
 * @throws Problem `conflict` where one of them has expired: the page was told that it is kept
 */
const keptProofs = async (
  { store, limits }: Kit,
  { id }: SessionRecord,
): Promise<{ readonly proofs: readonly Proof[]; readonly sent: Sent }> => {
  const key = keyOf('proofs', id);
  for (let i = 0; i < TRIES; i += 1) {
    const { value = [], version } = await read<readonly string[]>(store, key);
    const proofs: Proof[] = [];
    const sent = new Map<string, number>();
    // One by one: each is large, and twice as large on its way.
    for (const context of value) {
      const entry = await store.get(keyOf('proof', id, context));
      if (!entry) throw new Problem('conflict');
      proofs.push({ context, bytes: fromBase64(entry.value) });
      sent.set(keyOf('proof', id, context), entry.version);
    }
    if (version === 0) return { proofs, sent };
    const seal = { key, expected: version, value: JSON.stringify(value) };
    if (await store.commit([{ ...seal, expires: Date.now() + limits.proofLife }])) {
      return { proofs, sent: sent.set(key, await versionOf(store, key)) };
    }
  }
  throw new Problem('conflict');
};

/** Pictures of a person rest here no longer than they must, and those that were not sent until they are. */
const dropProofs = async (
  { store }: Kit,
  { id }: SessionRecord,
  sent?: Sent,
): Promise<readonly Write[]> => {
  const list = await read<readonly string[]>(store, keyOf('proofs', id));
  const all = [
    keyOf('proofs', id),
    ...(list.value ?? []).map((context) => keyOf('proof', id, context)),
  ];
  const writes = await deletionsOf(store, all);
  return sent ? writes.filter(({ key, expected }) => sent.get(key) === expected) : writes;
};

/** Hands in, or finds that a process did so before that died over it. */
const send = async (
  kit: Kit,
  client: KycProvider,
  wish: Parameters<KycProvider['submitCapture']>[0],
  call: CallOptions,
): Promise<Decision | undefined> => {
  try {
    return await client.submitCapture(wish, call);
  } catch (error) {
    const isRefused =
      error instanceof KycServerError &&
      (error.code === 'bad-request' || error.code === 'conflict');
    // It was handed in, and the answer got lost.
    if (isRefused && !client.isSentAtOnce && error.code === 'conflict') return undefined;
    const known =
      isRefused && client.isSentAtOnce
        ? await client.readDecision(wish.providerId, call).catch(() => undefined)
        : undefined;
    if (known) return known;
    kit.report(error, 'provider');
    // Something is missing in what was collected, or it is too late.
    throw isRefused ? new Problem('conflict') : error;
  }
};

const handIn = async (
  kit: Kit,
  client: KycProvider,
  session: SessionRecord,
  types: PickedTypes,
  request: Request,
  call: CallOptions,
): Promise<Done<SessionStatus>> => {
  await checkOpen(kit, session);
  const { providerId } = session;
  const wish = await wishOf(kit, session, request);
  const { proofs, sent } = await keptProofs(kit, session);
  const decision = await send(kit, client, { ...wish, providerId, proofs, types }, call);
  const tell = await advance(kit, session.provider, providerId, {
    stage: 'submitted',
    ...(decision && { decision }),
  });
  void tell().catch((error: unknown) => kit.report(error, 'store'));
  const answer = await statusNow(kit, session);
  const writes = async (): Promise<readonly Write[]> => dropProofs(kit, session, sent);
  return { answer, done: String(answer.version), writes };
};

/** `POST /sessions/:id/submit`: hands in what was collected, once. */
const submit = async (kit: Kit, session: SessionRecord, request: Request): Promise<Response> => {
  const types = readTypes((await readJson(request))['types']);
  const client = clientOf(kit, session);
  const status = await once(kit.store, {
    key: keyOf('submit', session.id),
    limit: kit.limits.providerTimeout,
    expires: session.expires + kit.limits.retention,
    reuse: async (done) => {
      const status = await statusNow(kit, session);
      const isAskedAgain =
        status.decision === 'resubmission-requested' && status.version > Number(done);
      return isAskedAgain ? undefined : status;
    },
    work: async (call) => {
      // A process may have died between the provider's answer and ours.
      const progress = await progressOf(kit, session);
      if (!isHandedIn(progress)) return handIn(kit, client, session, types, request, call);
      const answer = statusOf(session, progress);
      return { answer, done: String(answer.version), writes: async () => dropProofs(kit, session) };
    },
  });
  return json(200, status);
};

/**
 * The option `capture` of `createKycHandler`: `POST /sessions/:id/media` and `/submit`, for proofs that
 * the merchant's own page collects. What does not import it does not carry it.
 */
export const captureRoutes: CaptureRoutes = { media: takeProof, submit };
