import type { Chance } from './random.js';
import { Raster } from './raster.js';

/** A word of letters that nobody can read, each in a field of five by seven. */
const word = (
  raster: Raster,
  chance: Chance,
  x: number,
  y: number,
  size: number,
  letters: number,
  ink: number,
): number => {
  const dot = size / 7;
  for (let letter = 0; letter < letters; letter += 1) {
    const left = x + letter * dot * 6;
    for (let row = 0; row < 7; row += 1) {
      for (let column = 0; column < 3; column += 1) {
        // The same right and left, with a stem, so that it looks like type and not like noise.
        if (column !== 0 && chance.next() > 0.35) continue;
        raster.rect(left + column * dot, y + row * dot, dot, dot, ink);
        if (column > 0 || chance.next() < 0.5)
          raster.rect(left + (4 - column) * dot, y + row * dot, dot, dot, ink);
      }
    }
  }
  return letters * dot * 6;
};

const line = (
  raster: Raster,
  chance: Chance,
  x: number,
  y: number,
  size: number,
  width: number,
  ink: number,
): void => {
  for (let left = x; left < x + width - size * 3;) {
    left += word(raster, chance, left, y, size, chance.whole(2, 7), ink) + size * 0.6;
  }
};

const head = (raster: Raster, chance: Chance, x: number, y: number, size: number): void => {
  // From very dark to very light skin, as it reflects.
  const skin = chance.between(0.09, 0.55);
  const hair = chance.between(0.02, 0.25);
  raster.ellipse(x, y + size * 1.25, size * 1.1, size * 0.75, chance.between(0.03, 0.5), 2);
  raster.rect(x - size * 0.25, y + size * 0.4, size * 0.5, size * 0.5, skin * 0.8);
  raster.ellipse(x, y - size * 0.12, size * 0.66, size * 0.82, hair, 3);
  raster.ellipse(x, y, size * 0.56, size * 0.75, skin, 2);
  raster.ellipse(
    x - size * 0.2,
    y + size * 0.1,
    size * 0.2,
    size * 0.3,
    Math.min(0.8, skin * 1.25),
    size * 0.2,
  );
  for (const side of [-1, 1]) {
    const eye = x + side * size * 0.24;
    raster.line(
      eye - size * 0.12,
      y - size * 0.22,
      eye + size * 0.12,
      y - size * 0.24,
      size * 0.04,
      hair,
    );
    raster.ellipse(eye, y - size * 0.08, size * 0.11, size * 0.06, Math.min(0.7, skin + 0.3), 1);
    raster.ellipse(eye, y - size * 0.08, size * 0.055, size * 0.055, 0.02, 1);
    raster.ellipse(eye + size * 0.02, y - size * 0.1, size * 0.014, size * 0.014, 0.9, 1);
  }
  raster.line(
    x - size * 0.03,
    y + size * 0.02,
    x + size * 0.07,
    y + size * 0.2,
    size * 0.03,
    skin * 0.6,
  );
  raster.line(
    x - size * 0.2,
    y + size * 0.4,
    x + size * 0.2,
    y + size * 0.4,
    size * 0.06,
    skin * 0.5,
  );
};

/** An identity card, 85.6 to 54. */
export const card = (chance: Chance): Raster => {
  const raster = new Raster(600, 378, chance.between(0.35, 0.8));
  const ink = chance.between(0.01, 0.06);
  raster.rect(0, 0, 600, chance.whole(40, 70), chance.between(0.1, 0.5));
  word(raster, chance, 24, 18, 22, chance.whole(8, 14), chance.either() ? 0.9 : ink);
  raster.rect(28, 90, 150, 200, chance.between(0.4, 0.92));
  head(raster, chance, 103, 170, 76);
  raster.rect(28, 290, 150, 4, ink);
  for (let n = 0; n < 5; n += 1) {
    word(raster, chance, 210, 92 + n * 40, 8, chance.whole(5, 10), ink + 0.08);
    word(raster, chance, 210, 106 + n * 40, 15, chance.whole(5, 16), ink);
  }
  for (let n = 0; n < 2; n += 1) word(raster, chance, 28, 312 + n * 28, 16, 40, ink);
  return raster;
};

/** A page of A4 with a letter's head, an address and lines. */
export const page = (chance: Chance): Raster => {
  const raster = new Raster(424, 600, chance.between(0.7, 0.86));
  const ink = chance.between(0.01, 0.08);
  raster.rect(36, 30, chance.whole(60, 140), 26, chance.between(0.05, 0.4));
  for (let n = 0; n < 4; n += 1)
    line(raster, chance, 40, 88 + n * 15, 7, chance.between(90, 150), ink);
  line(raster, chance, 40, 170, 11, 240, ink);
  const lines = chance.whole(14, 26);
  for (let n = 0; n < lines; n += 1) {
    line(raster, chance, 40, 200 + n * 14, 7, chance.next() < 0.2 ? 160 : 344, ink);
  }
  if (chance.either()) {
    for (let n = 0; n < 6; n += 1) raster.rect(40, 420 + n * 22, 344, 1, ink);
  }
  return raster;
};

/** A note by hand. */
export const note = (chance: Chance): Raster => {
  const raster = new Raster(560, 400, chance.between(0.68, 0.86));
  const ink = chance.between(0.02, 0.12);
  const isLined = chance.either();
  for (let y = 70; y < 360; y += 48) {
    if (isLined) raster.rect(0, y + 12, 560, 1, 0.5);
    let [x, before] = [40, y];
    const end = chance.between(360, 520);
    while (x < end) {
      const next = y + chance.between(-14, 10);
      const step = chance.between(4, 11);
      if (chance.next() > 0.13) raster.line(x, before, x + step, next, 3, ink);
      x += step;
      before = next;
    }
  }
  return raster;
};

/** A person before a wall, as the whole picture. */
export const face = (chance: Chance): Raster => {
  const wall = chance.between(0.12, 0.7);
  const raster = new Raster(600, 800, wall);
  if (chance.either())
    raster.rect(
      chance.whole(0, 500),
      0,
      chance.whole(40, 160),
      800,
      wall * chance.between(0.5, 1.2),
    );
  head(
    raster,
    chance,
    300 + chance.between(-30, 30),
    380 + chance.between(-30, 30),
    chance.between(200, 270),
  );
  return raster;
};
