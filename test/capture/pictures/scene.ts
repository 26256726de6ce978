import type { Chance } from './random.js';
import { Raster } from './raster.js';

/** Tables and cloths. */
export const surface = (chance: Chance, width: number, height: number): Raster => {
  const base = chance.between(0.04, 0.55);
  const raster = new Raster(width, height, base);
  const kind = chance.of(['plain', 'wood', 'cloth', 'mottled'] as const);
  if (kind === 'plain') return raster;
  const phase = chance.between(0, 9);
  const along = (count: number, read: (n: number) => number): Float32Array =>
    Float32Array.from({ length: count }, (_, n) => read(n));
  const bend = along(width, (x) => 3 * Math.sin(x * 0.008 + phase));
  const grain = along(height, (y) => y * 0.21 + 2 * Math.sin(y * 0.05));
  const weft = along(width, (x) => 0.1 * Math.sin(x * 1.1 + phase));
  const warp = along(height, (y) => Math.sin(y * 1.1));
  const spots = along(width, (x) => 0.16 * Math.sin(x * 0.031 + phase));
  const changes = {
    wood: (x: number, y: number) => 0.14 * Math.sin(grain[y]! + bend[x]!),
    cloth: (x: number, y: number) => weft[x]! * warp[y]!,
    mottled: (x: number, y: number) => spots[x]! * Math.cos(y * 0.043 + phase * x * 0.0004),
  };
  const change = changes[kind];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) raster.values[y * width + x] = base * (1 + change(x, y));
  }
  return raster;
};

/** Where a sheet lies: its middle, its width in pixels, how it is turned, and how it leans away. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** In radians. */
  readonly angle: number;
  /** How much nearer the lower edge is than the upper one, and the right one than the left one. */
  readonly lean: readonly [down: number, right: number];
}

/** Lays a sheet on a surface, with its shadow. */
export const lay = (surface: Raster, sheet: Raster, pose: Pose): void => {
  const { width, height, values } = surface;
  const factor = sheet.width / pose.width;
  const [cos, sin] = [Math.cos(pose.angle), Math.sin(pose.angle)];
  const [down, right] = [pose.lean[0] / sheet.height, pose.lean[1] / sheet.width];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [dx, dy] = [(x - pose.x) * factor, (y - pose.y) * factor];
      const [u, v] = [dx * cos + dy * sin, dy * cos - dx * sin];
      const depth = 1 - down * v - right * u;
      const [column, row] = [sheet.width / 2 + u / depth, sheet.height / 2 + v / depth];
      if (depth <= 0.2) continue;
      const isInside = column >= 0 && row >= 0 && column < sheet.width && row < sheet.height;
      if (isInside) values[y * width + x] = sheet.at(column - 0.5, row - 0.5);
      else if (column > -6 && row > -6 && column < sheet.width + 8 && row < sheet.height + 8) {
        values[y * width + x]! *= 0.75;
      }
    }
  }
};
