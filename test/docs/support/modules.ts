import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import ts from 'typescript';
import { ROOT, type Block } from './papers.js';

/** A piece of code as a module of its own. */
export interface Module {
  readonly where: string;
  /** `js`, `jsx`, `ts`, `tsx`. */
  readonly kind: string;
  readonly code: string;
}

/** Modules of these are resolved; whatever else a paper imports is its reader's. */
const INSTALLED = [
  'react',
  'vue',
  '@vue',
  'svelte',
  '@types/react',
  '@types/node',
  'csstype',
  'hono',
  '@hono/node-server',
  'libsql',
  'redis',
  '@redis',
];

/** What a paper leaves to its reader: names that stand for something of theirs. */
const DECLARED = `
  declare function showChecking(): void;
  declare function showStart(): void;
  declare function defineNuxtPlugin(plugin: (app: { vueApp: import('vue').App }) => void): unknown;
  declare function defineNuxtConfig(config: object): object;
  declare function defineProps(names: readonly string[]): { readonly [name: string]: never };
  declare function defineEmits(names: readonly string[]): (name: string) => void;
  declare const $state: <T>(value?: T) => T;
  declare const sessionUrl: string;
  declare const kyc: import('kyc-verify').KycVerify;
  declare module '@vitejs/*' { const plugin: (options?: object) => never; export default plugin; }
  declare module '@sveltejs/*' { export const svelte: (options?: object) => never; }
  declare module 'express' { const express: () => { use(...each: unknown[]): void; listen(port: number): void }; export default express; }
  declare module 'vite' { export const defineConfig: (config: object) => object; }
  declare module '@angular/core' {
    export const Component: (options: object) => (target: object) => void;
    export const CUSTOM_ELEMENTS_SCHEMA: object;
    export const signal: <T>(value: T) => { (): T; set(value: T): void };
  }
  declare module '@veriff/incontext-sdk' {
    export const createVeriffFrame: (options: object) => unknown;
    export const MESSAGES: Readonly<Record<string, string>>;
  }
  declare module '*.vue' { const component: import('vue').Component; export default component; }
`;

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.ReactJSX,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  strict: true,
  noEmit: true,
  allowJs: true,
  skipLibCheck: true,
  experimentalDecorators: true,
  // The packed package is a link here, and finds React's types beside the link.
  preserveSymlinks: true,
};

/** `…` stands for what is left out. */
const complete = (code: string): string => code.replaceAll(/…,?/g, '');

const message = ({ messageText, start, file }: ts.Diagnostic): string => {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
};

/**
 * Checks modules against the installed package, as an editor would: imports are resolved by its
 * `exports`, and names are looked up in its types. JavaScript is checked for its syntax and imports.
 *
 * @returns what is wrong, in words
 */
export const checkModules = async (
  modules: readonly Module[],
  installed: string,
): Promise<readonly string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'kyc-verify-papers-'));
  try {
    const link = async (name: string, from: string): Promise<void> => {
      const path = join(folder, 'node_modules', name);
      await mkdir(dirname(path), { recursive: true });
      await symlink(join(from, 'node_modules', name), path, 'junction');
    };
    for (const name of ['kyc-verify', 'lit', '@lit', 'lit-html', 'lit-element']) {
      await link(name, installed);
    }
    for (const name of INSTALLED) await link(name, ROOT);
    await writeFile(join(folder, 'declared.d.ts'), DECLARED);
    const files = new Map<string, Module>();
    for (const [index, module] of modules.entries()) {
      const path = join(folder, `piece-${index}.${module.kind}`);
      files.set(path, module);
      await writeFile(path, complete(module.code));
    }
    const program = ts.createProgram([join(folder, 'declared.d.ts'), ...files.keys()], OPTIONS);
    return [...files].flatMap(([path, { where }]) => {
      const source = program.getSourceFile(path);
      const found = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
        ...unresolved(program, source),
      ];
      return found
        .filter(isOurMistake)
        .map((each) => `${where}, ${typeof each === 'string' ? each : message(each)}`);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** A paper shows some of its files one by one: those that they import of each other are not there. */
const isOurMistake = (each: ts.Diagnostic | string): boolean =>
  typeof each === 'string' || !(each.code === 2307 && message(each).includes("'./"));

/** For JavaScript, whose meaning nobody checks: imports of ours, and the names they name. */
const unresolved = (program: ts.Program, source: ts.SourceFile | undefined): readonly string[] => {
  if (!source) return ['it was not read'];
  const checker = program.getTypeChecker();
  return source.statements
    .filter(ts.isImportDeclaration)
    .filter(({ moduleSpecifier: from }) => ts.isStringLiteral(from) && isOurs(from.text))
    .flatMap((statement) => {
      const from = statement.moduleSpecifier as ts.StringLiteral;
      const symbol = checker.getSymbolAtLocation(from);
      if (!symbol) {
        // One without types is there all the same.
        const isThere = ts.resolveModuleName(from.text, source.fileName, OPTIONS, ts.sys);
        return isThere.resolvedModule ? [] : [`the package has no "${from.text}"`];
      }
      const exported = new Set(checker.getExportsOfModule(symbol).map(({ name }) => name));
      const bindings = statement.importClause?.namedBindings;
      const wanted = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
      const names = wanted.map(({ propertyName, name }) => (propertyName ?? name).text);
      if (statement.importClause?.name) names.push('default');
      return names
        .filter((name) => !exported.has(name))
        .map((name) => `"${from.text}" does not export ${name}`);
    });
};

const isOurs = (specifier: string): boolean => /^kyc-verify(\/|$)/.test(specifier);

/** The modules in a piece of code: itself, or the scripts in its markup. */
export const moduleOf = ({ where, language, code }: Block): Module | undefined => {
  if (/^(js|jsx|ts|tsx)$/.test(language)) return { where, kind: language, code };
  if (language === 'mjs') return { where, kind: 'js', code };
  return undefined;
};
