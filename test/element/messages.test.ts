import { expect } from '@open-wc/testing';
import {
  FRAME_ORIGIN,
  frameOf,
  mount,
  mountAt,
  loaded,
  root,
  say,
  SCRIPTED_PAGE,
  WORDS,
} from '../support/element.js';

const NAMES = ['kyc-ready', 'kyc-started', 'kyc-submitted', 'kyc-finished'];

const cyclic = (): object => {
  const data: Record<string, unknown> = { status: 'pending' };
  data['self'] = data;
  return data;
};

/** What a page may post without meaning anything, as far as structured cloning lets it through. */
const NONSENSE: readonly unknown[] = [
  null,
  undefined,
  0,
  NaN,
  true,
  '',
  'veriff_started',
  ' VERIFF_STARTED',
  'constructor',
  '__proto__',
  'x'.repeat(1_000_000),
  [],
  ['VERIFF_FINISHED'],
  { status: 'approved' },
  { status: ['finished'] },
  { name: 'VERIFF_FINISHED' },
  { verification_status: 'verification.accepted', request_id: 'puppet.html' },
  cyclic(),
  new Map([['status', 'finished']]),
  new Date(0),
];

describe("the page's messages", () => {
  it('become events in the order of the phases, each once', async () => {
    const { recorder, element } = await mountAt(WORDS.submitted);
    frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
    const finished = await recorder.first('kyc-finished');
    expect(recorder.names).to.deep.equal(NAMES);
    expect(recorder.phases).to.deep.equal([
      'idle>loading',
      'loading>ready',
      'ready>started',
      'started>submitted',
      'submitted>finished',
    ]);
    expect(finished.detail).to.deep.equal({ provider: 'veriff' });
    expect(finished.bubbles && finished.composed && !finished.cancelable).to.equal(true);
  });

  it('change nothing when they come twice or out of order', async () => {
    const { recorder, element } = await mountAt([
      'VERIFF_SUBMITTED',
      'VERIFF_STARTED',
      'VERIFF_HANDSHAKE',
      'VERIFF_SUBMITTED',
      'VERIFF_HANDSHAKE',
      'VERIFF_STARTED',
      'VERIFF_STARTED',
      'VERIFF_HANDSHAKE',
    ]);
    expect(recorder.names).to.deep.equal(['kyc-ready', 'kyc-started']);
    expect(element.phase).to.equal('started');
  });

  it('change nothing and throw nothing when they make no sense', async () => {
    const errors: unknown[] = [];
    const note = (event: ErrorEvent): void => void errors.push(event.error);
    addEventListener('error', note);
    for (const words of [[], WORDS.ready, WORDS.started, WORDS.submitted]) {
      const { recorder, element } = await mountAt(words);
      const before = recorder.events.length;
      await say(element, ...NONSENSE);
      expect(recorder.events.length).to.equal(before);
    }
    removeEventListener('error', note);
    expect(errors).to.deep.equal([]);
  });

  it('are answered: the handshake, at the concrete origin, with what Veriff waits for', async () => {
    const { element } = await mount();
    await loaded(element);
    const frame = frameOf(element);
    const heard = new Promise((resolve) => {
      const listen = ({ source, data }: MessageEvent<unknown>): void => {
        if (source !== frame.contentWindow || !Array.isArray(data)) return;
        removeEventListener('message', listen);
        resolve(data);
      };
      addEventListener('message', listen);
    });
    await say(element, 'VERIFF_HANDSHAKE');
    frame.contentWindow?.postMessage({ heard: true }, FRAME_ORIGIN);
    const narrow = matchMedia('(max-width: 767px), (hover: none)').matches;
    const payload = {
      version: '2.5.0',
      isReloadHandled: true,
      isVeriffIframeMobile: narrow,
      embeddedConfigured: true,
      embedded: !narrow,
    };
    expect(await heard).to.deep.equal([{ name: 'VERIFF_RENDER', payload }]);
  });

  it('end the run in the old form too', async () => {
    const { recorder, element } = await mount();
    await loaded(element);
    frameOf(element).contentWindow?.postMessage({ say: { status: 'finished' } }, FRAME_ORIGIN);
    await recorder.first('kyc-finished');
    expect(recorder.names).to.deep.equal(['kyc-finished']);
  });

  for (const [status, name, detail] of [
    ['verification.accepted', 'kyc-finished', {}],
    ['verification.declined', 'kyc-finished', {}],
    ['review.pending', 'kyc-finished', {}],
    ['request.received', 'kyc-finished', {}],
    ['verification.cancelled', 'kyc-canceled', { by: 'page' }],
  ] as const) {
    it(`of Shufti Pro: ${status} gives ${name}, and not a word of the outcome`, async () => {
      const { recorder, element } = await mount({
        provider: 'shufti-pro',
        sessionUrl: SCRIPTED_PAGE,
      });
      await recorder.first('kyc-ready');
      const word = { verification_status: status, request_id: 'puppet.html' };
      const { contentWindow } = frameOf(element);
      contentWindow?.postMessage({ say: { ...word, request_id: 'another' } }, FRAME_ORIGIN);
      contentWindow?.postMessage({ say: word }, FRAME_ORIGIN);
      const event = await recorder.first(name);
      expect(event.detail).to.deep.equal({ provider: 'shufti-pro', ...detail });
      expect(recorder.names).to.deep.equal(['kyc-ready', name]);
      await element.updateComplete;
      expect(root(element).innerHTML).not.to.contain(status);
    });
  }

  for (const [status, code] of [
    ['request.timeout', 'session-expired'],
    ['request.invalid', 'session-rejected'],
  ] as const) {
    it(`of Shufti Pro: ${status} gives kyc-error ${code}`, async () => {
      const { recorder, element } = await mount({
        provider: 'shufti-pro',
        sessionUrl: SCRIPTED_PAGE,
      });
      await recorder.first('kyc-ready');
      const word = { verification_status: status, request_id: 'puppet.html' };
      frameOf(element).contentWindow?.postMessage({ say: word }, FRAME_ORIGIN);
      const { detail } = await recorder.first('kyc-error');
      expect(detail.code).to.equal(code);
      expect(detail.retryable).to.equal(false);
      await element.updateComplete;
      expect(root(element).querySelector('iframe')).to.equal(null);
    });
  }

  it('are heard by the element whose frame speaks, and by no other', async () => {
    const one = await mountAt(WORDS.ready);
    const two = await mountAt(WORDS.ready);
    await say(one.element, 'VERIFF_STARTED');
    await say(two.element, 'nothing');
    expect(one.element.phase).to.equal('started');
    expect(two.element.phase).to.equal('ready');
  });

  it('count no more after the end', async () => {
    const { recorder, element } = await mountAt(WORDS.submitted);
    const { contentWindow } = frameOf(element);
    for (const word of ['VERIFF_FINISHED', 'VERIFF_FINISHED', 'VERIFF_CANCELED']) {
      contentWindow?.postMessage({ say: word }, FRAME_ORIGIN);
    }
    await recorder.first('kyc-finished');
    const own = new Promise((resolve) => {
      addEventListener('message', resolve, { once: true });
    });
    // A message of our own comes after those that are under way.
    postMessage('mark', location.origin);
    await own;
    expect(recorder.names).to.deep.equal(NAMES);
  });

  it('end the run even where a listener takes the element away', async () => {
    const { recorder, element } = await mountAt(WORDS.started);
    element.addEventListener('kyc-phase-change', () => {
      element.remove();
    });
    frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_SUBMITTED' }, FRAME_ORIGIN);
    await recorder.first('kyc-phase-change');
    await new Promise<void>((resolve) => {
      new MutationObserver(() => {
        resolve();
      }).observe(element.parentElement ?? document, { childList: true });
    });
    expect(recorder.names).to.deep.equal(['kyc-ready', 'kyc-started']);
    expect(element.phase).to.equal('idle');
  });
});

describe('a reload request', () => {
  for (const word of ['VERIFF_RELOAD_REQUEST', 'VERIFF_FORCE_RELOAD']) {
    it(`${word} asks the host, then the person, and reloads nothing`, async () => {
      const { recorder, element } = await mountAt(WORDS.started);
      await say(element, word, word);
      expect(recorder.all('kyc-reload-request').length).to.equal(1);
      expect(recorder.all('kyc-reload-request')[0]?.cancelable).to.equal(true);
      const text = root(element).textContent;
      expect(text).to.contain('The camera must be allowed again');
      expect(text).to.contain('Reload this page');
      // The frame stays: the person may go on without.
      expect(frameOf(element).isConnected).to.equal(true);
      await say(element, 'VERIFF_SUBMITTED');
      expect(root(element).textContent).not.to.contain('Reload this page');
    });
  }

  it('shows nothing when the host prevents it', async () => {
    const { recorder, element } = await mountAt(WORDS.started);
    element.addEventListener('kyc-reload-request', (event) => {
      event.preventDefault();
    });
    await say(element, 'VERIFF_RELOAD_REQUEST', 'VERIFF_RELOAD_REQUEST');
    expect(recorder.all('kyc-reload-request').length).to.equal(1);
    expect(root(element).textContent).not.to.contain('Reload this page');
  });
});
