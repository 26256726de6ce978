import { expect, nextFrame } from '@open-wc/testing';
import { FAULTS, type Fault, type Vendor } from '../../src/sandbox/switches.js';
import {
  FRAME_ORIGIN,
  frameOf,
  loaded,
  mount,
  root,
  say,
  shownText,
  type Mounted,
} from '../support/element.js';
import { createSession } from '../support/sandbox.js';

/**
 * What a frame can fail of without its host page hearing why. That a host page's own headers block it
 * is tested in `test/engines`, where a test has headers.
 */
const BROKEN: readonly Fault[] = [
  'x-frame-options',
  'frame-ancestors',
  'refused',
  'dns',
  'socket',
  'http-404',
  'http-500',
  'http-204',
  'download',
  'hang',
];

/** Long enough for a page that is there to greet, were it not broken. */
const TIMEOUT = 400;

const mountBroken = async (provider: Vendor, fault: Fault): Promise<Mounted> => {
  const { url: sessionUrl, trustedOrigins } = await createSession(provider, { fault });
  return mount({
    provider,
    sessionUrl,
    trustedOrigins: `${trustedOrigins} ${new URL(sessionUrl).origin}`,
    timeout: TIMEOUT,
  });
};

const links = (element: Mounted['element'], part: string): readonly HTMLAnchorElement[] => [
  ...root(element).querySelectorAll<HTMLAnchorElement>(`[part=${part}] [part~=link]`),
];

/** Resolves with the links to the provider's own page in that part, once they are there. */
const shownLinks = async (
  element: Mounted['element'],
  part: string,
): Promise<readonly HTMLAnchorElement[]> => {
  while (links(element, part).length === 0) await nextFrame();
  return links(element, part);
};

describe('a frame that is broken', () => {
  it('is one that the sandbox knows how to break', () => {
    expect(FAULTS).to.include.members([...BROKEN]);
  });

  for (const fault of BROKEN) {
    it(`${fault}, of a page that greets: frame-timeout, and links to the page itself`, async () => {
      const { element, recorder } = await mountBroken('veriff', fault);
      const { detail } = await recorder.first('kyc-error');
      expect([detail.code, detail.retryable]).to.deep.equal(['frame-timeout', true]);
      const [here, elsewhere] = await shownLinks(element, 'panel');
      expect([here?.target, elsewhere?.target]).to.deep.equal(['', '_blank']);
      for (const link of [here, elsewhere]) {
        expect(link?.href.startsWith(element.sessionUrl ?? '?')).to.equal(true);
        expect(link?.rel).to.equal('noopener');
        expect(link?.textContent.trim()).not.to.equal('');
      }
      expect(recorder.names).to.deep.equal(['kyc-error']);
    });

    it(`${fault}, of a page that need not speak: the frame stays, and a link to the page itself`, async () => {
      const { element, recorder } = await mountBroken('shufti-pro', fault);
      const [link] = await shownLinks(element, 'help');
      expect(link?.href.startsWith(element.sessionUrl ?? '?')).to.equal(true);
      expect(shownText(element)).to.contain('Is the page not showing?');
      expect(frameOf(element).isConnected).to.equal(true);
      expect(recorder.all('kyc-error')).to.deep.equal([]);
    });
  }
});

describe('a frame that comes alive late', () => {
  const late = async (properties: Parameters<typeof mount>[0]): Promise<Mounted> => {
    const mounted = await mount({ timeout: 1, ...properties });
    await loaded(mounted.element);
    return mounted;
  };

  /** Its last word: the frame is gone with it, and could answer nobody. */
  const tell = (element: Mounted['element'], word: unknown): void => {
    frameOf(element).contentWindow?.postMessage({ say: word }, FRAME_ORIGIN);
  };

  it('clears the panel, and goes on to its end', async () => {
    const { element, recorder } = await late({});
    await recorder.first('kyc-error');
    await shownLinks(element, 'panel');
    await say(element, 'VERIFF_HANDSHAKE');
    expect(element.phase).to.equal('ready');
    expect(root(element).querySelector('[part=panel]')).to.equal(null);
    expect(frameOf(element).closest('[inert]')).to.equal(null);
    await say(element, 'VERIFF_STARTED', 'VERIFF_SUBMITTED');
    tell(element, 'VERIFF_FINISHED');
    await recorder.first('kyc-finished');
    expect(recorder.names).to.deep.equal([
      'kyc-error',
      'kyc-ready',
      'kyc-started',
      'kyc-submitted',
      'kyc-finished',
    ]);
  });

  it('clears the quiet bar, where it need not have spoken', async () => {
    const { element, recorder } = await late({ provider: 'shufti-pro' });
    await shownLinks(element, 'help');
    tell(element, { verification_status: 'request.received', request_id: 'puppet.html' });
    await recorder.first('kyc-finished');
    await element.updateComplete;
    expect(root(element).querySelector('[part=help]')).to.equal(null);
    expect(recorder.all('kyc-error')).to.deep.equal([]);
  });
});
