import { readSecrets } from '../given.js';
import type { WebhookResult } from '../provider.js';
import { receiveWebhook } from '../webhook.js';
import { readShuftiWebhook, type ShuftiAnswer } from './answers.js';
import { isSignedByShufti } from './signature.js';

/** What tells Shufti Pro's webhooks from anybody else's. */
export interface ShuftiKeys {
  /** The account's secret key, or several while one takes the place of another. */
  readonly secretKey: string | readonly string[];
}

/**
 * Verifies a webhook of Shufti Pro's (its `callback_url`) over its raw bytes, and reads it only then.
 *
 * @throws KycServerError `bad-request` where the keys are not usable, or the body was read before
 */
export const verifyShuftiProWebhook = async (
  request: Request,
  { secretKey }: ShuftiKeys,
): Promise<WebhookResult<ShuftiAnswer>> => {
  const secrets = readSecrets('secretKey', secretKey);
  return receiveWebhook(request, {
    signature: request.headers.get('signature'),
    isOurs: true,
    isGenuine: async (body, signature) => isSignedByShufti(secrets, body, signature),
    read: readShuftiWebhook,
  });
};
