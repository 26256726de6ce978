import { expect, nextFrame } from '@open-wc/testing';
import type { KycVerify } from '../../src/index.js';
import {
  FRAME_ORIGIN,
  frameOf,
  loaded,
  mount,
  mountAt,
  root,
  say,
  SCRIPTED_PAGE,
  WORDS,
} from '../support/element.js';
import { engine } from '../support/engine.js';
import { Recorder } from '../support/recorder.js';
import { createSession, inspect } from '../support/sandbox.js';

const holder = (): HTMLElement => {
  const element = document.createElement('div');
  document.body.append(element);
  return element;
};

type Movable = HTMLElement & { moveBefore?: (node: Node, child: Node | null) => void };

const canMove = 'moveBefore' in Element.prototype;

describe('life in the DOM', () => {
  it('ends without a word when the element is removed', async () => {
    const { element, recorder } = await mountAt(WORDS.started);
    const frame = frameOf(element);
    const { length } = recorder.events;
    element.remove();
    expect(frame.isConnected).to.equal(false);
    await nextFrame();
    expect(recorder.events.length).to.equal(length);
    expect(element.phase).to.equal('idle');
  });

  it('asks the provider once when it is moved within one task', async () => {
    const session = await createSession('veriff');
    const [one, two] = [holder(), holder()];
    const element = document.createElement('kyc-verify');
    const recorder = new Recorder(element);
    Object.assign(element, { provider: 'veriff', trustedOrigins: session.trustedOrigins });
    element.sessionUrl = session.url;
    // As StrictMode does: mount, unmount, mount; then a re-parenting.
    one.append(element);
    element.remove();
    one.append(element);
    two.append(element);
    await recorder.first('kyc-ready');
    expect((await inspect(session)).pageRequests).to.equal(1);
    expect(recorder.phases).to.deep.equal(['idle>loading', 'loading>ready']);
    one.remove();
    two.remove();
  });

  it('starts a new run, and says so, when a running element is moved the plain way', async () => {
    const session = await createSession('veriff');
    const { element, recorder } = await mount({
      sessionUrl: session.url,
      trustedOrigins: session.trustedOrigins,
    });
    await recorder.first('kyc-ready');
    const place = holder();
    place.append(element);
    while (recorder.all('kyc-ready').length < 2) await nextFrame();
    expect(recorder.phases).to.deep.equal([
      'idle>loading',
      'loading>ready',
      'idle>loading',
      'loading>ready',
    ]);
    expect((await inspect(session)).pageRequests).to.equal(2);
    place.remove();
  });

  (canMove ? it : it.skip)(
    'goes by what moveBefore() did to the frame (WebKitGTK has none): kept, or loaded anew',
    async () => {
      const { element, recorder } = await mountAt(WORDS.started);
      const frame = frameOf(element);
      const { contentWindow } = frame;
      const place: Movable = holder();
      place.moveBefore?.(element, null);
      expect(frameOf(element) === frame).to.equal(true);
      const isKept = frame.contentWindow === contentWindow;
      await loaded(element);
      await say(element, isKept ? 'VERIFF_SUBMITTED' : 'VERIFF_HANDSHAKE');
      expect(recorder.names.at(-1)).to.equal(isKept ? 'kyc-submitted' : 'kyc-ready');
      expect(recorder.phases.slice(3)).to.deep.equal(
        isKept ? ['started>submitted'] : ['idle>loading', 'loading>ready'],
      );
      // Firefox 153 has the method, and loads frames in shadow trees anew.
      if (engine === 'chromium') expect(isKept).to.equal(true);
      place.remove();
    },
  );

  it('still shows the end after a move, and asks for nothing again', async () => {
    const { element, recorder } = await mountAt(WORDS.submitted);
    frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
    await recorder.first('kyc-finished');
    const place = holder();
    place.append(element);
    await element.updateComplete;
    expect(element.phase).to.equal('finished');
    expect(root(element).querySelector('iframe')).to.equal(null);
    place.remove();
  });

  it('leaves no listener, frame or timer behind after 300 mounts and removals', async function () {
    this.timeout(60_000);
    const open = new Set<unknown>();
    const restore = trackListenersAndTimers(open);
    const frames = document.querySelectorAll('iframe').length + window.length;
    try {
      for (let count = 0; count < 300; count++) {
        const element: KycVerify = document.createElement('kyc-verify');
        element.display = count % 3 === 0 ? 'modal' : 'inline';
        element.open = true;
        element.provider = count % 2 === 0 ? 'veriff' : 'shufti-pro';
        element.trustedOrigins = FRAME_ORIGIN;
        element.sessionUrl = SCRIPTED_PAGE;
        document.body.append(element);
        await element.updateComplete;
        if (count % 50 === 0) await loaded(element);
        else await element.updateComplete;
        expect(root(element).querySelector('iframe')).not.to.equal(null);
        element.remove();
      }
    } finally {
      restore();
    }
    expect([...open].map(String)).to.deep.equal([]);
    expect(document.querySelectorAll('iframe').length + window.length).to.equal(frames);
    expect(document.adoptedStyleSheets.length).to.equal(0);
  });
});

type Listen = (
  this: EventTarget | undefined,
  type: string,
  listener: EventListenerOrEventListenerObject | null,
  options?: boolean | AddEventListenerOptions,
) => void;

interface TargetMethods {
  addEventListener: Listen;
  removeEventListener: Listen;
}

/** Keeps in `open` every listener on window and document, and every timer, that is not given back. */
const trackListenersAndTimers = (open: Set<unknown>): (() => void) => {
  const set = window.setTimeout.bind(window);
  const clear = window.clearTimeout.bind(window);
  const proto: TargetMethods = EventTarget.prototype;
  const methods = Object.getOwnPropertyDescriptors(proto);
  const { value: add } = methods.addEventListener as { value: Listen };
  const { value: remove } = methods.removeEventListener as { value: Listen };
  proto.addEventListener = function (type, listener, options) {
    const target = this ?? window;
    if (target === window || target === document) {
      open.add(listener);
      const signal = typeof options === 'object' ? options.signal : undefined;
      if (signal) add.call(signal, 'abort', () => open.delete(listener));
    }
    add.call(target, type, listener, options);
  };
  proto.removeEventListener = function (type, listener, options) {
    open.delete(listener);
    remove.call(this ?? window, type, listener, options);
  };
  window.setTimeout = ((handler: () => void, delay?: number) => {
    const id = set(() => {
      open.delete(id);
      handler();
    }, delay);
    open.add(id);
    return id;
  }) as typeof window.setTimeout;
  window.clearTimeout = ((id: number | undefined) => {
    open.delete(id);
    clear(id);
  }) as typeof window.clearTimeout;
  return () => {
    Object.assign(proto, { addEventListener: add, removeEventListener: remove });
    Object.assign(window, { setTimeout: set, clearTimeout: clear });
  };
};
