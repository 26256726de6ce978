import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Ways to turn text into markup, of which none is needed: Lit's templates escape what they show. */
const MARKUP = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'srcdoc'];

const restricted = [
  {
    selector: 'TSEnumDeclaration',
    message: 'A union of strings says the same and leaves nothing to load.',
  },
  {
    selector: 'TSModuleDeclaration[kind="namespace"]',
    message: 'Modules are the namespaces.',
  },
  {
    selector: 'TSParameterProperty',
    message: 'Declare the field, then assign it.',
  },
  {
    selector:
      'CallExpression[callee.property.name="postMessage"]:matches([arguments.1.value="*"], [arguments.1.type="ObjectExpression"]:has(Property[key.name="targetOrigin"][value.value="*"]))',
    message: 'Name the origin that may read this message.',
  },
  {
    selector: `MemberExpression[property.name=/^(${MARKUP.join('|')})$/]`,
    message: 'No text may become markup.',
  },
  {
    selector: 'MemberExpression[object.name="document"][property.name=/^write(ln)?$/]',
    message: 'No text may become markup.',
  },
  {
    selector: 'ImportDeclaration[source.value=/unsafe-(html|svg)|static-html/]',
    message: 'No text may become markup.',
  },
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'coverage/',
      '**/node_modules/',
      'docs/.vitepress/cache/',
      'docs/.vitepress/dist/',
      // Each has a toolchain of its own.
      'test/consumers/*/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.node.json', './src/server/tsconfig.json'],
      },
    },
    rules: {
      'no-restricted-syntax': ['error', ...restricted],
      eqeqeq: 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': 'allow-with-description' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A method that an interface asks for may have nothing to await, and a number is text enough.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true } },
      ],
      // Interfaces of the platform are extended that way.
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `const { seen: _, ...rest } = …` says that something is left out.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/server/**', 'src/sandbox/*.ts', 'src/doctor/**'],
    extends: [lit['flat/recommended'], wc['flat/recommended'], wc['flat/best-practice']],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/sandbox/cli.ts', 'src/doctor/cli.ts'],
    rules: { 'no-console': ['error', { allow: ['warn', 'error'] }] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            // Its types call chai's `equal` a promise since it also compares snapshots.
            { from: 'package', package: 'chai', name: 'Equal' },
            // The runner itself waits for these.
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'test', 'suite'] },
          ],
        },
      ],
      // Reading what is certainly there reads better with `!` where a failure shows anyway.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A recorder of events knows by the name which class it gets.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Tests play the bad neighbour too.
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: globals.node },
  },
);
