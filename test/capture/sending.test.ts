import { expect } from '@open-wc/testing';
import { enCapture as words } from '../../src/i18n/en-capture.js';
import { en } from '../../src/i18n/en.js';
import { KitLine } from '../support/kit.js';
import {
  begin,
  CARD_FILE,
  FACE_FILE,
  mountCapture,
  planOf,
  specimen,
  type Capture,
} from './support/capture.js';

/** What the kit of the tests asks Shufti Pro for. */
const PLAN = planOf({ document: { supported_types: ['passport', 'id_card'] }, face: {} });

const collect = async (line: KitLine): Promise<Capture> => {
  const capture = await begin({ plan: PLAN, endpoint: line.endpoint });
  await capture.until(() => capture.element.phase === 'capturing', 'the first step');
  await capture.element.updateComplete;
  await capture.pick('id_card');
  await capture.give(await specimen(CARD_FILE));
  await capture.give(await specimen(FACE_FILE));
  return capture;
};

const arrives = (capture: Capture): Promise<void> =>
  capture.until(() => capture.element.phase === 'submitted', 'the end');

/** Each context that the kit kept, in order. */
const keptBy = async (line: KitLine): Promise<readonly string[]> =>
  (await line.seen()).kept.map(({ context }) => context);

describe('<kyc-capture> with a server', () => {
  it('hands everything in, and says so once, and that nothing is decided', async () => {
    const line = new KitLine();
    const capture = await collect(line);
    await capture.press(words.send);
    await arrives(capture);
    await capture.element.updateComplete;
    expect(await keptBy(line)).to.deep.equal(['document', 'face']);
    expect((await line.seen()).submissions).to.equal(1);
    expect(capture.all('kyc-submitted').map(({ detail }) => detail)).to.deep.equal([
      { provider: 'shufti-pro' },
    ]);
    const progress = capture.all('kyc-upload-progress').map(({ detail }) => detail);
    const { total } = progress.at(-1)!;
    expect(progress.at(-1)?.sent).to.equal(total);
    expect(progress.every(({ sent }, n) => sent > (progress[n - 1]?.sent ?? 0))).to.equal(true);
    expect(capture.text).to.contain(en.finished);
    expect(capture.status).to.equal(en.finished);
    capture.element.start();
    capture.element.retry();
    expect(capture.element.phase).to.equal('submitted');
  });

  it('takes what the provider of the session needs, where the page names none', async () => {
    const line = new KitLine();
    const capture = await begin({ endpoint: line.endpoint });
    await capture.at('document-front pick');
    expect(capture.last('kyc-capture-step').detail.provider).to.equal('veriff');
  });

  it('sends nothing where the host takes it', async () => {
    const line = new KitLine();
    const capture = await collect(line);
    capture.element.addEventListener('kyc-captured', (event) => {
      event.preventDefault();
    });
    await capture.press(words.send);
    expect(capture.element.phase).to.equal('captured');
    expect((await line.seen()).log.map(({ path }) => path)).to.deep.equal(['sessions']);
  });

  it('is done already for somebody who has handed everything in', async () => {
    const line = new KitLine();
    const first = await collect(line);
    await first.press(words.send);
    await arrives(first);
    const again = await begin({ plan: PLAN, endpoint: line.endpoint });
    await arrives(again);
    expect(again.all('kyc-submitted')).to.have.length(1);
    expect(again.places).to.deep.equal([]);
  });

  it('names the provider that the server chose', async () => {
    const line = new KitLine();
    const first = await begin({ endpoint: line.endpoint });
    await first.at('document-front pick');
    await first.pick('PASSPORT');
    await first.give(await specimen(CARD_FILE));
    await first.give(await specimen(FACE_FILE));
    await first.press(words.send);
    await arrives(first);
    // Nothing is collected here, so that no plan names it.
    const again = await begin({ endpoint: line.endpoint });
    await arrives(again);
    expect(again.last('kyc-submitted').detail.provider).to.equal('veriff');
  });

  it('asks before anything is collected whether the person is known', async () => {
    const line = new KitLine();
    await line.order({ isSignedOut: true });
    const capture = await begin({ plan: PLAN, endpoint: line.endpoint });
    await capture.until(() => capture.element.phase === 'failed', 'the failure');
    await capture.element.updateComplete;
    expect(capture.element.error?.code).to.equal('not-signed-in');
    expect(capture.text).to.contain(words['not-signed-in']);
    expect(capture.last('kyc-error').detail.retryable).to.equal(true);
    await line.order({ isSignedOut: false });
    await capture.press(en.retry);
    await capture.at('document pick');
  });

  it('goes on by itself over a connection that breaks, and says what it waits for', async () => {
    const line = new KitLine();
    const capture = await collect(line);
    await line.order({
      cuts: [
        { context: 'document', at: 5000 },
        { context: 'face', at: Infinity },
      ],
    });
    await capture.press(words.send);
    await capture.until(() => capture.text.includes(words.offline), 'the words');
    expect(capture.status).to.equal(words.offline);
    await expect(capture.element).to.be.accessible();
    const nudge = setInterval(() => dispatchEvent(new Event('online')), 20);
    try {
      await arrives(capture);
    } finally {
      clearInterval(nudge);
    }
    expect(await keptBy(line)).to.deep.equal(['document', 'face']);
  });

  it('stops sending when the person wants it, and sends what is left when they do again', async () => {
    const line = new KitLine();
    const capture = await collect(line);
    await line.order({ faults: [{ route: 'submit', status: 'hang', times: 1 }] });
    await capture.press(words.send);
    // Only then: bytes have left before they have arrived.
    let asked: readonly string[] = [];
    while (!asked.includes('sessions/*/submit')) {
      asked = (await line.seen()).log.map(({ path }) => path);
    }
    await capture.press(words.stopSending);
    expect(capture.element.phase).to.equal('confirming');
    await capture.press(words.send);
    await arrives(capture);
    expect(await keptBy(line)).to.deep.equal(['document', 'face']);
  });

  it('leads back to the one proof that was not taken, and sends it alone', async () => {
    const line = new KitLine();
    const capture = await collect(line);
    await line.order({ faults: [{ route: 'media', status: 413, times: 1 }] });
    await capture.press(words.send);
    await capture.until(() => capture.element.phase === 'failed', 'the refusal');
    await capture.element.updateComplete;
    expect(capture.text).to.contain(words['proof-refused']);
    expect(capture.text).to.contain('proof-refused');
    await capture.press(en.retry);
    await capture.at('document make');
    await capture.give(await specimen(CARD_FILE));
    expect(capture.element.phase).to.equal('confirming');
    await capture.press(words.send);
    await arrives(capture);
    expect(await keptBy(line)).to.have.members(['document', 'face']);
  });

  it('asks for a session anew where its own is over, and keeps what was collected', async () => {
    const line = new KitLine();
    const capture = await collect(line);
    await line.order({ faults: [{ route: 'media', status: 410, times: 1 }] });
    await capture.press(words.send);
    await capture.until(() => capture.element.phase === 'failed', 'the refusal');
    await capture.element.updateComplete;
    expect(capture.element.error?.code).to.equal('capture-closed');
    await capture.press(en.retry);
    await capture.until(() => capture.element.phase === 'confirming', 'the list');
    await capture.press(words.send);
    await arrives(capture);
  });

  it('keeps nothing that is of no use any more, and says so', async () => {
    const line = new KitLine();
    const capture = await collect(line);
    await line.order({ faults: [{ route: 'media', status: 403, times: 1 }] });
    await capture.press(words.send);
    await capture.until(() => capture.element.phase === 'failed', 'the refusal');
    await capture.element.updateComplete;
    expect(capture.element.error?.code).to.equal('session-refused');
    expect(capture.labels).to.deep.equal([]);
    const leaving = new Event('beforeunload', { cancelable: true });
    dispatchEvent(leaving);
    expect(leaving.defaultPrevented).to.equal(false);
  });

  it('lets a person go who will not try again', async () => {
    const line = new KitLine();
    const capture = await collect(line);
    await line.order({ faults: [{ route: 'media', status: 410, times: 1 }] });
    await capture.press(words.send);
    await capture.until(() => capture.element.phase === 'failed', 'the refusal');
    await capture.press(en.leaveNow);
    expect(capture.element.phase).to.equal('canceled');
    expect(capture.last('kyc-canceled').detail.by).to.equal('person');
  });

  it('sends to the server whose session it is, whatever the host sets meanwhile', async () => {
    const line = new KitLine();
    const capture = await collect(line);
    capture.element.captureEndpoint = '/nowhere';
    await capture.press(words.send);
    await arrives(capture);
    expect(await keptBy(line)).to.deep.equal(['document', 'face']);
  });

  it('sends no more once the element is gone', async () => {
    const line = new KitLine();
    const capture = await collect(line);
    await line.order({ faults: [{ route: 'media', status: 'hang', times: 1 }] });
    await capture.press(words.send);
    await capture.until(() => capture.element.phase === 'uploading', 'the upload');
    capture.element.remove();
    await mountCapture({ plan: PLAN });
    let open = 1;
    while (open > 0) ({ open } = await line.seen());
    expect(capture.element.phase).to.equal('idle');
    expect(await keptBy(line)).to.deep.equal([]);
  });
});
