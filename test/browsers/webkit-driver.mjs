import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { findOnPath } from './find-chromium.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @typedef {{ readonly width: number, readonly height: number }} Size */

const DESKTOP = { width: 1280, height: 900 };

/** WebKitGTK through its own WebDriver, on a display of its own. */
export class WebKitDriver {
  /** @type {ChildProcess[]} */
  #processes = [];
  /** @type {Promise<string> | undefined} */
  #session;
  /** @type {Size} */
  #window;

  /** @param {Size} [window] */
  constructor(window = DESKTOP) {
    this.#window = window;
  }

  /**
   * One command of the one session, which the first command starts.
   * @param {string} method
   * @param {string} path of the session, for example `/url`
   * @param {object} [body]
   * @returns {Promise<unknown>} the value, or the driver's error
   */
  async command(method, path, body) {
    this.#session ??= this.#start();
    return send(method, (await this.#session) + path, body);
  }

  /** Whether a session was asked for. */
  get isStarted() {
    return this.#session !== undefined;
  }

  async stop() {
    const session = await this.#session?.catch(() => undefined);
    if (session !== undefined) await send('DELETE', session).catch(() => undefined);
    for (const child of this.#processes.reverse()) child.kill();
  }

  async #start() {
    const display = await this.#startDisplay();
    const port = await freePort();
    this.#run(program('WebKitWebDriver', 'webkit2gtk-driver'), [`--port=${port}`], {
      DISPLAY: display,
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      // Without these GTK looks for a session bus and waits for it.
      NO_AT_BRIDGE: '1',
      GTK_A11Y: 'none',
    });
    const driver = `http://127.0.0.1:${port}`;
    const capabilities = {
      alwaysMatch: {
        // A test page's frames may never finish loading; that is what some tests are about.
        pageLoadStrategy: 'none',
        'webkitgtk:browserOptions': {
          binary: findMiniBrowser(),
          args: [
            '--automation',
            '--enable-media-stream=true',
            '--enable-mock-capture-devices=true',
          ],
        },
      },
    };
    const { sessionId } = /** @type {{ sessionId: string }} */ (
      await patiently(() => send('POST', `${driver}/session`, { capabilities }))
    );
    const session = `${driver}/session/${sessionId}`;
    await send('POST', `${session}/window/rect`, { x: 0, y: 0, ...this.#window });
    return session;
  }

  /** Xvfb picks a free display itself and tells its number on the file descriptor it is given. */
  async #startDisplay() {
    const { width, height } = this.#window;
    const screen = `${width}x${height}x24`;
    const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset'];
    const child = this.#run(program('Xvfb', 'xvfb'), args, {}, 'pipe');
    const pipe = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
    // Number and line end come in two writes, and closing the pipe between them would kill Xvfb.
    let line = '';
    const number = await new Promise((resolve, reject) => {
      pipe.on('data', (chunk) => {
        line += String(chunk);
        if (line.endsWith('\n')) resolve(line.trim());
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error('Xvfb did not start.')));
    });
    return `:${number}`;
  }

  /**
   * @param {string} path
   * @param {string[]} args
   * @param {Record<string, string>} env
   * @param {'pipe' | 'ignore'} fourth
   */
  #run(path, args, env, fourth = 'ignore') {
    const child = spawn(path, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'ignore', fourth],
    });
    process.once('exit', () => child.kill());
    this.#processes.push(child);
    return child;
  }
}

/**
 * One WebDriver command; its value, or the driver's error.
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<unknown>}
 */
async function send(method, url, body) {
  const response = await fetch(url, {
    method,
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    signal: AbortSignal.timeout(30_000),
  });
  const { value } = /** @type {{ value: unknown }} */ (await response.json());
  if (!response.ok) throw new Error(`WebDriver: ${JSON.stringify(value)}`);
  return value;
}

/**
 * The driver listens a moment after it started.
 * @template T
 * @param {() => Promise<T>} attempt
 * @returns {Promise<T>}
 */
async function patiently(attempt) {
  for (let left = 50; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof TypeError) || left === 0) throw error;
      await sleep(100);
    }
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

/**
 * @param {string} name
 * @param {string} from the package that has it
 */
function program(name, from) {
  const path = findOnPath([name]);
  if (path === undefined) throw new Error(`${name} not found. Install ${from}.`);
  return path;
}

/** MiniBrowser lives in a folder named after the machine, such as x86_64-linux-gnu. */
function findMiniBrowser() {
  const roots = ['/usr/lib', '/usr/libexec', '/usr/lib64'];
  const folders = roots
    .filter((root) => existsSync(root))
    .flatMap((root) => [
      root,
      ...readdirSync(root)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => join(root, name)),
    ]);
  const found = folders
    .map((folder) => join(folder, 'webkit2gtk-4.1/MiniBrowser'))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error('MiniBrowser not found. Install webkit2gtk-driver.');
  return found;
}
