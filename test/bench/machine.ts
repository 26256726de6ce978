import { arch, cpus, loadavg, totalmem, type as system } from 'node:os';

/** Where the figures come from. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Gigabytes. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  readonly chromium: string;
  /** What else the machine had to do when the run began: tasks in the last minute, on average. */
  readonly load: number;
}

export const describeMachine = (chromium: string): Machine => {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${system()} ${arch()}`,
    node: process.version.slice(1),
    chromium,
    load: loadavg()[0] ?? 0,
  };
};
