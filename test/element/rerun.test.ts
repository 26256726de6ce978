import { expect, nextFrame } from '@open-wc/testing';
import { generic, registerProvider } from '../../src/index.js';
import {
  FRAME_ORIGIN,
  frameOf,
  loaded,
  mount,
  mountAt,
  press,
  root,
  say,
  SCRIPTED_PAGE,
  shownText,
  WORDS,
} from '../support/element.js';
import { createSession, inspect } from '../support/sandbox.js';

describe('runs one after another', () => {
  it('do not inherit the question whether to stop', async () => {
    const { element } = await mountAt(WORDS.started, { display: 'modal', open: true });
    await press(element, 'Close');
    expect(shownText(element)).to.contain('Stop the verification?');
    element.sessionUrl = `${SCRIPTED_PAGE}?another`;
    await element.updateComplete;
    await element.updateComplete;
    await loaded(element);
    await say(element, ...WORDS.started);
    expect(shownText(element)).not.to.contain('Stop the verification?');
    element.close();
  });

  it('are one at a time, even where a listener starts one in between', async () => {
    const { element, recorder } = await mountAt(WORDS.started);
    element.addEventListener(
      'kyc-phase-change',
      () => {
        element.retry();
      },
      { once: true },
    );
    element.retry();
    await element.updateComplete;
    await loaded(element);
    await say(element, ...WORDS.ready);
    // A second run would have told of a start of its own, by now or with the page's words.
    expect(recorder.phases.slice(-3)).to.deep.equal([
      'started>idle',
      'idle>loading',
      'loading>ready',
    ]);
    expect(element.phase).to.equal('ready');
  });

  it('do not start on an element that is out of the document', async () => {
    const { element, recorder } = await mountAt(WORDS.started);
    element.addEventListener('kyc-phase-change', () => {
      element.remove();
    });
    element.retry();
    expect(element.phase).to.equal('idle');
    element.retry();
    expect(element.phase).to.equal('idle');
    expect(recorder.phases.at(-1)).to.equal('started>idle');
  });

  it('go by the new URL where it changes together with a move', async () => {
    const [old, next] = [await createSession('veriff'), await createSession('veriff')];
    const { element, recorder } = await mount({
      sessionUrl: old.url,
      trustedOrigins: old.trustedOrigins,
    });
    await recorder.first('kyc-ready');
    const place = document.createElement('div');
    document.body.append(place);
    element.sessionUrl = next.url;
    place.append(element);
    while (recorder.all('kyc-ready').length < 2) await nextFrame();
    expect((await inspect(next)).pageRequests).to.equal(1);
    expect(frameOf(element).src).to.contain(next.url);
    place.remove();
  });

  it('ask the provider once each where the display changes', async () => {
    const session = await createSession('veriff');
    const { url: sessionUrl, trustedOrigins } = session;
    const { element, recorder } = await mount({ sessionUrl, trustedOrigins });
    await recorder.first('kyc-ready');
    element.display = 'modal';
    await element.updateComplete;
    await element.updateComplete;
    expect(element.phase).to.equal('idle');
    expect(root(element).querySelector('iframe')).to.equal(null);
    element.start();
    while (recorder.all('kyc-ready').length < 2) await nextFrame();
    expect((await inspect(session)).pageRequests).to.equal(2);
    element.close();
  });

  it('can be started by the listener of kyc-canceled', async () => {
    const { element } = await mountAt(WORDS.ready, { display: 'modal', open: true });
    element.addEventListener(
      'kyc-canceled',
      () => {
        element.start();
      },
      { once: true },
    );
    await press(element, 'Close');
    await element.updateComplete;
    expect(element.phase).to.equal('loading');
    expect(element.open).to.equal(true);
    element.close();
  });

  it('do not mind the open attribute where the element is inline', async () => {
    const { element, recorder } = await mountAt(WORDS.started);
    element.open = true;
    await element.updateComplete;
    element.open = false;
    await element.updateComplete;
    expect(element.phase).to.equal('started');
    expect(recorder.all('kyc-canceled')).to.deep.equal([]);
  });

  it('have the default time limit again when the attribute is taken away', async () => {
    const { element } = await mount({ sessionUrl: undefined });
    element.setAttribute('timeout', '5');
    expect(element.timeout).to.equal(5);
    element.removeAttribute('timeout');
    expect(element.timeout).to.equal(20_000);
  });

  it('tell nothing more after a failure that took the frame away', async () => {
    const { element, recorder } = await mount({ sessionUrl: 'nonsense', display: 'modal' });
    element.start();
    await recorder.first('kyc-error');
    element.close();
    expect(recorder.names).to.deep.equal(['kyc-error']);
  });
});

describe('a page that does not keep to its protocol', () => {
  it('is given up on in time when it speaks out of order', async () => {
    const { element, recorder } = await mount({ timeout: 300 });
    await loaded(element);
    await say(element, 'VERIFF_STARTED');
    expect((await recorder.first('kyc-error')).detail.code).to.equal('frame-timeout');
  });

  it('cannot have its words made phases by a careless reader', async () => {
    registerProvider(
      generic({
        id: 'careless',
        origins: [FRAME_ORIGIN],
        features: ['camera'],
        read: (data) => data as 'ready',
      }),
    );
    const { element, recorder } = await mount({ provider: 'careless', trustedOrigins: '' });
    await recorder.first('kyc-ready');
    await say(element, 'constructor', '__proto__', 'toString', { a: 1 }, 'idle', 'failed');
    expect(element.phase).to.equal('ready');
    expect(recorder.names).to.deep.equal(['kyc-ready']);
  });

  it('may say that the person began before its frame has loaded', async () => {
    registerProvider(
      generic({
        id: 'early',
        origins: [FRAME_ORIGIN],
        features: ['camera'],
        read: (data) => (data === 'begun' ? 'started' : undefined),
      }),
    );
    const { element, recorder } = await mount({ provider: 'early', trustedOrigins: '' });
    await loaded(element);
    await say(element, 'begun');
    expect(recorder.names).to.deep.equal(['kyc-ready', 'kyc-started']);
  });
});

describe('a provider that the host describes itself', () => {
  it('is heard in its own words, progress among them, and answered', async () => {
    registerProvider(
      generic({
        id: 'own-words',
        name: 'Own Words',
        origins: [FRAME_ORIGIN],
        features: ['camera'],
        greets: true,
        read: (data) => {
          switch (data) {
            case 'hello':
              return 'ready';
            case 'go':
              return 'started';
            case 'step':
              return 'progress';
            default:
              return undefined;
          }
        },
        reply: (signal) => (signal === 'ready' ? { say: 'step' } : undefined),
      }),
    );
    const { element, recorder } = await mount({ provider: 'own-words', trustedOrigins: '' });
    await loaded(element);
    await say(element, 'step');
    expect(recorder.names).to.deep.equal([]);
    // The answer makes the scripted page say `step`.
    await say(element, 'hello');
    await recorder.first('kyc-progress');
    await say(element, 'go', 'step', 'step');
    expect(recorder.names).to.deep.equal([
      'kyc-ready',
      'kyc-progress',
      'kyc-started',
      'kyc-progress',
      'kyc-progress',
    ]);
    expect(recorder.all('kyc-progress')[0]?.detail).to.deep.equal({ provider: 'own-words' });
    expect(frameOf(element).title).to.equal('Identity verification by Own Words');
  });
});

describe('custom states', () => {
  it('follow the phase', async () => {
    const { element, recorder } = await mountAt(WORDS.ready);
    expect(element.matches(':state(ready)')).to.equal(true);
    await say(element, 'VERIFF_STARTED');
    expect(element.matches(':state(started)')).to.equal(true);
    expect(element.matches(':state(ready)')).to.equal(false);
    frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
    await recorder.first('kyc-finished');
    await element.updateComplete;
    expect(element.matches(':state(finished)')).to.equal(true);
  });
});
