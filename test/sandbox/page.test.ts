import { expect, fixture, html } from '@open-wc/testing';

import { CONFIG_ID, ROOT_ID, readConfig } from '../../src/sandbox/pages/config.js';
import { closeAll, configFor, create, createHost, mount, until } from './support.js';

describe('the pilot', () => {
  afterEach(closeAll);

  it('walks through the flow by itself', async () => {
    const session = await create('veriff');
    const { page } = await mount(configFor(session, { pilot: true }));
    await until(() => page.step === 'done', 'done');
    expect((await session.inspect()).status).to.equal('submitted');
  });

  it('hands in drawn pictures where the page plays a device without a camera', async () => {
    const session = await create('veriff');
    const { page } = await mount(configFor(session, { pilot: true, fault: 'no-camera' }));
    await until(() => page.step === 'done', 'done');
    expect((await session.inspect()).media.length).to.equal(2);
  });

  it('stops with the page', async () => {
    const { page } = await mount(
      configFor(await create('veriff'), { pilot: true, fault: 'no-camera' }),
    );
    page.close();
    expect(page.step).not.to.equal('done');
  });
});

describe('the way back', () => {
  afterEach(closeAll);

  const callback = 'https://shop.test/back';

  it('is offered at the end and after a cancel to a redirected person', async () => {
    const done = await mount(configFor(await create('veriff'), { callback, submitted: true }));
    await done.click('return');
    await until(() => done.left.length > 0, 'left');
    expect(done.left).to.eql([callback]);
    const canceled = await mount(configFor(await create('veriff'), { callback }));
    await canceled.click('cancel', 'return');
    await until(() => canceled.left.length > 0, 'left');
    expect(canceled.left).to.eql([callback]);
  });

  it('is offered in the frame by Shufti Pro alone', async () => {
    const host = window;
    const veriff = await mount(
      configFor(await create('veriff'), { callback, fault: 'old-message' }),
      { host },
    );
    await veriff.click('cancel');
    expect(veriff.root.querySelector('[name=return]')).to.equal(null);
    const shufti = await mount(
      configFor(await create('shufti-pro'), { vendor: 'shufti-pro', callback }),
      { host },
    );
    await shufti.click('cancel', 'return');
    await until(() => shufti.left.length > 0, 'left');
    expect(shufti.left).to.eql([callback]);
  });

  it('is taken once the server and the host know of the cancel', async () => {
    const session = await create('shufti-pro');
    const { window: host, messages } = await createHost();
    const { left, click } = await mount(
      configFor(session, { vendor: 'shufti-pro', requestId: session.id, callback }),
      { host },
    );
    await click('cancel', 'return');
    await until(() => left.length > 0, 'left');
    expect((await session.inspect()).status).to.equal('canceled');
    await until(() => messages.length > 0, 'the message');
    expect(messages).to.eql([
      { verification_status: 'verification.cancelled', request_id: session.id },
    ]);
  });

  it('is taken by the pilot after the end, and after every cancel', async () => {
    for (const vendor of ['veriff', 'shufti-pro'] as const) {
      for (const fault of [null, 'cancel-intro', 'cancel-document', 'cancel-review'] as const) {
        const session = await create(vendor);
        const mounted = await mount(configFor(session, { vendor, fault, callback, pilot: true }));
        await until(() => mounted.left.length > 0, `${vendor} ${String(fault)}`);
        expect(mounted.left).to.eql([callback]);
        expect(mounted.page.step).to.equal(fault === null ? 'done' : 'canceled');
      }
    }
  });

  it('is taken by the pilot in the frame too, where a silent page says nothing of the end', async () => {
    const session = await create('shufti-pro');
    const { window: host, messages } = await createHost();
    const { left } = await mount(
      configFor(session, { vendor: 'shufti-pro', fault: 'silent', callback, pilot: true }),
      { host },
    );
    await until(() => left.length > 0, 'left');
    expect(left).to.eql([callback]);
    expect((await session.inspect()).status).to.equal('submitted');
    host.postMessage('comes after all', location.origin);
    await until(() => messages.includes('comes after all'), 'the message');
    expect(messages).to.eql(['comes after all']);
  });
});

describe("the page's document", () => {
  afterEach(closeAll);

  it('goes on to the second origin before it does anything', async () => {
    const hop = 'https://hop.test/v/1';
    const { left, root } = await mount(configFor(await create('veriff'), { hop }));
    expect(left).to.eql([hop]);
    expect(root.querySelector('main')?.childElementCount).to.equal(0);
  });

  it('must hold a configuration', () => {
    expect(() => readConfig(document)).to.throw(SyntaxError);
  });

  it('runs what its configuration says, and goes where that says by itself', async () => {
    const config = configFor(await create('veriff'), { callback: '#the-way-back' });
    const root = await fixture<HTMLElement>(html`<div id=${ROOT_ID}></div>`);
    const script = document.createElement('script');
    script.type = 'application/json';
    script.id = CONFIG_ID;
    script.textContent = JSON.stringify(config);
    root.before(script);
    await import('../../src/sandbox/pages/page.js');
    const button = (name: string): HTMLButtonElement | null => root.querySelector(`[name=${name}]`);
    await until(() => button('begin'), 'the intro');
    button('cancel')?.click();
    button('return')?.click();
    await until(() => location.hash !== '', 'left');
    expect(location.hash).to.equal('#the-way-back');
    script.remove();
  });
});

/** The page as it is served, in a frame of another origin, with the cameras that the frame is given. */
describe('the page in its frame', () => {
  const run = async (
    allow: string,
    isOver: (reports: readonly string[], status: string) => boolean,
  ): Promise<void> => {
    const session = await create('shufti-pro', { pilot: true });
    const list = allow.replaceAll('src', session.origin);
    await fixture(
      html`<iframe
        title="Sandbox"
        referrerpolicy="strict-origin"
        allow=${list}
        src=${session.url}
      ></iframe>`,
    );
    for (let over = false; !over;) {
      const { reports, status } = await session.inspect();
      over = isOver(reports, status);
    }
  };

  it('gets through where camera and microphone are delegated', () =>
    run('camera src; microphone src', (_, status) => status === 'submitted'));

  it('gets through with the camera alone', () =>
    run(
      'camera src',
      (reports, status) => status === 'submitted' && reports.includes('microphone-missing'),
    ));

  it('tells that the camera was refused where nothing is delegated', () =>
    run('', (reports) => reports.includes('camera-refused')));

  it('loads the callback page of Shufti Pro in its place, also where it never spoke', async () => {
    const callback = new URL('/__sandbox__.json?kyc-state=1', location.origin).href;
    const session = await create('shufti-pro', { pilot: true, fault: 'silent' }, callback);
    const frame = await fixture<HTMLIFrameElement>(
      html`<iframe
        title="Sandbox"
        referrerpolicy="strict-origin"
        allow="camera ${session.origin}"
        src=${session.url}
      ></iframe>`,
    );
    // Of this origin, so that its place can be read.
    const place = (): string | undefined => frame.contentDocument?.location.href;
    await until(() => place() === callback, 'the callback page');
    expect((await session.inspect()).status).to.equal('submitted');
  });
});
