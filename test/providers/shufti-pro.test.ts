import { expect } from '@open-wc/testing';
import { shuftiPro } from '../../src/providers/shufti-pro.js';
import type { Signal } from '../../src/model/signals.js';
import { itKeepsTheContract } from './contract.js';

const ID = 'sp-Req-17.a';

const WORDS: readonly (readonly [word: string, signal: Signal])[] = [
  ['verification.accepted', 'finished'],
  ['verification.declined', 'finished'],
  ['review.pending', 'finished'],
  ['request.received', 'finished'],
  ['verification.cancelled', 'canceled'],
  ['request.timeout', 'session-expired'],
  ['request.invalid', 'session-rejected'],
];

describe('shuftiPro', () => {
  itKeepsTheContract({
    provider: shuftiPro,
    sessionUrl: new URL(`https://app.shuftipro.com/verification/process/${ID}?keep=this`),
    messages: WORDS.map(([verification_status, signal]) => [
      { verification_status, request_id: ID },
      signal,
    ]),
  });

  const read = (href: string, request_id: unknown): Signal | undefined =>
    shuftiPro.read({ verification_status: 'verification.accepted', request_id }, new URL(href));

  it('says of accepted, declined and under review the very same', () => {
    const url = new URL(`https://app.shuftipro.com/verification/process/${ID}`);
    const signals = ['verification.accepted', 'verification.declined', 'review.pending'].map(
      (verification_status) => shuftiPro.read({ verification_status, request_id: ID }, url),
    );
    expect(signals).to.deep.equal(['finished', 'finished', 'finished']);
  });

  it('makes nothing of the words of its callbacks that end nothing', () => {
    const url = new URL(`https://app.shuftipro.com/verification/process/${ID}`);
    for (const word of [
      'request.pending',
      'request.unauthorized',
      'request.deleted',
      'request.data.changed',
      'verification.status.changed',
    ]) {
      const data = { verification_status: word, request_id: ID };
      expect(shuftiPro.read(data, url), word).to.equal(undefined);
      expect(shuftiPro.read({ event: word, request_id: ID }, url), word).to.equal(undefined);
    }
  });

  for (const href of [
    `https://app.shuftipro.com/verification/process/${ID}`,
    `https://app.shuftipro.com/verification/process/${ID}/`,
    `https://app.shuftipro.com/verification/process/${ID}?lang=en&next=/other`,
    `https://app.shuftipro.com/verification/process/${ID}/?lang=en`,
    `https://app.shuftipro.com/verification/process/${ID}#/other`,
    `https://app.shuftipro.com/process/verification/${ID}`,
    `https://shuftipro.com/api/verify/${ID}`,
    `https://app.shuftipro.com/${ID}`,
  ]) {
    it(`knows the request of ${href}`, () => {
      expect(read(href, ID)).to.equal('finished');
      expect(read(href, 'another')).to.equal(undefined);
      expect(read(href, '')).to.equal(undefined);
      expect(read(href, undefined)).to.equal(undefined);
      expect(read(href, `process/${ID}`)).to.equal(undefined);
    });
  }

  it('does not take another segment, the query or the fragment for the request', () => {
    const href = `https://app.shuftipro.com/verification/process/${ID}?id=query#fragment`;
    for (const id of [
      'verification',
      'process',
      'query',
      'id=query',
      'fragment',
      `${ID}?id=query`,
    ]) {
      expect(read(href, id), id).to.equal(undefined);
    }
  });

  it('hears nothing where the URL names no request', () => {
    for (const id of [undefined, '', '/', 'undefined', 'null']) {
      expect(read('https://app.shuftipro.com/', id), String(id)).to.equal(undefined);
    }
  });

  it('hears nothing of a request whose id is beyond any length', () => {
    const id = 'r'.repeat(10_000);
    expect(read(`https://app.shuftipro.com/verification/process/${id}`, id)).to.equal(undefined);
  });

  it('takes session URLs on its domain and below', () => {
    expect(shuftiPro.hosts).to.have.members(['shuftipro.com', '.shuftipro.com']);
  });

  it('delegates camera and microphone alone', () => {
    expect(shuftiPro.features).to.have.members(['camera', 'microphone']);
  });

  it('has no answer to give and no language to set', () => {
    expect(shuftiPro.reply).to.equal(undefined);
    expect(shuftiPro.localize).to.equal(undefined);
  });
});
