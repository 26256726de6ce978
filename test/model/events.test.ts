import { expect } from '@open-wc/testing';
import { KycEvent, type KycEventDetails, type KycEventName } from '../../src/model/events.js';
import type { CaptureFailureCode, CaptureTroubleCode } from '../../src/model/capture.js';
import { isRedirectable, isRetryable, type KycErrorCode } from '../../src/model/errors.js';

const provider = 'veriff';

const DETAILS: KycEventDetails = {
  'kyc-ready': { provider, evidence: 'message' },
  'kyc-started': { provider },
  'kyc-progress': { provider },
  'kyc-submitted': { provider },
  'kyc-finished': { provider },
  'kyc-canceled': { provider, by: 'page' },
  'kyc-reload-request': { provider },
  'kyc-redirect': { provider, target: 'same-tab', reason: 'frame-blocked' },
  'kyc-returned': { provider, outcome: 'unknown', hint: 'finished', reference: 'order-1' },
  'kyc-decision': { provider, id: 'a1', decision: 'approved', isFinal: true },
  'kyc-capture-step': { provider, context: 'face', stage: 'make', step: 1, steps: 3 },
  'kyc-captured': { provider, proofs: [] },
  'kyc-upload-progress': { provider, context: 'face', sent: 10, total: 20 },
  'kyc-error': { provider, code: 'frame-timeout', message: 'Too late.', retryable: true },
  'kyc-phase-change': { provider, from: 'idle', to: 'loading' },
};

const NAMES = Object.keys(DETAILS) as KycEventName[];

describe('KycEvent', () => {
  for (const name of NAMES) {
    it(`makes ${name} of its name and detail`, () => {
      const event = new KycEvent(name, DETAILS[name]);
      expect(event).to.be.instanceOf(CustomEvent);
      expect(event.type).to.equal(name);
      expect(event.detail).to.equal(DETAILS[name]);
    });
  }

  it('bubbles and crosses shadow roots, whatever its name', () => {
    for (const name of NAMES) {
      const { bubbles, composed } = new KycEvent(name, DETAILS[name]);
      expect({ bubbles, composed }, name).to.deep.equal({ bubbles: true, composed: true });
    }
  });

  it('can be vetoed where there is something to veto: an upload, an error shown, a reload, a redirect, a way back', () => {
    const vetoed = NAMES.filter((name) => new KycEvent(name, DETAILS[name]).cancelable);
    expect(vetoed).to.have.members([
      'kyc-captured',
      'kyc-error',
      'kyc-reload-request',
      'kyc-redirect',
      'kyc-returned',
    ]);
  });

  it('has no name that a host page may mistake for one of the platform', () => {
    for (const name of NAMES) expect(name).to.match(/^kyc(-[a-z]+)+$/);
  });
});

/** Those of `<kyc-capture>`, which knows by itself what may be tried again. */
type CaptureCode = CaptureTroubleCode | CaptureFailureCode;

interface Ways {
  readonly retryable: boolean;
  readonly redirectable: boolean;
}

const CODES: Readonly<Record<Exclude<KycErrorCode, CaptureCode>, Ways>> = {
  'missing-session-url': { retryable: false, redirectable: false },
  'invalid-session-url': { retryable: false, redirectable: false },
  'unknown-provider': { retryable: false, redirectable: false },
  'frame-timeout': { retryable: true, redirectable: true },
  'frame-blocked': { retryable: false, redirectable: true },
  'insecure-context': { retryable: false, redirectable: true },
  'no-media-devices': { retryable: false, redirectable: false },
  'cross-origin-isolated': { retryable: false, redirectable: true },
  'permissions-policy': { retryable: false, redirectable: true },
  'session-expired': { retryable: false, redirectable: false },
  'session-rejected': { retryable: false, redirectable: false },
  'session-refused': { retryable: false, redirectable: false },
  'not-signed-in': { retryable: true, redirectable: false },
  'session-unavailable': { retryable: true, redirectable: false },
  'script-missing': { retryable: false, redirectable: false },
  'return-mismatch': { retryable: false, redirectable: false },
};

describe('the ways on from a failure', () => {
  for (const [code, ways] of Object.entries(CODES)) {
    it(`are ${JSON.stringify(ways)} for ${code}`, () => {
      expect(isRetryable(code)).to.equal(ways.retryable);
      expect(isRedirectable(code)).to.equal(ways.redirectable);
    });
  }

  it('do not exist for no failure', () => {
    expect(isRetryable('')).to.equal(false);
    expect(isRedirectable('')).to.equal(false);
  });
});
