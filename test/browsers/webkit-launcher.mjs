import { WebKitDriver } from './webkit-driver.mjs';

/** @typedef {import('@web/test-runner-core').BrowserLauncher} BrowserLauncher */

/**
 * One window for the whole run: a MiniBrowser under automation has one session, and each test page
 * is a navigation in it.
 * @implements {BrowserLauncher}
 */
class WebKitLauncher {
  name = 'Webkit';
  type = 'webkit';
  concurrency = 1;

  // As large as Firefox' page: without a graphics card each pixel costs the processor.
  #driver = new WebKitDriver({ width: 800, height: 600 });
  /** @type {string | undefined} */
  #active;

  /**
   * @param {string} sessionId
   * @param {string} url
   */
  async startSession(sessionId, url) {
    this.#active = sessionId;
    await this.#driver.command('POST', '/url', { url });
  }

  /** @param {string} sessionId */
  isActive(sessionId) {
    return this.#active === sessionId;
  }

  async getBrowserUrl() {
    return /** @type {string} */ (await this.#driver.command('GET', '/url'));
  }

  /** @param {string} sessionId */
  async stopSession(sessionId) {
    if (this.#active === sessionId) this.#active = undefined;
    if (this.#driver.isStarted) {
      await closeOtherWindows(this.#driver);
      // An empty page stops whatever the test left running.
      await this.#driver.command('POST', '/url', { url: 'about:blank' });
    }
    return {};
  }

  startDebugSession() {
    return Promise.reject(new Error('Debugging is not supported in WebKit.'));
  }

  stop() {
    return this.#driver.stop();
  }
}

/** @returns {BrowserLauncher} */
export function webkit() {
  return new WebKitLauncher();
}

/** @param {WebKitDriver} driver */
async function closeOtherWindows(driver) {
  const [own, ...others] = /** @type {string[]} */ (await driver.command('GET', '/window/handles'));
  if (others.length === 0) return;
  for (const handle of others) {
    await driver.command('POST', '/window', { handle });
    await driver.command('DELETE', '/window');
  }
  await driver.command('POST', '/window', { handle: own });
}
