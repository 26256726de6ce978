import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BLOCKS } from './papers.js';

/** Where the papers say that the sandbox is. */
const SANDBOX = 'http://127.0.0.1:4801';

/** The files of an example, by their names: its own, and those of the examples that it uses. */
export const filesOf = (name: string): ReadonlyMap<string, string> => {
  const blocks = BLOCKS.filter(({ words }) => words['example'] === name);
  const used = blocks.flatMap(({ words }) => words['uses'] ?? []);
  return new Map([
    ...used.flatMap((other) => [...filesOf(other)]),
    ...blocks.map(({ words, code }) => [words['file'] ?? '', code] as const),
  ]);
};

/** A folder with an example's files, and the installed package. */
export const writeExample = async (
  name: string,
  installed: string,
  sandbox: string,
): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), `kyc-verify-${name}-`));
  for (const [file, code] of filesOf(name)) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, code.replaceAll(SANDBOX, sandbox));
  }
  await symlink(join(installed, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
};

export const removeExample = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true });

export const listen = async (server: Server): Promise<number> => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
};

export const close = async (server: Server): Promise<void> => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
};

/** The sandbox's API, whose sessions press their own buttons: nobody else is there to. */
export const createPilots = (sandbox: string): Server =>
  createServer((asked, answer) => {
    void (async () => {
      let body = '';
      for await (const part of asked) body += String(part);
      const made = await fetch(`${sandbox}${asked.url ?? ''}`, {
        method: 'POST',
        body: JSON.stringify({ ...(JSON.parse(body) as object), sandbox: { pilot: true } }),
      });
      answer.writeHead(made.status, { 'content-type': 'application/json' });
      answer.end(await made.text());
    })();
  });

/** A port that is free now. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return port;
};

const isUp = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const asked = request({ host: 'localhost', port, path: '/', method: 'HEAD' });
    asked.once('response', (answer) => resolve(!!answer.resume()));
    asked.once('error', () => resolve(false));
    asked.end();
  });

/** A server of a paper, as it stands there, in a process of its own. */
export class ExampleServer {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(port: number, process: ChildProcess) {
    this.port = port;
    this.#process = process;
  }

  static async start(folder: string, file: string, base: string): Promise<ExampleServer> {
    const port = await freePort();
    const child = spawn(process.execPath, [file], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PORT: String(port), VERIFF_BASE_URL: base },
    });
    const server = new ExampleServer(port, child);
    while (!(await isUp(port))) {
      if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}.`);
    }
    return server;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    this.#process.kill();
    await once(this.#process, 'exit');
  }
}
