import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What `npm run build` reads. */
const SOURCES = ['src', '.build', 'package.json', 'vite.config.ts'];

/** What somebody gets who installs the package. */
export interface Packed {
  /** The `.tgz` that `npm pack` makes, by its absolute path. */
  readonly tarball: string;
  /** A folder outside of the checkout that has it, and what it depends on, in `node_modules`. */
  readonly folder: string;
}

const npm = (args: readonly string[], cwd: string): Promise<{ stdout: string }> =>
  run('npm', args, {
    cwd,
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
    // A run under `npm test` hands its own settings down, its folder among them.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  });

const newest = (path: string): number => {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};

/** The last files that the build writes: a build that broke off left one of them as it was. */
const LAST = ['dist/custom-elements.json', 'dist/integrity.json'];

/** Whether what was built is older than anything it was made of. */
const isOutdated = (): boolean => {
  const last = LAST.map((name) => join(ROOT, name));
  if (!last.every((path) => existsSync(path))) return true;
  const built = Math.min(...last.map((path) => statSync(path).mtimeMs));
  return SOURCES.some((name) => newest(join(ROOT, name)) > built);
};

/** Test files run in processes of their own: one of them packs, and the others wait for it. */
const GATE = join(
  process.platform === 'win32' ? '\\\\.\\pipe\\' : tmpdir(),
  `kyc-verify-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}.sock`,
);

const tryGate = (): Promise<Server | undefined> =>
  new Promise((settle, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') settle(undefined);
      else reject(error);
    });
    server.listen(GATE, () => settle(server));
  });

/** Resolves once whoever holds the gate has let it go, also by ending. */
const waitAtGate = (): Promise<void> =>
  new Promise((settle) => {
    const socket = connect(GATE);
    socket.once('error', () => {
      // Nobody is there: a holder that was stopped left its socket behind.
      void rm(GATE, { force: true }).then(settle);
    });
    socket.once('close', (hadError) => {
      if (!hadError) settle();
    });
  });

const alone = async <T>(act: () => Promise<T>): Promise<T> => {
  let gate = await tryGate();
  while (!gate) {
    await waitAtGate();
    gate = await tryGate();
  }
  const waiting = new Set<{ destroy: () => void }>();
  gate.on('connection', (socket) => waiting.add(socket));
  try {
    return await act();
  } finally {
    gate.close();
    for (const socket of waiting) socket.destroy();
  }
};

/** The tarball that `KYC_TARBALL` names, or one of the checkout as it is. */
const pack = async (into: string): Promise<string> => {
  const given = process.env['KYC_TARBALL'];
  if (given !== undefined && given !== '') {
    const copy = join(into, 'kyc-verify.tgz');
    await copyFile(resolve(ROOT, given), copy);
    return copy;
  }
  if (isOutdated()) await npm(['run', 'build'], ROOT);
  const { stdout } = await npm(['pack', '--silent', '--pack-destination', into], ROOT);
  return join(into, stdout.trim().split('\n').at(-1) ?? '');
};

/** One folder a tarball: what is the same is installed once, also between runs. */
const install = async (): Promise<Packed> => {
  const beside = await mkdtemp(join(tmpdir(), 'kyc-verify-pack-'));
  try {
    const made = await pack(beside);
    const hash = createHash('sha256')
      .update(await readFile(made))
      .digest('hex')
      .slice(0, 16);
    const folder = join(tmpdir(), `kyc-verify-packed-${hash}`);
    const tarball = join(folder, 'kyc-verify.tgz');
    if (existsSync(join(folder, 'installed'))) return { tarball, folder };
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await rename(made, tarball);
    await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    await npm(['install', '--no-audit', '--no-fund', '--offline=false', tarball], folder);
    await writeFile(join(folder, 'installed'), '');
    return { tarball, folder };
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
};

let once: Promise<Packed> | undefined;

/**
 * The package as others get it: built where the sources are newer than `dist`, packed, and
 * installed in a folder outside of the checkout. One for all tests; leave both as they are, and
 * copy or install the tarball elsewhere to try other things. `KYC_TARBALL` names a tarball that is
 * there already; then nothing is built.
 */
export const packed = (): Promise<Packed> => (once ??= alone(install));
