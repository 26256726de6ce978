import { expect, nextFrame } from '@open-wc/testing';
import {
  button,
  FRAME_ORIGIN,
  frameOf,
  loaded,
  mount,
  mountAt,
  press,
  root,
  say,
  shownText,
  SCRIPTED_PAGE,
  WORDS,
} from '../support/element.js';

const text = (element: HTMLElement): string => element.shadowRoot?.textContent ?? '';

describe('signs of life', () => {
  it('show a loading sign at once', async () => {
    const { element } = await mount();
    await element.updateComplete;
    expect(shownText(element)).to.contain('Opening the secure page');
    expect(frameOf(element).closest('[inert]')).not.to.equal(null);
  });

  it('missing from a page that greets: frame-timeout, with another try and a way out', async () => {
    const { recorder, element } = await mount({ timeout: 50 });
    const { detail } = await recorder.first('kyc-error');
    await element.updateComplete;
    expect(detail.code).to.equal('frame-timeout');
    expect(detail.retryable).to.equal(true);
    expect(shownText(element)).to.contain('frame-timeout');
    button(element, 'Stop');
    element.timeout = 0;
    await press(element, 'Try again');
    await loaded(element);
    await say(element, ...WORDS.ready);
    expect(element.phase).to.equal('ready');
    expect(recorder.phases.slice(-3)).to.deep.equal([
      'failed>idle',
      'idle>loading',
      'loading>ready',
    ]);
  });

  it('that come late clear the panel, and the run goes on', async () => {
    const { recorder, element } = await mount({ timeout: 50 });
    await recorder.first('kyc-error');
    await element.updateComplete;
    await loaded(element);
    await say(element, ...WORDS.started);
    expect(element.phase).to.equal('started');
    expect(element.error).to.equal(undefined);
    expect(text(element)).not.to.contain('frame-timeout');
    expect(recorder.phases).to.deep.equal([
      'idle>loading',
      'loading>failed',
      'failed>ready',
      'ready>started',
    ]);
  });

  it('are waited for without limit when the time-out is 0', async () => {
    const { recorder, element } = await mount({ timeout: 0 });
    await loaded(element);
    await say(element, ...WORDS.ready);
    expect(recorder.names).to.deep.equal(['kyc-ready']);
  });

  it('missing from a page that need not speak: the frame stays, with a quiet way out', async () => {
    const { recorder, element } = await mount({
      provider: 'shufti-pro',
      sessionUrl: SCRIPTED_PAGE,
      timeout: 50,
    });
    const ready = await recorder.first('kyc-ready');
    expect(ready.detail).to.deep.equal({ provider: 'shufti-pro', evidence: 'load' });
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (text(element).includes('Is the page not showing?')) resolve();
        else requestAnimationFrame(look);
      };
      look();
    });
    expect(recorder.names).to.deep.equal(['kyc-ready']);
    expect(frameOf(element).isConnected).to.equal(true);
    const first = frameOf(element);
    await press(element, 'Try again');
    // The person may be at work in there, so the question comes first.
    expect(shownText(element)).to.contain('Stop the verification?');
    expect(frameOf(element)).to.equal(first);
    await press(element, 'Try again');
    await element.updateComplete;
    expect(frameOf(element)).not.to.equal(first);
  });

  it('let the host tell the person by itself when it prevents kyc-error', async () => {
    const { recorder, element } = await mount({ sessionUrl: undefined });
    element.addEventListener('kyc-error', (event) => {
      event.preventDefault();
    });
    element.sessionUrl = 'nonsense';
    await recorder.first('kyc-error');
    await element.updateComplete;
    expect(shownText(element).trim()).to.equal('');
    expect(element.error?.code).to.equal('invalid-session-url');
  });
});

describe('the ends', () => {
  it('finished: the frame goes, and the panel promises nothing of the outcome', async () => {
    const { recorder, element } = await mountAt(WORDS.submitted);
    frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
    await recorder.first('kyc-finished');
    await element.updateComplete;
    expect(root(element).querySelector('iframe')).to.equal(null);
    expect(shownText(element)).to.contain('your part is done');
    expect(shownText(element)).not.to.match(/verified|approved|success/i);
  });

  it('finished: neither start() nor retry() opens the used URL again', async () => {
    const { recorder, element } = await mountAt(WORDS.submitted);
    frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
    await recorder.first('kyc-finished');
    element.start();
    element.retry();
    await element.updateComplete;
    expect(element.phase).to.equal('finished');
  });

  it('canceled by the page: a panel that offers to start again', async () => {
    const { recorder, element } = await mountAt(WORDS.started);
    frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_CANCELED' }, FRAME_ORIGIN);
    const { detail } = await recorder.first('kyc-canceled');
    await element.updateComplete;
    expect(detail).to.deep.equal({ provider: 'veriff', by: 'page' });
    expect(root(element).querySelector('iframe')).to.equal(null);
    await press(element, 'Try again');
    await element.updateComplete;
    expect(frameOf(element).isConnected).to.equal(true);
  });

  it('canceled by the host: close()', async () => {
    const { recorder, element } = await mountAt(WORDS.started);
    element.close();
    element.close();
    expect(recorder.all('kyc-canceled').map(({ detail }) => detail.by)).to.deep.equal(['host']);
    await element.updateComplete;
    expect(root(element).querySelector('iframe')).to.equal(null);
  });

  it('have a panel that the host can replace', async () => {
    const { element } = await mountAt(WORDS.started);
    const own = document.createElement('p');
    own.slot = 'canceled';
    own.textContent = 'See you soon';
    element.append(own);
    element.close();
    await element.updateComplete;
    expect(own.checkVisibility()).to.equal(true);
    const slot = root(element).querySelector<HTMLSlotElement>('slot[name=canceled]');
    expect(slot?.assignedElements()).to.deep.equal([own]);
  });

  it('start() without a session URL is an error that says so', async () => {
    const { recorder, element } = await mount({ sessionUrl: undefined });
    element.start();
    expect((await recorder.first('kyc-error')).detail.code).to.equal('missing-session-url');
  });

  it('put the focus on the panel where it was in the frame', async () => {
    const { recorder, element } = await mountAt(WORDS.submitted);
    frameOf(element).focus();
    expect(root(element).activeElement).to.equal(frameOf(element));
    frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
    await recorder.first('kyc-finished');
    await element.updateComplete;
    await nextFrame();
    expect(root(element).activeElement?.className).to.equal('cover');
  });
});
