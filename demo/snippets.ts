import type { Options } from './options.js';

/** A way to use the element. */
export interface Snippet {
  readonly id: string;
  readonly title: string;
  readonly code: (options: Options) => string;
}

const DEFAULT_TIMEOUT = 20_000;

/** The attributes that differ from the element's defaults, the same in every framework. */
const attributes = ({ provider, display, locale, timeout }: Options): readonly string[] => [
  ...(provider ? [`provider="${provider}"`] : []),
  ...(display === 'modal' ? ['display="modal"'] : []),
  ...(locale === 'en' ? [] : [`locale="${locale}"`]),
  ...(timeout === DEFAULT_TIMEOUT ? [] : [`timeout="${timeout}"`]),
];

/** A tag on one line, or with a line for each attribute. */
const tag = (parts: readonly string[], end: string, indent = ''): string => {
  const oneLine = `${indent}<${parts.join(' ')}${end}`;
  if (oneLine.length <= 72) return oneLine;
  const [name = '', ...rest] = parts;
  return [
    `${indent}<${name}`,
    ...rest.map((each) => `${indent}  ${each}`),
    indent + end.trim(),
  ].join('\n');
};

const lines = (...all: readonly (string | false)[]): string =>
  all.filter((line) => line !== false).join('\n');

const script = (options: Options): string => {
  const { display, locale } = options;
  const isModal = display === 'modal';
  return lines(
    '<!-- dist/kyc-verify.js of the package, from your own origin -->',
    '<script src="/kyc-verify.js"></script>',
    locale !== 'en' && `<script src="/locales/${locale}.js"></script>`,
    '',
    isModal && '<button id="verify">Verify your identity</button>',
    tag(['kyc-verify', ...attributes(options)], '></kyc-verify>'),
    '',
    '<script type="module">',
    "  const kyc = document.querySelector('kyc-verify');",
    '',
    "  kyc.addEventListener('kyc-finished', () => {",
    '    // Say “we are checking”. The webhook on your server decides.',
    '  });',
    '',
    "  const answer = await fetch('/api/sessions', { method: 'POST' });",
    '  kyc.sessionUrl = (await answer.json()).sessionUrl;',
    isModal && "  document.querySelector('#verify').onclick = () => kyc.start();",
    '</script>',
  );
};

const imports = ({ locale }: Options, isModal = false): readonly (string | false)[] => [
  isModal && "import { useRef } from 'react';",
  locale === 'en' && "import 'kyc-verify/define';",
  locale !== 'en' && "import { registerTexts } from 'kyc-verify/define';",
  locale !== 'en' && `import { ${locale} } from 'kyc-verify/i18n/${locale}';`,
  locale !== 'en' && '',
  locale !== 'en' && `registerTexts('${locale}', ${locale});`,
];

const react = (options: Options): string => {
  const isModal = options.display === 'modal';
  const parts = [
    'kyc-verify',
    ...(isModal ? ['ref={kyc}'] : []),
    'sessionUrl={sessionUrl}',
    ...attributes(options),
    'onkyc-finished={onFinished}',
  ];
  return lines(
    ...imports(options, isModal),
    '',
    '// onFinished: say “we are checking”. The webhook on your server decides.',
    'export function Verification({ sessionUrl, onFinished }) {',
    isModal && '  const kyc = useRef(null);',
    '  return (',
    isModal && '    <>',
    isModal && '      <button onClick={() => kyc.current.start()}>Verify your identity</button>',
    tag(parts, ' />', isModal ? '      ' : '    '),
    isModal && '    </>',
    '  );',
    '}',
  );
};

const vue = (options: Options): string => {
  const isModal = options.display === 'modal';
  const parts = [
    'kyc-verify',
    ...(isModal ? ['ref="kyc"'] : []),
    ':sessionUrl.prop="sessionUrl"',
    ...attributes(options),
    '@kyc-finished="$emit(\'finished\')"',
  ];
  return lines(
    "<!-- In vite.config: isCustomElement: (tag) => tag === 'kyc-verify' -->",
    '<script setup>',
    isModal && "import { useTemplateRef } from 'vue';",
    ...imports(options),
    '',
    "defineProps(['sessionUrl']);",
    '// finished: say “we are checking”. The webhook on your server decides.',
    "defineEmits(['finished']);",
    isModal && "const kyc = useTemplateRef('kyc');",
    '</script>',
    '',
    '<template>',
    isModal && '  <button @click="kyc.start()">Verify your identity</button>',
    tag(parts, ' />', '  '),
    '</template>',
  );
};

export const SNIPPETS: readonly Snippet[] = [
  { id: 'script', title: 'Script tag', code: script },
  { id: 'react', title: 'React 19', code: react },
  { id: 'vue', title: 'Vue 3', code: vue },
];
