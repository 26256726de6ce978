import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { hintsOf } from '../../src/capture/quality.js';
import type { QualityHint } from '../../src/model/capture.js';
import { measureQuality, tableOf, withTable } from '../capture/pictures/figures.js';
import { CHOSEN_WITH, HELD_OUT } from '../capture/pictures/pictures.js';

/** Parts that must be found at least, and that may be false alarms at most. */
const FLOORS: Readonly<Record<QualityHint, readonly [found: number, falseAlarms: number]>> = {
  'too-dark': [0.95, 0.03],
  blurred: [0.9, 0.03],
  glare: [0.8, 0.03],
  'too-small': [0.95, 0.03],
  'no-rectangle': [0.75, 0.1],
};

const flat = (width: number, height: number, value: number) => ({
  data: new Uint8ClampedArray(width * height * 4).fill(value),
  width,
  height,
});

/** Without the padding of a table's cells, which is the formatter's. */
const plain = (text: string): string => text.replace(/ +/g, ' ').replace(/-+(:?) \|/g, '-$1 |');

describe('hints of quality', () => {
  const figures = measureQuality();

  for (const [hint, { found, having, falseAlarms, lacking }] of figures) {
    it(`tells ${hint} from its absence as often as promised, in pictures held out`, () => {
      const [least, most] = FLOORS[hint];
      assert.ok(having >= 12 && lacking >= 60);
      assert.ok(found / having >= least, `${found} of ${having} found`);
      assert.ok(falseAlarms / lacking <= most, `${falseAlarms} of ${lacking} false alarms`);
    });
  }

  it('are measured with other pictures than their limits were chosen with', () => {
    assert.ok(HELD_OUT.every((seed) => !CHOSEN_WITH.includes(seed)));
  });

  it('have the figures in the docs that they have here; `npm run quality` writes them', async () => {
    const page = await readFile('docs/guide/capture-quality.md', 'utf8');
    assert.equal(plain(withTable(page, tableOf(figures))), plain(page));
  });

  it('are given for pictures of nothing, of one pixel, and of one colour', () => {
    for (const subject of ['face', 'document', 'address', 'consent'] as const) {
      assert.ok(hintsOf(flat(1, 1, 0), subject).includes('too-dark'));
      assert.ok(hintsOf(flat(3, 900, 255), subject).length <= 2);
      assert.ok(!hintsOf(flat(700, 700, 255), subject).includes('glare'));
    }
    assert.ok(hintsOf(flat(800, 600, 160), 'document').includes('no-rectangle'));
  });
});
