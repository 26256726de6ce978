import { tsImport } from 'tsx/esm/api';

/** @typedef {import('../../src/sandbox/index.js')} SandboxModule */
/** @typedef {Awaited<ReturnType<SandboxModule['createSandbox']>>} Sandbox */

const ENTRY = new URL('../../src/sandbox/index.ts', import.meta.url);

/**
 * The local provider runs as long as the test server does. Tests in the browser learn where it is
 * from `/__sandbox__.json`.
 * @returns {import('@web/test-runner-core').TestRunnerPlugin}
 */
export function sandboxPlugin() {
  /** @type {Sandbox | undefined} */
  let sandbox;
  return {
    name: 'sandbox',
    async serverStart() {
      // Most tests need no sandbox, so a broken one fails those that do, not the whole run.
      try {
        /** @type {SandboxModule} */
        const { createSandbox } = await tsImport(ENTRY.href, import.meta.url);
        sandbox = await createSandbox();
      } catch (error) {
        console.warn('The sandbox did not start; tests that need it will fail.', error);
      }
    },
    async serverStop() {
      await sandbox?.close();
    },
    serve(context) {
      if (context.path !== '/__sandbox__.json' || sandbox === undefined) return undefined;
      const { origin, hopOrigin } = sandbox;
      return { body: JSON.stringify({ origin, hopOrigin }), type: 'json' };
    },
  };
}
