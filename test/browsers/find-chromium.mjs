import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/**
 * A browser to start: its path, and what its environment needs beyond ours.
 * @typedef {{ executablePath: string, env: Record<string, string> }} FoundBrowser
 */

/**
 * Headless, as root or not, with no outside traffic, a fake camera and microphone, and a person who
 * always says yes to them.
 */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-setuid-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const USUAL_PLACES = [
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/opt/microsoft/msedge/msedge',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * The first of these programs that PATH knows.
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findOnPath(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name + suffix)))
    .find((path) => existsSync(path));
}

/** @returns {string | undefined} */
function fromPlaywrightCache() {
  const home = homedir();
  const cache =
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ??
    {
      darwin: join(home, 'Library/Caches/ms-playwright'),
      win32: join(home, 'AppData/Local/ms-playwright'),
    }[/** @type {string} */ (process.platform)] ??
    join(home, '.cache/ms-playwright');
  if (!existsSync(cache)) return undefined;
  const inside = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win64/chrome.exe',
    'chrome-win/chrome.exe',
  ];
  return readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap((name) => inside.map((path) => join(cache, name, path)))
    .find((path) => existsSync(path));
}

/**
 * Chromium out of the npm package @sparticuz/chromium: needs no installed package at all. It brings
 * the system libraries and fonts a bare machine lacks; they are used only where they are missing,
 * since the machine's own fit the machine better.
 * @returns {Promise<FoundBrowser | undefined>}
 */
async function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const { version } = JSON.parse(
    readFileSync(join(packageRoot('@sparticuz/chromium'), 'package.json'), 'utf8'),
  );
  const folder = join(tmpdir(), `kyc-verify-chromium-${version}`);
  const executablePath = join(folder, 'chromium');
  if (!existsSync(executablePath)) await unpackInto(folder);
  /** @type {Record<string, string>} */
  const env = {};
  if (await lacksLibraries(executablePath)) env['LD_LIBRARY_PATH'] = join(folder, 'al2023/lib');
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_PATH'] = join(folder, 'fonts');
  return { executablePath, env };
}

/**
 * The package unpacks into the folder for temporary files and takes whatever `chromium` it finds
 * there, so it gets a folder of its own; believing it is on Lambda makes it unpack the libraries too.
 * Unpacked beside and then renamed, so that an interrupted run leaves no half of a browser.
 * @param {string} folder
 */
async function unpackInto(folder) {
  const beside = mkdtempSync(`${folder}-`);
  await withEnvironment({ TMPDIR: beside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }, async () =>
    (await import('@sparticuz/chromium')).default.executablePath(),
  );
  rmSync(folder, { recursive: true, force: true });
  renameSync(beside, folder);
}

/**
 * @param {string} name
 * @returns {string}
 */
function packageRoot(name) {
  const entry = createRequire(import.meta.url).resolve(name);
  return entry.slice(0, entry.lastIndexOf(join('node_modules', name))) + join('node_modules', name);
}

/**
 * @template T
 * @param {Record<string, string>} changes
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
async function withEnvironment(changes, run) {
  const before = { ...process.env };
  Object.assign(process.env, changes);
  try {
    return await run();
  } finally {
    for (const name of Object.keys(process.env)) {
      if (!(name in before)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, before);
  }
}

/**
 * @param {string} executablePath
 * @returns {Promise<boolean>}
 */
async function lacksLibraries(executablePath) {
  try {
    const { stdout } = await promisify(execFile)('ldd', [executablePath]);
    return stdout.includes('not found');
  } catch {
    return true;
  }
}

/**
 * CHROME_PATH, then an installed Chromium, Chrome or Edge, then Playwright's, then npm's.
 * @returns {Promise<FoundBrowser>}
 */
export async function findChromium() {
  const wanted = process.env['CHROME_PATH'];
  if (wanted !== undefined && wanted !== '') {
    if (existsSync(wanted)) return { executablePath: wanted, env: {} };
    throw new Error(`CHROME_PATH names ${wanted}, and there is no such file.`);
  }
  const installed =
    findOnPath(NAMES) ?? USUAL_PLACES.find((path) => existsSync(path)) ?? fromPlaywrightCache();
  if (installed !== undefined) return { executablePath: installed, env: {} };
  const packed = await fromNpm();
  if (packed !== undefined) return packed;
  throw new Error(
    'No Chromium found. Install Chromium, Chrome or Edge, run `npx playwright-core install chromium`, ' +
      'or point CHROME_PATH at a browser.',
  );
}
