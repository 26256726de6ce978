import { read } from './repository.js';

/** What each path is for. A path that is not listed fails the build. */
const MEANING: Readonly<Record<string, string>> = {
  '.': 'Classes, functions, types. Registers nothing.',
  './define': 'Registers `<kyc-verify>` and `<kyc-return>`, and exports what `kyc-verify` does.',
  './return': 'Registers `<kyc-return>` alone, for a callback page.',
  './capture': 'Registers `<kyc-capture>`, and exports its plans and `registerTexts`.',
  './frame': 'For servers: the frame in your own HTML.',
  './react': 'Components for React 18 and 19.',
  './react/capture': 'The same for `<kyc-capture>`.',
  './vue': 'Plugin and types for Vue 3.',
  './vue/capture': 'The same for `<kyc-capture>`.',
  './svelte': 'Types for Svelte 5; no code.',
  './server': 'For servers: the backend kit.',
  './server/sqlite': 'For servers: a store in an SQLite file.',
  './server/redis': 'For servers: a store for many machines.',
  './i18n/*':
    'A language: `de`, `es`, `fr`, `et`, `ar`, and `capture/de` and so on; `en`, `en-trouble`, `en-session` and `en-capture` for the keys.',
  './sandbox': 'The sandbox, for tests in Node.',
  './kyc-verify.js': 'The classic script.',
  './kyc-verify.trouble.js': 'What it loads when something is wrong, or somebody comes back.',
  './kyc-verify.session.js': 'What it loads for `session-endpoint`.',
  './kyc-verify.module.js': 'The classic script’s twin as an ES module, all in one file.',
  './kyc-capture.js': 'The classic script of `<kyc-capture>`.',
  './kyc-capture.worker.js': 'What it loads for pictures.',
  './locales/*.js': 'A language, for the classic script: `de` and so on, `capture.de` and so on.',
  './custom-elements.json': 'The manifest.',
  './vscode.html-custom-data.json': 'Editor data for VS Code.',
  './web-types.json': 'Editor data for JetBrains.',
  './integrity.json': 'File name to `sha384-…`, for Subresource Integrity.',
  './package.json': '',
};

/** Every path of the package, in markdown. */
export const exportsTable = (): string => {
  const { exports } = JSON.parse(read('package.json')) as { exports: Record<string, unknown> };
  const rows = Object.keys(exports).map((path) => {
    const meaning = MEANING[path];
    if (meaning === undefined) throw new Error(`Say in the docs what ${path} is for.`);
    return `| \`kyc-verify${path.slice(1)}\` | ${meaning} |`;
  });
  return ['| import | |', '| --- | --- |', ...rows].join('\n');
};
