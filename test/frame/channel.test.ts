import { expect } from '@open-wc/testing';
import { openChannel, refusalOf, type HeardMessage } from '../../src/frame/channel.js';
import {
  ELSEWHERE,
  HERE,
  mountPuppet,
  nextMessage,
  openPuppet,
  puppetUrl,
  type Puppet,
} from '../support/puppet.js';

const frames = new Set<HTMLIFrameElement>();

const createFrame = (src?: string): HTMLIFrameElement => {
  const frame = document.createElement('iframe');
  if (src !== undefined) frame.src = src;
  frames.add(frame);
  return frame;
};

const mount = async (
  origin = ELSEWHERE,
): Promise<{ readonly frame: HTMLIFrameElement; readonly puppet: Puppet }> => {
  const frame = createFrame(puppetUrl(origin));
  return { frame, puppet: await mountPuppet(frame) };
};

/** Mounts a frame of a document that speaks once, by itself. */
const speakingFrame = async (frame: HTMLIFrameElement): Promise<MessageEvent<unknown>> => {
  const spoken = nextMessage(({ data }) => data === 'spoken');
  document.body.append(frame);
  return spoken;
};

const SPEAKING = '<script>parent.postMessage("spoken", "*");</script>';

describe('the verified channel', () => {
  let life = new AbortController();

  beforeEach(() => {
    life = new AbortController();
  });

  afterEach(() => {
    life.abort();
    for (const frame of frames) frame.remove();
    frames.clear();
  });

  /** What is heard of `frame`, filling up. */
  const listenTo = (frame: HTMLIFrameElement, origins: readonly string[] = [ELSEWHERE]) => {
    const messages: HeardMessage[] = [];
    openChannel(frame, origins, (message) => messages.push(message), life.signal);
    return messages;
  };

  it("hears the frame's page, and gives data and origin", async () => {
    const { frame, puppet } = await mount();
    const messages = listenTo(frame);
    const event = await puppet.say({ status: 'finished' });
    expect(refusalOf(event, frame, [ELSEWHERE])).to.equal(undefined);
    expect(messages.map(({ data, origin }) => ({ data, origin }))).to.deep.equal([
      { data: { status: 'finished' }, origin: ELSEWHERE },
    ]);
  });

  it('hears each message once, in order', async () => {
    const { frame, puppet } = await mount();
    const messages = listenTo(frame);
    for (const data of ['a', 'b', 'b']) await puppet.say(data);
    expect(messages.map(({ data }) => data)).to.deep.equal(['a', 'b', 'b']);
  });

  it('hears a page that speaks before the frame has loaded', async () => {
    const frame = createFrame(puppetUrl(ELSEWHERE));
    const messages = listenTo(frame);
    await mountPuppet(frame);
    expect(messages.length).to.equal(1);
  });

  it('hears every origin of the list', async () => {
    const { frame, puppet } = await mount();
    const messages = listenTo(frame, [HERE, ELSEWHERE]);
    await puppet.say('from the first page');
    const moved = await puppet.navigate(puppetUrl(HERE));
    await moved.say('from the second page');
    expect(messages.map(({ origin }) => origin)).to.deep.equal([ELSEWHERE, HERE, HERE]);
  });

  it('hears a frame in a closed shadow root', async () => {
    const host = document.createElement('div');
    document.body.append(host);
    const frame = createFrame(puppetUrl(ELSEWHERE));
    const messages = listenTo(frame);
    const hello = nextMessage(({ source }) => source === frame.contentWindow);
    host.attachShadow({ mode: 'closed' }).append(frame);
    await hello;
    host.remove();
    expect(messages.length).to.equal(1);
  });

  it('refuses another frame of the right origin', async () => {
    const { frame } = await mount();
    const { puppet: neighbour } = await mount();
    const messages = listenTo(frame);
    const event = await neighbour.say('forged');
    expect(event.origin).to.equal(ELSEWHERE);
    expect(refusalOf(event, frame, [ELSEWHERE])).to.equal('source');
    expect(messages).to.deep.equal([]);
  });

  it('refuses a frame within the frame, of the right origin, that posts to the top', async () => {
    const { frame, puppet } = await mount();
    const inner = await puppet.nest(puppetUrl(ELSEWHERE));
    const messages = listenTo(frame);
    const event = await inner.say('forged');
    expect(event.origin).to.equal(ELSEWHERE);
    expect(refusalOf(event, frame, [ELSEWHERE])).to.equal('source');
    expect(messages).to.deep.equal([]);
  });

  it('refuses a window of the right origin that the host opened', async function () {
    const popup = await openPuppet(puppetUrl(ELSEWHERE));
    // WebKitGTK opens no window without a gesture.
    if (!popup) this.skip();
    const { frame } = await mount();
    const messages = listenTo(frame);
    const event = await popup.say('forged');
    popup.window.close();
    expect(event.origin).to.equal(ELSEWHERE);
    expect(refusalOf(event, frame, [ELSEWHERE])).to.equal('source');
    expect(messages).to.deep.equal([]);
  });

  it('refuses the host page itself', async () => {
    const { frame } = await mount();
    const messages = listenTo(frame, [ELSEWHERE, HERE]);
    const arrived = nextMessage(({ data }) => data === 'forged');
    postMessage('forged', HERE);
    expect(refusalOf(await arrived, frame, [HERE])).to.equal('source');
    expect(messages).to.deep.equal([]);
  });

  it('refuses the right window once it shows a page of another origin', async () => {
    const { frame, puppet } = await mount();
    const messages = listenTo(frame);
    const { contentWindow } = frame;
    const moved = await puppet.navigate(puppetUrl(HERE));
    const event = await moved.say('forged');
    expect(frame.contentWindow, 'the window stays the same').to.equal(contentWindow);
    expect(refusalOf(event, frame, [ELSEWHERE])).to.equal('origin');
    expect(messages).to.deep.equal([]);
  });

  it('hears the window again when it is back on the right origin', async () => {
    const { frame, puppet } = await mount();
    const away = await puppet.navigate(puppetUrl(HERE));
    const messages = listenTo(frame);
    const back = await away.navigate(puppetUrl(ELSEWHERE));
    await back.say('heard');
    expect(messages.at(-1)?.data).to.equal('heard');
  });

  it('refuses a sandboxed page of the right URL, whose origin is opaque', async () => {
    const frame = createFrame(puppetUrl(ELSEWHERE));
    frame.setAttribute('sandbox', 'allow-scripts');
    const messages = listenTo(frame);
    const event = await (await mountPuppet(frame)).say('forged');
    expect(event.origin).to.equal('null');
    expect(refusalOf(event, frame, [ELSEWHERE])).to.equal('origin');
    expect(messages).to.deep.equal([]);
  });

  it('refuses a `data:` page', async () => {
    const frame = createFrame(`data:text/html,${SPEAKING}`);
    const messages = listenTo(frame);
    const event = await speakingFrame(frame);
    expect(event.origin).to.equal('null');
    expect(event.source).to.equal(frame.contentWindow);
    expect(refusalOf(event, frame, [ELSEWHERE])).to.equal('origin');
    expect(messages).to.deep.equal([]);
  });

  it("refuses a `srcdoc` page, which has the host's origin", async () => {
    const frame = createFrame();
    frame.srcdoc = SPEAKING;
    const messages = listenTo(frame);
    const event = await speakingFrame(frame);
    expect(event.origin).to.equal(HERE);
    expect(refusalOf(event, frame, [ELSEWHERE])).to.equal('origin');
    expect(messages).to.deep.equal([]);
  });

  it("refuses a `blob:` page, which has the host's origin", async () => {
    const url = URL.createObjectURL(new Blob([SPEAKING], { type: 'text/html' }));
    const frame = createFrame(url);
    const messages = listenTo(frame);
    const event = await speakingFrame(frame);
    URL.revokeObjectURL(url);
    expect(event.origin).to.equal(HERE);
    expect(refusalOf(event, frame, [ELSEWHERE])).to.equal('origin');
    expect(messages).to.deep.equal([]);
  });

  it("refuses the last words of a frame that is gone, since `null` is nobody's window", async () => {
    const frame = createFrame();
    frame.srcdoc = '<script>function say(data) { parent.postMessage(data, "*"); }</script>';
    const loaded = new Promise((resolve) => {
      frame.addEventListener('load', resolve);
    });
    document.body.append(frame);
    await loaded;
    const messages = listenTo(frame, [HERE]);
    const words = nextMessage(({ data }) => data === 'last words');
    (frame.contentWindow as Window & { say(data: unknown): void }).say('last words');
    frame.remove();
    expect(refusalOf(await words, frame, [HERE])).to.equal('source');
    expect(messages).to.deep.equal([]);
  });

  it('refuses events made by script, while the frame is there and when it is gone', () => {
    // Firefox takes no window of another origin as the source of a made event.
    const frame = createFrame();
    document.body.append(frame);
    const messages = listenTo(frame);
    const forge = (): MessageEvent => {
      const event = new MessageEvent('message', {
        data: 'forged',
        origin: ELSEWHERE,
        source: frame.contentWindow,
      });
      dispatchEvent(event);
      return event;
    };
    expect(refusalOf(forge(), frame, [ELSEWHERE])).to.equal('synthetic');
    frame.remove();
    const event = forge();
    expect(event.source, 'the naive check would pass').to.equal(frame.contentWindow);
    expect(refusalOf(event, frame, [ELSEWHERE])).to.equal('synthetic');
    expect(messages).to.deep.equal([]);
  });

  describe('refusalOf, of events that no browser makes', () => {
    const outside = document.createElement('iframe');
    const event = (parts: Partial<MessageEvent>): MessageEvent =>
      ({ isTrusted: true, source: null, origin: ELSEWHERE, data: 'x', ...parts }) as MessageEvent;

    it('never takes no source for the window of a frame out of the document', () => {
      expect(outside.contentWindow).to.equal(null);
      expect(refusalOf(event({}), outside, [ELSEWHERE])).to.equal('source');
    });

    it('looks at the maker before the source, and at the source before the origin', () => {
      expect(refusalOf(event({ isTrusted: false, origin: 'x' }), outside, [])).to.equal(
        'synthetic',
      );
      expect(refusalOf(event({ origin: 'x' }), outside, [])).to.equal('source');
    });

    it('compares origins as a whole', () => {
      const frame = createFrame();
      document.body.append(frame);
      const { contentWindow: source } = frame;
      const origins = ['https://saas.veriff.com', 'https://a.test:8443'];
      for (const origin of [
        '',
        'null',
        'https://saas.veriff.com.evil.test',
        'https://saas.veriff.com:8443',
        'https://saas.veriff.co',
        'http://saas.veriff.com',
        'https://a.test',
        'HTTPS://SAAS.VERIFF.COM',
        'https://saas.veriff.com/',
        'https://saas.veriff.com,https://a.test:8443',
      ]) {
        expect(refusalOf(event({ source, origin }), frame, origins), origin).to.equal('origin');
      }
      for (const origin of origins) {
        expect(refusalOf(event({ source, origin }), frame, origins), origin).to.equal(undefined);
      }
      expect(refusalOf(event({ source }), frame, []), 'an empty list').to.equal('origin');
    });
  });

  it('hears nothing after it was aborted', async () => {
    const { frame, puppet } = await mount();
    const messages = listenTo(frame);
    await puppet.say('before');
    life.abort();
    await puppet.say('after');
    expect(messages.map(({ data }) => data)).to.deep.equal(['before']);
  });

  it('hears nothing when it was aborted before it began', async () => {
    const { frame, puppet } = await mount();
    life.abort();
    const messages = listenTo(frame);
    await puppet.say('unheard');
    expect(messages).to.deep.equal([]);
  });

  it('keeps two frames of one origin apart', async () => {
    const [one, two] = [await mount(), await mount()];
    const [ones, twos] = [listenTo(one.frame), listenTo(two.frame)];
    await one.puppet.say('1');
    await two.puppet.say('2');
    expect(ones.map(({ data }) => data)).to.deep.equal(['1']);
    expect(twos.map(({ data }) => data)).to.deep.equal(['2']);
  });

  describe('answer', () => {
    it('reaches the page that spoke', async () => {
      const { frame, puppet } = await mount();
      const messages = listenTo(frame);
      await puppet.say('question');
      messages[0]!.answer({ name: 'answer' });
      expect(await puppet.heard()).to.deep.equal([{ name: 'answer' }]);
    });

    it('reaches nobody where the frame has gone to another origin meanwhile', async () => {
      const { frame, puppet } = await mount();
      const messages = listenTo(frame);
      await puppet.say('question');
      const moved = await puppet.navigate(puppetUrl(HERE));
      messages[0]!.answer('for the first page alone');
      // Messages of one window to another arrive in order, so a marker after it tells.
      moved.window.postMessage('marker', HERE);
      expect(await moved.heard()).to.deep.equal(['marker']);
    });

    it('reaches nobody where the frame is gone, and does not throw', async () => {
      const { frame, puppet } = await mount();
      const messages = listenTo(frame);
      await puppet.say('question');
      frame.remove();
      expect(() => {
        messages[0]!.answer('late');
      }).to.not.throw();
    });
  });
});
