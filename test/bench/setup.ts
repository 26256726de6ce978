import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { CODE, HERE, ROOT } from './code.js';

const npm = (folder: string, ...words: readonly string[]): void => {
  const { status } = spawnSync('npm', words, {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${words.join(' ')} failed.`);
};

/** Puts the peers and the build where they are looked for. Neither is done again if it is there. */
export const prepare = (needsPeers: boolean): void => {
  if (needsPeers && !existsSync(CODE.veriff.file)) npm(HERE, 'ci', '--no-audit', '--no-fund');
  const built = [
    CODE.ours.file,
    CODE.capture.file,
    `${ROOT}dist/frame.js`,
    `${ROOT}dist/define.js`,
  ];
  if (!built.every((file) => existsSync(file))) npm(ROOT, 'run', 'build');
};
