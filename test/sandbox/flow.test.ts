import { expect } from '@open-wc/testing';

import { closeAll, configFor, create, mount, reported, until, type Mounted } from './support.js';

const liveTracks = ({ root }: Mounted): number => {
  const stream = root.querySelector('video')?.srcObject as MediaStream | null | undefined;
  return stream?.getTracks().filter(({ readyState }) => readyState === 'live').length ?? 0;
};

const choose = ({ root }: Mounted, file: File): void => {
  const input = root.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no file input');
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change'));
};

/** The engine's fake camera never breaks, so broken ones are played. */
const withCamera = async (
  getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>,
  run: () => Promise<void>,
): Promise<void> => {
  Object.defineProperty(navigator.mediaDevices, 'getUserMedia', {
    value: getUserMedia,
    configurable: true,
  });
  try {
    await run();
  } finally {
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
  }
};

describe('the hosted flow', () => {
  afterEach(closeAll);

  it('leads from the intro to the thank-you, and hands both pictures in', async () => {
    const session = await create('veriff');
    const mounted = await mount(configFor(session));
    await mounted.click('begin', 'shutter', 'keep', 'shutter', 'keep', 'submit');
    await until(() => mounted.page.step === 'done', 'done');
    expect(mounted.heading()).to.equal('Thank you');
    const { status, media } = await session.inspect();
    expect(status).to.equal('submitted');
    expect(media.map(({ context, type }) => `${context} ${type}`)).to.eql([
      'document-front image/jpeg',
      'face image/jpeg',
    ]);
    for (const { bytes } of media) expect(bytes).to.be.greaterThan(500);
    const reports = await reported(session, 'microphone-live');
    expect(reports.slice(0, 3)).to.eql(['started', 'camera-live', 'microphone-live']);
  });

  it('is accessible at every step', async () => {
    const mounted = await mount(configFor(await create('veriff')));
    const check = async (): Promise<void> => {
      await expect(mounted.root).to.be.accessible();
    };
    await mounted.control('begin');
    await check();
    await mounted.click('begin');
    await mounted.control('shutter');
    await check();
    await mounted.click('shutter');
    await mounted.control('keep');
    await check();
    await mounted.click('keep', 'shutter', 'keep');
    await mounted.control('submit');
    await check();
    await mounted.click('cancel');
    await check();
  });

  it('shows the live picture, and takes it again when asked to', async () => {
    const mounted = await mount(configFor(await create('veriff')));
    await mounted.click('begin');
    await mounted.control('shutter');
    expect(liveTracks(mounted)).to.equal(2);
    await mounted.click('shutter', 'retake', 'shutter');
    await mounted.control('keep');
    expect(mounted.heading()).to.equal('Check your document');
  });

  it('lets each picture be retaken from the review, which keeps the document first', async () => {
    const mounted = await mount(configFor(await create('veriff')));
    await mounted.click('begin', 'shutter', 'keep', 'shutter', 'keep', 'retake-document');
    expect(mounted.page.step).to.equal('document');
    await mounted.click('shutter', 'keep');
    await mounted.control('submit');
    const alts = [...mounted.root.querySelectorAll('img')].map(({ alt }) => alt);
    expect(alts).to.eql(['The picture of your document', 'The picture of your face']);
  });

  it('turns the camera off at the review, on cancel, on leaving the page and on close', async () => {
    const ways: readonly ((mounted: Mounted) => void | Promise<void>)[] = [
      (mounted) => mounted.click('shutter', 'keep', 'shutter', 'keep'),
      (mounted) => mounted.click('cancel'),
      () => void dispatchEvent(new Event('pagehide')),
      ({ page }) => {
        page.close();
      },
    ];
    for (const leave of ways) {
      const mounted = await mount(configFor(await create('veriff')));
      await mounted.click('begin');
      await mounted.control('shutter');
      const stream = mounted.root.querySelector('video')?.srcObject as MediaStream;
      await leave(mounted);
      expect(stream.getTracks().map(({ readyState }) => readyState)).to.eql(['ended', 'ended']);
    }
  });

  it('turns off a camera that comes after the person left', async () => {
    const mounted = await mount(configFor(await create('veriff')));
    await mounted.click('begin');
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const late: MediaStream[] = [];
    const slow = await mount(configFor(await create('veriff')));
    await withCamera(
      async (constraints) => {
        const stream = await ask(constraints);
        late.push(stream);
        return stream;
      },
      async () => {
        await slow.click('begin', 'cancel');
        await until(() => late.length > 0, 'a late stream');
        await until(
          () => late[0]?.getTracks().every(({ readyState }) => readyState === 'ended'),
          'turned off',
        );
      },
    );
    expect(slow.page.step).to.equal('canceled');
  });

  it('takes the picture without a microphone', async () => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const session = await create('veriff');
    const mounted = await mount(configFor(session));
    await withCamera(
      (constraints) =>
        constraints.audio
          ? Promise.reject(new DOMException('', 'NotFoundError'))
          : ask(constraints),
      () => mounted.click('begin', 'shutter', 'keep', 'shutter', 'keep', 'submit'),
    );
    await until(() => mounted.page.step === 'done', 'done');
    await reported(session, 'microphone-missing');
  });

  for (const [name, report, heading] of [
    ['NotAllowedError', 'camera-refused', 'The camera is not allowed'],
    ['NotFoundError', 'camera-missing', 'No camera was found'],
    ['NotReadableError', 'camera-failed', 'The camera did not start'],
  ] as const) {
    it(`says so in plain words on ${name}, and goes on when asked to try again`, async () => {
      const session = await create('veriff');
      const mounted = await mount(configFor(session));
      await withCamera(
        () => Promise.reject(new DOMException('', name)),
        async () => {
          await mounted.click('begin');
          await mounted.control('again');
        },
      );
      expect(mounted.heading()).to.equal(heading);
      await expect(mounted.root).to.be.accessible();
      await mounted.click('again');
      await mounted.control('shutter');
      await mounted.click('cancel');
      await reported(session, report);
    });
  }

  it('says so where the browser has no cameras at all', async () => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
    try {
      const mounted = await mount(configFor(await create('veriff')));
      await mounted.click('begin');
      await mounted.control('choose');
      expect(mounted.heading()).to.equal('No camera was found');
    } finally {
      Reflect.deleteProperty(navigator, 'mediaDevices');
    }
  });

  it('says so when the camera stops in the middle', async function () {
    // Measured in Firefox 153: a track there delivers no event that a script dispatches on it.
    if (navigator.userAgent.includes('Firefox/')) this.skip();
    const mounted = await mount(configFor(await create('veriff')));
    await mounted.click('begin');
    await mounted.control('shutter');
    const stream = mounted.root.querySelector('video')?.srcObject as MediaStream;
    stream.getVideoTracks()[0]?.dispatchEvent(new Event('ended'));
    await until(() => mounted.heading() === 'The camera did not start', 'the words');
  });

  it('says so where the camera gives no picture to take', async () => {
    const mounted = await mount(configFor(await create('veriff')));
    await mounted.click('begin');
    await mounted.control('shutter');
    const toBlob = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, 'toBlob') ?? {};
    HTMLCanvasElement.prototype.toBlob = (callback) => {
      callback(null);
    };
    try {
      await mounted.click('shutter');
      await mounted.control('choose');
    } finally {
      Object.defineProperty(HTMLCanvasElement.prototype, 'toBlob', toBlob);
    }
    expect(mounted.heading()).to.equal('The camera did not start');
  });

  it('asks for the other camera where a device has two', async () => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const asked: unknown[] = [];
    const mounted = await mount(configFor(await create('veriff')));
    await withCamera(
      async (constraints) => {
        asked.push((constraints.video as MediaTrackConstraints).facingMode);
        const stream = await ask(constraints);
        const [track] = stream.getVideoTracks();
        if (track) track.getSettings = () => ({ facingMode: 'environment' });
        return stream;
      },
      () => mounted.click('begin', 'shutter', 'keep', 'shutter', 'keep'),
    );
    expect(asked).to.eql(['environment', 'user']);
  });

  it('takes a file where there is no camera, and says which it does not take', async () => {
    const session = await create('veriff', { fault: 'no-camera' });
    const mounted = await mount(configFor(session, { fault: 'no-camera' }));
    await mounted.click('begin');
    await mounted.control('choose');
    expect(mounted.heading()).to.equal('No camera was found');
    const status = (): string => mounted.root.querySelector('[role=status]')?.textContent ?? '';
    mounted.root.querySelector('input')?.dispatchEvent(new Event('change'));
    expect(status()).to.equal('');
    choose(mounted, new File(['x'], 'x.txt', { type: 'text/plain' }));
    expect(status()).to.contain('JPEG');
    choose(
      mounted,
      new File([new Uint8Array(16 * 1024 * 1024 + 1)], 'x.png', { type: 'image/png' }),
    );
    expect(status()).to.contain('16 MB');
    choose(mounted, new File(['picture'], 'x.png', { type: 'image/png' }));
    await mounted.click('keep');
    await mounted.control('choose');
    choose(mounted, new File(['picture'], 'x.webp', { type: 'image/webp' }));
    await mounted.click('keep', 'submit');
    await until(() => mounted.page.step === 'done', 'done');
    expect((await session.inspect()).media.map(({ type }) => type)).to.eql([
      'image/png',
      'image/webp',
    ]);
  });

  it('opens the file dialog from its button', async () => {
    const mounted = await mount(configFor(await create('veriff'), { fault: 'no-camera' }));
    await mounted.click('begin');
    await mounted.control('choose');
    let clicks = 0;
    const input = mounted.root.querySelector('input');
    input?.addEventListener('click', (event) => {
      // The dialog itself would outlive the test.
      event.preventDefault();
      clicks += 1;
    });
    await mounted.click('choose');
    expect(clicks).to.equal(1);
  });

  it('keeps the pictures where the provider does not take them, and tries again', async () => {
    const session = await create('veriff');
    const config = configFor(session);
    const mounted = await mount({ ...config, api: `${session.origin}/api/sessions/nobody` });
    await mounted.click('begin', 'shutter', 'keep', 'shutter', 'keep', 'submit');
    await until(() => mounted.heading() === 'Your pictures were not sent', 'the words');
    await mounted.click('submit');
    await until(() => mounted.heading() === 'Your pictures were not sent', 'the words again');
    await mounted.click('cancel');
    expect(mounted.page.step).to.equal('canceled');
  });

  it('lets the person cancel while the pictures are sent', async () => {
    const session = await create('veriff');
    const mounted = await mount(configFor(session));
    await mounted.click('begin', 'shutter', 'keep', 'shutter', 'keep', 'submit', 'cancel');
    expect(mounted.page.step).to.equal('canceled');
    let status = '';
    while (status !== 'canceled') ({ status } = await session.inspect());
  });

  it('moves the focus to the heading of the next screen', async () => {
    const mounted = await mount(configFor(await create('veriff')));
    const begin = await mounted.control('begin');
    expect(document.activeElement?.tagName).to.equal('BODY');
    begin.focus();
    begin.click();
    expect(document.activeElement?.tagName).to.equal('H1');
  });

  it('leaves an empty root behind', async () => {
    const mounted = await mount(configFor(await create('veriff')));
    mounted.page.close();
    expect(mounted.root.childElementCount).to.equal(0);
  });
});
