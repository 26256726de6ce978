import { deepEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Opens one new file after the other, each at the moment that all were told. */
const OPEN = `
  import Database from 'libsql';
  import { sqliteStore } from './src/server/sqlite.ts';
  const [folder, begin, count] = process.argv.slice(2);
  for (let i = 0; i < Number(count); i += 1) {
    const at = Number(begin) + i * 60;
    while (Date.now() < at);
    sqliteStore(new Database(folder + '/' + i + '.db'));
  }`;

it('lets several processes open a new file at the same moment', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kyc-open-'));
  try {
    const script = join(folder, 'open.mjs');
    await build({
      stdin: { contents: OPEN, resolveDir: ROOT },
      bundle: true,
      format: 'esm',
      platform: 'node',
      banner: {
        js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(import.meta.url)});`,
      },
      external: ['@libsql/*', '@neon-rs/*', 'detect-libc'],
      outfile: script,
    });
    const begin = String(Date.now() + 1000);
    const codes = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const child = spawn(execPath, [script, folder, begin, '30'], { stdio: 'ignore' });
        const [code] = (await once(child, 'exit')) as [number | null];
        return code;
      }),
    );
    deepEqual(codes, [0, 0, 0, 0]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
