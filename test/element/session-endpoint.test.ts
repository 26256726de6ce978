import { expect, nextFrame } from '@open-wc/testing';
import { DECISIONS, isAwaited, type DecisionWord } from '../../src/model/decisions.js';
import { currentPath, keep } from '../../src/redirect/tickets.js';
import { generic, registerProvider, type KycVerify } from '../../src/index.js';
import {
  FRAME_ORIGIN,
  button,
  find,
  frameOf,
  link,
  loaded,
  press,
  root,
  say,
  shownText,
  WORDS,
  type Mounted,
} from '../support/element.js';
import { Merchant, mountSandboxed, mountServed, shows } from '../support/merchant.js';
import { openTab } from '../support/other-tab.js';
import { overrides } from '../support/override.js';
import { Recorder } from '../support/recorder.js';
import { clearStorage, newState } from '../support/storage.js';

/** Resolves when the element has fired that many `kyc-decision` events. */
const decisions = async ({ recorder }: Mounted, count = 1): Promise<readonly DecisionWord[]> => {
  while (recorder.all('kyc-decision').length < count) await nextFrame();
  return recorder.all('kyc-decision').map(({ detail }) => detail.decision);
};

const phase = async (element: KycVerify, wanted: string): Promise<void> => {
  while (element.phase !== wanted) await nextFrame();
  await element.updateComplete;
};

/** A person who pressed the button, with the scripted page open. */
const begin = async (merchant: Merchant, properties: Partial<KycVerify> = {}): Promise<Mounted> => {
  const mounted = await mountServed(merchant, properties);
  await press(mounted.element, 'Start');
  await phase(mounted.element, 'loading');
  await loaded(mounted.element);
  return mounted;
};

/** The same, and their part is over. */
const finish = async (
  merchant: Merchant,
  properties: Partial<KycVerify> = {},
): Promise<Mounted> => {
  const mounted = await begin(merchant, properties);
  await end(mounted);
  return mounted;
};

const end = async ({ element, recorder }: Mounted): Promise<void> => {
  frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
  await recorder.first('kyc-finished');
  await element.updateComplete;
};

/** A person who comes back from the provider's own page; the element is not in the document yet. */
const comeBack = async (merchant: Merchant): Promise<Mounted & { readonly reference: string }> => {
  const first = await begin(merchant);
  const reference = first.element.sessionReference ?? '';
  first.element.remove();
  keep('returned', {
    version: 1,
    provider: 'veriff',
    reference,
    state: newState(),
    startedAt: Date.now(),
    returnPath: currentPath(),
  });
  const element = document.createElement('kyc-verify');
  const recorder = new Recorder(element);
  element.sessionEndpoint = merchant.endpoint;
  return { element, recorder, reference };
};

registerProvider(
  generic({
    id: 'expiring',
    origins: [FRAME_ORIGIN],
    features: ['camera'],
    greets: true,
    read: (data) => (data === 'over' ? 'session-expired' : undefined),
  }),
);

describe('session-endpoint', () => {
  const platform = overrides();
  let merchant: Merchant;
  beforeEach(() => {
    merchant = new Merchant();
  });
  afterEach(() => {
    clearStorage();
  });

  describe('before a session', () => {
    it('says what will happen and what it takes, and asks nobody', async () => {
      const { element, recorder } = await mountServed(merchant);
      expect(shownText(element)).to.contain('Verify your identity');
      expect(
        [...root(element).querySelectorAll('li')].map((each) => each.innerText).length,
      ).to.equal(3);
      expect(element.phase).to.equal('idle');
      expect(element.decision).to.equal(undefined);
      expect(recorder.events).to.deep.equal([]);
      expect((await merchant.log()).requests).to.deep.equal([]);
    });

    it('shows what the host has put there instead', async () => {
      const { element } = await mountServed(merchant);
      const own = Object.assign(document.createElement('button'), {
        slot: 'intro',
        textContent: 'Our own',
        onclick: () => {
          element.start();
        },
      });
      element.append(own);
      own.click();
      own.click();
      await phase(element, 'loading');
      expect((await merchant.asked('POST sessions')).length).to.equal(1);
    });

    it('makes one request, however often the button is pressed', async () => {
      await merchant.order({ faults: { create: 'hang' } });
      const { element, recorder } = await mountServed(merchant);
      const start = button(element, 'Start');
      start.click();
      start.click();
      element.start();
      element.retry();
      await element.updateComplete;
      expect(element.phase).to.equal('creating');
      expect(root(element).querySelector('button')).to.equal(null);
      await merchant.order({ faults: { create: null } });
      await phase(element, 'loading');
      expect(recorder.phases).to.deep.equal(['idle>creating', 'creating>loading']);
      expect((await merchant.asked('POST sessions')).length).to.equal(1);
    });

    it('tells the server the provider and the language that are wished for', async () => {
      const { element } = await mountServed(merchant, { provider: 'veriff', locale: 'en-GB' });
      await press(element, 'Start');
      await phase(element, 'loading');
      const [{ body } = { body: undefined }] = await merchant.asked('POST sessions');
      expect(body).to.deep.equal({ provider: 'veriff', language: 'en' });
    });
  });

  describe('a session', () => {
    it('runs, with its state and its id on the element, and its URL nowhere', async () => {
      const { element, recorder } = await begin(merchant);
      const { id } = await merchant.log();
      expect(element.sessionReference).to.equal(id);
      expect(element.sessionState).to.match(/^[\w-]{36}$/);
      expect(element.sessionUrl).to.equal(undefined);
      const { src } = frameOf(element);
      expect(element.outerHTML).not.to.contain(src);
      await say(element, ...WORDS.submitted);
      expect(recorder.phases.slice(2)).to.deep.equal([
        'loading>ready',
        'ready>started',
        'started>submitted',
      ]);
      expect(recorder.all('kyc-ready')[0]?.detail.provider).to.equal('veriff');
      expect(JSON.stringify(recorder.events.map(({ detail }) => detail))).not.to.contain('http');
    });

    it('is one of the sandbox, from the button to verified', async () => {
      const mounted = await mountSandboxed(merchant);
      await press(mounted.element, 'Start');
      await mounted.recorder.first('kyc-finished');
      await shows(mounted.element, 'finished');
      await merchant.learns('pending');
      await shows(mounted.element, 'checking');
      await merchant.learns('approved');
      await shows(mounted.element, 'verified');
      expect(mounted.recorder.names).to.deep.equal([
        'kyc-ready',
        'kyc-started',
        'kyc-submitted',
        'kyc-finished',
        'kyc-decision',
      ]);
      mounted.element.remove();
    });

    it('is of the provider that the server names, where the host names none', async () => {
      await merchant.order({ provider: 'expiring' });
      const { element, recorder } = await begin(merchant);
      expect(recorder.all('kyc-phase-change').at(-1)?.detail.provider).to.equal('expiring');
      element.remove();
    });

    it('that its page says is over can be had anew', async () => {
      await merchant.order({ provider: 'expiring' });
      const { element, recorder } = await begin(merchant);
      frameOf(element).contentWindow?.postMessage({ say: 'over' }, FRAME_ORIGIN);
      expect((await recorder.first('kyc-error')).detail.code).to.equal('session-expired');
      await shows(element, 'failed');
      await press(element, 'Try again');
      await phase(element, 'loading');
      expect((await merchant.asked('POST sessions')).length).to.equal(2);
      element.remove();
    });

    it('is looked at like any other: a URL of somebody else’s is not framed', async () => {
      const { element, recorder } = await mountServed(merchant);
      await merchant.order({ url: 'https://veriff.example/v/1' });
      await press(element, 'Start');
      const { detail } = await recorder.first('kyc-error');
      expect(detail.code).to.equal('invalid-session-url');
      expect(root(element).querySelector('iframe')).to.equal(null);
    });

    it('runs in a modal: opened it shows the button, and start() is the press', async () => {
      const { element } = await mountServed(merchant, { display: 'modal', open: true });
      expect(shownText(element)).to.contain('Verify your identity');
      element.open = false;
      await element.updateComplete;
      expect((await merchant.log()).requests).to.deep.equal([]);
      element.start();
      expect(element.open).to.equal(true);
      await phase(element, 'loading');
      expect((await merchant.asked('POST sessions')).length).to.equal(1);
      element.remove();
    });

    it('is not asked for any longer by a modal that the person has closed', async () => {
      await merchant.order({ faults: { create: 'hang' } });
      const { element, recorder } = await mountServed(merchant, { display: 'modal', open: true });
      await press(element, 'Start');
      await press(element, 'Close');
      expect((await recorder.first('kyc-canceled')).detail.by).to.equal('person');
      await merchant.order({ faults: { create: null } });
      await press(element, 'Try again').catch(() => undefined);
      expect(recorder.phases).to.include('creating>canceled');
      element.remove();
    });
  });

  describe('the server’s word', () => {
    const SHOWN: Readonly<Record<DecisionWord, readonly [slot: string, text: string]>> = {
      pending: ['checking', 'Your pictures are being checked'],
      review: ['checking', 'Your pictures are being checked'],
      unknown: ['checking', 'Your pictures are being checked'],
      'resubmission-requested': ['resubmit', 'New pictures are needed'],
      approved: ['verified', 'Your identity is verified'],
      declined: ['declined', 'We could not verify your identity'],
      expired: ['unfinished', 'The verification was not finished'],
      abandoned: ['unfinished', 'The verification was not finished'],
      canceled: ['unfinished', 'The verification was not finished'],
    };

    for (const word of DECISIONS) {
      const [slot, text] = SHOWN[word];
      it(`${word} is shown as “${text}”, and told`, async () => {
        const mounted = await finish(merchant);
        const { element, recorder } = mounted;
        expect(shownText(element)).to.contain('Thank you, your part is done');
        await merchant.learns(word);
        await shows(element, slot);
        expect(shownText(element)).to.contain(text);
        if (word !== 'approved') expect(shownText(element)).not.to.match(/\bverified\b/);
        expect(find(element, '[role=status]').textContent).to.equal(text);
        expect(element.decision).to.equal(word);
        expect(element.phase).to.equal(isAwaited(word) ? 'finished' : 'decided');
        expect(recorder.all('kyc-decision').map(({ detail }) => detail)).to.deep.equal(
          word === 'pending'
            ? []
            : [
                {
                  provider: 'veriff',
                  id: element.sessionReference,
                  decision: word,
                  isFinal: !isAwaited(word) && word !== 'resubmission-requested',
                },
              ],
        );
        expect(recorder.all('kyc-finished').length).to.equal(1);
        element.remove();
      });
    }

    it('that is none of those known is no better than unknown', async () => {
      const mounted = await finish(merchant);
      await merchant.learns('approved!' as DecisionWord);
      expect(await decisions(mounted)).to.deep.equal(['unknown']);
      await shows(mounted.element, 'checking');
      mounted.element.remove();
    });

    it('is told once for each change of it', async () => {
      const mounted = await finish(merchant);
      await merchant.learns('review');
      await merchant.learns('review');
      await merchant.learns('pending');
      await merchant.learns('declined');
      expect(await decisions(mounted, 3)).to.deep.equal(['review', 'pending', 'declined']);
    });

    it('ends a run whose page says nothing of its end', async () => {
      const mounted = await begin(merchant);
      await say(mounted.element, ...WORDS.started);
      await merchant.learns('approved');
      await shows(mounted.element, 'verified');
      expect(root(mounted.element).querySelector('iframe')).to.equal(null);
      expect(mounted.recorder.phases.at(-1)).to.equal('started>decided');
      expect(mounted.recorder.names).not.to.include('kyc-finished');
    });

    it('verified leads nowhere else, neither by script nor by a button', async () => {
      const mounted = await finish(merchant);
      await merchant.learns('approved');
      await shows(mounted.element, 'verified');
      expect(root(mounted.element).querySelector('.actions button')).to.equal(null);
      mounted.element.start();
      mounted.element.retry();
      expect(mounted.element.phase).to.equal('decided');
      expect((await merchant.asked('POST sessions')).length).to.equal(1);
    });

    it('for new pictures leads to the same session again, and to its next word', async () => {
      const mounted = await finish(merchant);
      const { element } = mounted;
      const { id } = await merchant.log();
      await merchant.learns('resubmission-requested');
      await shows(element, 'resubmit');
      await press(element, 'Try again');
      await phase(element, 'loading');
      expect(element.sessionReference).to.equal(id);
      await loaded(element);
      frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
      await shows(element, 'finished');
      await merchant.learns('resubmission-requested');
      await shows(element, 'resubmit');
      await press(element, 'Try again');
      await phase(element, 'loading');
      await loaded(element);
      await merchant.learns('pending');
      frameOf(element).contentWindow?.postMessage({ say: 'VERIFF_FINISHED' }, FRAME_ORIGIN);
      await shows(element, 'checking');
      await merchant.learns('approved');
      await shows(element, 'verified');
      expect(await decisions(mounted, 4)).to.deep.equal([
        'resubmission-requested',
        'resubmission-requested',
        'pending',
        'approved',
      ]);
      expect((await merchant.asked('GET sessions/*')).length).to.equal(0);
    });

    for (const word of ['declined', 'expired', 'abandoned', 'canceled'] as const) {
      it(`${word} leads to a new session`, async () => {
        const { element } = await finish(merchant);
        const { id } = await merchant.log();
        await merchant.learns(word);
        await shows(element, SHOWN[word][0]);
        await press(element, 'Try again');
        await phase(element, 'loading');
        expect(element.sessionReference).not.to.equal(id);
        expect(element.decision).to.equal('pending');
        element.remove();
      });
    }
  });

  describe('what the server knows already', () => {
    it('is shown on the click after a reload: handed in', async () => {
      const first = await finish(merchant);
      await merchant.learns('pending');
      await shows(first.element, 'checking');
      first.element.remove();
      const { element, recorder } = await mountServed(merchant);
      await press(element, 'Start');
      await shows(element, 'checking');
      expect(recorder.phases).to.deep.equal(['idle>creating', 'creating>finished']);
      expect(recorder.names).to.deep.equal([]);
      await merchant.learns('approved');
      await shows(element, 'verified');
      expect(recorder.names).to.deep.equal(['kyc-decision']);
    });

    it('is shown on the click after a reload: decided', async () => {
      const first = await finish(merchant);
      await merchant.learns('approved');
      await shows(first.element, 'verified');
      first.element.remove();
      const mounted = await mountServed(merchant);
      await press(mounted.element, 'Start');
      await shows(mounted.element, 'verified');
      expect(mounted.recorder.phases).to.deep.equal(['idle>creating', 'creating>decided']);
      expect(await decisions(mounted)).to.deep.equal(['approved']);
      await merchant.streams(0);
    });

    it('is followed while the person is at the provider’s page in another tab', async () => {
      platform.set(globalThis, 'crossOriginIsolated', true);
      platform.set(globalThis, 'open', () => null);
      const { element, recorder } = await mountServed(merchant);
      await press(element, 'Start');
      await recorder.first('kyc-error');
      (await link(element, 'Open in a new tab')).click();
      await phase(element, 'redirected');
      await shows(element, 'redirected');
      await merchant.learns('pending');
      await shows(element, 'checking');
      await merchant.learns('approved');
      await shows(element, 'verified');
      expect(recorder.phases.at(-1)).to.equal('redirected>decided');
      // The callback page in the other tab still finds out that this page goes on.
      const tab = await openTab();
      expect(await tab.returns.tellTabs(element.sessionState ?? '', '', 10_000)).to.equal(true);
      tab.close();
      expect(element.phase).to.equal('decided');
      expect(recorder.names).not.to.include('kyc-returned');
      element.remove();
    });

    it('is followed after a way through the provider’s own page', async () => {
      const { element, recorder, reference } = await comeBack(merchant);
      document.body.append(element);
      try {
        expect((await recorder.first('kyc-returned')).detail.reference).to.equal(reference);
        await shows(element, 'returned');
        while (!shownText(element).includes('Go on with the verification')) await nextFrame();
        await merchant.learns('review');
        await shows(element, 'checking');
        await merchant.learns('approved');
        await shows(element, 'verified');
        expect(recorder.all('kyc-decision').map(({ detail }) => detail.decision)).to.deep.equal([
          'review',
          'approved',
        ]);
      } finally {
        element.remove();
      }
    });
  });

  describe('when events fail', () => {
    for (const fault of ['cut', 500, 404, 'html'] as const) {
      it(`by ${fault}, the status is asked for instead`, async () => {
        await merchant.order({ faults: { events: fault } });
        const mounted = await finish(merchant);
        await merchant.learns('approved');
        await shows(mounted.element, 'verified');
        expect((await merchant.asked('GET sessions/*')).length).to.be.above(0);
        expect(await decisions(mounted)).to.deep.equal(['approved']);
      });
    }

    it('because the browser has none, the status is asked for instead', async () => {
      platform.set(globalThis, 'EventSource', undefined);
      const mounted = await finish(merchant);
      await merchant.learns('approved');
      await shows(mounted.element, 'verified');
      expect(await merchant.asked('GET sessions/*/events')).to.deep.equal([]);
      expect(await decisions(mounted)).to.deep.equal(['approved']);
    });

    it('in the middle, they are taken up again and nothing is lost', async () => {
      const mounted = await finish(merchant);
      await merchant.learns('review');
      await decisions(mounted);
      await merchant.order({ cut: true, quietly: true, change: { decision: 'declined' } });
      expect(await decisions(mounted, 2)).to.deep.equal(['review', 'declined']);
      const asked = await merchant.asked('GET sessions/*/events');
      expect(asked[1]?.lastEventId).to.equal('2');
    });

    it('and the status too for a while, it goes on all the same', async () => {
      await merchant.order({ faults: { events: 500, status: 503 } });
      const mounted = await finish(merchant);
      while ((await merchant.asked('GET sessions/*')).length < 1) await nextFrame();
      await merchant.order({ faults: { status: null } });
      await merchant.learns('approved');
      await shows(mounted.element, 'verified');
    });

    it('nothing is asked while the page is hidden, and at once when it is seen again', async () => {
      await merchant.order({ faults: { events: 500 } });
      platform.set(document, 'hidden', true);
      const listen = document.addEventListener.bind(document);
      const isWaiting = new Promise<void>((resolve) => {
        platform.set(document, 'addEventListener', (...of: Parameters<typeof listen>) => {
          if (of[0] === 'visibilitychange') resolve();
          listen(...of);
        });
      });
      const mounted = await finish(merchant);
      await isWaiting;
      await merchant.learns('approved');
      document.dispatchEvent(new Event('visibilitychange'));
      expect(await merchant.asked('GET sessions/*')).to.deep.equal([]);
      platform.set(document, 'hidden', false);
      document.dispatchEvent(new Event('visibilitychange'));
      await shows(mounted.element, 'verified');
    });

    it('and nobody is signed in any more, it stops asking and stays with what it knew', async () => {
      await merchant.order({ faults: { events: 401, status: 401 } });
      const mounted = await finish(merchant);
      while ((await merchant.asked('GET sessions/*')).length < 1) await nextFrame();
      expect(mounted.element.phase).to.equal('finished');
      expect(mounted.recorder.names).not.to.include('kyc-error');
    });
  });

  describe('when the endpoint fails', () => {
    const FAILURES = [
      [401, 'not-signed-in', true, 'You are not signed in'],
      [403, 'session-refused', false, 'The verification cannot be started'],
      [404, 'session-refused', false, 'The verification cannot be started'],
      [429, 'session-unavailable', true, 'The verification cannot be started right now'],
      [500, 'session-unavailable', true, 'The verification cannot be started right now'],
      ['cut', 'session-unavailable', true, 'The verification cannot be started right now'],
      ['html', 'session-refused', false, 'The verification cannot be started'],
      ['redirect', 'session-refused', false, 'The verification cannot be started'],
    ] as const;

    for (const [fault, code, retryable, text] of FAILURES) {
      it(`by ${fault}, the person is told, with ${code}`, async () => {
        const { element, recorder } = await mountServed(merchant);
        await merchant.order({ faults: { create: fault }, retryAfter: 1 });
        await press(element, 'Start');
        const { detail } = await recorder.first('kyc-error');
        expect({ ...detail, message: '' }).to.deep.equal({
          provider: '',
          code,
          message: '',
          retryable,
        });
        expect(detail.message).not.to.contain('test wants');
        await shows(element, 'failed');
        expect(shownText(element)).to.contain(text);
        expect(shownText(element)).to.contain(code);
        expect(shownText(element).includes('Try again')).to.equal(retryable);
        expect(shownText(element)).not.to.contain('Show the page');
        if (!retryable) return;
        await merchant.order({ faults: { create: null } });
        await press(element, 'Try again');
        await phase(element, 'loading');
      });
    }

    for (const raw of [
      null,
      'approved',
      { url: 'https://saas.veriff.com/v/1' },
      { id: '../x', provider: 'veriff', state: 's', status: { id: '../x', version: 1 } },
      { id: 'a', status: { id: 'b', version: 1, decision: 'approved' } },
    ]) {
      it(`by an answer that is none: ${JSON.stringify(raw)}`, async () => {
        const { element, recorder } = await mountServed(merchant);
        await merchant.order({ faults: { create: { raw } } });
        await press(element, 'Start');
        expect((await recorder.first('kyc-error')).detail.code).to.equal('session-refused');
        expect(element.decision).to.equal(undefined);
      });
    }

    for (const sessionEndpoint of [
      'http://shop.example/kyc',
      'https://a:b@shop.example/',
      'data:,',
    ]) {
      it(`is not asked where it is ${sessionEndpoint}`, async () => {
        const { element, recorder } = await mountServed(merchant, { sessionEndpoint });
        await press(element, 'Start');
        const { code, message } = (await recorder.first('kyc-error')).detail;
        expect([code, message]).to.deep.equal([
          'session-refused',
          'The session endpoint is no path, nor a URL that is secure.',
        ]);
      });
    }
  });

  describe('an element', () => {
    it('that is taken away lets go of its streams, and hears nothing more', async () => {
      const mounted = await finish(merchant);
      await merchant.streams(1);
      mounted.element.remove();
      await merchant.streams(0);
      await merchant.learns('approved');
      expect(mounted.recorder.all('kyc-decision')).to.deep.equal([]);
    });

    it('that is put back takes up where the server is', async () => {
      const mounted = await finish(merchant);
      await merchant.streams(1);
      mounted.element.remove();
      await merchant.streams(0);
      await merchant.learns('approved');
      document.body.append(mounted.element);
      await shows(mounted.element, 'verified');
      expect(await decisions(mounted)).to.deep.equal(['approved']);
      mounted.element.remove();
    });

    it('that is taken away while it loads what follows a return takes that up when put back', async () => {
      const mounted = await comeBack(merchant);
      const { element } = mounted;
      const isAway = new Promise<void>((resolve) => {
        element.addEventListener('kyc-returned', () => {
          // Before anything can be loaded.
          queueMicrotask(() => {
            element.remove();
            resolve();
          });
        });
      });
      document.body.append(element);
      await isAway;
      await nextFrame();
      await merchant.learns('approved');
      expect((await merchant.log()).streams).to.equal(0);
      document.body.append(element);
      await shows(element, 'verified');
      expect(await decisions(mounted)).to.deep.equal(['approved']);
      element.remove();
    });

    it('that is taken away while it asks does not go on, and asks anew', async () => {
      await merchant.order({ faults: { create: 'hang' } });
      const mounted = await mountServed(merchant);
      await press(mounted.element, 'Start');
      mounted.element.remove();
      expect(mounted.element.phase).to.equal('idle');
      await merchant.order({ faults: { create: null } });
      document.body.append(mounted.element);
      await shows(mounted.element, 'intro');
      await press(mounted.element, 'Start');
      await phase(mounted.element, 'loading');
      expect(mounted.recorder.phases).to.deep.equal([
        'idle>creating',
        'idle>creating',
        'creating>loading',
      ]);
      mounted.element.remove();
    });

    it('whose endpoint is another one begins anew there', async () => {
      const mounted = await finish(merchant);
      await merchant.streams(1);
      const other = new Merchant();
      mounted.element.sessionEndpoint = other.endpoint;
      await shows(mounted.element, 'intro');
      await merchant.streams(0);
      expect(mounted.element.phase).to.equal('idle');
      expect(mounted.element.decision).to.equal(undefined);
      expect((await other.log()).requests).to.deep.equal([]);
    });

    it('beside another has a session, and words, of its own', async () => {
      const other = new Merchant();
      const [one, two] = [await finish(merchant), await finish(other)];
      await merchant.learns('approved');
      await other.learns('declined');
      await shows(one.element, 'verified');
      await shows(two.element, 'declined');
      expect(await decisions(one)).to.deep.equal(['approved']);
      expect(await decisions(two)).to.deep.equal(['declined']);
    });

    it('with a URL of the host’s own asks no endpoint', async () => {
      const element = document.createElement('kyc-verify');
      Object.assign(element, {
        provider: 'veriff',
        trustedOrigins: FRAME_ORIGIN,
        sessionUrl: `${FRAME_ORIGIN}/test/support/pages/puppet.html`,
        sessionEndpoint: merchant.endpoint,
      });
      document.body.append(element);
      await phase(element, 'loading');
      expect((await merchant.log()).requests).to.deep.equal([]);
      element.remove();
    });
  });
});
