import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import type { KycVerify } from '../../src/index.js';
import {
  button,
  FRAME_ORIGIN,
  find,
  frameOf,
  loaded,
  mount,
  press,
  root,
  say,
  shownText,
  WORDS,
  type Mounted,
} from '../support/element.js';
import { engine } from '../support/engine.js';

const dialog = (element: KycVerify): HTMLDialogElement =>
  find(element, 'dialog') as HTMLDialogElement;

const openAt = async (
  words: readonly unknown[],
  properties: Partial<KycVerify> = {},
): Promise<Mounted> => {
  const mounted = await mount({ display: 'modal', ...properties });
  mounted.element.start();
  await mounted.element.updateComplete;
  await loaded(mounted.element);
  await say(mounted.element, ...words);
  return mounted;
};

/** What Escape comes down to in a dialog: a `cancel` event that may be prevented, else a close. */
const escape = async (element: KycVerify): Promise<void> => {
  const shown = dialog(element);
  if (shown.dispatchEvent(new Event('cancel', { cancelable: true }))) {
    const closed = new Promise((resolve) => {
      shown.addEventListener('close', resolve, { once: true });
    });
    shown.close();
    await closed;
  }
  await element.updateComplete;
};

const isScrollLocked = (): boolean =>
  getComputedStyle(document.documentElement).overflowY === 'hidden';

/** Of a busy machine. */
const PATIENCE = { timeout: 15_000 } as const;

describe('a modal', () => {
  it('asks for nothing before it is opened', async () => {
    const { element, recorder } = await mount({ display: 'modal' });
    await element.updateComplete;
    expect(root(element).querySelector('iframe')).to.equal(null);
    expect(dialog(element).open).to.equal(false);
    expect(recorder.events).to.deep.equal([]);
  });

  it('opens by start() and by the open attribute, which reflects', async () => {
    for (const open of [
      (element: KycVerify) => {
        element.start();
      },
      (element: KycVerify) => {
        element.setAttribute('open', '');
      },
    ]) {
      const { element, recorder } = await mount({ display: 'modal' });
      open(element);
      await recorder.first('kyc-phase-change');
      await element.updateComplete;
      expect(dialog(element).matches(':modal')).to.equal(true);
      expect(element.hasAttribute('open')).to.equal(true);
      expect(recorder.phases).to.deep.equal(['idle>loading']);
      element.close();
      await element.updateComplete;
      expect(element.hasAttribute('open')).to.equal(false);
    }
  });

  it('has a name, and a close button before the frame', async () => {
    const { element } = await openAt(WORDS.ready);
    expect(dialog(element).getAttribute('aria-label')).to.equal('Identity verification');
    const order = button(element, 'Close').compareDocumentPosition(frameOf(element));
    expect(order & Node.DOCUMENT_POSITION_FOLLOWING).not.to.equal(0);
    element.close();
  });

  it('takes the focus in, gives it back, and locks the page meanwhile', async () => {
    const opener = document.createElement('button');
    document.body.append(opener);
    opener.focus();
    const { element } = await openAt(WORDS.ready);
    expect(document.activeElement).to.equal(element);
    expect(isScrollLocked()).to.equal(true);
    element.close();
    await element.updateComplete;
    expect(document.activeElement).to.equal(opener);
    expect(isScrollLocked()).to.equal(false);
    opener.remove();
  });

  it('closes at once while the person has not begun, and says so', async () => {
    const { element, recorder } = await openAt(WORDS.ready);
    await press(element, 'Close');
    expect(element.open).to.equal(false);
    expect(recorder.all('kyc-canceled')[0]?.detail).to.deep.equal({
      provider: 'veriff',
      by: 'person',
    });
    expect(root(element).querySelector('iframe')).to.equal(null);
  });

  it('asks first once the person has begun: the close button', async () => {
    const { element, recorder } = await openAt(WORDS.started);
    await press(element, 'Close');
    expect(shownText(element)).to.contain('Stop the verification?');
    expect(frameOf(element).isConnected).to.equal(true);
    await press(element, 'Keep going');
    expect(shownText(element)).not.to.contain('Stop the verification?');
    expect(element.phase).to.equal('started');
    await press(element, 'Close');
    await press(element, 'Stop');
    expect(element.open).to.equal(false);
    expect(recorder.all('kyc-canceled').length).to.equal(1);
  });

  it('asks first once the person has begun: Escape, which closes when pressed again', async () => {
    const { element, recorder } = await openAt(WORDS.started);
    await escape(element);
    expect(dialog(element).open).to.equal(true);
    expect(shownText(element)).to.contain('Stop the verification?');
    expect(recorder.all('kyc-canceled')).to.deep.equal([]);
    await escape(element);
    expect(dialog(element).open).to.equal(false);
    expect(recorder.all('kyc-canceled')[0]?.detail.by).to.equal('person');
  });

  it('asks first where a page that never greets is up: the person may be at work', async () => {
    const { element, recorder } = await openAt([], { provider: 'shufti-pro' });
    await recorder.first('kyc-ready');
    await element.updateComplete;
    await press(element, 'Close');
    expect(shownText(element)).to.contain('Stop the verification?');
    element.close();
  });

  (engine === 'webkit' ? it.skip : it)(
    'hears a real Escape (WebKitGTK lets no test press keys)',
    async () => {
      const { element } = await openAt(WORDS.started);
      const heading = find(element, '[part=header] strong').getBoundingClientRect();
      // A person's act: without one, a browser closes the dialog and asks nobody.
      await sendMouse({
        type: 'click',
        position: [Math.round(heading.x + 5), Math.round(heading.y + 5)],
      });
      // What a key does may come after the word that it was pressed.
      const focus = (): Element | null => root(element).activeElement;
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => focus()?.className === 'cover', 'the question', PATIENCE);
      expect(shownText(element)).to.contain('Stop the verification?');
      await sendKeys({ press: 'Tab' });
      await waitUntil(() => focus()?.textContent.trim() === 'Keep going', 'the button', PATIENCE);
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => focus()?.localName === 'iframe', 'the frame', PATIENCE);
      expect(element.phase).to.equal('started');
      expect(shownText(element)).not.to.contain('Stop the verification?');
      element.close();
    },
  );

  it('ignores the cancel and close events of what a host puts into its slots', async () => {
    const { element } = await openAt(WORDS.ready);
    const own = document.createElement('input');
    element.append(own);
    own.dispatchEvent(new Event('cancel', { bubbles: true, composed: true }));
    own.dispatchEvent(new Event('close', { bubbles: true, composed: true }));
    await element.updateComplete;
    expect(element.open).to.equal(true);
    element.close();
  });

  it('shows the closing panel until it is closed, and keeps it for the next opening', async () => {
    const { element, recorder } = await openAt(WORDS.submitted);
    frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
    await recorder.first('kyc-finished');
    await element.updateComplete;
    expect(dialog(element).open).to.equal(true);
    await press(element, 'Close');
    expect(dialog(element).open).to.equal(false);
    element.start();
    await element.updateComplete;
    expect(shownText(element)).to.contain('your part is done');
    expect(recorder.all('kyc-canceled')).to.deep.equal([]);
    element.close();
  });

  it('starts anew when it is opened again after it was closed', async () => {
    const { element, recorder } = await openAt(WORDS.ready);
    element.open = false;
    await element.updateComplete;
    expect(recorder.all('kyc-canceled')[0]?.detail.by).to.equal('host');
    element.open = true;
    await element.updateComplete;
    await loaded(element);
    expect(element.phase).to.equal('loading');
    element.close();
  });

  it('unlocks the page when it is removed while open', async () => {
    const { element } = await openAt(WORDS.started);
    element.remove();
    expect(isScrollLocked()).to.equal(false);
  });
});
