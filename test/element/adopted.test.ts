import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import '../../src/define.js';
import { renderFrame } from '../../src/frame.js';
import { frameCollector } from '../../src/frame/early.js';
import type { KycVerify } from '../../src/index.js';
import { FRAME_ORIGIN, find, press, root, SCRIPTED_PAGE, shownText } from '../support/element.js';
import { overrides } from '../support/override.js';
import { Recorder } from '../support/recorder.js';
import { createSession, inspect } from '../support/sandbox.js';

interface Adopted {
  readonly element: KycVerify;
  readonly recorder: Recorder;
  readonly frame: HTMLIFrameElement;
}

const made: Element[] = [];

/** Puts an element with this inside into the page. */
const insert = (markup: string, properties: Partial<KycVerify> = {}): Adopted => {
  const element = document.createElement('kyc-verify');
  made.push(element);
  const template = document.createElement('template');
  template.innerHTML = markup;
  element.append(template.content);
  Object.assign(element, { provider: 'veriff', trustedOrigins: FRAME_ORIGIN, ...properties });
  const recorder = new Recorder(element);
  document.body.append(element);
  return { element, recorder, frame: element.querySelector('iframe')! };
};

const scripted = (): string => `${SCRIPTED_PAGE}?${crypto.randomUUID()}`;

const rendered = (sessionUrl: string, trustedOrigins = FRAME_ORIGIN): string =>
  renderFrame({ sessionUrl, provider: 'veriff', trustedOrigins, collector: false });

/** Has the puppet in the frame post a word, and waits until it was heard here. */
const tell = async ({ contentWindow }: HTMLIFrameElement, word: string): Promise<void> => {
  const heard = new Promise<void>((resolve) => {
    addEventListener('message', function listen({ source, data }: MessageEvent) {
      if (source !== contentWindow || data !== word) return;
      removeEventListener('message', listen);
      resolve();
    });
  });
  contentWindow?.postMessage({ say: word }, FRAME_ORIGIN);
  await heard;
};

/** Until the puppet is up, however long ago that was. */
const loaded = async (frame: HTMLIFrameElement): Promise<void> => {
  let isUp = false;
  const listen = ({ source }: MessageEvent): void => {
    isUp ||= source === frame.contentWindow;
  };
  addEventListener('message', listen);
  await waitUntil(() => {
    frame.contentWindow?.postMessage({ say: 'up?' }, '*');
    return isUp;
  }, 'the page in the frame is up');
  removeEventListener('message', listen);
};

describe('a frame that the host rendered', () => {
  afterEach(() => {
    for (const element of made.splice(0)) element.remove();
  });

  it('is adopted as it stands: one request, same window, a whole run', async () => {
    const session = await createSession('veriff', { pilot: true });
    const { element, recorder, frame } = insert(rendered(session.url, session.trustedOrigins), {
      trustedOrigins: session.trustedOrigins,
    });
    const { contentWindow } = frame;
    await recorder.first('kyc-finished');
    expect(contentWindow).not.to.equal(null);
    expect((await inspect(session)).pageRequests).to.equal(1);
    expect(recorder.names).to.deep.equal([
      'kyc-ready',
      'kyc-started',
      'kyc-submitted',
      'kyc-finished',
    ]);
    await element.updateComplete;
    expect(frame.isConnected, 'the frame is gone at the end').to.equal(false);
    expect(shownText(element)).to.contain('your part is done');
  });

  it('is shown in the stage, named, and nothing else is mounted', async () => {
    const { element, frame } = insert(rendered(scripted()));
    await element.updateComplete;
    expect(element.phase).to.equal('loading');
    await loaded(frame);
    await tell(frame, 'VERIFF_HANDSHAKE');
    await element.updateComplete;
    expect(element.phase).to.equal('ready');
    expect(frame.parentElement).to.equal(element);
    expect(root(element).querySelector('iframe')).to.equal(null);
    expect(frame.title).to.contain('Veriff');
    const stage = find(element, '.stage').getBoundingClientRect();
    const { width, height, top } = frame.getBoundingClientRect();
    expect([width, height, top]).to.deep.equal([stage.width, stage.height, stage.top]);
  });

  it('gives the session URL, which is never reflected', async () => {
    const url = scripted();
    const { element } = insert(rendered(url));
    await element.updateComplete;
    expect(element.sessionUrl).to.equal(url);
    expect(element.hasAttribute('session-url')).to.equal(false);
  });

  it('stays where the host names the same URL', async () => {
    const url = scripted();
    const { element, frame } = insert(rendered(url), { sessionUrl: url });
    await element.updateComplete;
    element.sessionUrl = url;
    await element.updateComplete;
    expect(element.phase).to.equal('loading');
    expect(frame.isConnected).to.equal(true);
  });

  it('may have the language in its URL that the element would have put there', async () => {
    const url = scripted();
    const markup = renderFrame({
      sessionUrl: url,
      provider: 'veriff',
      trustedOrigins: FRAME_ORIGIN,
      language: 'de-AT',
    });
    const { element, frame } = insert(markup, { sessionUrl: url, locale: 'de' });
    await element.updateComplete;
    expect(frame.src).to.contain('lang=de');
    expect(frame.isConnected).to.equal(true);
    expect(frame.slot).to.equal('frame');
  });

  it('is adopted too when the parser brings it after the element', async () => {
    const { element } = insert('');
    await element.updateComplete;
    expect(element.phase).to.equal('idle');
    const template = document.createElement('template');
    template.innerHTML = rendered(scripted());
    element.append(template.content);
    await waitUntil(() => element.phase === 'loading', 'adopted');
    expect(element.querySelector('iframe')!.slot).to.equal('frame');
  });

  it('waits in a modal until that is opened', async () => {
    const { element, frame } = insert(rendered(scripted()), { display: 'modal' });
    await element.updateComplete;
    expect(element.phase).to.equal('idle');
    expect(frame.checkVisibility()).to.equal(false);
    element.start();
    await waitUntil(() => element.phase === 'loading', 'started');
    await loaded(frame);
    await tell(frame, 'VERIFF_HANDSHAKE');
    await element.updateComplete;
    expect(frame.checkVisibility()).to.equal(true);
    element.close();
    await element.updateComplete;
    expect(frame.isConnected).to.equal(false);
  });

  it('is not judged while a framework has yet to set what it is judged by', async () => {
    const url = scripted();
    const template = document.createElement('template');
    template.innerHTML = rendered(url);
    const frame = template.content.querySelector('iframe')!;
    // As a server renders it, whose markup is upgraded before a framework comes.
    const later = document.createElement('kyc-verify');
    made.push(later);
    later.setAttribute('defer-hydration', '');
    later.provider = 'veriff';
    later.append(frame);
    document.body.append(later);
    await later.updateComplete;
    expect(later.phase).to.equal('idle');
    expect(frame.slot).to.equal('');
    later.trustedOrigins = FRAME_ORIGIN;
    later.removeAttribute('defer-hydration');
    await waitUntil(() => later.phase === 'loading', 'adopted');
    expect(frame.slot).to.equal('frame');
    expect(later.sessionUrl).to.equal(url);
  });

  it('leaves the other children to their slots', async () => {
    const { element } = insert(
      '<p id="intro">One moment</p><iframe slot="finished" title="Thanks"></iframe>',
    );
    await element.updateComplete;
    await nextFrame();
    expect(element.phase).to.equal('idle');
    expect(element.children.length).to.equal(2);
  });

  it('hands the focus on to the panel that takes its place', async () => {
    const { element, frame } = insert(rendered(scripted()));
    await loaded(frame);
    await tell(frame, 'VERIFF_HANDSHAKE');
    await element.updateComplete;
    frame.focus();
    expect(document.activeElement).to.equal(frame);
    frame.contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
    await waitUntil(
      () => root(element).activeElement?.classList.contains('cover'),
      'the panel has the focus',
    );
  });

  it('goes when the element does, and leaves nothing', async () => {
    const { element, frame } = insert(rendered(scripted()));
    await element.updateComplete;
    element.remove();
    expect(frame.isConnected).to.equal(false);
    expect(element.childElementCount).to.equal(0);
  });

  it('goes when the host asks for another session', async () => {
    const { element, frame, recorder } = insert(rendered(scripted()));
    await element.updateComplete;
    element.sessionUrl = scripted();
    await waitUntil(() => root(element).querySelector('iframe'), 'a frame of its own');
    expect(frame.isConnected).to.equal(false);
    expect(recorder.phases).to.deep.equal(['idle>loading', 'loading>idle', 'idle>loading']);
  });

  it('goes with the URL, and does not bring it back', async () => {
    const { element, frame } = insert(rendered(scripted()));
    await element.updateComplete;
    element.sessionUrl = undefined;
    await waitUntil(() => element.phase === 'idle', 'idle');
    await element.updateComplete;
    await nextFrame();
    expect(frame.isConnected).to.equal(false);
    expect(element.phase).to.equal('idle');
  });

  it('is followed by a frame of ours at another try', async () => {
    const { element, frame } = insert(rendered(scripted()), { timeout: 1 });
    await waitUntil(() => element.phase === 'failed', 'timed out');
    expect(frame.isConnected, 'a page that is late may still come').to.equal(true);
    await waitUntil(() => shownText(element).includes('Try again'), 'the panel');
    await press(element, 'Try again');
    await waitUntil(() => root(element).querySelector('iframe'), 'a frame of its own');
    await element.updateComplete;
    expect(frame.isConnected).to.equal(false);
  });
});

describe('a frame that the host rendered, and that is not right,', () => {
  afterEach(() => {
    for (const element of made.splice(0)) element.remove();
  });

  const change = (markup: string, name: string, value: string | undefined): string => {
    const template = document.createElement('template');
    template.innerHTML = markup;
    const frame = template.content.querySelector('iframe')!;
    if (value === undefined) frame.removeAttribute(name);
    else frame.setAttribute(name, value);
    return frame.outerHTML;
  };

  /** The console is told each thing once a page, by whichever test comes first. */
  const lines: string[] = [];
  const changed = overrides();
  beforeEach(() => {
    changed.set(console, 'warn', (line: string) => {
      lines.push(line);
    });
  });

  const told = (words: string): Promise<void> =>
    waitUntil(() => lines.some((line) => line.includes(words)), `the console says: ${words}`);

  const cases: readonly (readonly [
    name: string,
    words: string,
    attribute: string,
    value?: string,
  ])[] = [
    ['a camera for anybody', 'allow="camera ', 'allow', 'camera *; microphone *'],
    ['a camera for the first page alone', 'allow="camera ', 'allow', 'camera; microphone'],
    ['no camera', 'allow="camera ', 'allow'],
    ['a loose referrer policy', 'referrerpolicy="strict-origin"', 'referrerpolicy', 'unsafe-url'],
    ['no referrer policy', 'referrerpolicy="strict-origin"', 'referrerpolicy'],
    ['a sandbox', 'no sandbox', 'sandbox', 'allow-scripts allow-same-origin allow-top-navigation'],
    ['a document of its own', 'no srcdoc', 'srcdoc', '<p>Hello</p>'],
  ];

  for (const [name, words, attribute, value] of cases) {
    it(`is replaced, and the console says why: ${name}`, async () => {
      const url = scripted();
      const { element, frame } = insert(change(rendered(url), attribute, value));
      await waitUntil(() => root(element).querySelector('iframe'), 'a frame of ours');
      const ours = root(element).querySelector('iframe')!;
      expect(ours.src).to.equal(url);
      expect(ours.allow).to.contain(`camera ${FRAME_ORIGIN}`);
      expect(ours.referrerPolicy).to.equal('strict-origin');
      expect(ours.matches('[sandbox],[srcdoc]')).to.equal(false);
      expect(frame.isConnected).to.equal(false);
      await told(words);
      expect(lines.join()).not.to.contain(url);
    });
  }

  it('is replaced where its URL is not the one that the host names', async () => {
    const url = scripted();
    const { element, frame } = insert(rendered(scripted()), { sessionUrl: url });
    await waitUntil(() => root(element).querySelector('iframe'), 'a frame of ours');
    expect(root(element).querySelector('iframe')!.src).to.equal(url);
    expect(frame.isConnected).to.equal(false);
  });

  for (const src of ['https://evil.example/v/1', 'javascript:alert(1)', 'about:blank', '']) {
    it(`fails and takes it away where its URL is nobody's: ${src || '(none)'}`, async () => {
      const { element, frame, recorder } = insert(`<iframe src="${src}"></iframe>`, {
        trustedOrigins: '',
      });
      if (!src) {
        await element.updateComplete;
        expect(element.phase).to.equal('idle');
        return;
      }
      const { detail } = await recorder.first('kyc-error');
      expect(detail.code).to.equal('invalid-session-url');
      expect(frame.isConnected).to.equal(false);
      expect(root(element).querySelector('iframe')).to.equal(null);
    });
  }

  it('is taken away where another run is on already', async () => {
    const { element } = insert('', { sessionUrl: scripted() });
    await waitUntil(() => root(element).querySelector('iframe'), 'a frame of ours');
    const ours = root(element).querySelector('iframe');
    const template = document.createElement('template');
    template.innerHTML = rendered(scripted());
    element.append(template.content);
    await waitUntil(() => !element.querySelector('iframe'), 'taken away');
    expect(root(element).querySelector('iframe')).to.equal(ours);
    await told('leave session-url out');
  });
});

describe('the collector', () => {
  const script = (host: Element): void => {
    // As the parser runs it: `currentScript` is what tells where it stands.
    const element = document.createElement('script');
    element.textContent = frameCollector;
    host.prepend(element);
  };

  it('keeps what the frame says before the element is there, and nobody else', async () => {
    const host = document.createElement('div');
    made.push(host);
    document.body.append(host);
    script(host);
    const template = document.createElement('template');
    template.innerHTML = rendered(scripted());
    host.append(template.content);
    const frame = host.querySelector('iframe')!;
    await loaded(frame);
    await tell(frame, 'VERIFF_HANDSHAKE');
    postMessage('VERIFF_FINISHED', location.origin);
    await new Promise((resolve) => {
      addEventListener('message', resolve, { once: true });
    });
    const early = (host as unknown as { kycEarly: readonly MessageEvent[] }).kycEarly;
    const kept = early.map(({ data }) => data as unknown);
    expect(kept).to.include('VERIFF_HANDSHAKE');
    expect(kept).not.to.include('VERIFF_FINISHED');
    host.remove();
  });

  it('leaves with an element that no run has begun in', async () => {
    const { element, frame } = insert(rendered(scripted()), { display: 'modal' });
    script(element);
    await loaded(frame);
    await tell(frame, 'VERIFF_HANDSHAKE');
    const { kycEarly: early } = element as unknown as { kycEarly: readonly MessageEvent[] };
    const { length } = early;
    expect(length).to.be.greaterThan(0);
    element.remove();
    expect('kycEarly' in element).to.equal(false);
    // Put back, the frame speaks again.
    document.body.append(element);
    await loaded(frame);
    expect(early.length, 'nothing is kept any more').to.equal(length);
  });
});
