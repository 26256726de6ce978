/** Light that comes from each point of a surface: 0 is none, 1 is all that falls on it. */
export class Raster {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;

  constructor(width: number, height: number, value = 0) {
    this.width = width;
    this.height = height;
    this.values = new Float32Array(width * height).fill(value);
  }

  rect(x: number, y: number, width: number, height: number, value: number): void {
    const [right, bottom] = [Math.min(this.width, x + width), Math.min(this.height, y + height)];
    for (let row = Math.max(0, Math.round(y)); row < bottom; row += 1) {
      this.values.fill(
        value,
        row * this.width + Math.max(0, Math.round(x)),
        row * this.width + Math.round(right),
      );
    }
  }

  /** An ellipse, with an edge as soft as it is told, in pixels. */
  ellipse(x: number, y: number, rx: number, ry: number, value: number, soft = 1): void {
    for (
      let row = Math.max(0, Math.floor(y - ry - soft));
      row < Math.min(this.height, y + ry + soft);
      row += 1
    ) {
      for (
        let column = Math.max(0, Math.floor(x - rx - soft));
        column < Math.min(this.width, x + rx + soft);
        column += 1
      ) {
        const distance = Math.hypot((column - x) / rx, (row - y) / ry);
        const share = Math.min(1, Math.max(0, ((1 - distance) * Math.min(rx, ry)) / soft + 0.5));
        const at = row * this.width + column;
        this.values[at] = (this.values[at] ?? 0) * (1 - share) + value * share;
      }
    }
  }

  /** A line with round ends. */
  line(x1: number, y1: number, x2: number, y2: number, thickness: number, value: number): void {
    const steps = Math.ceil(Math.hypot(x2 - x1, y2 - y1)) + 1;
    for (let n = 0; n <= steps; n += 1) {
      const [x, y] = [x1 + ((x2 - x1) * n) / steps, y1 + ((y2 - y1) * n) / steps];
      this.ellipse(x, y, thickness / 2, thickness / 2, value);
    }
  }

  /** What is at a point between pixels; the edge's beyond it. */
  at(x: number, y: number): number {
    const [x0, y0] = [Math.floor(x), Math.floor(y)];
    const [fx, fy] = [x - x0, y - y0];
    const [left, right] = [this.#clamp(x0, this.width), this.#clamp(x0 + 1, this.width)];
    const [top, bottom] = [
      this.#clamp(y0, this.height) * this.width,
      this.#clamp(y0 + 1, this.height) * this.width,
    ];
    const { values } = this;
    const above = (values[top + left] ?? 0) * (1 - fx) + (values[top + right] ?? 0) * fx;
    const below = (values[bottom + left] ?? 0) * (1 - fx) + (values[bottom + right] ?? 0) * fx;
    return above * (1 - fy) + below * fy;
  }

  #clamp(value: number, size: number): number {
    return Math.min(size - 1, Math.max(0, value));
  }
}
