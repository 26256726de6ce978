import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.js';
import type { KycVerify } from '../../src/index.js';
import { Recorder } from '../support/recorder.js';
import { createSession, inspect } from '../support/sandbox.js';

const mount = async (
  provider: 'veriff' | 'shufti-pro',
  switches: object,
  display: 'inline' | 'modal' = 'inline',
) => {
  const session = await createSession(provider, switches);
  const element = await fixture<KycVerify>(
    html`<kyc-verify provider=${provider} display=${display}></kyc-verify>`,
  );
  const recorder = new Recorder(element);
  element.trustedOrigins = session.trustedOrigins;
  element.sessionUrl = session.url;
  return { element, recorder, session };
};

describe('a whole run on the sandbox, camera on', () => {
  for (const display of ['inline', 'modal'] as const) {
    it(`goes from URL to finished at Veriff's page, ${display}`, async () => {
      const { element, recorder, session } = await mount('veriff', { pilot: true }, display);
      if (display === 'modal') element.start();
      await recorder.first('kyc-finished');
      expect(recorder.names).to.deep.equal([
        'kyc-ready',
        'kyc-started',
        'kyc-submitted',
        'kyc-finished',
      ]);
      expect(recorder.phases).to.deep.equal([
        'idle>loading',
        'loading>ready',
        'ready>started',
        'started>submitted',
        'submitted>finished',
      ]);
      const { media, pageRequests, status } = await inspect(session);
      expect(media.map(({ context }) => context)).to.deep.equal(['document-front', 'face']);
      for (const { bytes } of media) expect(bytes).to.be.above(1000);
      expect(pageRequests).to.equal(1);
      expect(status).to.equal('submitted');
    });
  }

  it("goes from URL to finished at Shufti Pro's page, which speaks at the end alone", async () => {
    const { element, recorder } = await mount('shufti-pro', {
      pilot: true,
      verdict: 'verification.declined',
    });
    const finished = await recorder.first('kyc-finished');
    expect(recorder.names).to.deep.equal(['kyc-ready', 'kyc-finished']);
    expect(finished.detail).to.deep.equal({ provider: 'shufti-pro' });
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('iframe')).to.equal(null);
  });
});
