import { expect } from '@open-wc/testing';

import type { PageConfig } from '../../src/sandbox/pages/config.js';
import { nonsense } from '../../src/sandbox/pages/nonsense.js';
import { isRender } from '../../src/sandbox/pages/voice.js';
import type { Fault } from '../../src/sandbox/switches.js';
import {
  RENDER,
  closeAll,
  configFor,
  create,
  createHost,
  mount,
  until,
  type Host,
  type Mounted,
} from './support.js';

interface Framed {
  readonly host: Host;
  readonly mounted: Mounted;
}

const frame = async (config: Partial<PageConfig> = {}): Promise<Framed> => {
  const host = await createHost();
  const session = await create(config.vendor ?? 'veriff');
  return { host, mounted: await mount(configFor(session, config), { host: host.window }) };
};

/** Answers the handshake, as a host does. */
const render = async ({ host, mounted }: Framed): Promise<void> => {
  await until(() => host.messages.includes('VERIFF_HANDSHAKE'), 'a handshake');
  host.say(RENDER);
  await until(() => mounted.page.step !== 'waiting', 'rendered');
};

const WAY = ['begin', 'shutter', 'keep', 'shutter', 'keep', 'submit'] as const;

describe("what Veriff's page says", () => {
  afterEach(closeAll);

  it('is the handshake, and nothing is shown before the right answer by the right window', async () => {
    const framed = await frame();
    const other = await createHost();
    await until(() => framed.host.messages.length > 0, 'a handshake');
    other.say(RENDER);
    dispatchEvent(
      new MessageEvent('message', {
        data: RENDER,
        source: framed.host.window,
        origin: location.origin,
      }),
    );
    for (const odd of [null, 'VERIFF_RENDER', { name: 'VERIFF_RENDER' }, { ...RENDER, name: 'x' }])
      framed.host.say(odd);
    // Messages of one window arrive in order: after this one the others were seen.
    const seen = new Promise((resolve) => {
      addEventListener('message', ({ data }) => data === 'the last' && resolve(data));
    });
    framed.host.say('the last');
    await seen;
    expect(framed.mounted.page.step).to.equal('waiting');
    await render(framed);
    expect(framed.mounted.page.step).to.equal('intro');
  });

  it('is every word in order, each once', async () => {
    const framed = await frame();
    await render(framed);
    await framed.mounted.click(...WAY);
    await until(() => framed.host.messages.includes('VERIFF_FINISHED'), 'the end');
    expect(framed.host.messages).to.eql([
      'VERIFF_HANDSHAKE',
      'VERIFF_STARTED',
      'VERIFF_SUBMITTED',
      'VERIFF_FINISHED',
    ]);
  });

  it('is the cancel of the person', async () => {
    const framed = await frame();
    await render(framed);
    await framed.mounted.click('cancel');
    await until(() => framed.host.messages.includes('VERIFF_CANCELED'), 'the cancel');
    expect(framed.host.messages).to.eql(['VERIFF_HANDSHAKE', 'VERIFF_CANCELED']);
  });

  it('is the end once more, where the session was submitted before', async () => {
    const framed = await frame({ submitted: true });
    await render(framed);
    await until(() => framed.host.messages.includes('VERIFF_FINISHED'), 'the end');
    expect(framed.mounted.page.step).to.equal('done');
  });

  for (const [fault, word] of [
    ['reload-request', 'VERIFF_RELOAD_REQUEST'],
    ['force-reload', 'VERIFF_FORCE_RELOAD'],
  ] as const) {
    it(`is ${word} after the start on ${fault}, and the person may go on`, async () => {
      const framed = await frame({ fault });
      await render(framed);
      await framed.mounted.click('begin');
      await until(() => framed.host.messages.includes(word), word);
      expect(framed.host.messages).to.eql(['VERIFF_HANDSHAKE', 'VERIFF_STARTED', word]);
      await framed.mounted.click('go-on');
      await framed.mounted.control('shutter');
    });
  }

  it('is one object at the end on old-message', async () => {
    const framed = await frame({ fault: 'old-message' });
    await framed.mounted.click(...WAY);
    await until(() => framed.host.messages.length > 0, 'the end');
    expect(framed.host.messages).to.eql([{ status: 'finished' }]);
  });

  it('is nothing for a cancel or a session that is over on old-message', async () => {
    const framed = await frame({ fault: 'old-message' });
    await framed.mounted.click('begin', 'cancel');
    expect(framed.mounted.page.step).to.equal('canceled');
    expect(framed.host.messages).to.eql([]);
  });

  it('is the end twice on finish-twice', async () => {
    const framed = await frame({ fault: 'finish-twice', submitted: true });
    await render(framed);
    await until(() => framed.host.messages.length > 2, 'both');
    expect(framed.host.messages).to.eql(['VERIFF_HANDSHAKE', 'VERIFF_FINISHED', 'VERIFF_FINISHED']);
  });

  it('is nothing where the framing page is unknown, and the person reads why', async () => {
    const { host, mounted } = await frame({ embedder: null });
    expect(mounted.heading()).to.contain('does not know');
    expect(host.messages).to.eql([]);
  });

  it('is nothing on silent', async () => {
    const { host, mounted } = await frame({ fault: 'silent' });
    expect(mounted.page.step).to.equal('waiting');
    expect(host.messages).to.eql([]);
  });

  it('is heard through nonsense', async () => {
    const framed = await frame({ fault: 'nonsense' });
    await render(framed);
    await framed.mounted.click('cancel');
    await until(() => framed.host.messages.at(-1) === 'VERIFF_CANCELED', 'the cancel');
    const words = framed.host.messages.filter((message) =>
      /^VERIFF_(HANDSHAKE|CANCELED)$/.test(String(message)),
    );
    expect(framed.host.messages.length).to.equal(2 * nonsense('').length + 2);
    expect(words).to.include('VERIFF_HANDSHAKE');
  });

  it('stops with the page', async () => {
    const framed = await frame();
    await until(() => framed.host.messages.length > 0, 'a handshake');
    framed.mounted.page.close();
    const seen = new Promise((resolve) => {
      addEventListener('message', resolve, { once: true });
    });
    framed.host.say(RENDER);
    await seen;
    expect(framed.mounted.page.step).to.equal('waiting');
  });

  it('takes an answer for one only if every member is there', () => {
    expect(isRender(RENDER)).to.equal(true);
    for (const name of Object.keys(RENDER.payload)) {
      expect(
        isRender({ ...RENDER, payload: { ...RENDER.payload, [name]: undefined } }),
        name,
      ).to.equal(false);
    }
    expect(isRender({ name: 'VERIFF_RENDER', payload: null })).to.equal(false);
  });
});

describe("what Shufti Pro's page says", () => {
  afterEach(closeAll);

  const end = (host: Host): unknown =>
    (host.messages[0] as { verification_status?: unknown }).verification_status;

  for (const verdict of ['request.received', 'verification.declined'] as const) {
    it(`is ${verdict} at the end and nothing before`, async () => {
      const { host, mounted } = await frame({ vendor: 'shufti-pro', requestId: 'r-1', verdict });
      await mounted.click(...WAY);
      await until(() => host.messages.length > 0, 'the end');
      expect(host.messages).to.eql([{ verification_status: verdict, request_id: 'r-1' }]);
    });
  }

  it('is the cancel of the person', async () => {
    const { host, mounted } = await frame({ vendor: 'shufti-pro' });
    await mounted.click('begin', 'cancel');
    await until(() => host.messages.length > 0, 'the cancel');
    expect(end(host)).to.equal('verification.cancelled');
  });

  for (const [fault, status, heading] of [
    ['request-timeout', 'request.timeout', 'This session has ended'],
    ['request-invalid', 'request.invalid', 'This session is not valid'],
  ] as const) {
    it(`is ${status} on ${fault}, in plain words too`, async () => {
      const { host, mounted } = await frame({ vendor: 'shufti-pro', fault });
      await until(() => host.messages.length > 0, 'the end');
      expect(end(host)).to.equal(status);
      expect(mounted.heading()).to.equal(heading);
      expect(mounted.page.step).to.equal('over');
    });
  }

  it('is nothing on silent, though the flow runs', async () => {
    const { host, mounted } = await frame({
      vendor: 'shufti-pro',
      fault: 'silent',
      submitted: true,
    });
    await until(() => mounted.page.step === 'done', 'done');
    expect(host.messages).to.eql([]);
  });
});

describe('a page that cancels by itself', () => {
  afterEach(closeAll);

  const upTo: Readonly<Partial<Record<Fault, readonly string[]>>> = {
    'cancel-intro': [],
    'cancel-document': ['begin'],
    'cancel-face': ['begin', 'shutter', 'keep'],
    'cancel-review': ['begin', 'shutter', 'keep', 'shutter', 'keep'],
  };
  for (const [fault, way] of Object.entries(upTo) as [Fault, readonly string[]][]) {
    it(`does so on ${fault}`, async () => {
      const framed = await frame({ fault });
      await render(framed);
      await framed.mounted.click(...way);
      await until(() => framed.host.messages.at(-1) === 'VERIFF_CANCELED', 'the cancel');
      expect(framed.mounted.page.step).to.equal('canceled');
    });
  }
});
