import { expect } from '@open-wc/testing';
import { withTrouble } from '../../src/flow/load-trouble.js';
import { veriff } from '../../src/index.js';
import { FRAME_ORIGIN, link, mount, shownText } from '../support/element.js';
import { overrides } from '../support/override.js';

// A policy cannot be taken back, so this file has a page of its own.
describe("a host page whose Content-Security-Policy forbids the provider's frame", () => {
  const platform = overrides();
  const lines: string[] = [];

  before(() => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "frame-src 'self'";
    document.head.append(policy);
  });

  beforeEach(() => {
    platform.set(console, 'warn', (...line: readonly unknown[]) => lines.push(line.join()));
  });

  it('gives frame-blocked at once, with words and a way on', async () => {
    const { element, recorder } = await mount({ timeout: 0 });
    const { detail } = await recorder.first('kyc-error');
    await element.updateComplete;
    expect(detail.code).to.equal('frame-blocked');
    expect(detail.message).to.contain('console');
    expect(element.shadowRoot?.querySelector('iframe')).to.equal(null);
    expect(shownText(element)).to.contain('cannot be shown here').and.to.contain('frame-blocked');
    for (const text of ['Continue in this tab', 'Open in a new tab']) {
      expect((await link(element, text)).href).to.equal(element.sessionUrl);
    }
    // Its line, which comes once a page.
    await withTrouble();
  });

  it('tells the developer the exact header line, once, and not the session URL', async () => {
    for (let count = 0; count < 2; count++) {
      const { element, recorder } = await mount({ timeout: 0 });
      await recorder.first('kyc-error');
      element.retry();
      while (recorder.all('kyc-error').length < 2) await new Promise(requestAnimationFrame);
    }
    await withTrouble();
    const origins = [FRAME_ORIGIN, ...veriff.origins].join(' ');
    expect(lines).to.deep.equal([
      `kyc-verify: frame-blocked: Content-Security-Policy: frame-src 'self' ${origins}`,
    ]);
  });
});
