import { expect } from '@open-wc/testing';
import { blockersOf, isPolicedOut } from '../../src/environment/blockers.js';
import type { Feature } from '../../src/index.js';
import { engine } from '../support/engine.js';
import { findingsAt, INSECURE } from '../support/examined.js';
import { overrides } from '../support/override.js';
import { ELSEWHERE, HERE } from '../support/puppet.js';

const VENDOR = 'https://vendor.example';

/** A frame as the element makes it, of a document that may be kept from something. */
const frameIn = (document: Document, features: readonly Feature[]): HTMLIFrameElement => {
  const frame = document.createElement('iframe');
  frame.allow = features.map((feature) => `${feature} ${VENDOR}`).join('; ');
  frame.src = VENDOR;
  return frame;
};

/** A document of this origin whose page was let have just this much, by the page around it. */
const documentWith = (allow: string): Document => {
  const frame = document.createElement('iframe');
  frame.allow = allow;
  document.body.append(frame);
  const inner = frame.contentDocument;
  if (!inner) throw new Error('The frame has no document.');
  return inner;
};

const CAMERA: readonly Feature[] = ['camera'];

/** Whether this machine speaks IPv6, which the insecure address takes. */
const isInsecureReachable = async (): Promise<boolean> => {
  try {
    await fetch(`${INSECURE}/`, { mode: 'no-cors' });
    return true;
  } catch {
    return false;
  }
};

describe('blockersOf', () => {
  const platform = overrides();

  afterEach(() => {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  });

  it('finds nothing on a good page', () => {
    expect(blockersOf(frameIn(document, ['camera', 'microphone']), CAMERA)).to.deep.equal([]);
  });

  describe('a page whose policy keeps the camera to itself', () => {
    for (const allow of ["camera 'none'", "camera 'none'; microphone *"]) {
      (engine === 'chromium' ? it : it.skip)(
        `is permissions-policy: ${allow} (only Chromium lets a page ask)`,
        () => {
          const frame = frameIn(documentWith(allow), ['camera', 'microphone']);
          expect(blockersOf(frame, CAMERA)).to.deep.equal(['permissions-policy']);
          expect(isPolicedOut(frame, 'camera')).to.equal(true);
          expect(isPolicedOut(frame, 'microphone')).to.equal(false);
        },
      );
    }

    it('is nothing to a provider that needs no camera', () => {
      const frame = frameIn(documentWith("camera 'none'"), CAMERA);
      expect(blockersOf(frame, ['microphone'])).to.deep.equal([]);
    });

    it('is nothing where the policy is about the microphone alone', () => {
      const frame = frameIn(documentWith("microphone 'none'"), ['camera', 'microphone']);
      expect(blockersOf(frame, CAMERA)).to.deep.equal([]);
    });

    (engine === 'chromium' ? it.skip : it)(
      'is not guessed at by an engine that lets no page ask (Chromium does)',
      () => {
        const frame = frameIn(documentWith("camera 'none'"), CAMERA);
        expect(blockersOf(frame, CAMERA)).to.deep.equal([]);
      },
    );
  });

  describe('an insecure page', () => {
    it('is insecure-context', async function () {
      // Without IPv6 there is no address that is loopback and not taken for it.
      if (!(await isInsecureReachable())) this.skip();
      const codes = (await findingsAt(INSECURE, 'veriff', 'camera; microphone')).map(
        ({ code }) => code,
      );
      // What an insecure page does not have is not counted again.
      expect(codes[0]).to.equal('insecure-context');
      expect(codes).not.to.include('no-media-devices');
    });

    it('is insecure-context and no more, also where it has no mediaDevices', () => {
      platform.set(globalThis, 'isSecureContext', false);
      platform.take(navigator, 'mediaDevices');
      expect(blockersOf(frameIn(document, CAMERA), CAMERA)).to.deep.equal(['insecure-context']);
    });

    it('is nothing to a provider that needs no camera', () => {
      platform.set(globalThis, 'isSecureContext', false);
      expect(blockersOf(frameIn(document, []), ['fullscreen'])).to.deep.equal([]);
    });
  });

  describe('a browser without mediaDevices', () => {
    it('is no-media-devices', () => {
      platform.take(navigator, 'mediaDevices');
      expect(blockersOf(frameIn(document, CAMERA), CAMERA)).to.deep.equal(['no-media-devices']);
    });

    it('is nothing to a provider that needs no camera', () => {
      platform.take(navigator, 'mediaDevices');
      expect(blockersOf(frameIn(document, []), ['fullscreen'])).to.deep.equal([]);
    });
  });

  it('finds cross-origin-isolated, whatever the provider needs', () => {
    platform.set(globalThis, 'crossOriginIsolated', true);
    for (const features of [CAMERA, []]) {
      expect(blockersOf(frameIn(document, features), features)).to.deep.equal([
        'cross-origin-isolated',
      ]);
    }
  });

  it('finds several, and what only another browser helps against first', () => {
    platform.set(globalThis, 'crossOriginIsolated', true);
    platform.take(navigator, 'mediaDevices');
    expect(blockersOf(frameIn(document, CAMERA), CAMERA)).to.deep.equal([
      'no-media-devices',
      'cross-origin-isolated',
    ]);
  });
});

describe('a page in a frame of another site', () => {
  it('is told that it has no camera, in the words that its engine lets it find', async () => {
    const codes = (await findingsAt(ELSEWHERE, 'veriff')).map(({ code }) => code);
    expect(codes).to.have.members(
      engine === 'chromium'
        ? ['permissions-policy', 'microphone-policy', 'camera-denied']
        : ['camera-denied', 'no-camera'],
    );
  });

  it('is told nothing where it was given both', async () => {
    expect(await findingsAt(ELSEWHERE, 'veriff', 'camera; microphone')).to.deep.equal([]);
  });

  it('is told of the microphone alone (only Chromium lets a page ask)', async function () {
    if (engine !== 'chromium') this.skip();
    const findings = await findingsAt(HERE, 'veriff', "microphone 'none'");
    expect(findings.map(({ code, severity }) => [code, severity])).to.deep.equal([
      ['microphone-policy', 'warning'],
    ]);
  });
});
