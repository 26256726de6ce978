import { Chance } from './random.js';
import type { Raster } from './raster.js';
import type { Pixels } from '../../../src/capture/quality.js';

/** Averages over a line of `2r + 1` pixels, each `step` apart. */
const box = ({ values, width, height }: Raster, isAcross: boolean, radius: number): void => {
  const [length, lines, step, jump] = isAcross
    ? [width, height, 1, width]
    : [height, width, width, 1];
  const whole = Math.floor(radius);
  const part = radius - whole;
  const weight = 1 / (2 * radius + 1);
  // The edge goes on beyond itself.
  const rim = whole + 1;
  const copy = new Float32Array(length + 2 * rim);
  for (let n = 0; n < lines; n += 1) {
    const start = n * jump;
    for (let i = 0; i < length; i += 1) copy[i + rim] = values[start + i * step]!;
    copy.fill(copy[rim]!, 0, rim).fill(copy[length + rim - 1]!, length + rim);
    let sum = 0;
    for (let i = rim - whole; i <= rim + whole; i += 1) sum += copy[i]!;
    for (let i = 0; i < length; i += 1) {
      const [first, last] = [i, i + 2 * rim];
      values[start + i * step] = (sum + part * (copy[first]! + copy[last]!)) * weight;
      sum += copy[last]! - copy[first + 1]!;
    }
  }
};

/** Out of focus: nearly a Gauss of this standard deviation in pixels, by three averages. */
export const defocus = (raster: Raster, sigma: number): void => {
  const radius = (Math.sqrt(4 * sigma * sigma + 1) - 1) / 2;
  for (let n = 0; n < 3; n += 1) {
    box(raster, true, radius);
    box(raster, false, radius);
  }
};

/** Moved while it was taken, by so many pixels in a direction. */
export const move = (raster: Raster, length: number, angle: number): void => {
  const source = raster.values.slice();
  const { width, height, values } = raster;
  const count = Math.ceil(length) + 1;
  const offsets = Array.from({ length: count }, (_, n) => {
    const along = (n / (count - 1) - 0.5) * length;
    return [Math.round(along * Math.cos(angle)), Math.round(along * Math.sin(angle))] as const;
  });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (const [dx, dy] of offsets) {
        const row = Math.min(height - 1, Math.max(0, y + dy));
        sum += source[row * width + Math.min(width - 1, Math.max(0, x + dx))]!;
      }
      values[y * width + x] = sum / count;
    }
  }
};

/** A lamp that the surface mirrors: more than all, and fading around. */
export const reflect = (raster: Raster, x: number, y: number, rx: number, ry: number): void => {
  const { width, height, values } = raster;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const distance = ((column - x) / rx) ** 2 + ((row - y) / ry) ** 2;
      if (distance < 9) values[row * width + column]! += 3 * Math.exp(-distance * 1.2);
    }
  }
};

/** Light that falls from one side. */
export const slant = (raster: Raster, amount: number, angle: number): void => {
  const { width, height, values } = raster;
  const [dx, dy] = [(Math.cos(angle) * amount) / width, (Math.sin(angle) * amount) / height];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      values[y * width + x]! *= 1 + dx * (x - width / 2) + dy * (y - height / 2);
    }
  }
};

/** IEC 61966-2-1: light to the numbers of a file. */
const srgb = Uint8Array.from({ length: 4097 }, (_, n) => {
  const light = n / 4096;
  return Math.round(
    255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055),
  );
});

/** Nearly a Gauss of one: three chances each. */
const grains = Float32Array.from(
  { length: 65_536 },
  (() => {
    const chance = new Chance(5);
    return () => (chance.next() + chance.next() + chance.next() - 1.5) * 2;
  })(),
);

/**
 * What a camera makes of it.
 *
 * @param exposure how much of the light it takes; 1 makes white 255.
 * @param noise standard deviation in a file's numbers, at middle grey.
 */
export const develop = (
  raster: Raster,
  chance: Chance,
  exposure: number,
  noise: number,
): Pixels => {
  const { width, height, values } = raster;
  const data = new Uint8ClampedArray(width * height * 4);
  const tint = [1, chance.between(0.96, 1), chance.between(0.86, 1)];
  let grain = 0;
  for (let n = 0; n < values.length; n += 1) {
    const light = values[n]! * exposure;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = srgb[Math.min(4096, Math.max(0, Math.round(light * tint[channel]! * 4096)))]!;
      if (channel === 0 && n % 997 === 0) grain = chance.whole(0, 65_535);
      grain = (grain + 1) & 65_535;
      // What is burnt out has no noise either.
      data[n * 4 + channel] = value < 254 ? value + grains[grain]! * noise : value;
    }
    data[n * 4 + 3] = 255;
  }
  return { data, width, height };
};
