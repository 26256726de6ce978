import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { env, execPath, argv, exit } from 'node:process';

// node test/run-node.mjs <folder> [--option] [wrapper]: the tests of one folder, under c8 for example.
// Node 20 knows neither globs nor TypeScript in `--test`, and Windows' shell expands nothing.
const [folder = 'test/node', ...rest] = argv.slice(2);
const options = rest.filter((word) => word.startsWith('--'));
const wrapper = rest.filter((word) => !word.startsWith('--'));

const files = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => join(folder, name))
  : [];
if (files.length === 0) {
  console.log(`No tests in ${folder}.`);
  exit(0);
}

const command = [
  ...wrapper,
  execPath,
  '--import=tsx',
  '--test',
  '--test-reporter=spec',
  '--test-timeout=300000',
  // Node would take one file at a time where there are two processors: half of them would be idle.
  `--test-concurrency=${Math.max(2, availableParallelism() - 1)}`,
  ...options,
  ...files,
];
const { status } = spawnSync(/** @type {string} */ (command[0]), command.slice(1), {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env,
});
exit(status ?? 1);
