import type { WarningCode } from '../model/findings.js';
import type { MinimumBrowsers, Provider } from '../model/provider.js';
import { isPolicedOut } from './blockers.js';

/**
 * How the browsers that people choose end their user agent. An app's own browser has something
 * behind that, or leaves it out, or says `wv`; Telegram tells by a global instead.
 */
const USUAL_END = /(Safari|Firefox|EdgA?|OPR)\/[\d.]+$/;
const UNUSUAL = /WebView|; wv\)|GSA\//;

/** Whether it is worth asking the library: a cheap look at what no usual browser has. */
export const mayBeInApp = (userAgent: string): boolean =>
  !USUAL_END.test(userAgent) ||
  UNUSUAL.test(userAgent) ||
  'TelegramWebview' in globalThis ||
  'TelegramWebviewProxy' in globalThis;

/** Whether the browser is older than the provider wants; `false` for one that is not known. */
export const isOutdated = (
  { chrome = 0, firefox = 0, safari = 0 }: MinimumBrowsers = {},
  userAgent: string,
): boolean => {
  // Of Safari last: a WebView on Android names a `Version` too.
  const found = /(Chrome|Firefox)\/(\d+)/.exec(userAgent) ?? /(Version)\/(\d+)/.exec(userAgent);
  const [, name = '', version] = found ?? [];
  return Number(version) < (name === 'Chrome' ? chrome : name === 'Firefox' ? firefox : safari);
};

/** Only `denied` is worth anything; some WebViews and older browsers do not know the question. */
const isDenied = async (): Promise<boolean> =>
  (await navigator.permissions.query({ name: 'camera' })).state === 'denied';

const hasNoCamera = async (): Promise<boolean> =>
  !(await navigator.mediaDevices.enumerateDevices()).some(({ kind }) => kind === 'videoinput');

/**
 * Looks for what may keep the camera away although a frame can be mounted. Nobody is prompted, and
 * no camera is touched. Some answers may never come: `enumerateDevices` can hang in a hidden tab.
 *
 * @param frame - with its `allow` and `src`
 * @param found - called with each finding; `in-app-browser` is a mere suspicion then
 * @returns when every answer is there
 */
export const findWarnings = async (
  frame: HTMLIFrameElement,
  { features, minimumBrowsers }: Pick<Provider, 'features' | 'minimumBrowsers'>,
  found: (code: WarningCode) => void,
): Promise<void> => {
  const { userAgent } = navigator;
  const needsCamera = features.includes('camera');
  const tests: Readonly<Record<WarningCode, () => boolean | Promise<boolean>>> = {
    'in-app-browser': () => mayBeInApp(userAgent),
    'outdated-browser': () => isOutdated(minimumBrowsers, userAgent),
    'microphone-policy': () => features.includes('microphone') && isPolicedOut(frame, 'microphone'),
    'camera-denied': () => needsCamera && isDenied(),
    'no-camera': () => needsCamera && hasNoCamera(),
  };
  const run = async (code: WarningCode): Promise<void> => {
    try {
      if (await tests[code]()) found(code);
    } catch {
      // What cannot be asked is not known, and nothing to warn of.
    }
  };
  await Promise.all((Object.keys(tests) as WarningCode[]).map(run));
};
