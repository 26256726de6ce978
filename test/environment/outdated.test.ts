import { expect } from '@open-wc/testing';
import { isOutdated } from '../../src/environment/warnings.js';
import { veriff } from '../../src/index.js';
import type { MinimumBrowsers } from '../../src/index.js';

const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';

const chrome = (version: string): string =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Chrome/${version} Safari/537.36`;
const firefox = (version: string): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:${version}) Gecko/20100101 Firefox/${version}`;
const safari = (version: string): string =>
  `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version} Safari/605.1.15`;

const MINIMUM: MinimumBrowsers = { chrome: 80, firefox: 90, safari: 14 };

describe('isOutdated', () => {
  for (const [name, userAgent, isOld] of [
    ['Chrome, one too old', chrome('79.0.3945.88'), true],
    ['Chrome, just new enough', chrome('80.0.3987.87'), false],
    ['Chrome, with three digits', chrome('141.0.0.0'), false],
    ['Chrome without a window', chrome('141.0.0.0').replace('Chrome', 'HeadlessChrome'), false],
    ['Edge, too old', `${chrome('79.0.309.43')} Edg/79.0.309.43`, true],
    ['Edge, new enough', `${chrome('141.0.0.0')} Edg/141.0.0.0`, false],
    ['the first Edge, which was no Chrome', `${chrome('64.0.3282.140')} Edge/18.17763`, true],
    [
      'Samsung Internet, by its Chromium and not by its own number',
      `Mozilla/5.0 (Linux; Android 10; K) ${BLINK} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
      false,
    ],
    [
      'Samsung Internet, too old',
      `Mozilla/5.0 (Linux; Android 9; SM-G960F) ${BLINK} SamsungBrowser/11.2 Chrome/75.0.3770.143 Mobile Safari/537.36`,
      true,
    ],
    ['Opera, by its Chromium', `${chrome('79.0.3945.130')} OPR/66.0.3515.72`, true],
    [
      'an Android WebView, which says Version/4.0 whatever its Chromium is',
      `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A.240905.003; wv) ${BLINK} Version/4.0 Chrome/130.0.6723.58 Mobile Safari/537.36`,
      false,
    ],
    [
      'an Android WebView, too old',
      `Mozilla/5.0 (Linux; Android 8.0.0; SM-G930F Build/R16NW; wv) ${BLINK} Version/4.0 Chrome/70.0.3538.80 Mobile Safari/537.36`,
      true,
    ],
    ['Firefox, too old', firefox('89.0'), true],
    ['Firefox, just new enough', firefox('90.0'), false],
    [
      'Firefox on Android, too old',
      'Mozilla/5.0 (Android 9; Mobile; rv:68.0) Gecko/68.0 Firefox/68.0',
      true,
    ],
    ['Safari, too old', safari('13.1.3'), true],
    ['Safari, just new enough', safari('14.0'), false],
    ['Safari of the new numbers', safari('26.0'), false],
    ['Safari on an iPhone, too old', `${IPHONE} Version/13.1 Mobile/15E148 Safari/604.1`, true],
    // These are Safari underneath, and do not say which.
    ['Chrome on an iPhone', `${IPHONE} CriOS/60.0.3112.89 Mobile/15E148 Safari/604.1`, false],
    ['Firefox on an iPhone', `${IPHONE} FxiOS/8.1  Mobile/15E148 Safari/605.1.15`, false],
    ['an app on an iPhone', `${IPHONE} Mobile/15E148`, false],
    ['one that nobody knows', 'Lynx/2.9.0', false],
    ['one that says nothing', '', false],
  ] as const) {
    it(`is ${isOld ? 'true' : 'false'} for ${name}`, () => {
      expect(isOutdated(MINIMUM, userAgent)).to.equal(isOld);
    });
  }

  it('minds only the browsers that the provider speaks of', () => {
    expect(isOutdated({ chrome: 80 }, firefox('3.0'))).to.equal(false);
    expect(isOutdated({ chrome: 80 }, safari('3.0'))).to.equal(false);
    expect(isOutdated({ firefox: 80 }, chrome('3.0'))).to.equal(false);
    expect(isOutdated({}, chrome('3.0'))).to.equal(false);
    expect(isOutdated(undefined, chrome('3.0'))).to.equal(false);
  });

  it("knows Veriff's: Chrome and Edge 80, Safari 14", () => {
    const { minimumBrowsers } = veriff;
    expect([79, 80].map((version) => isOutdated(minimumBrowsers, chrome(`${version}.0`))))
      .to.deep //
      .equal([true, false]);
    expect([13, 14].map((version) => isOutdated(minimumBrowsers, safari(`${version}.0`))))
      .to.deep //
      .equal([true, false]);
    expect(isOutdated(minimumBrowsers, firefox('60.0'))).to.equal(false);
  });

  it('is false for the browser that runs this test', () => {
    expect(isOutdated(MINIMUM, navigator.userAgent)).to.equal(false);
  });
});
