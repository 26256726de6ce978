import { expect } from '@open-wc/testing';
import { KycEvent, type KycEventDetails, type KycEventName } from '../../src/model/events.js';
import { isRetryable, type KycErrorCode } from '../../src/model/errors.js';

const provider = 'veriff';

const DETAILS: KycEventDetails = {
  'kyc-ready': { provider, evidence: 'message' },
  'kyc-started': { provider },
  'kyc-progress': { provider },
  'kyc-submitted': { provider },
  'kyc-finished': { provider },
  'kyc-canceled': { provider, by: 'page' },
  'kyc-reload-request': { provider },
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

  it('can be vetoed where there is something to veto: an error shown, a reload asked for', () => {
    const vetoed = NAMES.filter((name) => new KycEvent(name, DETAILS[name]).cancelable);
    expect(vetoed).to.have.members(['kyc-error', 'kyc-reload-request']);
  });

  it('has no name that a host page may mistake for one of the platform', () => {
    for (const name of NAMES) expect(name).to.match(/^kyc(-[a-z]+)+$/);
  });
});

describe('isRetryable', () => {
  const CODES: Readonly<Record<KycErrorCode, boolean>> = {
    'missing-session-url': false,
    'invalid-session-url': false,
    'unknown-provider': false,
    'frame-timeout': true,
    'frame-blocked': false,
    'session-expired': false,
    'session-rejected': false,
  };

  for (const [code, retryable] of Object.entries(CODES)) {
    it(`is ${retryable ? 'true' : 'false'} of ${code}`, () => {
      expect(isRetryable(code as KycErrorCode)).to.equal(retryable);
    });
  }
});
