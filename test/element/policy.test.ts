import { expect } from '@open-wc/testing';
import { FRAME_ORIGIN, mount, shownText } from '../support/element.js';

// A policy cannot be taken back, so this file has a page of its own.
describe("a host page whose Content-Security-Policy forbids the provider's frame", () => {
  it('gives frame-blocked at once, and names the directive and what to add to it', async () => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "frame-src 'self'";
    document.head.append(policy);
    const { element, recorder } = await mount({ timeout: 0 });
    const { detail } = await recorder.first('kyc-error');
    await element.updateComplete;
    expect(detail.code).to.equal('frame-blocked');
    expect(detail.message).to.contain('frame-src').and.to.contain(FRAME_ORIGIN);
    expect(element.shadowRoot?.querySelector('iframe')).to.equal(null);
    expect(shownText(element)).to.contain('cannot be shown here').and.to.contain('frame-blocked');
  });
});
