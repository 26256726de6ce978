/** What people load or import, in gzip: a budget that is broken fails the build. */

/** As an app's bundler does: production builds, modules, and what is loaded on demand left apart. */
const modifyEsbuildConfig = (config) => ({
  ...config,
  conditions: ['browser', 'production'],
  format: 'esm',
  target: 'es2022',
  external: [
    ...(config.external ?? []),
    '*/trouble.js',
    '*/session-endpoint.js',
    '*/studio-worker.js',
  ],
});

/** A file as it is. */
const file = (name, path, limit) => ({
  name,
  path,
  limit,
  gzip: true,
  disablePlugins: ['@size-limit/esbuild'],
});

/** What an import costs once it is bundled. `ignore`: what is not counted. */
const bundle = (name, path, limit, { names, ignore = [] } = {}) => ({
  name,
  path,
  limit,
  gzip: true,
  ignore,
  modifyEsbuildConfig,
  ...(names && { import: names }),
});

/** The same for a server: what the runtime brings itself is left apart. */
const server = (name, path, limit, names, { ignore = [] } = {}) => ({
  ...bundle(name, path, limit, { names, ignore }),
  modifyEsbuildConfig: (config) => ({
    ...config,
    conditions: ['production'],
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
  }),
});

const SERVER = 'dist/server/index.js';

const LIT = ['lit', 'lit/*'];
const ELEMENT = [
  '*/define.js',
  '*/element/kyc-verify.js',
  '*/element/kyc-return.js',
  '../capture.js',
  '*/kyc-capture.js',
];

// The elements: 0.6 kB were added for session-endpoint, whose every line but the hooks is in the
// file that is only loaded with it. The last 0.1 of it: an element that was away while that file
// came must ask for it again.
export default [
  file('script tag: Lit, English and both elements', 'dist/kyc-verify.js', '15.1 kB'),
  file('the same as a module', 'dist/kyc-verify.module.js', '15.2 kB'),
  file('what is only loaded in trouble, or on coming back', 'dist/kyc-verify.trouble.js', '5.5 kB'),
  file('what is only loaded with session-endpoint', 'dist/kyc-verify.session.js', '4 kB'),
  bundle('kyc-verify/define, with Lit', 'dist/define.js', '18 kB'),
  bundle('kyc-verify/define, without Lit', 'dist/define.js', '12.5 kB', { ignore: LIT }),
  bundle('kyc-verify/return, with Lit', 'dist/return.js', '10 kB'),
  file('<kyc-capture>: Lit and English included', 'dist/kyc-capture.js', '22 kB'),
  file('what it loads for pictures', 'dist/kyc-capture.worker.js', '5.2 kB'),
  bundle('kyc-verify/capture, with Lit', 'dist/capture.js', '25 kB'),
  bundle('kyc-verify/capture, without Lit', 'dist/capture.js', '19.5 kB', { ignore: LIT }),
  bundle('Veriff alone', 'dist/index.js', '1.5 kB', { names: '{ veriff }' }),
  bundle('Shufti Pro alone', 'dist/index.js', '1.5 kB', { names: '{ shuftiPro }' }),
  bundle('a provider of your own', 'dist/index.js', '1 kB', { names: '{ generic }' }),
  bundle('kyc-verify/react, without React and the element', 'dist/react/index.js', '2 kB', {
    ignore: ['react', ...LIT, ...ELEMENT],
  }),
  bundle('kyc-verify/vue, without Vue and the element', 'dist/vue/index.js', '1 kB', {
    ignore: ['vue', ...LIT, ...ELEMENT],
  }),
  bundle(
    'kyc-verify/react/capture, without React and the element',
    'dist/react/capture.js',
    '1.2 kB',
    {
      ignore: ['react', ...LIT, ...ELEMENT],
    },
  ),
  bundle('kyc-verify/vue/capture, without Vue and the element', 'dist/vue/capture.js', '0.5 kB', {
    ignore: ['vue', ...LIT, ...ELEMENT],
  }),
  bundle('kyc-verify/frame, for servers', 'dist/frame.js', '5 kB'),
  server('handler with Veriff', SERVER, '13.1 kB', '{ createKycHandler, veriff }'),
  server('handler with Shufti Pro', SERVER, '14.6 kB', '{ createKycHandler, shuftiPro }'),
  server('handler with a provider of your own', SERVER, '7.8 kB', '{ createKycHandler }'),
  server('kyc-verify/server, everything', SERVER, '18.2 kB'),
  server("Veriff's client alone", SERVER, '6.5 kB', '{ veriff }'),
  server("Shufti Pro's client alone", SERVER, '8 kB', '{ shuftiPro }'),
  server('kyc-verify/server/sqlite', 'dist/server/sqlite.js', '1.7 kB'),
  server('kyc-verify/server/redis', 'dist/server/redis.js', '1.5 kB'),
];
