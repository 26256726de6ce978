import { expect, nextFrame } from '@open-wc/testing';
import { trouble, withTrouble } from '../../src/flow/load-trouble.js';
import type { KycErrorCode, KycVerify } from '../../src/index.js';
import { itIsAccessible } from '../support/access.js';
import { departures } from '../support/departures.js';
import {
  button,
  frameOf,
  link,
  links,
  loaded,
  mount,
  mountAt,
  press,
  root,
  say,
  SCRIPTED_PAGE,
  shownText,
  WORDS,
  type Mounted,
} from '../support/element.js';
import { overrides } from '../support/override.js';
import { createSession, inspect, type Session } from '../support/sandbox.js';
import { allIn, clearStorage, kept, newState } from '../support/storage.js';

const HERE = 'Continue in this tab';
const NEW_TAB = 'Open in a new tab';

describe('the way on, where a frame cannot serve', () => {
  const platform = overrides();
  const left = departures();
  /** What `open()` was called with, in place of opening it. */
  let opened: string[][] = [];
  let mounted: Mounted[] = [];

  beforeEach(() => {
    opened = [];
    mounted = [];
    platform.set(globalThis, 'open', (...args: unknown[]) => {
      opened.push(args.map(String));
      return null;
    });
  });

  afterEach(() => {
    for (const { element } of mounted) element.remove();
    clearStorage();
  });

  const show = async (properties: Partial<KycVerify> = {}): Promise<Mounted> => {
    const made = await mount(properties);
    mounted.push(made);
    return made;
  };

  /** The page is isolated: no frame is mounted, and the provider is not asked for anything. */
  const isolate = (): void => {
    platform.set(globalThis, 'crossOriginIsolated', true);
  };

  /** Fails as in an isolated page, with the panel shown. */
  const fail = async (properties: Partial<KycVerify> = {}): Promise<Mounted> => {
    isolate();
    const made = await show(properties);
    await made.recorder.first('kyc-error');
    await withTrouble();
    await nextFrame();
    await made.element.updateComplete;
    return made;
  };

  /** A session that a browser which goes there asks for, and stays where it is. */
  const nowhere = async (
    provider: 'veriff' | 'shufti-pro' = 'veriff',
  ): Promise<{ readonly session: Session; readonly properties: Partial<KycVerify> }> => {
    const session = await createSession(provider, { fault: 'http-204' });
    const { url: sessionUrl, trustedOrigins } = session;
    return { session, properties: { provider, sessionUrl, trustedOrigins } };
  };

  /** The frame asks for the session's page: a frame that goes too early never does. */
  const framed = async (session: Session): Promise<void> => {
    while ((await inspect(session)).pageRequests < 1) await nextFrame();
  };

  const keepHere = ({ element }: Mounted): void => {
    element.addEventListener('kyc-redirect', (event) => {
      event.preventDefault();
    });
  };

  const click = async (
    { element, recorder }: Mounted,
    text: string,
    keys: MouseEventInit = {},
  ): Promise<void> => {
    const before = recorder.all('kyc-redirect').length;
    const event = new MouseEvent('click', {
      bubbles: true,
      cancelable: true,
      composed: true,
      ...keys,
    });
    (await link(element, text)).dispatchEvent(event);
    while (recorder.all('kyc-redirect').length === before) await nextFrame();
    await element.updateComplete;
  };

  // The first test, since what it is about is loaded once a page.
  it('leaves a ticket also where its link is pressed as soon as it is there', async () => {
    expect(trouble).to.equal(undefined);
    isolate();
    const sessionState = newState();
    const made = await show({ sessionState });
    await click(made, NEW_TAB);
    await made.recorder.first('kyc-redirect');
    const key = `kyc-verify:ticket:${sessionState}`;
    while (!(key in kept())) await nextFrame();
    expect(made.element.phase).to.equal('redirected');
  });

  describe('is two links', () => {
    it('to the session URL, in this tab and in another', async () => {
      const { element } = await fail();
      expect(
        links(element).map((each) => [
          each.textContent.trim(),
          each.href,
          each.target,
          each.rel,
          each.part.contains('link'),
        ]),
      ).to.deep.equal([
        [HERE, element.sessionUrl, '', 'noopener', true],
        [NEW_TAB, element.sessionUrl, '_blank', 'noopener', true],
      ]);
      expect(links(element)[0]?.hasAttribute('target')).to.equal(false);
    });

    it('and lead nobody away who asks for the page right after the press', async () => {
      const { element, recorder } = await show({ sessionUrl: SCRIPTED_PAGE, timeout: 20 });
      await recorder.first('kyc-error');
      await withTrouble();
      (await link(element, HERE)).click();
      button(element, 'Show the page').click();
      await withTrouble();
      await nextFrame();
      expect(element.phase).to.equal('ready');
      expect(recorder.all('kyc-redirect')).to.deep.equal([]);
    });

    it('to the session URL in the person’s language, where the provider takes one', async () => {
      const sessionUrl = `${SCRIPTED_PAGE}?a=1`;
      const { element } = await fail({ sessionUrl, locale: 'de-AT' });
      expect(links(element).map(({ href }) => href)).to.deep.equal([
        `${sessionUrl}&lang=de`,
        `${sessionUrl}&lang=de`,
      ]);
    });

    for (const [code, arrange] of [
      ['insecure-context', () => platform.set(globalThis, 'isSecureContext', false)],
      ['cross-origin-isolated', isolate],
      [
        'permissions-policy',
        () =>
          platform.set(HTMLIFrameElement.prototype, 'featurePolicy', {
            allowsFeature: () => false,
          }),
      ],
      ['frame-timeout', () => undefined],
    ] as const satisfies readonly (readonly [KycErrorCode, () => unknown])[]) {
      it(`after ${code}`, async () => {
        arrange();
        const { element, recorder } = await show({ timeout: 20 });
        expect((await recorder.first('kyc-error')).detail.code).to.equal(code);
        await link(element, HERE);
        await link(element, NEW_TAB);
      });

      it(`after ${code}, and none with fallback="none", which only reports`, async () => {
        arrange();
        const { element, recorder } = await show({ timeout: 20, fallback: 'none' });
        expect((await recorder.first('kyc-error')).detail.code).to.equal(code);
        await withTrouble();
        await element.updateComplete;
        expect(shownText(element)).to.contain(code);
        expect(links(element)).to.deep.equal([]);
        expect(recorder.names).to.deep.equal(['kyc-error']);
        expect(opened).to.deep.equal([]);
      });
    }

    for (const [code, properties] of [
      ['invalid-session-url', { sessionUrl: 'nonsense' }],
      ['unknown-provider', { provider: 'nobody' }],
    ] as const) {
      it(`never after ${code}`, async () => {
        const { element, recorder } = await show(properties);
        expect((await recorder.first('kyc-error')).detail.code).to.equal(code);
        await withTrouble();
        await element.updateComplete;
        expect(links(element)).to.deep.equal([]);
      });
    }

    it('never after no-media-devices: the camera is missing there too', async () => {
      platform.take(navigator, 'mediaDevices');
      const { element, recorder } = await show({ fallback: 'redirect' });
      expect((await recorder.first('kyc-error')).detail.code).to.equal('no-media-devices');
      await withTrouble();
      await element.updateComplete;
      expect(links(element)).to.deep.equal([]);
      expect(recorder.names).to.deep.equal(['kyc-error']);
    });

    for (const [status, code] of [
      ['request.timeout', 'session-expired'],
      ['request.invalid', 'session-rejected'],
    ] as const) {
      it(`never after ${code}: the URL is of no use anywhere`, async () => {
        const { element, recorder } = await show({
          provider: 'shufti-pro',
          sessionUrl: SCRIPTED_PAGE,
          fallback: 'redirect',
        });
        await loaded(element);
        const { contentWindow } = frameOf(element);
        const word = { verification_status: status, request_id: 'puppet.html' };
        contentWindow?.postMessage({ say: word }, new URL(SCRIPTED_PAGE).origin);
        expect((await recorder.first('kyc-error')).detail.code).to.equal(code);
        await withTrouble();
        await element.updateComplete;
        expect(links(element)).to.deep.equal([]);
        expect(recorder.all('kyc-redirect')).to.deep.equal([]);
      });
    }

    it('never while the frame serves', async () => {
      const made = await mountAt(WORDS.started);
      mounted.push(made);
      await withTrouble();
      await made.element.updateComplete;
      expect(links(made.element)).to.deep.equal([]);
    });

    it('never where the host prevented kyc-error, and tells the person by itself', async () => {
      isolate();
      const made = await show({ sessionUrl: undefined });
      made.element.addEventListener('kyc-error', (event) => {
        event.preventDefault();
      });
      made.element.sessionUrl = SCRIPTED_PAGE;
      await made.recorder.first('kyc-error');
      await withTrouble();
      await made.element.updateComplete;
      expect(links(made.element)).to.deep.equal([]);
    });
  });

  describe('to another tab', () => {
    it('tells the host before, why and where to', async () => {
      const made = await fail();
      await click(made, NEW_TAB);
      const [event] = made.recorder.all('kyc-redirect');
      expect(event?.detail).to.deep.equal({
        provider: 'veriff',
        target: 'new-tab',
        reason: 'cross-origin-isolated',
      });
      expect(event?.cancelable && event.bubbles && event.composed).to.equal(true);
      expect(made.recorder.phases.at(-1)).to.equal('failed>redirected');
    });

    it('opens the session URL, and gives its page no way back to this one', async () => {
      const made = await fail();
      await click(made, NEW_TAB);
      expect(opened).to.deep.equal([[made.element.sessionUrl, '_blank', 'noopener']]);
    });

    for (const key of ['ctrlKey', 'metaKey', 'shiftKey'] as const) {
      it(`is what the first link leads to when it is pressed with ${key}`, async () => {
        const made = await fail();
        await click(made, HERE, { [key]: true });
        expect(made.recorder.all('kyc-redirect')[0]?.detail.target).to.equal('new-tab');
        expect(opened.length).to.equal(1);
      });
    }

    it('takes away a frame that gave no sign of life', async () => {
      const made = await show({ timeout: 20 });
      await made.recorder.first('kyc-error');
      expect(frameOf(made.element).isConnected).to.equal(true);
      await click(made, NEW_TAB);
      expect(root(made.element).querySelector('iframe')).to.equal(null);
      expect(made.recorder.all('kyc-redirect')[0]?.detail.reason).to.equal('frame-timeout');
      expect(made.recorder.names).to.deep.equal(['kyc-error', 'kyc-redirect']);
    });

    it('keeps the person here where the host prevents it', async () => {
      const made = await fail({ sessionState: newState() });
      keepHere(made);
      for (const text of [HERE, NEW_TAB]) await click(made, text);
      expect(opened).to.deep.equal([]);
      expect(left.urls).to.deep.equal([]);
      expect(kept()).to.deep.equal({});
      expect(made.element.phase).to.equal('failed');
      expect(links(made.element).length).to.equal(2);
      expect(made.recorder.all('kyc-redirect').map(({ detail }) => detail.target)).to.deep.equal([
        'same-tab',
        'new-tab',
      ]);
    });

    it('opens nothing where a listener ends the run', async () => {
      const made = await fail({ sessionState: newState() });
      made.element.addEventListener('kyc-redirect', () => {
        made.element.sessionUrl = undefined;
        made.element.remove();
      });
      await click(made, NEW_TAB);
      expect(opened).to.deep.equal([]);
      expect(kept()).to.deep.equal({});
    });
  });

  describe('in this tab', () => {
    it('is gone to by a pressed link', async () => {
      const { session, properties } = await nowhere();
      const sessionState = newState();
      const made = await fail({ ...properties, sessionState });
      await click(made, HERE);
      await left.to(session);
      expect(made.recorder.all('kyc-redirect')[0]?.detail).to.deep.equal({
        provider: 'veriff',
        target: 'same-tab',
        reason: 'cross-origin-isolated',
      });
      expect(made.element.phase).to.equal('redirected');
      expect(Object.keys(kept())).to.deep.equal([`kyc-verify:ticket:${sessionState}`]);
      expect(opened).to.deep.equal([]);
    });

    it('goes without asking, by fallback="redirect", once no frame may be mounted', async () => {
      isolate();
      const { session, properties } = await nowhere();
      const made = await show({ ...properties, fallback: 'redirect', sessionState: newState() });
      await left.to(session);
      expect(made.recorder.names).to.deep.equal(['kyc-error', 'kyc-redirect']);
      expect(made.recorder.phases).to.deep.equal(['idle>failed', 'failed>redirected']);
      expect(made.recorder.all('kyc-redirect')[0]?.detail).to.deep.equal({
        provider: 'veriff',
        target: 'same-tab',
        reason: 'cross-origin-isolated',
      });
      expect(Object.keys(kept()).length).to.equal(1);
    });

    it('goes without asking, by fallback="redirect", once the frame gave no sign of life', async () => {
      const { session, properties } = await nowhere();
      const made = await show({ ...properties, fallback: 'redirect', timeout: 1000 });
      await left.to(session, 1);
      expect(made.recorder.phases).to.deep.equal([
        'idle>loading',
        'loading>failed',
        'failed>redirected',
      ]);
    });

    it('is not gone to by fallback="redirect" where the host prevents it: the links are there', async () => {
      isolate();
      const made = await show({ sessionUrl: undefined, fallback: 'redirect' });
      keepHere(made);
      made.element.sessionUrl = `${SCRIPTED_PAGE}?another`;
      await made.recorder.first('kyc-redirect');
      await link(made.element, HERE);
      await link(made.element, NEW_TAB);
      expect(made.element.phase).to.equal('failed');
      expect(kept()).to.deep.equal({});
      expect(left.urls).to.deep.equal([]);
    });

    it('is not gone to by fallback="redirect" where the host prevents kyc-error', async () => {
      isolate();
      const made = await show({ sessionUrl: undefined, fallback: 'redirect' });
      made.element.addEventListener('kyc-error', (event) => {
        event.preventDefault();
      });
      made.element.sessionUrl = `${SCRIPTED_PAGE}?another`;
      await made.recorder.first('kyc-error');
      await withTrouble();
      expect(made.recorder.names).to.deep.equal(['kyc-error']);
      expect(made.element.phase).to.equal('failed');
    });

    for (const [what, end] of [
      ['is removed', (element: KycVerify) => element.remove()],
      ['is closed', (element: KycVerify) => element.close()],
      [
        'gets another session',
        (element: KycVerify) => {
          element.sessionUrl = undefined;
        },
      ],
    ] as const) {
      it(`is not gone to by fallback="redirect" where the element ${what} meanwhile`, async () => {
        isolate();
        const made = await show({ sessionUrl: undefined, fallback: 'redirect' });
        keepHere(made);
        made.element.addEventListener('kyc-error', () => {
          end(made.element);
        });
        made.element.sessionUrl = `${SCRIPTED_PAGE}?another`;
        await made.recorder.first('kyc-error');
        await made.element.updateComplete;
        await withTrouble();
        await nextFrame();
        expect(made.recorder.all('kyc-redirect')).to.deep.equal([]);
        expect(left.urls).to.deep.equal([]);
      });
    }

    it('is not gone to by fallback="redirect" while the frame serves', async () => {
      const made = await mountAt(WORDS.started, { fallback: 'redirect' });
      mounted.push(made);
      await withTrouble();
      expect(made.recorder.all('kyc-redirect')).to.deep.equal([]);
    });
  });

  describe('is the main way with display="redirect"', () => {
    it('mounts nothing, asks for nothing and tells nothing by itself', async () => {
      const { element, recorder } = await show({ display: 'redirect' });
      await withTrouble();
      await element.updateComplete;
      expect(root(element).querySelector('iframe, dialog')).to.equal(null);
      expect(recorder.events).to.deep.equal([]);
      expect(kept()).to.deep.equal({});
    });

    it('shows what the host has put into it', async () => {
      const { element } = await show({ display: 'redirect' });
      const own = document.createElement('p');
      own.textContent = 'Start here';
      element.append(own);
      await element.updateComplete;
      expect(own.checkVisibility()).to.equal(true);
    });

    it('leaves by start(), which frames nothing', async () => {
      const { session, properties } = await nowhere('shufti-pro');
      const sessionState = newState();
      const { element, recorder } = await show({
        ...properties,
        display: 'redirect',
        sessionState,
      });
      let frames = 0;
      const observer = new MutationObserver(() => {
        frames += root(element).querySelectorAll('iframe').length;
      });
      observer.observe(root(element), { childList: true, subtree: true });
      element.start();
      await left.to(session);
      observer.disconnect();
      expect(frames).to.equal(0);
      expect(recorder.names).to.deep.equal(['kyc-redirect']);
      expect(recorder.all('kyc-redirect')[0]?.detail).to.deep.equal({
        provider: 'shufti-pro',
        target: 'same-tab',
      });
      expect(recorder.phases).to.deep.equal(['idle>redirected']);
      expect(Object.keys(kept())).to.deep.equal([`kyc-verify:ticket:${sessionState}`]);
    });

    for (const fallback of ['none', 'prompt', 'redirect'] as const) {
      it(`leaves by start() whatever the fallback is: ${fallback}`, async () => {
        const { session, properties } = await nowhere();
        const { element } = await show({ ...properties, display: 'redirect', fallback });
        element.start();
        await left.to(session);
        // The person may come back by the Back button, and go on.
        await element.updateComplete;
        expect(links(element).length).to.equal(2);
      });
    }

    it('leaves from a page where no frame could serve', async () => {
      isolate();
      platform.set(globalThis, 'isSecureContext', false);
      const { session, properties } = await nowhere();
      const { element, recorder } = await show({ ...properties, display: 'redirect' });
      element.start();
      await left.to(session);
      expect(recorder.names).to.deep.equal(['kyc-redirect']);
    });

    it('stays where the host prevents it, and may be started again', async () => {
      const made = await show({ display: 'redirect', sessionState: newState() });
      keepHere(made);
      const { element, recorder } = made;
      element.start();
      await recorder.first('kyc-redirect');
      expect(element.phase).to.equal('idle');
      expect(kept()).to.deep.equal({});
      element.start();
      while (recorder.all('kyc-redirect').length < 2) await nextFrame();
      expect(recorder.names).to.deep.equal(['kyc-redirect', 'kyc-redirect']);
      expect(left.urls).to.deep.equal([]);
    });

    for (const [what, end] of [
      ['is removed', (element: KycVerify) => element.remove()],
      ['is closed', (element: KycVerify) => element.close()],
    ] as const) {
      it(`stays where the element ${what} before it has left`, async () => {
        const made = await show({ display: 'redirect' });
        keepHere(made);
        made.element.start();
        end(made.element);
        await withTrouble();
        await nextFrame();
        expect(made.recorder.all('kyc-redirect')).to.deep.equal([]);
      });
    }

    for (const [code, properties] of [
      ['missing-session-url', { sessionUrl: undefined }],
      ['missing-session-url', { sessionUrl: '' }],
      ['invalid-session-url', { sessionUrl: 'javascript:alert(1)' }],
      ['invalid-session-url', { trustedOrigins: '' }],
      ['unknown-provider', { provider: 'nobody' }],
    ] as const) {
      it(`fails with ${code} where it cannot leave: ${JSON.stringify(properties)}`, async () => {
        const { element, recorder } = await show({ ...properties, display: 'redirect' });
        element.start();
        expect((await recorder.first('kyc-error')).detail.code).to.equal(code);
        await withTrouble();
        await element.updateComplete;
        expect(recorder.names).to.deep.equal(['kyc-error']);
        expect(links(element)).to.deep.equal([]);
        expect(shownText(element)).to.contain(code);
      });
    }
  });

  describe('is a link beside the frame of a page that never greets', () => {
    const beSlow = async (properties: Partial<KycVerify> = {}): Promise<Mounted> => {
      const made = await show({
        provider: 'shufti-pro',
        sessionUrl: SCRIPTED_PAGE,
        timeout: 20,
        ...properties,
      });
      while (!root(made.element).querySelector('[part=help]')) await nextFrame();
      return made;
    };

    it('to the session URL, in this tab', async () => {
      const { element } = await beSlow();
      const [only, ...more] = links(element);
      expect(more).to.deep.equal([]);
      expect([only?.textContent.trim(), only?.href, only?.target]).to.deep.equal([
        HERE,
        SCRIPTED_PAGE,
        '',
      ]);
      expect(only?.closest('[part=help]')).not.to.equal(null);
    });

    it('and none with fallback="none"', async () => {
      const { element } = await beSlow({ fallback: 'none' });
      expect(links(element)).to.deep.equal([]);
    });

    it('by which the person leaves, without a reason: nobody knows one', async () => {
      const { session, properties } = await nowhere('shufti-pro');
      const made = await beSlow(properties);
      await framed(session);
      await click(made, HERE);
      await left.to(session, 1);
      expect(made.recorder.all('kyc-redirect')[0]?.detail).to.deep.equal({
        provider: 'shufti-pro',
        target: 'same-tab',
      });
      expect(root(made.element).querySelector('iframe')).to.equal(null);
    });

    it('by which the person leaves also if the page loads right after the press', async () => {
      const { session, properties } = await nowhere('shufti-pro');
      const { element } = await beSlow(properties);
      await framed(session);
      (await link(element, HERE)).click();
      frameOf(element).dispatchEvent(new Event('load'));
      expect(element.phase).to.equal('ready');
      await left.to(session, 1);
      expect(element.phase).to.equal('redirected');
    });

    it('which goes when the page speaks after all', async () => {
      const { element } = await beSlow();
      await loaded(element);
      await say(element, { verification_status: 'nothing', request_id: 'puppet.html' });
      expect(links(element).length).to.equal(1);
      const word = { verification_status: 'verification.cancelled', request_id: 'puppet.html' };
      frameOf(element).contentWindow?.postMessage({ say: word }, new URL(SCRIPTED_PAGE).origin);
      while (element.phase !== 'canceled') await nextFrame();
      await element.updateComplete;
      expect(links(element)).to.deep.equal([]);
    });
  });

  describe('leaves a ticket', () => {
    it('with what the contract says, and no more', async () => {
      const before = Date.now();
      const sessionState = newState();
      const made = await fail({ sessionState, sessionReference: 'order 7' });
      await click(made, NEW_TAB);
      const key = `kyc-verify:ticket:${sessionState}`;
      const { startedAt } = kept()[key] as { startedAt: number };
      expect(startedAt).to.be.within(before, Date.now());
      expect(kept()).to.deep.equal({
        [key]: {
          version: 1,
          provider: 'veriff',
          reference: 'order 7',
          state: sessionState,
          startedAt,
          returnPath: location.pathname + location.search + location.hash,
        },
      });
      expect(allIn(localStorage)).to.deep.equal({});
    });

    it('of the state that the host named last, also after the URL', async () => {
      const made = await fail();
      const sessionState = newState();
      made.element.sessionState = sessionState;
      made.element.sessionReference = 'later';
      await click(made, NEW_TAB);
      expect(kept()[`kyc-verify:ticket:${sessionState}`]).to.include({ reference: 'later' });
    });

    it('and none of a run that never left', async () => {
      const made = await fail({ sessionState: newState(), sessionReference: 'order 7' });
      made.element.close();
      await made.element.updateComplete;
      expect(kept()).to.deep.equal({});
    });

    it('that goes when the person stops', async () => {
      const made = await fail({ sessionState: newState() });
      await click(made, NEW_TAB);
      await press(made.element, 'Stop');
      expect(kept()).to.deep.equal({});
      expect(made.recorder.all('kyc-canceled')[0]?.detail).to.deep.equal({
        provider: 'veriff',
        by: 'person',
      });
    });
  });

  it('keeps the session URL out of storage, events and the document', async () => {
    const secret = crypto.randomUUID();
    const made = await fail({
      sessionUrl: `${SCRIPTED_PAGE}?${secret}`,
      sessionState: newState(),
      sessionReference: 'order 7',
    });
    const { element, recorder } = made;
    const lines: unknown[] = [];
    for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
      platform.set(console, level, (...line: unknown[]) => lines.push(...line));
    }
    await click(made, NEW_TAB);
    expect(recorder.names).to.deep.equal(['kyc-error', 'kyc-redirect']);
    expect(JSON.stringify(recorder.events.map(({ detail }) => detail))).not.to.contain(secret);
    expect(JSON.stringify([allIn(sessionStorage), allIn(localStorage)])).not.to.contain(secret);
    expect(JSON.stringify(history.state)).not.to.contain(secret);
    expect(lines.join()).not.to.contain(secret);
    expect(element.outerHTML).not.to.contain(secret);
    expect(shownText(element)).not.to.contain(secret);
    // The links that lead there are the only place.
    const places = [...root(element).querySelectorAll('*')].flatMap((each) =>
      [...each.attributes]
        .filter(({ value }) => value.includes(secret))
        .map(({ name }) => `${each.localName} ${name}`),
    );
    expect(places).to.deep.equal(['a href', 'a href']);
  });

  describe('for everybody', () => {
    itIsAccessible('the panel with links', async (locale) => (await fail({ locale })).element);

    itIsAccessible('the panel of a page that did not answer', async (locale) => {
      const { element, recorder } = await show({ locale, timeout: 20 });
      await recorder.first('kyc-error');
      await withTrouble();
      await element.updateComplete;
      return element;
    });

    itIsAccessible('the panel with links, in a modal', async (locale) => {
      const made = await fail({ locale, display: 'modal', open: true });
      return made.element;
    });

    itIsAccessible('the panel while the person is away', async (locale) => {
      const made = await fail({ locale });
      links(made.element)[1]?.click();
      while (made.element.phase !== 'redirected') await nextFrame();
      await made.element.updateComplete;
      expect(made.element.phase).to.equal('redirected');
      return made.element;
    });

    it('says aloud that the person is away', async () => {
      const made = await fail();
      await click(made, NEW_TAB);
      const status = root(made.element).querySelector('[role=status]');
      expect(status?.textContent).to.equal('The verification is open on its own page');
    });

    it('puts the focus on the panel that takes the link away', async () => {
      const made = await fail();
      (await link(made.element, NEW_TAB)).focus();
      await click(made, NEW_TAB);
      await nextFrame();
      expect(root(made.element).activeElement?.className).to.equal('cover');
    });
  });
});
