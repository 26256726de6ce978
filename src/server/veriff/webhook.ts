import { readSecrets } from '../given.js';
import type { WebhookResult } from '../provider.js';
import { receiveWebhook } from '../webhook.js';
import { readVeriffWebhook, type VeriffDecision, type VeriffEvent } from './answers.js';
import { headerOf, isSignedByVeriff, type VeriffSignature } from './signature.js';

/** What tells Veriff's webhooks from anybody else's. */
export interface VeriffKeys {
  /** The integration's API key, which the webhook names in `x-auth-client`. */
  readonly apiKey: string;
  /** The integration's shared secret, or several while one takes the place of another. */
  readonly sharedSecret: string | readonly string[];
  /** Default: `hmac`. Never taken from the request. */
  readonly signature?: VeriffSignature;
}

/**
 * Verifies a webhook of Veriff's over its raw bytes, and reads it only then. Both kinds: events
 * (7001, 7002) tell the stage, decisions the decision.
 *
 * @throws KycServerError `bad-request` where the keys are not usable, or the body was read before
 */
export const verifyVeriffWebhook = async (
  request: Request,
  { apiKey, sharedSecret, signature: scheme = 'hmac' }: VeriffKeys,
): Promise<WebhookResult<VeriffDecision | VeriffEvent>> => {
  const secrets = readSecrets('sharedSecret', sharedSecret);
  const { headers } = request;
  const older = scheme === 'hmac' ? headers.get('vrf-hmac-signature') : null;
  return receiveWebhook(request, {
    signature: headers.get(headerOf(scheme)) ?? older,
    isOurs: headers.get('x-auth-client') === apiKey,
    isGenuine: async (body, signature) => isSignedByVeriff(scheme, secrets, body, signature),
    read: readVeriffWebhook,
  });
};
