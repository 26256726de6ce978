import type { KycProvider, WebhookResult } from '../provider.js';
import { wait } from '../wait.js';
import { later, Problem } from './answers.js';
import type { Kit } from './kit.js';
import { advance, type News, within } from './progress.js';

const REFUSALS = {
  'no-signature': 'bad-signature',
  'wrong-client': 'bad-signature',
  'bad-method': 'method-not-allowed',
} as const;

type Refusal = Extract<WebhookResult, { refusal: unknown }>['refusal'];

const problemOf = (refusal: Refusal): Problem => {
  const isOther = (word: Refusal): word is keyof typeof REFUSALS => word in REFUSALS;
  return new Problem(isOther(refusal) ? REFUSALS[refusal] : refusal);
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
  const result = await client.verifyWebhook(request);
  if (!result.isUnderstood) throw problemOf(result.refusal);
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
