import { KycServerError } from '../errors.js';
import type { KycProvider, WebhookResult } from '../provider.js';
import { wait } from '../wait.js';
import { later, Problem } from './answers.js';
import type { Kit } from './kit.js';
import { advance, type News, within } from './progress.js';

type Refusal = Extract<WebhookResult, { refusal: unknown }>['refusal'];

const REFUSALS = {
  'no-signature': 'bad-signature',
  'wrong-client': 'bad-signature',
  'bad-method': 'method-not-allowed',
} as const;

const problemOf = (refusal: Refusal): Problem => {
  const isOther = (word: Refusal): word is keyof typeof REFUSALS => word in REFUSALS;
  return new Problem(isOther(refusal) ? REFUSALS[refusal] : refusal);
};

/** Milliseconds between two reports of what any stranger can send. */
const REPORT_INTERVAL = 60_000;

/** Tells the merchant of what may be a secret that has changed, or a form that is not known here. */
const reportRefusal = (
  { report, reported }: Kit,
  id: string,
  refusal: Refusal,
  { code }: Problem,
): void => {
  const isBody = code === 'bad-body';
  if (!isBody && code !== 'bad-signature') return;
  if (!isBody && Date.now() - (reported.get(id) ?? 0) < REPORT_INTERVAL) return;
  if (!isBody) reported.set(id, Date.now());
  const told = isBody ? 'bad-answer' : code;
  report(new KycServerError(told, `A webhook of ${id} was refused: ${refusal}.`), 'webhook');
};

/** Says that nothing was stored, so that the provider sends it again. */
const tryAgain = (kit: Kit, error: unknown): Problem => {
  kit.report(error, 'webhook');
  return error instanceof Problem ? error : later('busy', 5000);
};

/**
 * `POST /webhooks/:provider`: done once it is in the store. That the merchant's `onDecision` fails is
 * nothing that the provider could help by sending it again.
 */
export const takeWebhook = async (
  kit: Kit,
  client: KycProvider,
  request: Request,
): Promise<void> => {
  // It throws for what is the merchant's to put right, for example a body that was read before.
  const result = await client.verifyWebhook(request).catch((error: unknown) => {
    throw tryAgain(kit, error);
  });
  if (!result.isUnderstood) {
    const problem = problemOf(result.refusal);
    reportRefusal(kit, client.id, result.refusal, problem);
    throw problem;
  }
  const { providerId, stage, attempt, decision, isStale } = result.event;
  try {
    const known = isStale ? await client.readDecision(providerId, within(kit)) : decision;
    const news: News = {
      ...(stage && { stage }),
      ...(attempt && { attempt }),
      ...(known && { decision: known }),
    };
    const tell = await advance(kit, client.id, providerId, news);
    const told = tell().catch((error: unknown) => kit.report(error, 'store'));
    await wait(kit.limits.decisionTimeout, (goOn) => void told.then(goOn));
  } catch (error) {
    throw tryAgain(kit, error);
  }
};
