import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DECISIONS, supersedes, type Decision } from '../../src/server/index.js';

const decision = (word: Decision['word'], at?: number, code?: string): Decision => ({
  word,
  raw: undefined,
  ...(at !== undefined && { at }),
  ...(code !== undefined && { code }),
});

/** No time is as good as none that can be read. */
const instant = ({ at = NaN }: Decision): string => String(at);

/** Every word, dated and not, with and without a code. */
const ALL = DECISIONS.flatMap((word) =>
  [undefined, 1, 2, NaN].flatMap((at) => [
    decision(word, at),
    decision(word, at, '1'),
    decision(word, at, '2'),
  ]),
);

describe('the order of decisions', () => {
  it('is total: of two that differ, exactly one replaces the other, and none its own repetition', () => {
    for (const a of ALL) {
      for (const b of ALL) {
        const isSame = supersedes(a, b) === supersedes(b, a);
        const isEqual = a.word === b.word && a.code === b.code && instant(a) === instant(b);
        assert.equal(isSame, isEqual, JSON.stringify([a, b]));
        if (isSame) assert.equal(supersedes(a, b), false);
      }
    }
  });

  it('has no circles', () => {
    for (const a of ALL) {
      for (const b of ALL.filter((other) => supersedes(a, other))) {
        for (const c of ALL) {
          if (supersedes(b, c)) assert.ok(supersedes(a, c), JSON.stringify([a, b, c]));
        }
      }
    }
  });

  it('lets anything take the place of nothing', () => {
    assert.ok(supersedes(decision('pending'), undefined));
  });

  it('goes by time before the words', () => {
    assert.ok(supersedes(decision('review', 2), decision('approved', 1)));
    assert.ok(!supersedes(decision('approved', 1), decision('review', 2)));
    assert.ok(supersedes(decision('declined', 1), decision('approved')));
  });

  it('goes by what the word settles where nobody says when', () => {
    assert.ok(supersedes(decision('approved'), decision('review')));
    assert.ok(supersedes(decision('resubmission-requested'), decision('unknown')));
    assert.ok(!supersedes(decision('pending'), decision('declined')));
  });

  it('never lets an approval stand against a refusal of the same moment', () => {
    assert.ok(supersedes(decision('declined', 1), decision('approved', 1)));
    assert.ok(supersedes(decision('declined'), decision('approved')));
  });

  it('does not take an approval back because the data were deleted', () => {
    assert.ok(!supersedes(decision('canceled'), decision('approved')));
  });
});
