import { expect, fixture, html } from '@open-wc/testing';
import type { KycCapture } from '../../src/capture/kyc-capture.js';
import { veriffPlan } from '../../src/capture/plans.js';
import { overrides } from '../support/override.js';
import {
  begin,
  Capture,
  CARD_FILE,
  FACE,
  FACE_FILE,
  mountCapture,
  NOTE_FILE,
  planOf,
  specimen,
} from './support/capture.js';
import { enCapture as words } from '../../src/i18n/en-capture.js';
import { asBlob } from './support/files.js';

const CARD_TYPES = ['passport', 'id_card'];

describe('the steps of <kyc-capture>', () => {
  it('are told before anything begins', async () => {
    const capture = await mountCapture({ provider: 'veriff' });
    expect(capture.element.phase).to.equal('idle');
    expect(capture.text).to.contain(words['document-front-proof']);
    expect(capture.text).to.contain(words['face-proof']);
    expect(capture.heard).to.deep.equal([]);
  });

  it("ask for Veriff's proofs by that provider's name alone", async () => {
    const capture = await begin({ provider: 'veriff' });
    expect(capture.places).to.deep.equal(['document-front pick']);
    expect(capture.text).to.contain(words['document-pick']);
    await capture.pick('ID_CARD');
    const card = await specimen(CARD_FILE);
    await capture.give(card);
    await capture.at('document-back make');
    await capture.give(card);
    await capture.at('face make');
    await capture.give(await specimen(FACE_FILE));
    await capture.until(() => capture.element.phase === 'confirming', 'the end');
    await capture.press(words.send);
    const { proofs, provider } = capture.last('kyc-captured').detail;
    expect(provider).to.equal('veriff');
    expect(proofs.map(({ context }) => context)).to.deep.equal([
      'document-front',
      'document-back',
      'face',
    ]);
    expect(proofs.map(({ documentType }) => documentType)).to.deep.equal([
      'ID_CARD',
      'ID_CARD',
      undefined,
    ]);
    expect(proofs.every(({ blob, type }) => blob.size > 1000 && type === 'image/jpeg')).to.equal(
      true,
    );
    expect(new Set(proofs.map(({ key }) => key)).size).to.equal(3);
    expect(capture.element.phase).to.equal('captured');
  });

  it('leave out the back of a passport', async () => {
    const capture = await begin({ plan: veriffPlan() });
    expect(capture.last('kyc-capture-step').detail.steps).to.equal(3);
    await capture.pick('PASSPORT');
    expect(capture.last('kyc-capture-step').detail.steps).to.equal(2);
    await capture.give(await specimen(CARD_FILE));
    await capture.at('face make');
  });

  it('do not ask which type it is where there is but one', async () => {
    const capture = await begin({ plan: veriffPlan({ documentTypes: ['PASSPORT'] }) });
    await capture.at('document-front make');
    expect(capture.root.querySelector('input[type=radio]')).to.equal(null);
  });

  it('are those of each service of a request to Shufti Pro', async () => {
    const capture = await begin({
      plan: planOf({
        document: { supported_types: CARD_TYPES, additional_proof: '' },
        face: {},
        address: { supported_types: ['utility_bill', 'bank_statement'] },
        consent: { supported_types: ['handwritten'], text: 'I agree, 王' },
      }),
    });
    const card = await specimen(CARD_FILE);
    const note = await specimen(NOTE_FILE);
    await capture.pick('id_card');
    await capture.give(card);
    await capture.give(card);
    await capture.give(await specimen(FACE_FILE));
    await capture.at('address pick');
    await capture.pick('bank_statement');
    await capture.give(note);
    await capture.at('consent make');
    expect(capture.root.querySelector('blockquote')?.textContent).to.equal('I agree, 王');
    await capture.give(note);
    await capture.press(words.send);
    const { proofs } = capture.last('kyc-captured').detail;
    expect(proofs.map(({ context, documentType }) => [context, documentType])).to.deep.equal([
      ['document', 'id_card'],
      ['document-additional', 'id_card'],
      ['face', undefined],
      ['address', 'bank_statement'],
      ['consent', 'handwritten'],
    ]);
  });

  it('let an optional proof be left out, and made after all', async () => {
    const capture = await begin({
      plan: planOf({ document: { supported_types: ['id_card'], additional_proof: '' } }),
    });
    const card = await specimen(CARD_FILE);
    expect(capture.labels).not.to.contain(words.skip);
    await capture.give(card);
    await capture.press(words.skip);
    expect(capture.element.phase).to.equal('confirming');
    expect(capture.text).to.contain(words.missing);
    await capture.press(`${words.change}: ${words['document-additional-proof']}`);
    await capture.give(card);
    expect(capture.element.phase).to.equal('confirming');
    expect(capture.text).not.to.contain(words.missing);
  });

  it('forget what was collected of a document when it becomes another one', async () => {
    const capture = await begin({
      plan: planOf({ document: { supported_types: CARD_TYPES }, face: {} }),
    });
    await capture.pick('passport');
    await capture.give(await specimen(CARD_FILE));
    await capture.at('face make');
    await capture.press(words.back);
    await capture.at('document review');
    await capture.press(words.retake);
    await capture.press(words.back);
    await capture.at('document pick');
    expect(capture.root.querySelector<HTMLInputElement>('input:checked')?.value).to.equal(
      'passport',
    );
    await capture.pick('id_card');
    await capture.at('document make');
    await capture.give(await specimen(CARD_FILE));
    await capture.give(await specimen(FACE_FILE));
    await capture.press(words.send);
    expect(capture.last('kyc-captured').detail.proofs[0]?.documentType).to.equal('id_card');
  });

  it('keep a proof that was looked at once more, with its key', async () => {
    const capture = await begin({ plan: FACE });
    await capture.give(await specimen(FACE_FILE));
    await capture.press(`${words.change}: ${words['face-proof']}`);
    await capture.at('face review');
    await capture.press(words.use);
    expect(capture.element.phase).to.equal('confirming');
    expect(capture.places).to.deep.equal(['face make', 'face review', 'face review']);
  });

  it('fail in words where there is no plan, and where it has no step', async () => {
    for (const wish of [{}, { provider: 'nobody' }, { plan: { ...FACE, steps: [] } }]) {
      const capture = await begin(wish);
      expect(capture.element.phase).to.equal('failed');
      expect(capture.element.error?.code).to.equal('invalid-plan');
      expect(capture.text).to.contain('invalid-plan');
      const { code, retryable } = capture.last('kyc-error').detail;
      expect({ code, retryable }).to.deep.equal({ code: 'invalid-plan', retryable: false });
      expect(capture.labels).to.deep.equal([]);
    }
  });

  it('leave the words to a host that prevents the error', async () => {
    const element = await fixture<KycCapture>(
      html`<kyc-capture><p slot="handled">Ours</p></kyc-capture>`,
    );
    element.addEventListener('kyc-error', (event) => {
      event.preventDefault();
    });
    element.start();
    await element.updateComplete;
    const capture = new Capture(element);
    expect(capture.root.querySelector('slot')?.name).to.equal('handled');
    expect(capture.status).to.equal('');
  });

  it('begin with a button of the host, too', async () => {
    const element = await fixture<KycCapture>(
      html`<kyc-capture .plan=${FACE}><button slot="intro">Go</button></kyc-capture>`,
    );
    element.start();
    expect(element.phase).to.equal('capturing');
  });
});

describe('what a person chooses as a proof', () => {
  const platform = overrides();

  it('is told by its bytes, and refused with words, a code and another try', async () => {
    const capture = await begin({ plan: FACE });
    capture.choose(asBlob(new TextEncoder().encode('MZ not a picture')), 'picture.jpg');
    await capture.until(() => capture.all('kyc-error').length > 0, 'the refusal');
    await capture.element.updateComplete;
    expect(capture.text).to.contain(words['file-type']);
    expect(capture.text).to.contain('JPEG, PNG, PDF, MP4, MOV');
    expect(capture.text).to.contain('file-type');
    expect(capture.status).to.contain(words['file-type']);
    const { code, retryable } = capture.last('kyc-error').detail;
    expect({ code, retryable }).to.deep.equal({ code: 'file-type', retryable: true });
    expect(capture.element.phase).to.equal('capturing');
    await capture.give(await specimen(FACE_FILE));
    expect(capture.element.phase).to.equal('confirming');
  });

  it('may be a PDF, which is shown as such', async () => {
    const capture = await begin({ plan: FACE });
    capture.choose(asBlob(new TextEncoder().encode('%PDF-1.7 and so on')), 'face.pdf');
    await capture.at('face review');
    expect(capture.root.querySelector('.preview')?.textContent).to.contain(words.pdf);
    await capture.press('Use this');
    await capture.press(words.send);
    expect(capture.last('kyc-captured').detail.proofs[0]?.type).to.equal('application/pdf');
  });

  it('is no picture where the mode takes videos alone', async () => {
    const capture = await begin({ plan: planOf({ face: {}, verification_mode: 'video_only' }) });
    expect(capture.text).to.contain('MP4, MOV');
    expect(capture.text).not.to.contain('JPEG');
    capture.choose(await specimen(FACE_FILE));
    await capture.until(() => capture.all('kyc-error').length > 0, 'the refusal');
    expect(capture.last('kyc-error').detail.code).to.equal('file-type');
  });

  it('is no video where the mode takes pictures alone', async () => {
    const capture = await begin({ plan: planOf({ face: {}, verification_mode: 'image_only' }) });
    const input = capture.root.querySelector<HTMLInputElement>('[data-input=files]');
    expect(input?.accept).to.equal('image/*,application/pdf');
    const mp4 = new TextEncoder().encode('\0\0\0\u0018ftypmp42\0\0\0\0mp42isom');
    capture.choose(asBlob(mp4), 'clip.mp4');
    await capture.until(() => capture.all('kyc-error').length > 0, 'the refusal');
    expect(capture.last('kyc-error').detail.code).to.equal('file-type');
  });

  it('may come from the camera app of a phone', async () => {
    platform.set(globalThis, 'matchMedia', (query: string) => ({
      matches: query === '(pointer: coarse)',
    }));
    const capture = await begin({
      plan: planOf({ document: { supported_types: ['id_card'] }, face: {} }),
    });
    const opened: (string | null)[] = [];
    capture.root.addEventListener('click', (event) => {
      const [target] = event.composedPath();
      if (!(target instanceof HTMLInputElement)) return;
      // No dialog of the system's: nobody would close it.
      event.preventDefault();
      opened.push(target.getAttribute('capture'));
    });
    await capture.press(words.cameraApp);
    await capture.press(words.chooseFile);
    await capture.give(await specimen(CARD_FILE));
    await capture.press(words.cameraApp);
    expect(opened).to.deep.equal(['environment', null, 'user']);
  });

  it('comes from no camera app where there is a mouse', async () => {
    const capture = await begin({ plan: FACE });
    expect(capture.labels).not.to.contain(words.cameraApp);
  });

  const transfer = async (): Promise<DataTransfer> => {
    const data = new DataTransfer();
    data.items.add(new File([await specimen(FACE_FILE)], 'face.jpg', { type: 'image/jpeg' }));
    return data;
  };

  it('may be dropped', async () => {
    const capture = await begin({ plan: FACE });
    const stage = capture.root.querySelector('.stage');
    const dataTransfer = await transfer();
    const over = new DragEvent('dragover', { dataTransfer, cancelable: true, bubbles: true });
    stage?.dispatchEvent(over);
    expect(over.defaultPrevented).to.equal(true);
    await capture.element.updateComplete;
    expect(stage?.className).to.contain('drop');
    const drop = new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true });
    stage?.dispatchEvent(drop);
    expect(drop.defaultPrevented).to.equal(true);
    await capture.at('face review');
    expect(stage?.className).not.to.contain('drop');
  });

  it('never takes the page away when it is dropped at the wrong time', async () => {
    const capture = await mountCapture({ plan: FACE });
    const drop = new DragEvent('drop', {
      dataTransfer: await transfer(),
      cancelable: true,
      bubbles: true,
    });
    capture.root.querySelector('.stage')?.dispatchEvent(drop);
    expect(drop.defaultPrevented).to.equal(true);
    expect(capture.element.phase).to.equal('idle');
  });

  it('may be pasted, unless it is pasted into something of the host', async () => {
    const capture = await begin({ plan: FACE });
    const clipboardData = await transfer();
    // Firefox' constructor knows no such option.
    const paste = (): Event =>
      Object.defineProperty(
        new ClipboardEvent('paste', { cancelable: true, bubbles: true }),
        'clipboardData',
        { value: clipboardData },
      );
    const field = await fixture(html`<input aria-label="The host's" />`);
    const theirs = paste();
    field.dispatchEvent(theirs);
    expect(theirs.defaultPrevented).to.equal(false);
    expect(capture.places).to.deep.equal(['face make']);
    document.body.dispatchEvent(paste());
    await capture.at('face review');
  });
});
