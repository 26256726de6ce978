import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The demo as `npm run demo` serves it, with the docs in it. */
export interface DemoServer {
  /** Ends in a slash. */
  readonly url: string;
  close(): Promise<void>;
}

export const serveDemo = async (): Promise<DemoServer> => {
  const server = await createServer({
    root: ROOT,
    configFile: `${ROOT}/vite.config.ts`,
    logLevel: 'error',
    // No watching: other files of the checkout may change while this runs.
    server: { port: 0, hmr: false, watch: null },
  });
  await server.listen();
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
};
