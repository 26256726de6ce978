import { expect } from '@open-wc/testing';
import { callbackUrl, STATE_PARAMETER, stateIn } from '../../src/redirect/callback-url.js';

const STATE = 'Zm9vYmFyYmF6cXV1eC1fMDEyMw';

describe('callbackUrl', () => {
  it('puts the state into the query, under a name of ours', () => {
    expect(STATE_PARAMETER).to.equal('kyc-state');
    expect(callbackUrl('https://shop.example/back', STATE)).to.equal(
      `https://shop.example/back?kyc-state=${STATE}`,
    );
  });

  for (const [base, url] of [
    ['https://shop.example', `https://shop.example/?kyc-state=${STATE}`],
    ['http://localhost:3000/cb', `http://localhost:3000/cb?kyc-state=${STATE}`],
    [
      'https://shop.example/cb?lang=de&x=1',
      `https://shop.example/cb?lang=de&x=1&kyc-state=${STATE}`,
    ],
    ['https://shop.example/cb#part', `https://shop.example/cb?kyc-state=${STATE}#part`],
    ['https://shop.example/cb?a=1#part', `https://shop.example/cb?a=1&kyc-state=${STATE}#part`],
    ['https://shop.example/cb?', `https://shop.example/cb?kyc-state=${STATE}`],
  ] as const) {
    it(`keeps what the base has already: ${base}`, () => {
      expect(callbackUrl(base, STATE)).to.equal(url);
    });
  }

  it('takes the place of a state that is there, of every one', () => {
    const base = 'https://shop.example/cb?kyc-state=old&a=1&kyc-state=older';
    expect(stateIn(new URL(callbackUrl(base, STATE)).search)).to.equal(STATE);
  });

  it('keeps the value of other parameters, whatever is in it', () => {
    const base = 'https://shop.example/cb?q=%26%3D%23+%20%C3%A4&empty=&none';
    const before = [...new URL(base).searchParams];
    const after = [...new URL(callbackUrl(base, STATE)).searchParams];
    expect(after).to.deep.equal([...before, ['kyc-state', STATE]]);
  });

  for (const state of [
    'x'.repeat(22),
    'x'.repeat(128),
    '3b241101-e2bb-4255-8caf-4136c566a962',
    '_-'.repeat(11),
  ]) {
    it(`takes ${state.length} good characters, ${state.slice(0, 8)}…`, () => {
      expect(stateIn(new URL(callbackUrl('https://shop.example', state)).search)).to.equal(state);
    });
  }

  for (const [what, state] of [
    ['none', ''],
    ['21 characters', 'x'.repeat(21)],
    ['129 characters', 'x'.repeat(129)],
    ['a space', `${'x'.repeat(22)} `],
    ['a line end', `${'x'.repeat(22)}\n`],
    ['base64 that is no base64url', `${'x'.repeat(22)}+/=`],
    ['a parameter more', `${'x'.repeat(22)}&a=b`],
    ['other letters', 'ä'.repeat(22)],
    ['a percent sign', `${'x'.repeat(22)}%41`],
  ] as const) {
    it(`refuses a state of ${what}`, () => {
      expect(() => callbackUrl('https://shop.example', state)).to.throw(TypeError, /state/);
    });
  }

  for (const base of [
    '',
    '/back',
    'back',
    '//shop.example/back',
    'shop.example/back',
    'https://',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://shop.example/1',
    'ftp://shop.example/back',
    'file:///back',
    'app://back',
  ]) {
    it(`refuses a base that is no absolute http or https URL: "${base}"`, () => {
      expect(() => callbackUrl(base, STATE)).to.throw(TypeError);
    });
  }

  it('repeats neither in what it throws', () => {
    for (const [base, state] of [
      ['https://shop.example', 'secret-state'],
      ['ftp://secret.example', STATE],
    ] as const) {
      expect(() => callbackUrl(base, state)).to.throw(TypeError, /^(?!.*secret).*$/);
    }
  });
});

describe('stateIn', () => {
  for (const [query, state] of [
    [`?kyc-state=${STATE}`, STATE],
    [`kyc-state=${STATE}`, STATE],
    [`?a=1&kyc-state=${STATE}&b=2`, STATE],
    [`?KYC-STATE=other&kyc-state=${STATE}`, STATE],
    ['', undefined],
    ['?', undefined],
    ['?kyc-state', undefined],
    ['?kyc-state=', undefined],
    [`?state=${STATE}`, undefined],
    [`?kyc-states=${STATE}`, undefined],
    [`?Kyc-State=${STATE}`, undefined],
    [`?kyc-state[]=${STATE}`, undefined],
    [`?kyc-state=${STATE}&kyc-state=${STATE}`, undefined],
    [`?kyc-state=${STATE}&kyc-state=other`, undefined],
    [`?kyc-state=&kyc-state=${STATE}`, undefined],
    [`?kyc-state=${STATE}&kyc-state=`, undefined],
    [`#kyc-state=${STATE}`, undefined],
  ] as const) {
    it(`is ${state ? 'the state' : 'none'} in "${query.replaceAll(STATE, '…')}"`, () => {
      expect(stateIn(query)).to.equal(state);
    });
  }

  it('is the state as the browser decodes it', () => {
    expect(stateIn('?kyc-state=%61b+c')).to.equal('ab c');
  });
});
