import { expect } from '@open-wc/testing';
import { warnOnce } from '../../src/environment/console.js';
import { overrides } from '../support/override.js';

describe('warnOnce', () => {
  const platform = overrides();
  let lines: unknown[][] = [];

  beforeEach(() => {
    lines = [];
    platform.set(console, 'warn', (...line: unknown[]) => lines.push(line));
  });

  it('says who warns, of what, and what to do', () => {
    warnOnce('a-code', 'Header: value');
    expect(lines).to.deep.equal([['kyc-verify: a-code: Header: value']]);
  });

  it('says each line once a page', () => {
    for (const remedy of ['one', 'two', 'one', 'two']) warnOnce('another-code', remedy);
    warnOnce('third-code', 'one');
    expect(lines.flat()).to.deep.equal([
      'kyc-verify: another-code: one',
      'kyc-verify: another-code: two',
      'kyc-verify: third-code: one',
    ]);
  });
});
