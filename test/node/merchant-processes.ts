import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import process, { env, execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build as esbuild } from 'esbuild';

import type { Place } from './store-places.js';

/** Bundled first, since many are started, and each would translate all of it anew. */
const bundle = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'kyc-child-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'merchant.mjs');
  await esbuild({
    entryPoints: [fileURLToPath(new URL('merchant-child.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [
      {
        name: 'binary',
        setup: (build) => {
          // Brings a binary, which no bundle can hold.
          build.onResolve({ filter: /^libsql$/ }, () => ({
            path: pathToFileURL(createRequire(import.meta.url).resolve('libsql')).href,
            external: true,
          }));
        },
      },
    ],
  });
  return outfile;
};

let bundled: Promise<string> | undefined;

/** A merchant's server as a process of its own. */
export interface MerchantProcess {
  readonly origin: string;
  readonly lines: AsyncIterator<string, undefined>;
  readonly ended: Promise<unknown>;
  readonly process: ChildProcess;
}

const running = new Set<ChildProcess>();

/** Ends whatever still runs, for the end of a test that may have failed on the way. */
export const killAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

/** Starts a merchant's server; `dieAt` as `merchant-child.ts` says. */
export const startMerchantProcess = async (
  place: Place,
  vendor: string,
  ledger: string,
  dieAt = '',
): Promise<MerchantProcess> => {
  const script = await (bundled ??= bundle());
  const child = spawn(execPath, [script, place, vendor, ledger], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, KYC_DIE_AT: dieAt },
  });
  const ended = once(child, 'exit').finally(() => running.delete(child));
  running.add(child);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]() as AsyncIterator<
    string,
    undefined
  >;
  const { value: origin } = await lines.next();
  if (origin === undefined) throw new Error('The server did not start.');
  return { origin, lines, ended, process: child };
};

/** Ends a merchant's server without a word. */
export const killProcess = async ({ process: child, ended }: MerchantProcess): Promise<void> => {
  child.kill('SIGKILL');
  await ended;
};

/** One line of the ledger: what `onDecision` was told. */
export interface Told {
  readonly id?: string;
  readonly person?: string;
  readonly providerId: string;
  readonly word: string;
  readonly at?: number;
}

export const readLedger = (path: string): readonly Told[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Told)
    : [];
