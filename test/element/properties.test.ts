import { expect, fixture, html } from '@open-wc/testing';
import type { KycVerify } from '../../src/index.js';
import {
  FRAME_ORIGIN,
  frameOf,
  loaded,
  mount,
  mountAt,
  root,
  SCRIPTED_PAGE,
  WORDS,
} from '../support/element.js';
import { Recorder } from '../support/recorder.js';

describe('attributes and properties', () => {
  it('reads every attribute', async () => {
    const element = await fixture<KycVerify>(
      html`<kyc-verify
        session-url="about:blank"
        provider="veriff"
        display="modal"
        trusted-origins="https://a.example https://b.example"
        locale="de-AT"
        timeout="5000"
      ></kyc-verify>`,
    );
    const { sessionUrl, provider, display, open, trustedOrigins, locale, timeout } = element;
    expect({ sessionUrl, provider, display, open, trustedOrigins, locale, timeout }).to.deep.equal({
      sessionUrl: 'about:blank',
      provider: 'veriff',
      display: 'modal',
      open: false,
      trustedOrigins: 'https://a.example https://b.example',
      locale: 'de-AT',
      timeout: 5000,
    });
  });

  it('has defaults', async () => {
    const element = await fixture<KycVerify>(html`<kyc-verify></kyc-verify>`);
    const { display, open, timeout, phase, error } = element;
    expect({ display, open, timeout, phase, error }).to.deep.equal({
      display: 'inline',
      open: false,
      timeout: 20_000,
      phase: 'idle',
      error: undefined,
    });
    expect(root(element).querySelector('iframe')).to.equal(null);
  });

  it('never reflects the session URL', async () => {
    const { element } = await mountAt(WORDS.submitted);
    expect(element.outerHTML).not.to.contain(SCRIPTED_PAGE);
    expect(element.hasAttribute('session-url')).to.equal(false);
  });

  it('keeps properties that were set before the element was defined', async () => {
    const name = `kyc-late-${crypto.randomUUID()}`;
    const element = document.createElement(name) as KycVerify;
    element.sessionUrl = SCRIPTED_PAGE;
    element.trustedOrigins = FRAME_ORIGIN;
    element.provider = 'shufti-pro';
    element.timeout = 1234;
    document.body.append(element);
    const recorder = new Recorder(element);
    const { KycVerify: Base } = await import('../../src/index.js');
    customElements.define(name, class extends Base {});
    await recorder.first('kyc-ready');
    expect(element.provider).to.equal('shufti-pro');
    expect(element.timeout).to.equal(1234);
    element.remove();
  });

  it('starts another run when the session URL changes, and says so', async () => {
    const { element, recorder } = await mountAt(WORDS.started);
    const first = frameOf(element);
    element.sessionUrl = `${SCRIPTED_PAGE}?another`;
    await element.updateComplete;
    await loaded(element);
    expect(frameOf(element)).not.to.equal(first);
    expect(first.isConnected).to.equal(false);
    expect(recorder.phases).to.deep.equal([
      'idle>loading',
      'loading>ready',
      'ready>started',
      'started>idle',
      'idle>loading',
    ]);
  });

  it('goes idle when the session URL is taken away', async () => {
    const { element, recorder } = await mountAt(WORDS.ready);
    element.sessionUrl = undefined;
    await element.updateComplete;
    await element.updateComplete;
    expect(element.phase).to.equal('idle');
    expect(root(element).querySelector('iframe')).to.equal(null);
    expect(recorder.phases.at(-1)).to.equal('ready>idle');
  });

  it("infers the provider from the URL's host, and lets the frame be blocked by nothing else", async () => {
    const { element, recorder } = await mount({
      provider: undefined,
      trustedOrigins: undefined,
      // A host that answers nothing here; inference and mounting need no answer.
      sessionUrl: 'https://saas.veriff.com/v/secret-token',
    });
    await recorder.first('kyc-phase-change');
    await element.updateComplete;
    expect(recorder.all('kyc-phase-change')[0]?.detail.provider).to.equal('veriff');
    expect(frameOf(element).allow).to.match(/^camera https:\/\/saas\.veriff\.com /);
  });

  for (const [name, properties, code, message] of [
    ['an unknown host', { provider: undefined }, 'unknown-provider', /provider attribute/],
    ['an unknown provider', { provider: 'nobody' }, 'unknown-provider', /no registered provider/],
    ['an untrusted host', { trustedOrigins: '' }, 'invalid-session-url', /trusted-origins/],
    ['a javascript: URL', { sessionUrl: 'javascript:alert(1)' }, 'invalid-session-url', /https/],
    ['half a URL', { sessionUrl: '/v/secret' }, 'invalid-session-url', /absolute/],
  ] as const) {
    it(`answers ${name} with ${code}, in words and as a property`, async () => {
      const { element, recorder } = await mount(properties);
      const { detail } = await recorder.first('kyc-error');
      await element.updateComplete;
      expect(detail.code).to.equal(code);
      expect(detail.message).to.match(message);
      expect(detail.message).not.to.contain(element.sessionUrl);
      expect(detail.retryable).to.equal(false);
      expect(element.error).to.deep.equal({ code, message: detail.message });
      expect(element.phase).to.equal('failed');
      expect(root(element).querySelector('iframe')).to.equal(null);
      expect(root(element).textContent).to.contain(code);
    });
  }

  it('goes on when a bad session URL is mended', async () => {
    const { element, recorder } = await mount({ sessionUrl: 'nonsense' });
    await recorder.first('kyc-error');
    element.sessionUrl = SCRIPTED_PAGE;
    await element.updateComplete;
    await loaded(element);
    expect(element.phase).to.equal('loading');
    expect(element.error).to.equal(undefined);
  });
});
