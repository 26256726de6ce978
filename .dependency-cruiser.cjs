/**
 * The floors of the house. Imports run downwards only, types included:
 *
 *   4  index.ts  define.ts  capture.ts  script.ts  react/  vue/  svelte/   entries
 *   3  element/  capture/                    what a person sees
 *   2  flow/                                 one run; the only place where rooms meet
 *   1  providers/ session/ frame/ …          one subject each; none imports another
 *   0  model/                                the shared words
 *   wings: server/ → model; sandbox/ → server, model; doctor/ → model, floor 1
 */

const rooms = 'providers|session|frame|environment|redirect|i18n';

/** What each part of src may import besides itself. */
const allowed = {
  model: '',
  [rooms]: 'model',
  flow: `model|${rooms}`,
  element: `model|${rooms}|flow`,
  // Its element is of the same make as the others.
  capture: `model|${rooms}|flow|element`,
  server: 'model',
  sandbox: 'server|model',
  'react|vue|svelte': 'model|element|capture',
  doctor: `model|${rooms}`,
};

/** Entries, which may import what lies beside them on their floor. */
const entries = 'react|vue|svelte';

const floors = Object.entries(allowed).map(([from, to]) => ({
  name: `floor-${from.split('|').join('-')}`,
  comment: `${from} may import ${to === '' ? 'nothing of ours' : to}, and itself.`,
  severity: 'error',
  from: { path: `^src/(${from})/` },
  to: {
    path: '^src/',
    pathNot: [
      '^src/$1/',
      ...(to === '' ? [] : [`^src/(?:${to})/`]),
      ...(from === entries ? ['^src/[^/]+$'] : []),
    ],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...floors,
    {
      name: 'known-rooms',
      comment: 'Every folder of src stands on a floor, so that a rule covers it.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(allowed).join('|')})/` },
    },
    {
      name: 'wings-apart',
      comment: 'A page must never load what runs on a server.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(server|sandbox|doctor)/' },
      to: { path: '^src/(server|sandbox|doctor)/' },
    },
    {
      name: 'model-alone',
      comment: 'The shared words import no package either.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { pathNot: '^src/model/' },
    },
    {
      name: 'no-node-in-pages',
      comment: "The browser has no Node; only the sandbox's own side and the doctor have.",
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(sandbox/[^/]+$|doctor/)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-lit-on-servers',
      comment: 'The backend kit runs wherever there is fetch, and draws nothing.',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: 'node_modules/(lit|@lit)' },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(demo|test)/' },
    },
    {
      name: 'only-declared-packages',
      comment: 'What ships may import only what installs with it.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'unknown', 'undetermined'],
        dependencyTypesNot: ['npm-peer'],
        // The sandbox bundles its pages in a checkout; the package brings them built.
        pathNot: 'node_modules/esbuild/',
      },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'A module nobody imports and that imports nothing is forgotten.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.(d\\.ts|json|css)$' },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Apps that are installed elsewhere.
    exclude: { path: '^test/consumers/[^/]+/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs'],
    },
  },
};
