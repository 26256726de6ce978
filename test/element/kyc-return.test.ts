import { expect, nextFrame } from '@open-wc/testing';
import '../../src/define.js';
import { withTrouble } from '../../src/flow/load-trouble.js';
import { de } from '../../src/i18n/de.js';
import { enTrouble } from '../../src/i18n/en-trouble.js';
import { registerTexts, type KycReturn } from '../../src/index.js';
import { readReturnMessage } from '../../src/redirect/message.js';
import { keep, type Receipt } from '../../src/redirect/tickets.js';
import { itIsAccessible } from '../support/access.js';
import { callbackAt, landing } from '../support/callback.js';
import { departures } from '../support/departures.js';
import { openTab, type OtherTab } from '../support/other-tab.js';
import { overrides } from '../support/override.js';
import { ELSEWHERE, HERE, nextMessage, puppetUrl } from '../support/puppet.js';
import { Recorder } from '../support/recorder.js';
import { allIn, clearStorage, kept, newState } from '../support/storage.js';

interface Back {
  readonly element: KycReturn;
  readonly recorder: Recorder;
}

const { href: original } = location;
const { pathname } = location;

/** A person who left from this page, which differs from the callback by its fragment alone. */
const leave = (change: Partial<Receipt> = {}): Receipt => {
  const ticket: Receipt = {
    version: 1,
    provider: 'veriff',
    reference: 'order 7',
    state: newState(),
    startedAt: Date.now(),
    returnPath: `${pathname}#back`,
    ...change,
  };
  keep('ticket', ticket);
  return ticket;
};

describe('<kyc-return>', () => {
  const platform = overrides();
  const left = departures();
  const elements: Element[] = [];
  let tab: OtherTab | undefined;

  afterEach(() => {
    for (const element of elements.splice(0)) element.remove();
    tab?.close();
    tab = undefined;
    expect(left.urls).to.deep.equal([]);
    clearStorage();
  });

  after(() => {
    history.replaceState(null, '', original);
  });

  /** Puts the element on this page, as if it were the callback page with that query. */
  const land = (query: string, prepare: (element: KycReturn) => void = () => undefined): Back => {
    history.replaceState(null, '', `${pathname}${query}`);
    const element = document.createElement('kyc-return');
    const recorder = new Recorder(element);
    element.append('The page as the host wrote it');
    prepare(element);
    document.body.append(element);
    elements.push(element);
    return { element, recorder };
  };

  const reach = async ({ element }: Back, state: string): Promise<void> => {
    while (!element.matches(`:state(${state})`)) await nextFrame();
    await element.updateComplete;
  };

  /** Has another tab wait for this state, for as long as the test takes. */
  const waitElsewhere = async (state: string): Promise<void> => {
    tab = await openTab();
    tab.returns.waitForReturn(state, () => undefined, new AbortController().signal);
  };

  const shown = ({ element }: Back): string =>
    element.shadowRoot?.querySelector<HTMLElement>('.stage')?.innerText ?? '';

  const isContentShown = ({ element }: Back): boolean =>
    element.shadowRoot?.querySelector<HTMLSlotElement>('slot:not([name])')?.assignedNodes()
      .length === 1;

  describe('where the person left from this tab', () => {
    it('tells, takes the query away, and goes back', async () => {
      const { state } = leave();
      const back = land(`?kyc-state=${state}&code=secret`);
      const event = await back.recorder.first('kyc-returned');
      expect(event.detail).to.deep.equal({
        provider: 'veriff',
        outcome: 'unknown',
        reference: 'order 7',
      });
      expect(event.bubbles && event.composed && event.cancelable).to.equal(true);
      while (location.hash !== '#back') await nextFrame();
      expect(location.pathname + location.search).to.equal(pathname);
      expect(back.recorder.names).to.deep.equal(['kyc-returned']);
      await reach(back, 'returned');
    });

    it('is heard by a listener that comes after it, in the same script', async () => {
      const { state } = leave();
      history.replaceState(null, '', `${pathname}?kyc-state=${state}`);
      const element = document.createElement('kyc-return');
      elements.push(element);
      document.body.append(element);
      const { detail } = await new Recorder(document).first('kyc-returned');
      expect(detail.provider).to.equal('veriff');
    });

    it('shows what it holds meanwhile, and no panel', async () => {
      const { state } = leave();
      const back = land(`?kyc-state=${state}`);
      await back.element.updateComplete;
      expect(isContentShown(back)).to.equal(true);
      await reach(back, 'returned');
      expect(isContentShown(back)).to.equal(true);
      expect(shown(back)).to.equal('');
    });

    for (const [how, prepare] of [
      ['the attribute `stay`', (element: KycReturn) => element.setAttribute('stay', '')],
      [
        'the property `stay`',
        (element: KycReturn) => {
          element.stay = true;
        },
      ],
      [
        'a listener that prevents the event',
        (element: KycReturn) => {
          element.addEventListener('kyc-returned', (event) => {
            event.preventDefault();
          });
        },
      ],
    ] as const) {
      it(`stays by ${how}`, async () => {
        const { state } = leave();
        const back = land(`?kyc-state=${state}`, prepare);
        await reach(back, 'returned');
        expect(back.recorder.names).to.deep.equal(['kyc-returned']);
        expect(location.href).to.equal(location.origin + pathname);
        expect(isContentShown(back)).to.equal(true);
      });
    }

    it('leaves a receipt, by which the element of the run goes on', async () => {
      const { state } = leave();
      await reach(land(`?kyc-state=${state}`), 'returned');
      const element = document.createElement('kyc-verify');
      elements.push(element);
      const recorder = new Recorder(element);
      element.sessionState = state;
      document.body.append(element);
      const { detail } = await recorder.first('kyc-returned');
      expect(detail).to.deep.equal({
        provider: 'veriff',
        outcome: 'unknown',
        reference: 'order 7',
      });
      expect(element.phase).to.equal('returned');
    });

    it('lands once, wherever it is moved to', async () => {
      const { state } = leave();
      const back = land(`?kyc-state=${state}`);
      await reach(back, 'returned');
      const place = document.createElement('div');
      document.body.append(place);
      place.append(back.element);
      back.element.remove();
      place.append(back.element);
      await withTrouble();
      await back.element.updateComplete;
      expect(back.recorder.names).to.deep.equal(['kyc-returned']);
      place.remove();
    });

    for (const returnPath of [
      'https://evil.test',
      '//evil.test',
      '/\\evil.test',
      'javascript:void(globalThis.isEvil=true)',
    ]) {
      it(`stays where the ticket would lead to ${returnPath}`, async () => {
        const { state } = leave({ returnPath });
        const back = land(`?kyc-state=${state}`);
        await reach(back, 'returned');
        expect(back.recorder.names).to.deep.equal(['kyc-returned']);
        expect(location.href).to.equal(location.origin + pathname);
        expect('isEvil' in globalThis).to.equal(false);
      });
    }
  });

  describe('where nobody can tell what the person comes back from', () => {
    for (const [what, query] of [
      ['no state', ''],
      ['a state of nobody', `?kyc-state=${newState()}`],
    ] as const) {
      it(`says so calmly, and changes nothing: ${what}`, async () => {
        const other = leave();
        const back = land(query);
        const event = await back.recorder.first('kyc-error');
        expect(event.detail.code).to.equal('return-mismatch');
        expect(event.detail.retryable).to.equal(false);
        expect(event.cancelable).to.equal(true);
        await reach(back, 'return-mismatch');
        expect(shown(back)).to.contain(enTrouble['return-mismatch']);
        expect(shown(back)).to.contain(enTrouble['return-mismatchText']);
        expect(shown(back)).to.contain('Error code: return-mismatch');
        expect(isContentShown(back)).to.equal(false);
        expect(back.element.shadowRoot?.querySelector('a, button')).to.equal(null);
        expect(kept()).to.deep.equal({ [`kyc-verify:ticket:${other.state}`]: other });
        expect(allIn(localStorage)).to.deep.equal({});
        expect(location.href).to.equal(location.origin + pathname);
      });
    }

    it('says so when a state is used again', async () => {
      const { state } = leave();
      await reach(land(`?kyc-state=${state}`), 'returned');
      const back = land(`?kyc-state=${state}`);
      expect((await back.recorder.first('kyc-error')).detail.code).to.equal('return-mismatch');
      expect(back.recorder.names).to.deep.equal(['kyc-error']);
    });

    it('leaves it to a host that prevents the event', async () => {
      const back = land('', (element) => {
        element.addEventListener('kyc-error', (event) => {
          event.preventDefault();
        });
      });
      await reach(back, 'handled');
      expect(shown(back)).to.equal('');
      expect(isContentShown(back)).to.equal(true);
    });

    it('shows the host’s own panel in its place', async () => {
      const own = document.createElement('p');
      own.slot = 'return-mismatch';
      own.textContent = 'Our own words';
      const back = land('', (element) => {
        element.append(own);
      });
      await reach(back, 'return-mismatch');
      expect(own.checkVisibility()).to.equal(true);
    });

    it('says so in the person’s language', async () => {
      registerTexts('de', de);
      const back = land('', (element) => {
        element.locale = 'de-AT';
      });
      await reach(back, 'return-mismatch');
      expect(shown(back)).to.contain(de['return-mismatch']);
      expect(
        back.element.shadowRoot?.querySelector('[role=status]')?.getAttribute('lang'),
      ).to.equal('de');
    });
  });

  describe('where a page in another tab waits', () => {
    it('says that this tab can be closed, and tells no event: that page does', async () => {
      const state = newState();
      await waitElsewhere(state);
      const back = land(`?kyc-state=${state}`);
      await reach(back, 'elsewhere');
      expect(shown(back)).to.contain(enTrouble.elsewhere).and.to.contain(enTrouble.elsewhereText);
      expect(isContentShown(back)).to.equal(false);
      expect(back.recorder.names).to.deep.equal([]);
      expect(location.href).to.equal(location.origin + pathname);
      expect(kept()).to.deep.equal({});
    });

    it('shows the host’s own panel in its place', async () => {
      const state = newState();
      await waitElsewhere(state);
      const own = document.createElement('p');
      own.slot = 'elsewhere';
      own.textContent = 'Our own words';
      const back = land(`?kyc-state=${state}`, (element) => {
        element.append(own);
      });
      await reach(back, 'elsewhere');
      expect(own.checkVisibility()).to.equal(true);
    });
  });

  describe('in a frame', () => {
    const frameAt = async (src: string) => {
      const frame = document.createElement('iframe');
      elements.push(frame);
      const messages: unknown[] = [];
      const listen = ({ source, data }: MessageEvent<unknown>): void => {
        if (source === frame.contentWindow) messages.push(data);
      };
      addEventListener('message', listen);
      frame.src = src;
      const landed = landing(frame);
      document.body.append(frame);
      const { landed: address, text } = await landed;
      removeEventListener('message', listen);
      return { address, text, messages: messages.slice(0, -1) };
    };

    it('tells the page around it, and leaves the rest to that', async () => {
      const other = leave();
      const state = newState();
      const query = `?kyc-state=${state}&code=1`;
      const { address, text, messages } = await frameAt(callbackAt(query));
      expect(messages).to.deep.equal([{ type: 'kyc-return', state, query }]);
      expect(address).to.equal(callbackAt(''));
      // What it holds stays, for whoever frames it without us.
      expect(text).to.equal('You are back');
      expect(kept()).to.deep.equal({ [`kyc-verify:ticket:${other.state}`]: other });
    });

    it('goes back there, where the host’s page is in a frame itself and left from it', async () => {
      const { state } = leave({ returnPath: new URL(puppetUrl(HERE)).pathname });
      const messages: unknown[] = [];
      const frame = document.createElement('iframe');
      elements.push(frame);
      frame.src = callbackAt(`?kyc-state=${state}`);
      const back = nextMessage(({ source, data }) => {
        if (source !== frame.contentWindow) return false;
        if (readReturnMessage(data)) messages.push(data);
        return Object.hasOwn(Object(data) as object, 'hello');
      });
      document.body.append(frame);
      await back;
      expect(frame.contentWindow?.location.href).to.equal(puppetUrl(HERE));
      expect(messages).to.deep.equal([]);
      expect(Object.keys(kept())).to.deep.equal([`kyc-verify:returned:${state}`]);
    });

    it('tells of a missing state as of an empty one', async () => {
      const { messages } = await frameAt(callbackAt('?code=1'));
      expect(messages).to.deep.equal([{ type: 'kyc-return', state: '', query: '?code=1' }]);
    });

    it('tells no page of another site', async () => {
      const { address, messages } = await frameAt(
        callbackAt(`?kyc-state=${newState()}`, ELSEWHERE),
      );
      expect(messages).to.deep.equal([]);
      expect(address).to.equal(callbackAt('', ELSEWHERE));
    });

    it('speaks for itself: the message comes from its own window', async () => {
      const frame = document.createElement('iframe');
      elements.push(frame);
      const told = nextMessage(({ data }) => readReturnMessage(data) !== undefined);
      frame.src = callbackAt('');
      document.body.append(frame);
      const { source, origin } = await told;
      expect(source === frame.contentWindow).to.equal(true);
      expect(origin).to.equal(location.origin);
    });
  });

  it('waits for the host’s scripts where the page is still being read', async () => {
    platform.set(document, 'readyState', 'loading');
    const { state } = leave();
    const back = land(`?kyc-state=${state}`);
    await withTrouble();
    await nextFrame();
    expect(back.recorder.names).to.deep.equal([]);
    document.dispatchEvent(new Event('DOMContentLoaded'));
    await back.recorder.first('kyc-returned');
  });

  describe('for everybody', () => {
    itIsAccessible('the panel where nobody can tell', async (locale) => {
      const back = land('', (element) => {
        element.locale = locale;
      });
      await reach(back, 'return-mismatch');
      return back.element;
    });

    itIsAccessible('the panel of a tab that can be closed', async (locale) => {
      const state = newState();
      await waitElsewhere(state);
      const back = land(`?kyc-state=${state}`, (element) => {
        element.locale = locale;
      });
      await reach(back, 'elsewhere');
      return back.element;
    });

    it('says its panels aloud', async () => {
      const back = land('');
      await back.element.updateComplete;
      // It is there before there is something to say: else a screen reader says nothing.
      const status = back.element.shadowRoot?.querySelector<HTMLElement>('[role=status]');
      expect(status?.innerText).to.equal('');
      await reach(back, 'return-mismatch');
      expect(status?.isConnected).to.equal(true);
      expect(status?.innerText).to.contain(enTrouble['return-mismatch']);
    });
  });
});
