import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { isCountry, isLanguage } from '../../src/server/codes.js';

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

/** The runtime's own tables know every code, and some that were withdrawn or never official. */
const known = (type: 'region' | 'language'): ReadonlySet<string> => {
  const names = new Intl.DisplayNames('en', { type, fallback: 'none' });
  const isKnown = (code: string): boolean =>
    names.of(type === 'language' ? code.toLowerCase() : code) !== undefined;
  return new Set(PAIRS.filter(isKnown));
};

describe('the codes', () => {
  it('of countries are the 249 of ISO 3166-1, and no withdrawn, reserved or private ones', () => {
    const ours = PAIRS.filter(isCountry);
    assert.equal(ours.length, 249);
    const names = known('region');
    for (const code of ours) assert.ok(names.has(code), code);
    for (const code of ['UK', 'EU', 'XK', 'AN', 'SU', 'YU', 'ZZ'])
      assert.ok(!isCountry(code), code);
  });

  it('of languages are the 183 of ISO 639-1, and no withdrawn ones', () => {
    const ours = PAIRS.filter(isLanguage);
    assert.equal(ours.length, 183);
    const names = known('language');
    for (const code of ours) assert.ok(names.has(code), code);
    for (const code of ['IW', 'JI', 'MO', 'SH', 'BH']) assert.ok(!isLanguage(code), code);
  });

  it('are two letters and nothing else', () => {
    for (const text of ['', 'E', 'EST', ' E', 'E ', 'E\n', '  ', '1', 'ÄÖ']) {
      assert.ok(!isCountry(text), text);
      assert.ok(!isLanguage(text), text);
    }
  });
});
