#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { createSandbox, type SandboxOptions } from './sandbox.js';

const USAGE = `Usage: kyc-sandbox [options]

Plays an identity verification provider on this computer.

  --port <number>      port of the provider (default 4801)
  --hop-port <number>  port of its second origin, for the hop faults (default: any free one)
  --folder <path>      keep uploads and session records there (default: keep nothing)
  --help               show this`;

class UsageError extends Error {}

const readPort = (name: string, value: string): number => {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65535)
    throw new UsageError(`--${name} must be a port number.`);
  return port;
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
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    return {
      port: readPort('port', values.port),
      hopPort: readPort('hop-port', values['hop-port']),
      ...(values.folder !== undefined && { folder: values.folder }),
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const run = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(USAGE);
    return;
  }
  const sandbox = await createSandbox(options);
  const stop = (): void => void sandbox.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  console.log(`The sandbox provider runs at ${sandbox.origin}, its second origin at ${sandbox.hopOrigin}.

Create a session and put its url into <kyc-verify session-url="…">:

  curl -X POST ${sandbox.origin}/v1/sessions -d '{"verification":{}}'                        # Veriff
  curl -X POST ${sandbox.origin}/ -d '{"reference":"order-0001"}'                             # Shufti Pro
  curl -X POST ${sandbox.origin}/v1/sessions -d '{"verification":{},"sandbox":{"fault":"hang"}}'  # a fault`);
};

run().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof UsageError ? `${message}\n\n${USAGE}` : message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
