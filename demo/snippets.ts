import type { Options } from './options.js';

/** A way to use the element. */
export interface Snippet {
  readonly id: string;
  readonly title: string;
  readonly code: (options: Options) => string;
}

const DEFAULT_TIMEOUT = 20_000;

/** The attributes that differ from the element's defaults, the same in every framework. */
const attributes = ({
  provider,
  display,
  fallback,
  locale,
  timeout,
}: Options): readonly string[] => [
  ...(provider ? [`provider="${provider}"`] : []),
  ...(display === 'inline' ? [] : [`display="${display}"`]),
  // Without a frame there is nothing to fall back from.
  ...(fallback === 'prompt' || display === 'redirect' ? [] : [`fallback="${fallback}"`]),
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

/** Whether the person is to leave for the provider's page: then a return has to be known. */
const redirects = ({ display, fallback }: Options): boolean =>
  display === 'redirect' || fallback === 'redirect';

/** The end that a page hears of: with a redirect it is that the person is back. */
const endOf = ({ display }: Options): 'finished' | 'returned' =>
  display === 'redirect' ? 'returned' : 'finished';

/** What the callback page holds, to stand below what the first page holds. */
const callbackPage = (options: Options, comment: string): readonly string[] =>
  redirects(options)
    ? ['', comment, '<kyc-return>Thank you. We are checking, and will write to you.</kyc-return>']
    : [];

/** Gets a session and hands it over; with the state of its return where there may be one. */
const handOver = (options: Options): readonly string[] => [
  "const answer = await fetch('/api/sessions', { method: 'POST' });",
  ...(redirects(options)
    ? [
        '// The state is the one that your server put into the callback URL.',
        'const { sessionUrl, sessionState } = await answer.json();',
        'Object.assign(kyc, { sessionUrl, sessionState });',
      ]
    : ['kyc.sessionUrl = (await answer.json()).sessionUrl;']),
];

/** Whoever comes back from a redirect comes to this page again, and needs no other session. */
const begin = (options: Options): readonly string[] => {
  const onClick = "document.querySelector('#verify').onclick =";
  switch (options.display) {
    case 'modal':
      return [...handOver(options), `${onClick} () => kyc.start();`];
    case 'redirect':
      return [
        `${onClick} async () => {`,
        ...handOver(options).map((line) => `  ${line}`),
        '  kyc.start();',
        '};',
      ];
    default:
      return handOver(options);
  }
};

const script = (options: Options): string => {
  const { display, locale } = options;
  return lines(
    '<!-- dist/kyc-verify.js of the package, from your own origin -->',
    '<script src="/kyc-verify.js"></script>',
    locale !== 'en' && `<script src="/locales/${locale}.js"></script>`,
    '',
    display !== 'inline' && '<button id="verify">Verify your identity</button>',
    tag(['kyc-verify', ...attributes(options)], '></kyc-verify>'),
    '',
    '<script type="module">',
    "  const kyc = document.querySelector('kyc-verify');",
    '',
    `  kyc.addEventListener('kyc-${endOf(options)}', () => {`,
    '    // Say “we are checking”. The webhook on your server decides.',
    '  });',
    '',
    ...begin(options).map((line) => `  ${line}`),
    '</script>',
    ...callbackPage(options, '<!-- Your callback page, with the same script -->'),
  );
};

const imports = ({ locale }: Options, hasRef = false): readonly (string | false)[] => [
  hasRef && "import { useRef } from 'react';",
  locale === 'en' && "import 'kyc-verify/define';",
  locale !== 'en' && "import { registerTexts } from 'kyc-verify/define';",
  locale !== 'en' && `import { ${locale} } from 'kyc-verify/i18n/${locale}';`,
  locale !== 'en' && '',
  locale !== 'en' && `registerTexts('${locale}', ${locale});`,
];

const react = (options: Options): string => {
  const hasButton = options.display !== 'inline';
  const hasState = redirects(options);
  const end = endOf(options);
  const onEnd = end === 'returned' ? 'onReturned' : 'onFinished';
  const parts = [
    'kyc-verify',
    ...(hasButton ? ['ref={kyc}'] : []),
    'sessionUrl={sessionUrl}',
    ...(hasState ? ['sessionState={sessionState}'] : []),
    ...attributes(options),
    `onkyc-${end}={${onEnd}}`,
  ];
  return lines(
    ...imports(options, hasButton),
    '',
    `// ${onEnd}: say “we are checking”. The webhook on your server decides.`,
    `export function Verification({ sessionUrl, ${hasState ? 'sessionState, ' : ''}${onEnd} }) {`,
    hasButton && '  const kyc = useRef(null);',
    '  return (',
    hasButton && '    <>',
    hasButton && '      <button onClick={() => kyc.current.start()}>Verify your identity</button>',
    tag(parts, ' />', hasButton ? '      ' : '    '),
    hasButton && '    </>',
    '  );',
    '}',
    hasState && '',
    hasState && '// Your callback page',
    hasState && 'export function Return() {',
    hasState && '  return <kyc-return>Thank you. We are checking.</kyc-return>;',
    hasState && '}',
  );
};

const vue = (options: Options): string => {
  const hasButton = options.display !== 'inline';
  const hasState = redirects(options);
  const end = endOf(options);
  const parts = [
    'kyc-verify',
    ...(hasButton ? ['ref="kyc"'] : []),
    ':sessionUrl.prop="sessionUrl"',
    ...(hasState ? [':sessionState.prop="sessionState"'] : []),
    ...attributes(options),
    `@kyc-${end}="$emit('${end}')"`,
  ];
  return lines(
    "<!-- In vite.config: isCustomElement: (tag) => tag.startsWith('kyc-') -->",
    '<script setup>',
    hasButton && "import { useTemplateRef } from 'vue';",
    ...imports(options),
    '',
    hasState ? "defineProps(['sessionUrl', 'sessionState']);" : "defineProps(['sessionUrl']);",
    `// ${end}: say “we are checking”. The webhook on your server decides.`,
    `defineEmits(['${end}']);`,
    hasButton && "const kyc = useTemplateRef('kyc');",
    '</script>',
    '',
    '<template>',
    hasButton && '  <button @click="kyc.start()">Verify your identity</button>',
    tag(parts, ' />', '  '),
    '</template>',
    ...callbackPage(options, '<!-- The template of your callback page -->'),
  );
};

export const SNIPPETS: readonly Snippet[] = [
  { id: 'script', title: 'Script tag', code: script },
  { id: 'react', title: 'React 19', code: react },
  { id: 'vue', title: 'Vue 3', code: vue },
];
