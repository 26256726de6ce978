import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { Display } from '../../src/model/provider.js';
import type { Signal } from '../../src/model/signals.js';
import { veriff } from '../../src/providers/veriff.js';
import { engine } from '../support/engine.js';
import { itKeepsTheContract } from './contract.js';

describe('veriff', () => {
  itKeepsTheContract({
    provider: veriff,
    sessionUrl: new URL('https://saas.veriff.com/v/eyJhbGciOi?keep=this'),
    messages: [
      ['VERIFF_HANDSHAKE', 'ready'],
      ['VERIFF_STARTED', 'started'],
      ['VERIFF_SUBMITTED', 'submitted'],
      ['VERIFF_FINISHED', 'finished'],
      ['VERIFF_CANCELED', 'canceled'],
      ['VERIFF_RELOAD_REQUEST', 'reload-request'],
      ['VERIFF_FORCE_RELOAD', 'reload-request'],
      [{ status: 'finished' }, 'finished'],
    ],
  });

  it('delegates what the vendor does, no more and no less', () => {
    expect(veriff.features).to.have.members([
      'autoplay',
      'camera',
      'microphone',
      'fullscreen',
      'accelerometer',
      'magnetometer',
      'gyroscope',
      'picture-in-picture',
    ]);
  });

  it('knows the hosts that flows were seen on', () => {
    expect(veriff.origins).to.have.members([
      'https://saas.veriff.com',
      'https://eu.veriff.com',
      'https://us.veriff.com',
      'https://alchemy.veriff.com',
      'https://magic.veriff.me',
      'https://magic.us.veriff.me',
    ]);
  });

  it('makes no decision of the statuses that other senders use', () => {
    const url = new URL('https://saas.veriff.com/v/x');
    for (const status of ['approved', 'declined', 'success', 'submitted', 'started', 'canceled']) {
      expect(veriff.read({ status }, url), status).to.equal(undefined);
    }
  });

  describe('reply', () => {
    const answer = (display: Display, isMobile: boolean) => ({
      name: 'VERIFF_RENDER',
      payload: {
        version: '2.5.0',
        isReloadHandled: true,
        isVeriffIframeMobile: isMobile,
        embeddedConfigured: display === 'inline',
        embedded: display === 'inline' && !isMobile,
      },
    });

    it('answers the handshake and nothing else', () => {
      const others: readonly Signal[] = [
        'started',
        'progress',
        'submitted',
        'finished',
        'canceled',
        'reload-request',
        'session-expired',
        'session-rejected',
      ];
      for (const signal of others) {
        expect(veriff.reply?.(signal, { display: 'inline' }), signal).to.equal(undefined);
      }
      expect(veriff.reply?.('ready', { display: 'inline' })).to.not.equal(undefined);
    });

    it('asks the viewport just what the vendor asks, and only for a frame in the page', () => {
      const matchMedia = window.matchMedia.bind(window);
      const asked: string[] = [];
      try {
        for (const matches of [true, false]) {
          window.matchMedia = (query) => {
            asked.push(query);
            return { matches } as MediaQueryList;
          };
          expect(veriff.reply?.('ready', { display: 'inline' })).to.deep.equal(
            answer('inline', matches),
          );
          expect(asked.splice(0)).to.deep.equal(['(max-width: 767px), (hover: none)']);
          expect(veriff.reply?.('ready', { display: 'modal' })).to.deep.equal(
            answer('modal', false),
          );
          expect(asked).to.deep.equal([]);
        }
      } finally {
        window.matchMedia = matchMedia;
      }
    });

    describe('in a real viewport', () => {
      before(function () {
        // The runner's commands reach no other engine, and a device may be without a mouse.
        if (engine !== 'chromium') this.skip();
      });

      after(async () => {
        if (engine === 'chromium') await setViewport({ width: 1280, height: 900 });
      });

      for (const [width, isNarrow] of [
        [767, true],
        [768, false],
        [1280, false],
      ] as const) {
        for (const display of ['inline', 'modal'] as const) {
          it(`of ${width} pixels, ${display}, says what the vendor's SDK says`, async () => {
            await setViewport({ width, height: 900 });
            const isMobile =
              display === 'inline' && (isNarrow || matchMedia('(hover: none)').matches);
            expect(veriff.reply?.('ready', { display })).to.deep.equal(answer(display, isMobile));
          });
        }
      }
    });
  });

  describe('localize', () => {
    const localize = (href: string, locale: string): string | undefined =>
      veriff.localize?.(new URL(href), locale).href;

    it('sets lang', () => {
      expect(localize('https://saas.veriff.com/v/x', 'de-AT')).to.equal(
        'https://saas.veriff.com/v/x?lang=de-AT',
      );
    });

    it('takes the place of another lang and leaves the rest', () => {
      expect(localize('https://saas.veriff.com/v/x?a=1&lang=en&b=2#c', 'de')).to.equal(
        'https://saas.veriff.com/v/x?a=1&lang=de&b=2#c',
      );
    });

    it('lets no language add anything but itself', () => {
      expect(localize('https://saas.veriff.com/v/x', 'de&callback=evil#x')).to.equal(
        'https://saas.veriff.com/v/x?lang=de%26callback%3Devil%23x',
      );
    });
  });
});
