import { expect, nextFrame } from '@open-wc/testing';
import { trouble, withTrouble } from '../../src/flow/load-trouble.js';
import { generic, registerProvider, type KycVerify } from '../../src/index.js';
import { currentPath, keep, type Receipt } from '../../src/redirect/tickets.js';
import { itIsAccessible } from '../support/access.js';
import { callbackAt, landing } from '../support/callback.js';
import { departures } from '../support/departures.js';
import {
  FRAME_ORIGIN,
  frameOf,
  link,
  links,
  loaded,
  mount,
  press,
  root,
  say,
  SCRIPTED_PAGE,
  shownText,
  WORDS,
  type Mounted,
} from '../support/element.js';
import { openTab, type OtherTab } from '../support/other-tab.js';
import { overrides } from '../support/override.js';
import { ELSEWHERE, nextMessage } from '../support/puppet.js';
import { Recorder } from '../support/recorder.js';
import { allIn, clearStorage, kept, newState } from '../support/storage.js';

const LONG = 60_000;

/** Long enough for both ways: the channel, and storage a little later. */
const BRIEF = 400;

registerProvider(
  generic({
    id: 'hinting',
    origins: [FRAME_ORIGIN],
    features: ['camera'],
    greets: true,
    read: (data) => (data === 'hello' ? 'ready' : undefined),
    readReturn: (parameters) => (parameters.get('result') === 'done' ? 'finished' : undefined),
  }),
);

const ticketKey = (state: string): string => `kyc-verify:ticket:${state}`;
const receiptKey = (state: string): string => `kyc-verify:returned:${state}`;

describe('a person who is away', () => {
  const platform = overrides();
  const left = departures();
  let mounted: Mounted[] = [];
  let tab: OtherTab | undefined;

  beforeEach(() => {
    platform.set(globalThis, 'open', () => null);
  });

  afterEach(() => {
    for (const { element } of mounted) element.remove();
    mounted = [];
    tab?.close();
    tab = undefined;
    expect(left.urls).to.deep.equal([]);
    clearStorage();
  });

  const show = async (properties: Partial<KycVerify> = {}): Promise<Mounted> => {
    const made = await mount(properties);
    mounted.push(made);
    return made;
  };

  /** Puts an element into the document that has its properties from the start, as from markup. */
  const connect = async (properties: Partial<KycVerify>): Promise<Mounted> => {
    const element = document.createElement('kyc-verify');
    const recorder = new Recorder(element);
    Object.assign(element, { trustedOrigins: FRAME_ORIGIN, ...properties });
    const made = { element, recorder };
    mounted.push(made);
    document.body.append(element);
    await settled(made);
    return made;
  };

  const settled = async ({ element }: Mounted): Promise<void> => {
    await element.updateComplete;
    await withTrouble();
    await nextFrame();
    await element.updateComplete;
  };

  const isolate = (): void => {
    platform.set(globalThis, 'crossOriginIsolated', true);
  };

  /** A person who has followed the link to another tab. */
  const away = async (properties: Partial<KycVerify> = {}): Promise<Mounted> => {
    isolate();
    const made = await show({ sessionState: newState(), ...properties });
    await made.recorder.first('kyc-error');
    await settled(made);
    (await link(made.element, 'Open in a new tab')).click();
    while (made.element.phase !== 'redirected') await nextFrame();
    await settled(made);
    return made;
  };

  const tell = async (state = '', query = '', timeout = LONG): Promise<boolean> => {
    tab ??= await openTab();
    return tab.returns.tellTabs(state, query, timeout);
  };

  const ticket = (change: Partial<Receipt> = {}): Receipt => ({
    version: 1,
    provider: 'veriff',
    reference: 'order 7',
    state: newState(),
    startedAt: Date.now(),
    returnPath: currentPath(),
    ...change,
  });

  /** As it was left in this tab before a reload. */
  const goAway = (change: Partial<Receipt> = {}): Receipt => {
    const made = ticket(change);
    keep('ticket', made);
    return made;
  };

  /** As the callback page leaves it in this tab. */
  const comeBack = (change: Partial<Receipt> = {}): Receipt => {
    const made = ticket(change);
    keep('returned', made);
    return made;
  };

  // The first test, since what it is about is loaded once a page.
  it('and comes back in the frame finds words, although nothing was wrong before', async () => {
    expect(trouble).to.equal(undefined);
    const sessionState = newState();
    const { element, recorder } = await show({ sessionState });
    await loaded(element);
    const callback = callbackAt(`?kyc-state=${sessionState}`);
    frameOf(element).contentWindow?.postMessage({ navigate: callback }, FRAME_ORIGIN);
    await recorder.first('kyc-returned');
    while (!shownText(element).includes('Welcome back')) await nextFrame();
    expect(shownText(element)).to.contain('This site will tell you how the check ends.');
  });

  describe('in another tab', () => {
    it('is waited for, with ways to go on or to stop', async () => {
      const { element } = await away();
      expect(shownText(element)).to.contain('The verification is open on its own page');
      expect(links(element).map(({ href }) => href)).to.deep.equal([
        element.sessionUrl,
        element.sessionUrl,
      ]);
      expect(root(element).querySelector('iframe')).to.equal(null);
    });

    it('is back when the callback page there says so: told once, and not how it went', async () => {
      const { element, recorder } = await away({ sessionReference: 'order 7' });
      expect(await tell(element.sessionState, '?result=done')).to.equal(true);
      const { detail, bubbles, composed } = await recorder.first('kyc-returned');
      await element.updateComplete;
      expect(detail).to.deep.equal({
        provider: 'veriff',
        outcome: 'unknown',
        reference: 'order 7',
      });
      expect(bubbles && composed).to.equal(true);
      expect(recorder.phases.at(-1)).to.equal('redirected>returned');
      expect(shownText(element)).to.contain('Welcome back');
      expect(shownText(element)).not.to.match(/verified|approved|success/i);
      expect(links(element)).to.deep.equal([]);
      // The same again, by both ways, changes nothing.
      expect(await tell(element.sessionState, '', BRIEF)).to.equal(false);
      expect(recorder.all('kyc-returned').length).to.equal(1);
    });

    it('is back with a hint, where the provider puts one into the address', async () => {
      const made = await away({ provider: 'hinting' });
      await tell(made.element.sessionState, '?result=done');
      expect((await made.recorder.first('kyc-returned')).detail).to.deep.equal({
        provider: 'hinting',
        outcome: 'unknown',
        hint: 'finished',
      });
    });

    it('has used the ticket up, and a reload is all that may learn of it again', async () => {
      const { element, recorder } = await away();
      const { sessionState = '' } = element;
      const before = kept()[ticketKey(sessionState)] as object;
      await tell(sessionState);
      await recorder.first('kyc-returned');
      expect(kept()).to.deep.equal({ [receiptKey(sessionState)]: { ...before, isSeen: true } });
    });

    it('is not back by the state of another run', async () => {
      const { element, recorder } = await away();
      const other = newState();
      expect(await tell(other, '', BRIEF)).to.equal(false);
      expect(await tell('', '', BRIEF)).to.equal(false);
      expect(element.phase).to.equal('redirected');
      expect(recorder.all('kyc-returned')).to.deep.equal([]);
      expect(Object.keys(kept())).to.deep.equal([ticketKey(element.sessionState!)]);
    });

    it('is known by nothing where the host gave no state', async () => {
      const { element, recorder } = await away({ sessionState: undefined });
      for (const state of ['', 'undefined', 'null']) {
        expect(await tell(state, '', BRIEF)).to.equal(false);
      }
      expect(element.phase).to.equal('redirected');
      expect(recorder.all('kyc-returned')).to.deep.equal([]);
    });

    it('is told apart from others: each element hears of its own', async () => {
      const [one, two, three] = [await away(), await away(), await away()];
      await tell(two.element.sessionState);
      await two.recorder.first('kyc-returned');
      expect([one, two, three].map(({ element }) => element.phase)).to.deep.equal([
        'redirected',
        'returned',
        'redirected',
      ]);
      await tell(three.element.sessionState);
      await three.recorder.first('kyc-returned');
      expect(one.recorder.all('kyc-returned')).to.deep.equal([]);
      expect(Object.keys(kept())).to.have.members([
        ticketKey(one.element.sessionState!),
        receiptKey(two.element.sessionState!),
        receiptKey(three.element.sessionState!),
      ]);
    });

    it('is told apart from one who is at work in a frame', async () => {
      const gone = await away();
      platform.set(globalThis, 'crossOriginIsolated', false);
      const here = await show({ sessionState: newState() });
      await loaded(here.element);
      await say(here.element, ...WORDS.started);
      await tell(gone.element.sessionState);
      await gone.recorder.first('kyc-returned');
      expect(await tell(here.element.sessionState, '', BRIEF)).to.equal(false);
      expect(here.element.phase).to.equal('started');
    });

    for (const [what, properties] of [
      ['gave no sign of life', {}],
      ['need not speak', { provider: 'shufti-pro', sessionUrl: SCRIPTED_PAGE }],
    ] as const) {
      it(`is heard also where nobody saw them go, of a page that ${what}`, async () => {
        // As by the middle button, or the browser's own menu.
        const { element, recorder } = await show({
          ...properties,
          timeout: 20,
          sessionState: newState(),
        });
        await link(element, 'Continue in this tab');
        expect(await tell(element.sessionState)).to.equal(true);
        await recorder.first('kyc-returned');
        await element.updateComplete;
        expect(root(element).querySelector('iframe')).to.equal(null);
        expect(element.phase).to.equal('returned');
        expect(kept()).to.deep.equal({});
      });
    }

    it('may go there again, and nothing is told twice', async () => {
      const { element, recorder } = await away();
      const before = recorder.phases.length;
      (await link(element, 'Open in a new tab')).click();
      while (recorder.all('kyc-redirect').length < 2) await nextFrame();
      await element.updateComplete;
      expect(recorder.all('kyc-redirect').map(({ detail }) => detail.target)).to.deep.equal([
        'new-tab',
        'new-tab',
      ]);
      expect(recorder.phases.length).to.equal(before);
      expect(Object.keys(kept())).to.deep.equal([ticketKey(element.sessionState!)]);
      await tell(element.sessionState);
      await recorder.first('kyc-returned');
      expect(recorder.all('kyc-returned').length).to.equal(1);
    });
  });

  describe('and whose page is loaded again', () => {
    it('is waited for on: nothing starts, and there are ways on', async () => {
      const { state } = goAway();
      const sessionUrl = `${SCRIPTED_PAGE}?${crypto.randomUUID()}`;
      const { element, recorder } = await connect({
        provider: 'veriff',
        sessionUrl,
        sessionState: state,
      });
      expect(recorder.phases).to.deep.equal(['idle>redirected']);
      expect(recorder.names).to.deep.equal([]);
      expect(root(element).querySelector('iframe')).to.equal(null);
      expect(links(element).map(({ href }) => href)).to.deep.equal([sessionUrl, sessionUrl]);
      expect(await tell(state)).to.equal(true);
      expect((await recorder.first('kyc-returned')).detail).to.deep.equal({
        provider: 'veriff',
        outcome: 'unknown',
        reference: 'order 7',
      });
    });

    it('is found by the page where the host names no state', async () => {
      const { state } = goAway();
      const { element, recorder } = await connect({
        provider: 'veriff',
        sessionUrl: SCRIPTED_PAGE,
      });
      expect(element.phase).to.equal('redirected');
      expect(recorder.all('kyc-phase-change')[0]?.detail.provider).to.equal('veriff');
      expect(await tell(state)).to.equal(true);
    });

    for (const [what, change, properties] of [
      ['another state', {}, { sessionState: newState() }],
      ['another page', { returnPath: '/elsewhere' }, {}],
      ['another provider', { provider: 'shufti-pro' }, {}],
      ['another time', { startedAt: Date.now() - 3_600_001 }, {}],
    ] as const) {
      it(`is not taken for one of ${what}: the run starts`, async () => {
        goAway(change);
        const { element } = await connect({
          provider: 'veriff',
          sessionUrl: SCRIPTED_PAGE,
          ...properties,
        });
        expect(element.phase).to.equal('loading');
        expect(frameOf(element).isConnected).to.equal(true);
      });
    }

    it('has no link to go on by before the host names the URL, and then starts nothing', async () => {
      const { state } = goAway();
      const { element, recorder } = await connect({ provider: 'veriff', sessionState: state });
      expect(element.phase).to.equal('redirected');
      expect(links(element)).to.deep.equal([]);
      const sessionUrl = `${SCRIPTED_PAGE}?late`;
      element.sessionUrl = sessionUrl;
      await element.updateComplete;
      await element.updateComplete;
      expect(links(element).map(({ href }) => href)).to.deep.equal([sessionUrl, sessionUrl]);
      expect(element.phase).to.equal('redirected');
      expect(root(element).querySelector('iframe')).to.equal(null);
      expect(recorder.phases).to.deep.equal(['idle>redirected']);
      expect(await tell(state)).to.equal(true);
    });

    it('is waited for also where the host names another session’s state too late', async () => {
      const { state } = goAway();
      const { element, recorder } = await connect({ provider: 'veriff' });
      element.sessionUrl = `${SCRIPTED_PAGE}?next`;
      element.sessionState = newState();
      await settled({ element, recorder });
      expect(element.phase).to.equal('redirected');
      expect(await tell(state)).to.equal(true);
      expect((await recorder.first('kyc-returned')).detail.reference).to.equal('order 7');
    });

    it('is resumed by one element alone', async () => {
      const { state } = goAway();
      const one = await connect({ sessionUrl: SCRIPTED_PAGE, provider: 'veriff' });
      const two = await connect({ sessionUrl: SCRIPTED_PAGE, provider: 'veriff' });
      expect(one.element.phase).to.equal('redirected');
      expect(two.element.phase).to.equal('loading');
      await tell(state);
      await one.recorder.first('kyc-returned');
      expect(two.recorder.all('kyc-returned')).to.deep.equal([]);
    });

    it('is resumed before a start() that the host’s script calls at once', async () => {
      const { state } = goAway();
      const element = document.createElement('kyc-verify');
      const recorder = new Recorder(element);
      mounted.push({ element, recorder });
      Object.assign(element, {
        provider: 'veriff',
        trustedOrigins: FRAME_ORIGIN,
        sessionUrl: SCRIPTED_PAGE,
        sessionState: state,
      });
      document.body.append(element);
      element.start();
      await settled({ element, recorder });
      expect(recorder.phases).to.deep.equal(['idle>redirected']);
    });

    it('is resumed in a modal, which shows it when it is opened', async () => {
      const { state } = goAway();
      const made = await connect({
        provider: 'veriff',
        sessionUrl: SCRIPTED_PAGE,
        sessionState: state,
        display: 'modal',
      });
      expect(made.element.phase).to.equal('redirected');
      made.element.start();
      await settled(made);
      expect(made.element.phase).to.equal('redirected');
      expect(shownText(made.element)).to.contain('The verification is open on its own page');
      await press(made.element, 'Stop');
      expect(made.recorder.all('kyc-canceled')[0]?.detail.by).to.equal('person');
      expect(kept()).to.deep.equal({});
    });

    it('is resumed in a modal, whose close button asks first: the person is at work elsewhere', async () => {
      const { state } = goAway();
      const made = await connect({
        provider: 'veriff',
        sessionUrl: SCRIPTED_PAGE,
        sessionState: state,
        display: 'modal',
        open: true,
      });
      await press(made.element, 'Close');
      expect(shownText(made.element)).to.contain('Stop the verification?');
      expect(made.recorder.all('kyc-canceled')).to.deep.equal([]);
      await press(made.element, 'Keep going');
      expect(shownText(made.element)).to.contain('The verification is open on its own page');
      expect(Object.keys(kept())).to.deep.equal([ticketKey(state)]);
    });

    it('is resumed in a closed modal, which retry() opens with a new run', async () => {
      const { state } = goAway();
      const made = await connect({
        provider: 'veriff',
        sessionUrl: SCRIPTED_PAGE,
        sessionState: state,
        display: 'modal',
      });
      made.element.retry();
      await settled(made);
      expect(made.recorder.phases).to.deep.equal([
        'idle>redirected',
        'redirected>idle',
        'idle>loading',
      ]);
      expect(made.element.open).to.equal(true);
      expect(kept()).to.deep.equal({});
    });

    it('is not waited for where a listener takes the element away', async () => {
      const { state } = goAway();
      const element = document.createElement('kyc-verify');
      const recorder = new Recorder(element);
      mounted.push({ element, recorder });
      element.sessionState = state;
      element.addEventListener('kyc-phase-change', () => {
        element.remove();
      });
      document.body.append(element);
      await recorder.first('kyc-phase-change');
      await withTrouble();
      expect(await tell(state, '', BRIEF)).to.equal(false);
      expect(recorder.all('kyc-returned')).to.deep.equal([]);
      expect(Object.keys(kept())).to.deep.equal([ticketKey(state)]);
    });
  });

  describe('and is back on this page', () => {
    it('is told of, with what the ticket had, and nothing starts', async () => {
      const { state } = comeBack({ hint: 'canceled' });
      const { element, recorder } = await connect({
        provider: 'veriff',
        sessionUrl: SCRIPTED_PAGE,
        sessionState: state,
      });
      expect(recorder.phases).to.deep.equal(['idle>returned']);
      expect(recorder.names).to.deep.equal(['kyc-returned']);
      expect(recorder.all('kyc-returned')[0]?.detail).to.deep.equal({
        provider: 'veriff',
        outcome: 'unknown',
        hint: 'canceled',
        reference: 'order 7',
      });
      expect(root(element).querySelector('iframe')).to.equal(null);
      expect(shownText(element)).to.contain('Welcome back');
    });

    it('is told of without a session URL, and without a state', async () => {
      comeBack({ reference: '' });
      const { recorder } = await connect({});
      expect(recorder.all('kyc-returned')[0]?.detail).to.deep.equal({
        provider: 'veriff',
        outcome: 'unknown',
      });
    });

    it('is not begun anew by a session URL that comes late', async () => {
      const { state } = comeBack();
      const made = await connect({ provider: 'veriff', sessionState: state });
      made.element.sessionUrl = SCRIPTED_PAGE;
      await settled(made);
      expect(made.element.phase).to.equal('returned');
      expect(made.recorder.phases).to.deep.equal(['idle>returned']);
    });

    it('is told of once: another element, or another visit, starts', async () => {
      const { state } = comeBack();
      const properties = { provider: 'veriff', sessionUrl: SCRIPTED_PAGE, sessionState: state };
      await connect(properties);
      expect((kept()[receiptKey(state)] as Receipt).isSeen).to.equal(true);
      const { element, recorder } = await connect(properties);
      expect(element.phase).to.equal('loading');
      expect(recorder.all('kyc-returned')).to.deep.equal([]);
    });

    it('is told of again after a real reload, and not on another visit', async () => {
      const { state } = comeBack();
      const frame = document.createElement('iframe');
      const phaseAfter = async (act: () => void): Promise<unknown> => {
        const told = nextMessage(({ source }) => source === frame.contentWindow);
        act();
        return (await told).data;
      };
      const visit = (): void => {
        frame.src = `/test/support/pages/callback-host.html?state=${state}&${crypto.randomUUID()}`;
        if (!frame.isConnected) document.body.append(frame);
      };
      const reload = (): void => {
        frame.contentWindow?.location.reload();
      };
      expect(await phaseAfter(visit)).to.deep.equal({ phase: 'returned' });
      expect(await phaseAfter(reload)).to.deep.equal({ phase: 'returned' });
      expect(await phaseAfter(reload)).to.deep.equal({ phase: 'returned' });
      expect(await phaseAfter(visit)).to.deep.equal({ phase: 'idle' });
      expect(await phaseAfter(reload)).to.deep.equal({ phase: 'idle' });
      frame.remove();
    });
  });

  describe('and whose host', () => {
    const { isBack, isAway } = {
      isAway: () => away(),
      isBack: async () => {
        const made = await away();
        await tell(made.element.sessionState);
        await made.recorder.first('kyc-returned');
        return made;
      },
    };

    for (const [phase, reach] of [
      ['redirected', isAway],
      ['returned', isBack],
    ] as const) {
      for (const call of ['retry', 'start'] as const) {
        it(`calls ${call}() while it is ${phase}: a new run, and nothing left of the old`, async () => {
          const made = await reach();
          const { element, recorder } = made;
          const { sessionState } = element;
          platform.set(globalThis, 'crossOriginIsolated', false);
          element[call]();
          await element.updateComplete;
          expect(recorder.phases.slice(-2)).to.deep.equal([`${phase}>idle`, 'idle>loading']);
          expect(kept()).to.deep.equal({});
          expect(await tell(sessionState, '', BRIEF)).to.equal(false);
          expect(element.phase).to.equal('loading');
        });
      }

      it(`names another session while it is ${phase}: a new run`, async () => {
        const { element, recorder } = await reach();
        platform.set(globalThis, 'crossOriginIsolated', false);
        element.sessionUrl = `${SCRIPTED_PAGE}?another`;
        await element.updateComplete;
        await element.updateComplete;
        expect(recorder.phases.slice(-2)).to.deep.equal([`${phase}>idle`, 'idle>loading']);
        expect(kept()).to.deep.equal({});
      });
    }

    it('calls close() while it is redirected: canceled, and nothing is left', async () => {
      const { element, recorder } = await away();
      element.close();
      expect(recorder.all('kyc-canceled')[0]?.detail).to.deep.equal({
        provider: 'veriff',
        by: 'host',
      });
      expect(kept()).to.deep.equal({});
      expect(await tell(element.sessionState, '', BRIEF)).to.equal(false);
      expect(element.phase).to.equal('canceled');
    });

    it('calls close() while it is returned: nothing is told', async () => {
      const { element, recorder } = await isBack();
      const { length } = recorder.events;
      element.close();
      await element.updateComplete;
      expect(recorder.events.length).to.equal(length);
      expect(element.phase).to.equal('returned');
    });

    it('calls close() while a resumed one has no URL: it does not start when that comes', async () => {
      const { state } = goAway();
      const made = await connect({ provider: 'veriff', sessionState: state });
      made.element.close();
      expect(made.element.phase).to.equal('canceled');
      expect(kept()).to.deep.equal({});
    });

    it('takes the element away: the ticket stays, and the next one resumes', async () => {
      const { element } = await away();
      const { sessionState = '', sessionUrl } = element;
      const before = kept();
      element.remove();
      expect(kept()).to.deep.equal(before);
      expect(await tell(sessionState, '', BRIEF)).to.equal(false);
      const next = await connect({ provider: 'veriff', sessionUrl, sessionState });
      expect(next.element.phase).to.equal('redirected');
      expect(await tell(sessionState)).to.equal(true);
      await next.recorder.first('kyc-returned');
    });

    it('takes the element away and puts it back: it resumes, and starts nothing', async () => {
      const made = await away();
      const { element, recorder } = made;
      const { length } = recorder.phases;
      element.remove();
      document.body.append(element);
      await settled(made);
      expect(recorder.phases.slice(length)).to.deep.equal(['idle>redirected']);
      expect(await tell(element.sessionState)).to.equal(true);
      await recorder.first('kyc-returned');
    });

    it('moves the element: it waits on', async () => {
      const made = await away();
      const place = document.createElement('div');
      document.body.append(place);
      place.append(made.element);
      await settled(made);
      expect(made.element.phase).to.equal('redirected');
      expect(await tell(made.element.sessionState)).to.equal(true);
      await made.recorder.first('kyc-returned');
      place.remove();
    });

    it('takes the element away: no channel and no listener is left', async () => {
      const channels = new Set<BroadcastChannel>();
      const Channel = BroadcastChannel;
      platform.set(
        globalThis,
        'BroadcastChannel',
        class extends Channel {
          constructor(name: string) {
            super(name);
            channels.add(this);
          }
          override close(): void {
            super.close();
            channels.delete(this);
          }
        },
      );
      const listeners = new Set<unknown>();
      const add = addEventListener as (...args: readonly unknown[]) => void;
      platform.set(
        globalThis,
        'addEventListener',
        (name: string, listener: unknown, options?: AddEventListenerOptions) => {
          listeners.add(listener);
          options?.signal?.addEventListener('abort', () => listeners.delete(listener));
          add(name, listener, options);
        },
      );
      const { element } = await away();
      expect(channels.size).to.equal(1);
      expect(listeners.size).to.be.above(0);
      element.remove();
      expect(channels.size).to.equal(0);
      expect([...listeners].map(String)).to.deep.equal([]);
    });
  });

  describe('inside the frame, where the provider loads the callback', () => {
    /** Begins a run, and has its frame's page go on to this one. */
    const goOn = async (url: string, properties: Partial<KycVerify>): Promise<Mounted> => {
      const made = await show(properties);
      await loaded(made.element);
      await say(made.element, ...WORDS.started);
      frameOf(made.element).contentWindow?.postMessage({ navigate: url }, FRAME_ORIGIN);
      return made;
    };

    it('is back: the frame goes, and it is told once', async () => {
      const sessionState = newState();
      const { element, recorder } = await goOn(callbackAt(`?kyc-state=${sessionState}&code=1`), {
        sessionState,
        sessionReference: 'order 7',
      });
      const { detail } = await recorder.first('kyc-returned');
      await element.updateComplete;
      expect(detail).to.deep.equal({
        provider: 'veriff',
        outcome: 'unknown',
        reference: 'order 7',
      });
      expect(root(element).querySelector('iframe')).to.equal(null);
      expect(recorder.names).to.deep.equal(['kyc-ready', 'kyc-started', 'kyc-returned']);
      expect(kept()).to.deep.equal({});
    });

    it('is back with a hint, where the provider puts one into the address', async () => {
      const sessionState = newState();
      const made = await show({ provider: 'hinting', trustedOrigins: '', sessionState });
      await loaded(made.element);
      const callback = callbackAt(`?kyc-state=${sessionState}&result=done`);
      frameOf(made.element).contentWindow?.postMessage({ navigate: callback }, FRAME_ORIGIN);
      expect((await made.recorder.first('kyc-returned')).detail.hint).to.equal('finished');
    });

    for (const [what, query, given] of [
      ['a wrong state', `?kyc-state=${newState()}`, newState()],
      ['no state', '', newState()],
      ['an empty state', '?kyc-state=', newState()],
      ['two states', '?kyc-state=a&kyc-state=b', 'a'],
      ['a state that the host never gave', `?kyc-state=${newState()}`, undefined],
      ['no state, as the host', '', undefined],
      ['an empty state, as the host', '?kyc-state=', ''],
    ] as const) {
      it(`is a calm mismatch, with nothing stored and nowhere gone: ${what}`, async () => {
        const { element, recorder } = await goOn(callbackAt(query), {
          sessionState: given,
          fallback: 'redirect',
        });
        const { detail } = await recorder.first('kyc-error');
        expect(detail.code).to.equal('return-mismatch');
        expect(detail.retryable).to.equal(false);
        while (!shownText(element).includes('We cannot tell which verification this is')) {
          await nextFrame();
        }
        expect(shownText(element)).to.contain('return-mismatch');
        expect(root(element).querySelector('iframe')).to.equal(null);
        expect(links(element)).to.deep.equal([]);
        expect(recorder.all('kyc-returned')).to.deep.equal([]);
        expect(recorder.all('kyc-redirect')).to.deep.equal([]);
        expect(kept()).to.deep.equal({});
        expect(allIn(localStorage)).to.deep.equal({});
      });
    }

    it('is a mismatch by the state of the element beside it', async () => {
      const states = [newState(), newState()] as const;
      const beside = await show({ sessionState: states[1] });
      await loaded(beside.element);
      const { recorder } = await goOn(callbackAt(`?kyc-state=${states[1]}`), {
        sessionState: states[0],
      });
      expect((await recorder.first('kyc-error')).detail.code).to.equal('return-mismatch');
      await say(beside.element, ...WORDS.ready);
      expect(beside.element.phase).to.equal('ready');
    });

    it('is back by the state that the host named last, also after the URL', async () => {
      const sessionState = newState();
      const { element, recorder } = await show();
      await loaded(element);
      element.sessionState = sessionState;
      const callback = callbackAt(`?kyc-state=${sessionState}`);
      frameOf(element).contentWindow?.postMessage({ navigate: callback }, FRAME_ORIGIN);
      await recorder.first('kyc-returned');
    });

    it('is not believed of a page of another site, whatever it says', async () => {
      const sessionState = newState();
      const { element, recorder } = await show({ sessionState });
      await loaded(element);
      await say(
        element,
        { type: 'kyc-return', state: sessionState, query: '?result=done' },
        { type: 'kyc-return', state: newState() },
        { type: 'kyc-return', state: '' },
        JSON.stringify({ type: 'kyc-return', state: sessionState }),
      );
      expect(element.phase).to.equal('loading');
      expect(recorder.names).to.deep.equal([]);
      // It is all there still.
      await say(element, ...WORDS.ready);
      expect(element.phase).to.equal('ready');
    });

    it('is not believed of the host page itself, or of another frame of this site', async () => {
      const sessionState = newState();
      const { element, recorder } = await show({ sessionState });
      await loaded(element);
      const message = { type: 'kyc-return', state: sessionState, query: '' };
      const frame = document.createElement('iframe');
      frame.src = callbackAt(`?kyc-state=${sessionState}`);
      const landed = landing(frame);
      document.body.append(frame);
      await landed;
      const heard = nextMessage(({ data }) => data === 'mark');
      postMessage(message, location.origin);
      dispatchEvent(new MessageEvent('message', { data: message, origin: location.origin }));
      postMessage('mark', location.origin);
      await heard;
      frame.remove();
      expect(element.phase).to.equal('loading');
      expect(recorder.names).to.deep.equal([]);
    });

    it('is not heard from a callback page of another site: that one tells nobody here', async () => {
      const sessionState = newState();
      const { element, recorder } = await show({ sessionState });
      await loaded(element);
      const landed = landing(frameOf(element));
      const callback = callbackAt(`?kyc-state=${sessionState}`, ELSEWHERE);
      frameOf(element).contentWindow?.postMessage({ navigate: callback }, FRAME_ORIGIN);
      // It has done its part, and its address is clean.
      expect((await landed).landed).to.equal(callbackAt('', ELSEWHERE));
      expect(recorder.names).to.deep.equal([]);
      expect(element.phase).to.equal('loading');
    });

    it('is not heard any more once the run is over', async () => {
      const sessionState = newState();
      const { element, recorder } = await show({ sessionState });
      await loaded(element);
      const { contentWindow } = frameOf(element);
      element.close();
      contentWindow?.postMessage({ navigate: callbackAt('') }, FRAME_ORIGIN);
      expect(await tell(sessionState, '', BRIEF)).to.equal(false);
      expect(recorder.names).to.deep.equal(['kyc-canceled']);
    });
  });

  describe('finds a panel for everybody', () => {
    itIsAccessible('after the return', async (locale) => {
      const { state } = comeBack();
      return (await connect({ locale, sessionState: state })).element;
    });

    itIsAccessible('after the return, in a modal', async (locale) => {
      const { state } = comeBack();
      const { element } = await connect({
        locale,
        sessionState: state,
        display: 'modal',
        open: true,
      });
      return element;
    });

    itIsAccessible('after a mismatch', async (locale) => {
      const { element, recorder } = await show({ locale });
      await loaded(element);
      frameOf(element).contentWindow?.postMessage({ navigate: callbackAt('') }, FRAME_ORIGIN);
      await recorder.first('kyc-error');
      await settled({ element, recorder });
      return element;
    });

    it('says aloud that they are back', async () => {
      comeBack();
      const { element } = await connect({});
      expect(root(element).querySelector('[role=status]')?.textContent).to.equal('Welcome back');
      expect(element.matches(':state(returned)')).to.equal(true);
    });

    it('may be another one, of the host’s own', async () => {
      const { element, recorder } = await away();
      for (const slot of ['redirected', 'returned']) {
        const own = document.createElement('p');
        own.slot = slot;
        own.textContent = `Our own words: ${slot}`;
        element.append(own);
      }
      const [redirected, returned] = element.querySelectorAll('p');
      expect(redirected?.checkVisibility()).to.equal(true);
      expect(element.matches(':state(redirected)')).to.equal(true);
      await tell(element.sessionState);
      await recorder.first('kyc-returned');
      await element.updateComplete;
      expect([redirected?.assignedSlot?.name, returned?.assignedSlot?.name]).to.deep.equal([
        undefined,
        'returned',
      ]);
    });
  });
});
