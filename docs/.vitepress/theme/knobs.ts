/** A custom property of the element that can be tried. */
export interface Knob {
  /** Without the dashes: the suffix of the field's id. */
  readonly name: `--kyc-${string}`;
  readonly label: string;
  readonly kind: 'length' | 'colour' | 'choice';
  /** What the element uses while the property is not set. */
  readonly initial: string;
  /** Of a length, in px. */
  readonly range?: readonly [least: number, most: number, step: number];
  readonly choices?: readonly string[];
}

/** Every `--kyc-*` property; a test compares this list with the manifest. */
export const KNOBS: readonly Knob[] = [
  { name: '--kyc-accent', label: 'Accent', kind: 'colour', initial: '#2447b8' },
  { name: '--kyc-on-accent', label: 'Text on the accent', kind: 'colour', initial: '#ffffff' },
  { name: '--kyc-surface', label: 'Surface', kind: 'colour', initial: '#ffffff' },
  { name: '--kyc-text', label: 'Text', kind: 'colour', initial: '#12161d' },
  {
    name: '--kyc-radius',
    label: 'Corner radius',
    kind: 'length',
    initial: '12px',
    range: [0, 32, 1],
  },
  {
    name: '--kyc-width',
    label: 'Greatest width',
    kind: 'length',
    initial: '1000px',
    range: [280, 1000, 10],
  },
  {
    name: '--kyc-height',
    label: 'Height',
    kind: 'length',
    initial: '650px',
    range: [360, 900, 10],
  },
  {
    name: '--kyc-font',
    label: 'Font family',
    kind: 'choice',
    initial: 'system-ui, sans-serif',
    choices: [
      'system-ui, sans-serif',
      'Georgia, serif',
      'ui-rounded, system-ui, sans-serif',
      'ui-monospace, monospace',
      'inherit',
    ],
  },
];

/** What the person has set: only what differs from the element's own is written down. */
export type Settings = Readonly<Partial<Record<Knob['name'], string>>>;

/** The style sheet to copy. */
export const cssFor = (settings: Settings, scheme: string): string => {
  const lines = KNOBS.flatMap(({ name }) => {
    const value = settings[name];
    return value === undefined ? [] : [`  ${name}: ${value};`];
  });
  const all = scheme === 'page' ? lines : [`  color-scheme: ${scheme};`, ...lines];
  return all.length === 0
    ? '/* Nothing is set: the element looks as it comes. */'
    : ['kyc-verify {', ...all, '}'].join('\n');
};

export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  et: 'Eesti',
  ar: 'العربية',
} as const;

/** What can be shown without a provider, and what it takes. */
export const STATES = {
  canceled: 'Canceled',
  failed: 'Failed: there is no session URL',
  refused: 'Failed: the URL is not the provider’s',
  timeout: 'Failed: the page does not answer',
  loading: 'Loading',
  idle: 'Idle: your own content',
  sandbox: 'A run in the sandbox, which you have started',
} as const;

export type State = keyof typeof STATES;
