import type { Engine, EngineName } from './tab.js';

/** Loaded on demand: whoever tests in one engine needs no other. */
const STARTERS: Readonly<Record<EngineName, () => Promise<Engine>>> = {
  chromium: async () => (await import('./puppeteer.js')).chromium(),
  firefox: async () => (await import('./puppeteer.js')).firefox(),
  webkit: async () => (await import('./webkit.js')).webkit(),
};

const isEngineName = (name: string): name is EngineName => Object.hasOwn(STARTERS, name);

/** The engines to test in, as `KYC_BROWSERS` lists them. */
export const engineNames: readonly EngineName[] = (process.env['KYC_BROWSERS'] ?? 'chromium')
  .split(',')
  .map((name) => {
    const trimmed = name.trim();
    if (isEngineName(trimmed)) return trimmed;
    throw new Error(`KYC_BROWSERS knows chromium, firefox and webkit, not "${trimmed}".`);
  });

export const startEngine = (name: EngineName): Promise<Engine> => STARTERS[name]();
