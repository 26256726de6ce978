import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import parseCsp from 'content-security-policy-parser';
import { transform } from 'esbuild';
import { parseDictionary } from 'structured-headers';
import { compile as compileSvelte } from 'svelte/compiler';
import { compileScript, compileTemplate, parse as parseVue } from 'vue/compiler-sfc';

import { frameLine, permissionsLines } from '../../docs/.vitepress/generated/providers.js';
import { KNOBS } from '../../docs/.vitepress/theme/knobs.js';
import { shuftiPro } from '../../src/providers/shufti-pro.js';
import { veriff } from '../../src/providers/veriff.js';
import { createSandbox } from '../../src/sandbox/index.js';
import { packed } from '../support/packed.js';
import { Known } from './support/manifest.js';
import { attribute, parseMarkup, textOf, type Element } from './support/markup.js';
import { checkModules, moduleOf, type Module } from './support/modules.js';
import { BLOCKS, readPaper, type Block } from './support/papers.js';

/** Every language that a paper may use. All but the last two and what has none are checked below. */
const LANGUAGES = new Set(
  ' text js jsx ts tsx mjs vue svelte html css http sh json kotlin swift'.split(' '),
);

const run = promisify(execFile);

let known: Known;
let folder: string;

before(async () => {
  ({ folder } = await packed());
  known = new Known(folder);
});

const inLanguages = (...languages: readonly string[]): readonly Block[] =>
  BLOCKS.filter(({ language }) => languages.includes(language));

/** Collects what is wrong, so that one run tells it all. */
const none = (problems: readonly string[]): void => {
  assert.deepEqual(problems, []);
};

const check = async (
  blocks: readonly Block[],
  find: (block: Block) => readonly string[] | Promise<readonly string[]>,
): Promise<void> => {
  assert.ok(blocks.length > 0, 'there is such code');
  const problems: string[] = [];
  for (const block of blocks) {
    try {
      problems.push(...(await find(block)).map((problem) => `${block.where}: ${problem}`));
    } catch (error) {
      problems.push(`${block.where}: ${String(error)}`);
    }
  }
  none(problems);
};

const isInlineScript = (element: Element): boolean =>
  element.tagName === 'script' &&
  attribute(element, 'src') === undefined &&
  attribute(element, 'type') !== 'importmap';

const scriptsOf = ({ where, code }: Block): readonly Module[] =>
  parseMarkup(code)
    .elements.filter(isInlineScript)
    .map((script) => ({ where, kind: 'js', code: textOf(script) }));

const scriptsOfVue = ({ where, code }: Block): readonly Module[] => {
  const { descriptor } = parseVue(code);
  const script = descriptor.scriptSetup ?? descriptor.script;
  return script ? [{ where, kind: script.lang ?? 'js', code: script.content }] : [];
};

const scriptsOfSvelte = ({ where, code }: Block): readonly Module[] =>
  [...code.matchAll(/<script( lang="ts")?>([^]*?)<\/script>/g)].map(([, isTyped, text = '']) => ({
    where,
    kind: isTyped ? 'ts' : 'js',
    code: text,
  }));

const isUsualAttribute = (name: string): boolean =>
  /^(id|class|slot|lang|dir|hidden|style|title|role|tabindex|(aria|data)-.+)$/.test(name);

const unknownMarkup = (element: Element): readonly string[] => {
  const { tagName, attrs, parentNode } = element;
  const problems: string[] = [];
  const attributes = known.attributes.get(tagName);
  if (tagName.startsWith('kyc-') && !attributes) problems.push(`there is no <${tagName}>`);
  for (const { name } of attributes ? attrs : []) {
    if (attributes?.has(name) || isUsualAttribute(name)) continue;
    problems.push(`<${tagName}> has no attribute ${name}`);
  }
  const slots = parentNode && 'tagName' in parentNode && known.slots.get(parentNode.tagName);
  const slot = attribute(element, 'slot');
  if (slots && slot !== undefined && !slots.has(slot)) problems.push(`there is no slot ${slot}`);
  return problems;
};

describe('the code in the papers', () => {
  it('is in a language that is checked', () => {
    none(
      BLOCKS.filter(({ language }) => !LANGUAGES.has(language)).map(
        ({ where, language }) => `${where}: "${language}"`,
      ),
    );
  });

  it('imports what the packed package exports, and uses it as its types say', async () => {
    const modules = [
      ...BLOCKS.flatMap((block) => moduleOf(block) ?? []),
      ...inLanguages('html').flatMap(scriptsOf),
      ...inLanguages('vue').flatMap(scriptsOfVue),
      ...inLanguages('svelte').flatMap(scriptsOfSvelte),
    ];
    assert.ok(modules.length > 20);
    none(await checkModules(modules, folder));
  });

  it('names only tags, events, commands and properties that there are', async () => {
    await check(BLOCKS, ({ code }) => [
      ...[...code.matchAll(/(?<![\w/.'-]|@…)--kyc-[a-z-]+/g)]
        .map(([property]) => property)
        .filter((property) => !known.properties.has(property))
        .map((property) => `there is no ${property}`),
      ...[...code.matchAll(/(?<![\w/@.-])kyc-[a-z]+(-[a-z]+)*(?!-|[\w.]*\.(js|mjs|tgz))/g)]
        .map(([word]) => word)
        .filter((word) => !known.isWord(word))
        .map((word) => `nothing is called ${word}`),
      ...[...code.matchAll(/\bonKyc([A-Z][A-Za-z]*)/g)]
        .map(([, name = '']) => `kyc${name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`)
        .filter((name) => !known.events.has(name))
        .map((name) => `there is no event ${name}`),
    ]);
  });

  it('is HTML without errors, with attributes and slots that there are', async () => {
    await check(inLanguages('html'), ({ code }) => {
      const { elements, errors } = parseMarkup(code);
      return [...errors, ...elements.flatMap(unknownMarkup)];
    });
  });

  it('compiles in Vue', async () => {
    await check(inLanguages('vue'), ({ code }) => {
      const { descriptor, errors } = parseVue(code);
      if (descriptor.scriptSetup) compileScript(descriptor, { id: 'x' });
      const template = compileTemplate({
        id: 'x',
        filename: 'x.vue',
        source: descriptor.template?.content ?? '',
        compilerOptions: { isCustomElement: (tag) => known.attributes.has(tag) },
      });
      return [...errors, ...template.errors].map(String);
    });
  });

  it('compiles in Svelte, without a warning', async () => {
    await check(inLanguages('svelte'), ({ code }) =>
      compileSvelte(code, { generate: 'client' }).warnings.map(({ message }) => message),
    );
  });

  it('is CSS without errors, with parts and states that there are', async () => {
    await check(inLanguages('css'), async ({ code }) => {
      const { warnings } = await transform(code, { loader: 'css', logLevel: 'silent' });
      const parts = [...code.matchAll(/kyc-[\w-]+[^{]*::part\(([^)]+)\)/g)];
      const states = [...code.matchAll(/:state\(([^)]+)\)/g)];
      return [
        ...warnings.map(({ text }) => text),
        ...parts
          .filter(([, name = '']) => !known.parts.has(name))
          .map(([text]) => `no such part: ${text}`),
        ...states
          .filter(([, name = '']) => !known.states.has(name))
          .map(([text]) => `no such state: ${text}`),
      ];
    });
  });

  it('is headers that parse', async () => {
    await check(inLanguages('http'), ({ code }) =>
      code.split('\n').flatMap((line) => {
        const [, name = '', value = ''] = /^([\w-]+): (.+)$/.exec(line) ?? [];
        if (name === '') return [`no header: ${line}`];
        // Throws where the list is not one.
        if (name === 'Permissions-Policy') parseDictionary(value);
        const directives = name === 'Content-Security-Policy' ? [...parseCsp(value).keys()] : [];
        return directives
          .filter(
            (directive) =>
              !/^([a-z]+-src|frame-ancestors|trusted-types|require-.*)$/.test(directive),
          )
          .map((directive) => `no such directive: ${directive}`);
      }),
    );
  });

  it('is JSON', async () => {
    await check(inLanguages('json'), ({ code }) => {
      JSON.parse(code);
      return [];
    });
  });

  it('runs commands and scripts that there are', async () => {
    const { scripts } = JSON.parse(readPaper('package.json')) as {
      scripts: Readonly<Record<string, string>>;
    };
    await check(inLanguages('sh'), ({ code }) => [
      ...[...code.matchAll(/npx (kyc-[\w-]+)/g)]
        .filter(([, command = '']) => !known.commands.has(command))
        .map(([text]) => `no such command: ${text}`),
      // `npm run dev` is that of an app made beside.
      ...[...code.matchAll(/npm run ([\w:-]+)/g)]
        .filter(([, script = '']) => script !== 'dev' && !(script in scripts))
        .map(([text]) => `no such script: ${text}`),
    ]);
  });

  it('asks the sandbox for sessions, and gets them', async () => {
    const lines = inLanguages('sh').flatMap(({ code }) =>
      code.split('\n').filter((line) => line.startsWith('curl ')),
    );
    assert.ok(lines.length > 0);
    const sandbox = await createSandbox();
    try {
      for (const line of lines) {
        const command = line.replaceAll('http://127.0.0.1:4801', sandbox.origin);
        const { stdout } = await run('sh', ['-c', command.replace('curl', 'curl -sS')]);
        assert.match(stdout, /"(url|verification_url)":"http/, line);
      }
    } finally {
      await sandbox.close();
    }
  });
});

describe('what the papers say by hand', () => {
  it('has the header lines that are made of the sources', () => {
    const headers = readPaper('docs/guide/headers.md');
    for (const provider of [veriff, shuftiPro]) {
      for (const line of permissionsLines(provider)) assert.ok(headers.includes(line), line);
    }
    assert.ok(headers.includes(frameLine(veriff).replace(/^[^:]+: /, '')), frameLine(veriff));
  });

  it('has a knob for every custom property', () => {
    assert.deepEqual(KNOBS.map(({ name }) => name).sort(), [...known.properties].sort());
  });
});
