import { fileURLToPath } from 'node:url';

import { esbuildPlugin } from '@web/dev-server-esbuild';

import { kit } from './test/browsers/kit.mjs';
import { merchant } from './test/browsers/merchant.mjs';
import { sandboxPlugin } from './test/browsers/sandbox-plugin.mjs';
import { testPage } from './test/browsers/test-page.mjs';

/** Loaded on demand: whoever tests in one engine needs no other. */
const launchers = {
  chromium: async () => (await import('./test/browsers/chromium.mjs')).chromium(),
  firefox: async () => (await import('./test/browsers/firefox.mjs')).firefox(),
  webkit: async () => (await import('./test/browsers/webkit-launcher.mjs')).webkit(),
};

const names = (process.env['KYC_BROWSERS'] ?? 'chromium').split(',').map((name) => name.trim());
const browsers = await Promise.all(
  names.map((name) => {
    if (!Object.hasOwn(launchers, name)) {
      throw new Error(`KYC_BROWSERS knows chromium, firefox and webkit, not "${name}".`);
    }
    return launchers[/** @type {keyof typeof launchers} */ (name)]();
  }),
);

/**
 * A worker is named in a URL, where no plugin finds the source of what is compiled elsewhere.
 * @type {import('@web/dev-server-core').Middleware}
 */
const workerSource = (context, next) => {
  context.url = context.url.replace(/^(\/src\/capture\/studio-worker)\.js/, '$1.ts');
  // As a CDN says of its scripts.
  if (context.path.startsWith('/src/')) context.set('access-control-allow-origin', '*');
  return next();
};

/** From a page to the real kit. */
const line = kit();

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: [
    'test/**/*.test.ts',
    // Those run in Node.
    '!test/{node,e2e,engines,docs,consumers,bench,types}/**',
  ],
  browsers,
  // Engines one after another: a starved page misses its time limits.
  concurrentBrowsers: 1,
  // Named, so that lit's noisy development build is not among them.
  nodeResolve: { exportConditions: ['browser', 'production'] },
  middleware: [merchant(), workerSource, line.middleware],
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
    sandboxPlugin(),
    line.plugin,
  ],
  testRunnerHtml: testPage,
  testFramework: { config: { timeout: '20000' } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  coverageConfig: {
    include: ['src/**/*.ts'],
    // Node runs these; c8 measures them there.
    exclude: ['src/server/**', 'src/sandbox/*.ts'],
    threshold: { statements: 95, branches: 85, functions: 95, lines: 95 },
    report: true,
    reportDir: 'coverage/browser',
    reporters: process.env['CI'] ? ['text-summary'] : ['lcovonly', 'html', 'text-summary'],
  },
};
