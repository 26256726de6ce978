import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { build } from 'esbuild';

import { SNIPPET } from '../candidates.js';
import { CODE, HERE, ROOT } from '../code.js';
import { renderFrame } from '../rendered.js';

export interface BytesRow {
  readonly id: string;
  readonly label: string;
  /** Peers are compared with; what is ours is not. */
  readonly kind: 'bare' | 'peer' | 'ours';
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
  /** What was weighed. */
  readonly made: string;
}

type Weighed = Omit<BytesRow, 'raw' | 'gzip' | 'brotli'> & {
  readonly texts: () => Promise<string[]>;
};

/** The files as they are published. */
const published = (...files: readonly string[]) => ({
  texts: () => Promise.all(files.map((file) => readFile(file, 'utf8'))),
});

/** What a page has to load of it before anything happens: the entry, and what it imports at once. */
const bundled = (source: string, from: string, external: readonly string[] = []) => ({
  texts: async (): Promise<string[]> => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: source, resolveDir: from, sourcefile: 'entry.js' },
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      platform: 'browser',
      conditions: ['browser', 'production'],
      define: { 'process.env.NODE_ENV': '"production"' },
      external: [...external],
      minify: true,
      metafile: true,
      write: false,
      absWorkingDir: HERE,
      outdir: 'out',
      logLevel: 'error',
      tsconfigRaw: {},
    });
    const entry = Object.keys(metafile.outputs).find((path) => path.endsWith('stdin.js')) ?? '';
    const needed = new Set([entry]);
    for (const path of needed) {
      for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) {
        if (kind === 'import-statement' && next in metafile.outputs) needed.add(next);
      }
    }
    return outputFiles
      .filter(({ path }) => needed.has(path.slice(HERE.length)))
      .map(({ text }) => text);
  },
});

const bench = (path: string): string => `${HERE}node_modules/${path}`;
const PACKED = 'esbuild, minified, of';

const all: readonly Weighed[] = [
  {
    id: 'bare',
    label: 'bare iframe snippet',
    kind: 'bare',
    made: 'Inline in the page, as in Veriff’s guide.',
    texts: () => Promise.resolve([SNIPPET]),
  },
  {
    id: 'script',
    label: 'kyc-verify, script tag',
    kind: 'ours',
    made: 'dist/kyc-verify.js: Lit, English and both elements.',
    ...published(CODE.ours.file),
  },
  {
    id: 'define',
    label: 'kyc-verify, with a bundler',
    kind: 'ours',
    made: `${PACKED} import 'kyc-verify/define'`,
    ...bundled("import './dist/define.js';", ROOT),
  },
  {
    id: 'without-lit',
    label: 'kyc-verify, with a bundler, where the page has Lit',
    kind: 'ours',
    made: 'The same, without Lit.',
    ...bundled("import './dist/define.js';", ROOT, [
      'lit',
      'lit/*',
      '@lit/*',
      'lit-html',
      'lit-html/*',
    ]),
  },
  {
    id: 'adopted',
    label: 'kyc-verify, adopted frame',
    kind: 'ours',
    made: 'The markup of renderFrame(): the session opens without any script.',
    texts: () => {
      const sessionUrl = 'https://saas.veriff.com/v/0';
      return Promise.resolve([renderFrame({ sessionUrl, provider: 'veriff' })]);
    },
  },
  {
    id: 'veriff',
    label: '@veriff/incontext-sdk 2.5.0',
    kind: 'peer',
    made: 'dist/v2.5.0/veriff.js, as published for script tags.',
    ...published(CODE.veriff.file),
  },
  {
    id: 'didit',
    label: '@didit-protocol/sdk-web 0.4.0',
    kind: 'peer',
    made: 'dist/didit-sdk.umd.min.js, as published for script tags.',
    ...published(CODE.didit.file),
  },
  {
    id: 'sumsub',
    label: '@sumsub/websdk 2.9.0',
    kind: 'peer',
    made: 'dist/index.js, as published. Its frame loads the rest from the vendor.',
    ...published(bench('@sumsub/websdk/dist/index.js')),
  },
  {
    id: 'persona',
    label: 'persona 5.9.0',
    kind: 'peer',
    made: 'dist/persona.js, as published.',
    ...published(bench('persona/dist/persona.js')),
  },
  {
    id: 'onfido',
    label: 'onfido-sdk-ui 14.80.0',
    kind: 'peer',
    made: `${PACKED} Onfido.init({ token, containerId }). A loader: the SDK itself comes from the vendor, and is not counted.`,
    ...bundled(
      "import { Onfido } from 'onfido-sdk-ui'; Onfido.init({ token: '', containerId: 'root' });",
      dirname(bench('onfido-sdk-ui')),
    ),
  },
  {
    id: 'jumio',
    label: '@jumio/websdk 0.3.19',
    kind: 'peer',
    made: 'What its own index.html loads: index.js, js/index.….js, style.css. It takes the pictures itself.',
    ...published(
      bench('@jumio/websdk/index.js'),
      bench('@jumio/websdk/js/index.BEBD0ZpD.js'),
      bench('@jumio/websdk/assets/style.css'),
    ),
  },
  {
    id: 'smileid',
    label: '@smileid/web-components 11.4.0',
    kind: 'peer',
    made: 'dist/smart-camera-web.js, as published for script tags. It takes the pictures itself.',
    ...published(bench('@smileid/web-components/dist/smart-camera-web.js')),
  },
];

const sum = (texts: readonly Buffer[], size: (text: Buffer) => number): number =>
  texts.reduce((total, text) => total + size(text), 0);

const brotli = (text: Buffer): number =>
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  }).length;

/** Each file compressed by itself, as servers do it. Always the same: no rounds. */
export const measureBytes = (): Promise<readonly BytesRow[]> =>
  Promise.all(
    all.map(async ({ texts, ...row }) => {
      const files = (await texts()).map((text) => Buffer.from(text));
      return {
        ...row,
        raw: sum(files, ({ length }) => length),
        gzip: sum(files, (text) => gzipSync(text, { level: 9 }).length),
        brotli: sum(files, brotli),
      };
    }),
  );
