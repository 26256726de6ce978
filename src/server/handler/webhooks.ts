import type { KycProvider, WebhookResult } from '../provider.js';
import { later, Problem } from './answers.js';
import type { Kit } from './kit.js';
import { advance, type News, within } from './progress.js';

const REFUSALS = {
  'no-signature': 'bad-signature',
  'bad-signature': 'bad-signature',
  'wrong-client': 'bad-signature',
  'too-large': 'too-large',
  'bad-method': 'method-not-allowed',
  'bad-body': 'bad-body',
} as const satisfies Record<Extract<WebhookResult, { refusal: unknown }>['refusal'], string>;

/** Waits for something, but no longer than so many milliseconds; it goes on. */
export const atMost = async (work: Promise<unknown>, milliseconds: number): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, enough]);
  clearTimeout(timer);
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
  if (!result.isUnderstood) throw new Problem(REFUSALS[result.refusal]);
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
    await atMost(told, kit.limits.decisionTimeout);
  } catch (error) {
    throw tryAgain(kit, error);
  }
};
