import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { compile as compileSvelte } from 'svelte/compiler';
import { compileScript, parse as parseVue } from 'vue/compiler-sfc';
import { ROOT } from './papers.js';

const run = promisify(execFile);

/** What an app's own tool makes of its components; the compilers are the frameworks' own. */
const vue = (isCustomElement: (tag: string) => boolean): Plugin => ({
  name: 'vue',
  setup(tool) {
    tool.onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor } = parseVue(await readFile(path, 'utf8'), { filename: path });
      const { content } = compileScript(descriptor, {
        id: 'app',
        inlineTemplate: true,
        templateOptions: { compilerOptions: { isCustomElement } },
      });
      return { contents: content, loader: 'ts' };
    });
  },
});

const svelte: Plugin = {
  name: 'svelte',
  setup(tool) {
    tool.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compileSvelte(await readFile(path, 'utf8'), {
        filename: path,
        generate: 'client',
      });
      return { contents: js.code, loader: 'js' };
    });
  },
};

/** The files that an app's template has already, and the papers do not repeat. */
const ENTRIES: Readonly<Record<string, string>> = {
  react: `import { StrictMode } from 'react';
    import { createRoot } from 'react-dom/client';
    import App from './src/App.tsx';
    createRoot(document.getElementById('app')).render(<StrictMode><App /></StrictMode>);`,
  vue: `import './src/main.ts';`,
  svelte: `import { mount } from 'svelte';
    import App from './src/App.svelte';
    mount(App, { target: document.getElementById('app') });`,
  angular: `import '@angular/compiler';
    import { provideZonelessChangeDetection } from '@angular/core';
    import { bootstrapApplication } from '@angular/platform-browser';
    import { App } from './src/app/app.ts';
    bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });`,
};

const ANGULAR = ['common', 'compiler', 'core', 'platform-browser'].map(
  (name) => `@angular/${name}@^20`,
);

/** Angular, installed once, beside of the checkout, which has no other use for it. */
const installAngular = async (): Promise<string> => {
  const folder = join(tmpdir(), 'kyc-verify-angular-20');
  if (!existsSync(join(folder, 'installed'))) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    await run('npm', ['install', '--no-audit', '--no-fund', ...ANGULAR, 'rxjs@^7', 'tslib@^2'], {
      cwd: folder,
      shell: process.platform === 'win32',
    });
    await writeFile(join(folder, 'installed'), '');
  }
  return join(folder, 'node_modules');
};

/** Builds an example that needs a tool, as one script. */
export const bundle = async (
  name: string,
  folder: string,
  isCustomElement: (tag: string) => boolean,
): Promise<string> => {
  const entry = join(folder, `entry.${name === 'react' ? 'tsx' : 'ts'}`);
  await writeFile(entry, ENTRIES[name] ?? '');
  const others = name === 'angular' ? [await installAngular()] : [];
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    // The package is a link to where it is installed, and its framework is the reader's.
    preserveSymlinks: true,
    nodePaths: [...others, join(ROOT, 'node_modules')],
    conditions: ['browser'],
    define: { 'process.env.NODE_ENV': '"development"', ngJitMode: 'true' },
    tsconfigRaw: {
      compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false },
    },
    plugins: [vue(isCustomElement), svelte],
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
};
