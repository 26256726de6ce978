import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { createInterface } from 'node:readline';

const isInstalled = spawnSync('redis-server', ['--version']).status === 0;

/** Why the tests with Redis are left out here; `false` where they run, or have to. */
export const withoutRedis: string | false =
  isInstalled || env['KYC_REDIS'] === 'required' ? false : 'redis-server is not installed';

/** A real Redis of this test's own, behind a socket in a new folder, which keeps nothing. */
export const startRedis = async (
  ...settings: readonly string[]
): Promise<{
  readonly path: string;
  readonly stop: () => Promise<void>;
}> => {
  const folder = await mkdtemp(join(tmpdir(), 'kyc-redis-'));
  const path = join(folder, 'redis.sock');
  const server = spawn(
    'redis-server',
    [
      ...['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no', '--dir', folder],
      ...settings,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // That it could not start is told below.
  const ended = once(server, 'exit').catch(() => undefined);
  const isUp = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error('redis-server ended.')));
    createInterface(server.stdout).on('line', (line) => {
      if (/ready to accept connections/i.test(line)) resolve();
    });
  });
  await isUp;
  return {
    path,
    stop: async () => {
      server.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
};
