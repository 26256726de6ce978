import { expect } from '@open-wc/testing';
import { DECISIONS, isAwaited, isFinal } from '../../src/model/decisions.js';
import {
  parseStatus,
  readErrorCode,
  readStartedSession,
  readStatus,
} from '../../src/session/answers.js';

const STATUS = { id: 'a1', provider: 'veriff', stage: 'started', decision: 'review', version: 3 };

describe('what a server says of a session', () => {
  it('is read as it is', () => {
    expect(readStatus(STATUS)).to.deep.equal(STATUS);
    expect(parseStatus(JSON.stringify(STATUS))).to.deep.equal(STATUS);
  });

  it('is nothing more than that', () => {
    expect(readStatus({ ...STATUS, reason: 'a face', person: {} })).to.deep.equal(STATUS);
  });

  it('may be a word that is not known, which is never taken for a better one', () => {
    for (const decision of ['Approved', 'approved ', 'verified', 9001, true, ['approved'], null]) {
      expect(readStatus({ ...STATUS, decision })?.decision, String(decision)).to.equal('unknown');
    }
    expect(readStatus({ ...STATUS, stage: 'done' })?.stage).to.equal('created');
  });

  for (const [why, data] of Object.entries({
    nothing: undefined,
    'a text': 'approved',
    'no id': { ...STATUS, id: undefined },
    'an id that is a way up': { ...STATUS, id: '..' },
    'an id that is a path': { ...STATUS, id: 'a/b' },
    'an id without end': { ...STATUS, id: 'a'.repeat(129) },
    'no version': { ...STATUS, version: undefined },
    'a version that is a text': { ...STATUS, version: '3' },
    'a version that is no number': { ...STATUS, version: NaN },
    'inherited words': Object.create(STATUS) as unknown,
    getters: Object.defineProperty({ ...STATUS }, 'id', { get: () => 'a1' }),
  } as Record<string, unknown>)) {
    it(`is not believed where it is ${why}`, () => {
      expect(readStatus(data)).to.equal(undefined);
    });
  }

  it('is not believed where it is no JSON', () => {
    for (const text of ['', '{', 'null', '[]']) expect(parseStatus(text), text).to.equal(undefined);
  });
});

describe('a started session', () => {
  const STARTED = { id: 'a1', provider: 'veriff', state: 's', status: STATUS };

  it('has a URL where there is something to do, and none where there is not', () => {
    expect(readStartedSession({ ...STARTED, url: 'https://v.example/' })?.url).to.equal(
      'https://v.example/',
    );
    expect(readStartedSession(STARTED)).not.to.have.property('url');
    expect(readStartedSession({ ...STARTED, url: 7 })).not.to.have.property('url');
  });

  it('is one with its status', () => {
    expect(readStartedSession({ ...STARTED, id: 'b2' })).to.equal(undefined);
    expect(readStartedSession({ ...STARTED, status: undefined })).to.equal(undefined);
  });
});

describe('a refusal', () => {
  it('has a code of the server’s own, or none', () => {
    expect(readErrorCode({ error: { code: 'rate-limited', message: 'secret' } })).to.equal(
      'rate-limited',
    );
    for (const body of [
      undefined,
      'no',
      { error: 'no' },
      { error: { code: '<b> no' } },
      { error: { code: 7 } },
    ]) {
      expect(readErrorCode(body)).to.equal('');
    }
  });
});

describe('the words of a decision', () => {
  it('are awaited, or the person’s turn, or final', () => {
    expect(DECISIONS.filter(isAwaited)).to.deep.equal(['pending', 'review', 'unknown']);
    expect(DECISIONS.filter(isFinal)).to.deep.equal([
      'approved',
      'declined',
      'expired',
      'abandoned',
      'canceled',
    ]);
  });
});
