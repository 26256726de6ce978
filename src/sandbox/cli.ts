#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { OUTCOMES } from './outcomes.js';
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';

const RULES = ['by-files', ...OUTCOMES, 'none'] as const;

const USAGE = `Usage: kyc-sandbox [options]

Plays Veriff and Shufti Pro on this computer: their hosted pages, their APIs with signatures and
errors, their decisions and their signed webhooks. For development and tests, never for real people.

  --port <number>        port of the provider (default 4801)
  --hop-port <number>    port of its second origin, for the hop faults (default: any free one)
  --folder <path>        keep uploads and session records there (default: keep nothing)

  --webhook <url>        send webhooks there: all of Veriff's, and Shufti Pro's of requests that
                         have no callback_url (default: only to the callback_url of each request)
  --decision <word>      what becomes of sessions that do not say it themselves, one of
                         ${RULES.slice(0, 5).join(', ')},
                         ${RULES.slice(5).join(', ')} (default by-files: fakes are declined)
  --after <ms>           from the submission to the decision (default 1000)

  --api-key <key>        Veriff: the API key
  --shared-secret <key>  Veriff: the shared secret
  --client-id <id>       Shufti Pro: the client id
  --secret-key <key>     Shufti Pro: the secret key
  --strict               create no session without credentials
  --older-signature      Shufti Pro: sign as for accounts from before March 2023

  --help                 show this

Its own page, with a button for every decision and the test documents: <origin>/_sandbox
A member "sandbox" in the body that creates a session tells what becomes of it:
  fault      what goes wrong on its page            pilot   the page clicks its own buttons
  decision   ${OUTCOMES.slice(0, 4).join(', ')},
             ${OUTCOMES.slice(4).join(', ')}, none
  after      milliseconds until then
  webhooks   twice, late, out-of-order, badly-signed, none
  verdict    Shufti Pro: the last word of its page`;

class UsageError extends Error {}

const readPort = (name: string, value: string): number => {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65535)
    throw new UsageError(`--${name} must be a port number.`);
  return port;
};

const readAfter = (value: string): number => {
  if (!/^\d{1,8}$/.test(value)) throw new UsageError('--after must be a number of milliseconds.');
  return Number(value);
};

const readRule = (value: string): (typeof RULES)[number] => {
  const rule = RULES.find((word) => word === value);
  if (rule === undefined) throw new UsageError(`--decision must be one of ${RULES.join(', ')}.`);
  return rule;
};

const readWebhook = (value: string): string => {
  const { protocol } = URL.canParse(value) ? new URL(value) : { protocol: '' };
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new UsageError('--webhook must be an http or https address.');
  return value;
};

/** Half of an account's keys is none: the other half would be a stranger's. */
const pair = <A extends string, B extends string>(
  [one, first]: readonly [A, string | undefined],
  [other, second]: readonly [B, string | undefined],
): Record<A | B, string> | undefined => {
  if (first === undefined && second === undefined) return undefined;
  if (first === undefined || second === undefined)
    throw new UsageError('Give both of an account’s keys, or neither.');
  return { [one]: first, [other]: second } as Record<A | B, string>;
};

/** @returns the options, or `undefined` where help was asked for */
const readOptions = (args: readonly string[]): SandboxOptions | undefined => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4801' },
        'hop-port': { type: 'string', default: '0' },
        folder: { type: 'string' },
        webhook: { type: 'string' },
        decision: { type: 'string', default: 'by-files' },
        after: { type: 'string', default: '1000' },
        'api-key': { type: 'string' },
        'shared-secret': { type: 'string' },
        'client-id': { type: 'string' },
        'secret-key': { type: 'string' },
        strict: { type: 'boolean', default: false },
        'older-signature': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    const webhook = values.webhook === undefined ? undefined : readWebhook(values.webhook);
    const veriff = pair(['apiKey', values['api-key']], ['sharedSecret', values['shared-secret']]);
    const shuftiPro = pair(['clientId', values['client-id']], ['secretKey', values['secret-key']]);
    return {
      port: readPort('port', values.port),
      hopPort: readPort('hop-port', values['hop-port']),
      ...(values.folder !== undefined && { folder: values.folder }),
      ...(webhook !== undefined && { webhooks: { veriff: webhook, shuftiPro: webhook } }),
      keys: { ...(veriff && { veriff }), ...(shuftiPro && { shuftiPro }) },
      decision: readRule(values.decision),
      decisionAfter: readAfter(values.after),
      strict: values.strict,
      shuftiSignature: values['older-signature'] ? 'older' : 'newer',
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/** What its own keys are; not those that somebody gave, which may be worth something. */
const describeKeys = ({ keys }: Sandbox, given: SandboxOptions['keys']): string =>
  [
    given?.veriff === undefined &&
      `Veriff: API key ${keys.veriff.apiKey}, shared secret ${keys.veriff.sharedSecret}`,
    given?.shuftiPro === undefined &&
      `Shufti Pro: client id ${keys.shuftiPro.clientId}, secret key ${keys.shuftiPro.secretKey}`,
  ]
    .filter((line) => line !== false)
    .join('\n');

const run = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(USAGE);
    return;
  }
  const sandbox = await createSandbox(options);
  const stop = (): void => void sandbox.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  console.log(
    `The sandbox provider runs at ${sandbox.origin}, its second origin at ${sandbox.hopOrigin}.
Its page, with a button for every decision: ${sandbox.origin}/_sandbox

Create a session and put its url into <kyc-verify session-url="…">:

  curl -X POST ${sandbox.origin}/v1/sessions -d '{"verification":{}}'                        # Veriff
  curl -X POST ${sandbox.origin}/ -d '{"reference":"order-0001"}'                             # Shufti Pro
  curl -X POST ${sandbox.origin}/v1/sessions -d '{"verification":{},"sandbox":{"fault":"hang"}}'  # a fault

${describeKeys(sandbox, options.keys)}`.trimEnd(),
  );
};

run().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof UsageError ? `${message}\n\n${USAGE}` : message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
