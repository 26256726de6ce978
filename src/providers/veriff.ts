import type { Provider } from '../model/provider.js';
import type { Signal } from '../model/signals.js';
import { ownString } from '../model/own-string.js';

/**
 * The words that Veriff's page posts, as bare strings. A `Map` compares whole values, so data of
 * any other type simply is not in it. Source: `@veriff/incontext-sdk` 2.5.0.
 */
const WORDS: ReadonlyMap<unknown, Signal> = new Map<unknown, Signal>([
  ['VERIFF_HANDSHAKE', 'ready'],
  ['VERIFF_STARTED', 'started'],
  ['VERIFF_SUBMITTED', 'submitted'],
  ['VERIFF_FINISHED', 'finished'],
  ['VERIFF_CANCELED', 'canceled'],
  ['VERIFF_RELOAD_REQUEST', 'reload-request'],
  // The vendor's SDK reloads the merchant's page on this one, without asking. We always ask.
  ['VERIFF_FORCE_RELOAD', 'reload-request'],
]);

/**
 * Veriff. Protocol, feature list and the handshake's answer as in `@veriff/incontext-sdk` 2.5.0;
 * `{status: 'finished'}` is the older form that Veriff documents for plain iframes.
 */
export const veriff: Provider = {
  id: 'veriff',
  name: 'Veriff',
  hosts: ['.veriff.com', '.veriff.me'],
  origins: [
    'https://saas.veriff.com',
    'https://eu.veriff.com',
    'https://us.veriff.com',
    'https://alchemy.veriff.com',
    'https://magic.veriff.me',
    'https://magic.us.veriff.me',
  ],
  features: [
    'camera',
    'microphone',
    'autoplay',
    'fullscreen',
    'accelerometer',
    'magnetometer',
    'gyroscope',
    'picture-in-picture',
  ],
  greets: true,
  // Chrome and Edge 80, Safari 14.
  minimumBrowsers: { chrome: 80, safari: 14 },
  read: (data) =>
    WORDS.get(data) ?? (ownString(data, 'status') === 'finished' ? 'finished' : undefined),
  reply: (signal, { display }) => {
    if (signal !== 'ready') return undefined;
    const embeddedConfigured = display === 'inline';
    const isVeriffIframeMobile =
      embeddedConfigured && matchMedia('(max-width: 767px), (hover: none)').matches;
    return {
      name: 'VERIFF_RENDER',
      payload: {
        version: '2.5.0',
        isReloadHandled: true,
        isVeriffIframeMobile,
        embeddedConfigured,
        embedded: embeddedConfigured && !isVeriffIframeMobile,
      },
    };
  },
  localize: (sessionUrl, language) => {
    const url = new URL(sessionUrl);
    url.searchParams.set('lang', language);
    return url;
  },
};
