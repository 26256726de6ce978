import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { packed } from '../support/packed.js';

export type Consumer =
  'plain' | 'modules' | 'react-18' | 'react-19' | 'vue-3' | 'svelte-5' | 'server-rendered';

type Environment = Readonly<Record<string, string>>;

/** One command in a consumer's folder; what it said is in the error where it fails. */
const run = (cwd: string, args: readonly string[], environment: Environment = {}): Promise<void> =>
  new Promise((resolve, reject) => {
    // A run under `npm test` hands its own settings down, its folder among them.
    const own = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV$)/i.test(name));
    const options = {
      cwd,
      shell: process.platform === 'win32',
      env: { ...Object.fromEntries(own), ...environment },
    };
    execFile('npm', args, options, (error, stdout, stderr) => {
      if (error) {
        reject(new Error(`npm ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error }));
      } else resolve();
    });
  });

const QUIETLY = ['--no-audit', '--no-fund', '--prefer-offline'];

let free = 2;
const waiting: (() => void)[] = [];

/** Installing and building takes the whole machine: two at a time. */
const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free -= 1;
  try {
    return await act();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
};

const folders: string[] = [];

/** Takes away what was installed. */
export const removeInstalled = async (): Promise<void> => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
};

/** A merchant's app in a folder of its own, with the package installed from its tarball. */
export class Installed {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** What the package brings for those who copy it to their site. */
  get copied(): string {
    return join(this.folder, 'node_modules/kyc-verify/dist');
  }

  /** Checks types, and builds for production into `dist`. */
  async build(environment: Environment): Promise<void> {
    await run(this.folder, ['run', 'check']);
    await run(this.folder, ['run', 'build'], environment);
  }

  /** Builds into `dist-development`, with the frameworks' own checks: StrictMode does nothing else. */
  async buildForDevelopment(environment: Environment): Promise<void> {
    const args = ['--outDir', 'dist-development', '--mode', 'development', '--minify', 'false'];
    await run(this.folder, ['run', 'build', '--', ...args], {
      ...environment,
      NODE_ENV: 'development',
    });
  }
}

const tarball = packed().then((made) => made.tarball);

const install = async (name: Consumer): Promise<Installed> => {
  const folder = await mkdtemp(join(tmpdir(), `kyc-verify-${name}-`));
  folders.push(folder);
  const source = fileURLToPath(new URL(name, import.meta.url));
  // Somebody may have tried it out where it is.
  const isSource = (path: string): boolean => !/(node_modules|dist)$/.test(path);
  await cp(source, folder, { recursive: true, filter: isSource });
  if (existsSync(join(folder, 'package-lock.json'))) await run(folder, ['ci', ...QUIETLY]);
  await run(folder, ['install', '--no-save', '--no-package-lock', ...QUIETLY, await tarball]);
  return new Installed(folder);
};

/**
 * Installs an app, and has it prepared, from now on.
 *
 * @returns what waits for that
 */
export const installing = (
  name: Consumer,
  prepare: (installed: Installed) => Promise<void> = async () => undefined,
): (() => Promise<Installed>) => {
  const installation = inTurn(async () => {
    const installed = await install(name);
    await prepare(installed);
    return installed;
  });
  // Whoever waits for it hears of a failure.
  installation.catch(() => undefined);
  return () => installation;
};
