import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

const SECRET = 'https://saas.veriff.com/v/secret-token';

describe('on a server', () => {
  it('importing the package does nothing and breaks nothing', async () => {
    const before = Object.getOwnPropertyNames(globalThis);
    await import('../../src/define.js');
    await import('../../src/capture.js');
    // Lit itself notes its versions, and brings a registry for its server rendering.
    const added = Object.getOwnPropertyNames(globalThis).filter(
      (name) => !before.includes(name) && !/^(lit|reactive|customElements$)/.test(name),
    );
    assert.deepEqual(added, []);
  });

  it('rendering gives the slotted content, starts no run and prints no session URL', async () => {
    await import('../../src/define.js');
    const { render } = await import('@lit-labs/ssr');
    const { collectResult } = await import('@lit-labs/ssr/lib/render-result.js');
    const { html } = await import('lit');
    const page = await collectResult(
      render(html`<kyc-verify .sessionUrl=${SECRET} locale="en"><p>One moment</p></kyc-verify>`),
    );
    assert.match(page, /<p>One moment<\/p>/);
    assert.match(page, /<template shadowroot/);
    assert.doesNotMatch(page, /<iframe|secret-token/);
  });

  it('rendering <kyc-capture> gives its panel in words, and prints nothing that was set', async () => {
    const { veriffPlan } = await import('../../src/capture.js');
    const { render } = await import('@lit-labs/ssr');
    const { collectResult } = await import('@lit-labs/ssr/lib/render-result.js');
    const { html } = await import('lit');
    const plan = { ...veriffPlan(), provider: 'secret-token' };
    const page = await collectResult(
      render(
        html`<kyc-capture .plan=${plan} locale="en"><p slot="submitted">Done</p></kyc-capture>`,
      ),
    );
    assert.match(page, /<template shadowroot/);
    assert.match(page, /<p slot="submitted">Done<\/p>/);
    assert.match(page, /Front of your document/);
    assert.doesNotMatch(page, /secret-token|<video/);
  });
});
