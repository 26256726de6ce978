import { expect } from '@open-wc/testing';
import spy from 'inapp-spy';
import { isInApp } from '../../src/environment/in-app.js';
import { mayBeInApp } from '../../src/environment/warnings.js';
import { overrides } from '../support/override.js';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15';
const IPAD = 'Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const GECKO = '(KHTML, like Gecko)';
const ANDROID = `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 ${GECKO}`;
const VIEW = `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A.240905.003; wv) AppleWebKit/537.36 ${GECKO} Version/4.0 Chrome/130.0.6723.58 Mobile Safari/537.36`;
const BLINK = `AppleWebKit/537.36 ${GECKO}`;
const SAFARI = `${GECKO} Version/18.5 Mobile/15E148`;

const IN_APP: Readonly<Record<string, string>> = {
  'Instagram on an iPhone': `${IPHONE} ${GECKO} Mobile/22F76 Instagram 354.0.0.29.90 (iPhone12,8; iOS 18_5; en_US; en; scale=2.00; 750x1334; 654111336; IABMV/1)`,
  'Instagram that ends as Safari does': `${IPHONE} ${GECKO} Mobile/22F76 Instagram 393.1.0.36.70 (iPhone15,3; iOS 18_5; en_US; en; scale=3.00; 1290x2796; IABMV/1; 776538208) Safari/604.1)`,
  'Instagram on Android': `${VIEW} Instagram 355.1.0.44.103 Android (34/14; 420dpi; 1080x2205; Google/google; Pixel 8; shiba; shiba; en_US; 658190016)`,
  'Facebook on an iPhone': `${IPHONE} ${GECKO} Mobile/22F76 [FBAN/FBIOS;FBAV/488.0.0.68.101;FBBV/658219612;FBDV/iPhone12,8;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/2;FBID/phone;FBLC/en_US;FBOP/5;FBRV/0;IABMV/1]`,
  'Facebook, by its newer name': `${IPHONE} ${GECKO} Mobile/22G100 Safari/604.1 MetaIAB Facebook`,
  'Facebook on Android': `${VIEW} [FB_IAB/FB4A;FBAV/488.0.0.62.79;IABMV/1;]`,
  'Messenger on an iPhone': `${IPHONE} ${GECKO} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/482.2.0.68.110;FBBV/658316928;FBDV/iPhone12,8;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/2;FBCR/;FBID/phone;FBLC/en_US;FBOP/80]`,
  'Messenger on Android': `${VIEW} [FB_IAB/Orca-Android;FBAV/481.1.0.74.109;]`,
  'Threads on Android': `${VIEW} Barcelona 355.0.0.39.109 Android (34/14; 420dpi; 1080x2205; Google/google; Pixel 8; shiba; shiba; en_US; 657318936)`,
  'Twitter on an iPhone': `${IPHONE} ${GECKO} Mobile/15E148 Twitter for iPhone/10.68`,
  'Twitter on Android': `${VIEW} TwitterAndroid`,
  'Line on an iPhone': `${IPHONE} ${GECKO} Mobile/15E148 Safari Line/15.8.0`,
  'Line on Android': `${VIEW} Line/15.8.0/IAB`,
  'WeChat on an iPhone': `${IPHONE} ${GECKO} Mobile/15E148 MicroMessenger/8.0.50(0x1800323d) NetType/WIFI Language/en`,
  'WeChat on Android': `${VIEW} XWEB/1300073 MMWEBSDK/20240404 MMWEBID/9813 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin NetType/WIFI Language/en ABI/arm64`,
  'WeChat on Windows': `${WINDOWS} ${BLINK} Chrome/122.0.6261.95 Safari/537.36 NetType/WIFI MicroMessenger/7.0.20.1781(0x6700143B) WindowsWechat(0x63090c11)`,
  'WhatsApp on an iPhone': `${IPHONE} ${SAFARI} Safari/604.1 [WAiOS/2.25.31]`,
  'WhatsApp on Android': `${ANDROID} Chrome/141.0.7390.124 Mobile Safari/537.36 [WA4A/2.25.32.75;]`,
  'Snapchat on an iPhone': `${IPHONE} ${SAFARI} Snapchat/13.12.0.39 (like Safari/8617.2.4.10.8, panda)`,
  'Snapchat on Android': `${VIEW}Snapchat/13.12.0.39 (Pixel 8; Android 14#11987101#34; gzip; )`,
  'LinkedIn on an iPhone': `${IPHONE} ${GECKO} Mobile/15E148 [LinkedInApp]/9.30.1753`,
  'LinkedIn on Android': `${VIEW} [LinkedInApp]/4.1.1003`,
  'TikTok on an iPhone': `${IPHONE} ${GECKO} Mobile/15E148 BytedanceWebview/d8a21c6 musical_ly_37.2.1 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en Region/US`,
  'TikTok with Safari in it': `${IPHONE} ${GECKO} Mobile/15E148 Safari/604.1 musical_ly_41.9.0`,
  'TikTok on Android': `${VIEW} musical_ly_2023703040 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/37.3.4 ByteLocale/en Region/US AppId/1233 BytedanceWebview/d8a21c6`,
  'Reddit on Android': `${VIEW} Reddit/Version 2024.41.0/Build 2102450/Android 14`,
  'the Google app on an iPhone, which ends as Safari does': `${IPHONE} ${GECKO} GSA/334.0.674067880 Mobile/15E148 Safari/604.1`,
  'the Google app on Android': `${VIEW} GSA/15.42.30.28.arm64`,
  'any app on an iPhone': `${IPHONE} ${GECKO} Mobile/15E148`,
  'any app on an iPad': `${IPAD} ${GECKO} Mobile/15E148`,
  'any app on Android': VIEW,
};

const USUAL: Readonly<Record<string, string>> = {
  'Chrome on Windows': `${WINDOWS} ${BLINK} Chrome/141.0.0.0 Safari/537.36`,
  'Chrome on a Mac': `${MAC} ${BLINK} Chrome/141.0.0.0 Safari/537.36`,
  'Chrome on Linux': `Mozilla/5.0 (X11; Linux x86_64) ${BLINK} Chrome/141.0.0.0 Safari/537.36`,
  'Chrome on a Chromebook': `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${BLINK} Chrome/141.0.0.0 Safari/537.36`,
  'Chrome on Android': `${ANDROID} Chrome/141.0.0.0 Mobile Safari/537.36`,
  'Chrome on an Android tablet': `${ANDROID} Chrome/141.0.0.0 Safari/537.36`,
  'Chrome on an iPhone': `${IPHONE} ${GECKO} CriOS/141.0.7390.69 Mobile/15E148 Safari/604.1`,
  'Chrome on an iPad that says it is a Mac': `${MAC} AppleWebKit/605.1.15 ${GECKO} CriOS/141 Version/11.1.1 Safari/605.1.15`,
  'Safari on a Mac': `${MAC} AppleWebKit/605.1.15 ${GECKO} Version/18.5 Safari/605.1.15`,
  'Safari on an iPhone': `${IPHONE} ${SAFARI} Safari/604.1`,
  'Safari on an iPad': `${IPAD} ${GECKO} Version/17.7 Mobile/15E148 Safari/604.1`,
  'Firefox on Windows': `Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0`,
  'Firefox on Android': `Mozilla/5.0 (Android 14; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0`,
  'Firefox on an iPhone': `${IPHONE} ${GECKO} FxiOS/143.1  Mobile/15E148 Safari/605.1.15`,
  'Edge on Windows': `${WINDOWS} ${BLINK} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`,
  'Edge on Android': `${ANDROID} Chrome/141.0.0.0 Mobile Safari/537.36 EdgA/141.0.0.0`,
  'Edge on an iPhone': `${IPHONE} ${GECKO} EdgiOS/141.0.3537.60 Version/18.0 Mobile/15E148 Safari/604.1`,
  'Opera on Windows': `${WINDOWS} ${BLINK} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`,
  'Opera on Android': `${ANDROID} Chrome/139.0.0.0 Mobile Safari/537.36 OPR/92.0.0.0`,
  'Samsung Internet': `${ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
  'DuckDuckGo on Android': `${ANDROID} Chrome/141.0.0.0 Mobile DuckDuckGo/5 Safari/537.36`,
  'DuckDuckGo on an iPhone': `${IPHONE} ${SAFARI} DuckDuckGo/7 Safari/605.1.15`,
  WebKitGTK: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 ${GECKO} Version/60.5 Safari/605.1.15`,
};

describe('the browsers of apps', () => {
  for (const [name, userAgent] of Object.entries(IN_APP)) {
    it(`are worth a look, and known to the library: ${name}`, () => {
      expect(mayBeInApp(userAgent)).to.equal(true);
      expect(spy({ ua: userAgent }).isInApp).to.equal(true);
    });
  }

  for (const [name, userAgent] of Object.entries(USUAL)) {
    it(`are not suspected in a usual browser, and nothing is lost by that: ${name}`, () => {
      expect(mayBeInApp(userAgent)).to.equal(false);
      expect(spy({ ua: userAgent }).isInApp).to.equal(false);
    });
  }

  it('are not suspected in the browser that runs this test', () => {
    expect(mayBeInApp(navigator.userAgent)).to.equal(false);
    expect(isInApp()).to.equal(false);
  });

  it('are cleared by the library where the look was too strict: Opera on an iPhone', () => {
    const userAgent = `${IPHONE} ${SAFARI} Safari/604.1 OPT/5.0.7`;
    expect(mayBeInApp(userAgent)).to.equal(true);
    expect(spy({ ua: userAgent }).isInApp).to.equal(false);
  });
});

describe('Telegram, which calls itself what the browser around it does', () => {
  const platform = overrides();

  for (const [name, userAgent, ...globals] of [
    ['on Android', USUAL['Chrome on Android']!, 'TelegramWebview'],
    [
      'on an iPhone',
      USUAL['Safari on an iPhone']!,
      'TelegramWebviewProxy',
      'TelegramWebviewProxyProto',
    ],
  ] as const) {
    it(`is told by its globals: ${name}`, () => {
      platform.set(navigator, 'userAgent', userAgent);
      expect(mayBeInApp(userAgent)).to.equal(false);
      for (const each of globals) platform.set(globalThis, each, {});
      expect(mayBeInApp(userAgent)).to.equal(true);
      expect(isInApp()).to.equal(true);
    });
  }
});

describe('isInApp', () => {
  const platform = overrides();

  it('goes by the user agent of the page', () => {
    platform.set(navigator, 'userAgent', IN_APP['Line on Android']);
    expect(isInApp()).to.equal(true);
    platform.set(navigator, 'userAgent', USUAL['Chrome on Android']);
    expect(isInApp()).to.equal(false);
  });
});
