/** A picture as a canvas gives it: red, green, blue and how much of it covers, 0 to 255 each. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** One number a point, 0 to 255. */
export interface Grey {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** ITU-R BT.601: how bright a colour looks. */
const luma = (r: number, g: number, b: number): number => 0.299 * r + 0.587 * g + 0.114 * b;

/** The channel that has least: it is what says that all of them are at their end. */
const least = (r: number, g: number, b: number): number => Math.min(r, g, b);

const reduce = (pixels: Pixels, read: (r: number, g: number, b: number) => number): Grey => {
  const { data, width, height } = pixels;
  const values = new Float32Array(width * height);
  for (let n = 0; n < values.length; n += 1) {
    values[n] = read(data[n * 4] ?? 0, data[n * 4 + 1] ?? 0, data[n * 4 + 2] ?? 0);
  }
  return { values, width, height };
};

export const greyOf = (pixels: Pixels): Grey => reduce(pixels, luma);

export const leastOf = (pixels: Pixels): Grey => reduce(pixels, least);

/** The same with a longer side of at most so many points, each the average of what it stands for. */
export const smaller = (grey: Grey, side: number): Grey => {
  const factor = Math.max(grey.width, grey.height) / side;
  if (factor <= 1) return grey;
  const width = Math.max(1, Math.round(grey.width / factor));
  const height = Math.max(1, Math.round(grey.height / factor));
  const columns = Uint32Array.from({ length: grey.width }, (_, x) =>
    Math.floor((x * width) / grey.width),
  );
  const sums = new Float32Array(width * height);
  const counts = new Float32Array(width * height);
  for (let y = 0; y < grey.height; y += 1) {
    const row = Math.floor((y * height) / grey.height) * width;
    for (let x = 0; x < grey.width; x += 1) {
      const at = row + (columns[x] ?? 0);
      sums[at] = (sums[at] ?? 0) + (grey.values[y * grey.width + x] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return { values: sums.map((sum, n) => sum / (counts[n] ?? 1)), width, height };
};

/** The value that this part of all values is below. */
export const quantile = (values: Float32Array | readonly number[], part: number): number => {
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
};
