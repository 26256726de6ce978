/** How figures are written. */
export const milliseconds = (value: number): string =>
  `${value.toFixed(Math.abs(value) < 100 ? 1 : 0)} ms`;

export const microseconds = (value: number): string => `${value.toFixed(1)} µs`;

export const times = (value: number): string => `${value.toFixed(2)} ×`;

export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

export const number = (value: number): string => value.toLocaleString('en');
