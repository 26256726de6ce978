import { expect, nextFrame } from '@open-wc/testing';
import { frameOf, mount, press, shownText, type Mounted } from '../support/element.js';
import { createSession, inspect, type Session } from '../support/sandbox.js';

type Vendor = 'veriff' | 'shufti-pro';

const play = async (
  provider: Vendor,
  switches: object,
  timeout = 0,
): Promise<Mounted & { readonly session: Session }> => {
  const session = await createSession(provider, switches);
  const { url: sessionUrl, trustedOrigins } = session;
  const mounted = await mount({ provider, sessionUrl, trustedOrigins, timeout });
  return { ...mounted, session };
};

const DEAD = ['silent', 'x-frame-options', 'frame-ancestors', 'http-404', 'http-500', 'hang'];

describe('faults of a hosted page', () => {
  for (const fault of DEAD) {
    it(`${fault}, at Veriff: words, a code, another try and a way out`, async () => {
      const { element, recorder } = await play('veriff', { fault }, 400);
      const { detail } = await recorder.first('kyc-error');
      expect(detail.code).to.equal('frame-timeout');
      await element.updateComplete;
      for (const words of ['does not answer', 'frame-timeout', 'Try again', 'Stop']) {
        expect(shownText(element)).to.contain(words);
      }
      expect(recorder.names).to.deep.equal(['kyc-error']);
    });

    it(`${fault}, at Shufti Pro: the frame stays, and beside it a way out`, async () => {
      const { element, recorder } = await play('shufti-pro', { fault }, 400);
      while (!element.shadowRoot?.querySelector('[part=help]')) await nextFrame();
      expect(shownText(element)).to.contain('Is the page not showing?');
      expect(frameOf(element).isConnected).to.equal(true);
      expect(recorder.all('kyc-error')).to.deep.equal([]);
    });
  }

  for (const fault of ['hop-302', 'hop-script']) {
    it(`${fault}: the camera is still there on the other origin`, async () => {
      for (const [provider, names] of [
        ['veriff', ['kyc-ready', 'kyc-started', 'kyc-submitted', 'kyc-finished']],
        ['shufti-pro', ['kyc-ready', 'kyc-finished']],
      ] as const) {
        const { recorder, session } = await play(provider, { fault, pilot: true });
        await recorder.first('kyc-finished');
        expect(recorder.names).to.deep.equal(names);
        expect((await inspect(session)).media.length).to.equal(2);
      }
    });
  }

  for (const fault of ['finish-twice', 'nonsense', 'no-camera']) {
    it(`${fault}: the run is the same`, async () => {
      const { recorder } = await play('veriff', { fault, pilot: true });
      await recorder.first('kyc-finished');
      await nextFrame();
      expect(recorder.names).to.deep.equal([
        'kyc-ready',
        'kyc-started',
        'kyc-submitted',
        'kyc-finished',
      ]);
    });
  }

  it('old-message: a page that never greets can be shown by the person, and its end is heard', async () => {
    const { element, recorder } = await play('veriff', { fault: 'old-message' }, 400);
    await recorder.first('kyc-error');
    await element.updateComplete;
    await press(element, 'Show the page');
    expect(element.phase).to.equal('ready');
    expect(frameOf(element).closest('[inert]')).to.equal(null);
    expect(shownText(element)).to.contain('Is the page not showing?');
  });

  it('old-message: the end is heard, even after the page was given up on', async () => {
    const { recorder } = await play('veriff', { fault: 'old-message', pilot: true }, 1);
    await recorder.first('kyc-finished');
    expect(recorder.names).to.deep.equal(['kyc-error', 'kyc-finished']);
  });

  for (const step of ['intro', 'document', 'face', 'review']) {
    it(`canceled at the step ${step}: kyc-canceled by the page`, async () => {
      for (const provider of ['veriff', 'shufti-pro'] as const) {
        const { recorder } = await play(provider, { fault: `cancel-${step}`, pilot: true });
        const { detail } = await recorder.first('kyc-canceled');
        expect(detail).to.deep.equal({ provider, by: 'page' });
      }
    });
  }

  for (const [fault, code] of [
    ['request-timeout', 'session-expired'],
    ['request-invalid', 'session-rejected'],
  ] as const) {
    it(`${fault}, at Shufti Pro: ${code}`, async () => {
      const { element, recorder } = await play('shufti-pro', { fault, pilot: true });
      expect((await recorder.first('kyc-error')).detail.code).to.equal(code);
      await element.updateComplete;
      expect(shownText(element)).to.contain(code);
    });
  }
});
