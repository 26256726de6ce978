import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { examinePage } from '../../src/doctor/examine-page.js';
import { fetchPage } from '../../src/doctor/fetch-page.js';
import type { Finding, Report } from '../../src/doctor/report.js';
import { remedyFor } from '../../src/environment/remedies.js';
import { delegation } from '../../src/frame/frame.js';
import { frameCollector, renderFrame } from '../../src/frame.js';
import type { Provider } from '../../src/model/provider.js';
import { shuftiPro } from '../../src/providers/shufti-pro.js';
import { veriff } from '../../src/providers/veriff.js';
import {
  PAGE,
  pageOf,
  RIGHT,
  SCRIPT,
  servePage,
  VIEWPORT,
  type HeaderPairs,
  type Site,
} from './doctor-site.js';

const CSP = 'content-security-policy';
const PP = 'permissions-policy';
const SECRET = 'secret-token';
const ORIGINS = shuftiPro.origins;
const QUOTED = ORIGINS.map((origin) => `"${origin}"`).join(' ');

/** A page that is right but for one thing, and all that is said against it. */
interface Case {
  readonly name: string;
  /** In place of those of the right page that have the same name. */
  readonly headers?: HeaderPairs;
  readonly html?: string;
  readonly provider?: Provider;
  readonly trustedOrigins?: readonly string[];
  /** `code severity`, without what is ok. */
  readonly found: readonly string[];
  /** Of the first of them that has one. */
  readonly line?: string;
  /** Of the first of them. */
  readonly text?: RegExp;
  /** Whether to do what the lines say leaves something over. */
  readonly isPartial?: boolean;
}

const csp = (changes: Readonly<Record<string, string>>): HeaderPairs => {
  const directives = new Map(
    RIGHT.csp.split('; ').map((text) => [text.split(' ')[0] ?? '', text] as const),
  );
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') directives.delete(name);
    else directives.set(name, `${name} ${value}`);
  }
  return [[CSP, [...directives.values()].join('; ')]];
};

const FRAME_LINE = remedyFor('frame-blocked', ORIGINS);
const CAMERA = delegation(shuftiPro.features, ORIGINS);
const frame = (attributes: string): string =>
  pageOf(
    `<kyc-verify><iframe src="https://app.shuftipro.com/v/${SECRET}" ${attributes}></iframe></kyc-verify>`,
  );
const FITTING = `allow="${CAMERA}" referrerpolicy="strict-origin" title="Identity"`;
const NO_STORE = ['cache-control', 'private, No-Store'] as const;
const hashOf = (text: string): string => createHash('sha384').update(text).digest('base64');
const RETURN = pageOf('<kyc-return><p>Back</p></kyc-return>');

const CASES: readonly Case[] = [
  { name: 'the strictest policies that are enough', found: [] },

  // Who may have the camera.
  {
    name: 'camera=() and microphone=()',
    headers: [[PP, 'camera=(), microphone=()']],
    found: ['permissions-policy error', 'microphone-policy warning'],
    line: remedyFor('permissions-policy', ORIGINS, shuftiPro.features),
    text: /nobody may have it/,
  },
  {
    name: 'camera=(self)',
    headers: [[PP, `camera=(self), geolocation=(self "https://maps.example")`]],
    found: ['permissions-policy error'],
    line: `Permissions-Policy: camera=(self ${QUOTED}), geolocation=(self "https://maps.example")`,
    text: /no origin of the flow/,
  },
  {
    name: 'a list without self',
    headers: [[PP, `camera=(${QUOTED})`]],
    found: ['permissions-policy error'],
    line: `Permissions-Policy: camera=(self ${QUOTED})`,
    text: /self is not in the list/,
  },
  {
    name: 'a list that lacks an origin of the flow, and keeps what else is in it',
    headers: [[PP, `camera=(self "https://x.example" "https://app.shuftipro.com")`]],
    found: ['permissions-policy error'],
    line: 'Permissions-Policy: camera=(self "https://x.example" "https://app.shuftipro.com" "https://shuftipro.com")',
    text: /lacks https:\/\/shuftipro\.com\./,
  },
  {
    name: 'self in quotes',
    headers: [[PP, `camera=("self" ${QUOTED})`]],
    found: ['permissions-policy error'],
    line: `Permissions-Policy: camera=(self ${QUOTED})`,
    text: /Write self without quotes/,
  },
  {
    name: 'origins without quotes',
    headers: [[PP, `camera=(self ${ORIGINS.join(' ')})`]],
    found: ['permissions-policy error'],
    line: `Permissions-Policy: camera=(self ${QUOTED})`,
    text: /https:\/\/app\.shuftipro\.com counts for nothing without double quotes/,
  },
  { name: 'camera=*', headers: [[PP, 'camera=*']], found: [] },
  {
    name: 'wildcards, which Chromium knows in this header',
    headers: [[PP, 'camera=(self "https://*.shuftipro.com" "https://shuftipro.com")']],
    found: [],
  },
  { name: 'no such header', headers: [[PP, '']], found: [] },
  {
    name: 'two headers, of which the last one holds',
    headers: [
      [PP, `camera=(self ${QUOTED})`],
      [PP, 'camera=(), fullscreen=()'],
    ],
    found: ['permissions-policy error'],
    line: `Permissions-Policy: camera=(self ${QUOTED}), fullscreen=()`,
  },
  {
    name: 'a header that cannot be read',
    headers: [[PP, "camera 'none'; microphone 'none'"]],
    found: ['permissions-policy-malformed warning'],
    line: remedyFor('permissions-policy', ORIGINS, shuftiPro.features),
  },
  {
    name: 'a header of two, one of which cannot be read',
    headers: [
      [PP, 'camera=()'],
      [PP, 'geolocation=(self'],
    ],
    found: ['permissions-policy-malformed warning'],
  },
  {
    name: 'Feature-Policy, its name of old',
    headers: [
      [PP, 'geolocation=()'],
      ['feature-policy', "camera 'self' https://x.example; fullscreen 'none'"],
    ],
    found: ['feature-policy info', 'permissions-policy error'],
    line: `Permissions-Policy: geolocation=(), camera=(self "https://x.example" ${QUOTED})`,
  },
  {
    name: 'Feature-Policy, where Permissions-Policy says otherwise',
    headers: [['feature-policy', "camera 'none'; microphone 'none'"]],
    found: ['feature-policy info'],
  },
  {
    name: 'Feature-Policy without self',
    headers: [
      [PP, ''],
      ['feature-policy', `camera ${ORIGINS.join(' ')}`],
    ],
    found: ['feature-policy info', 'permissions-policy error'],
    line: `Permissions-Policy: camera=(self ${QUOTED})`,
  },
  {
    name: 'a feature that the flow would like',
    provider: veriff,
    headers: [
      [CSP, ''],
      [PP, 'fullscreen=(self), payment=()'],
    ],
    html: pageOf('<kyc-verify></kyc-verify>'),
    found: ['features-policy warning'],
    line: `Permissions-Policy: fullscreen=(self ${veriff.origins.map((each) => `"${each}"`).join(' ')}), payment=()`,
  },
  {
    name: 'an origin that only trusted-origins names',
    html: pageOf('<kyc-verify trusted-origins="https://kyc.shop.example"></kyc-verify>'),
    found: ['permissions-policy error', 'microphone-policy warning', 'frame-blocked error'],
    text: /lacks https:\/\/kyc\.shop\.example\./,
  },
  {
    name: 'an origin that the caller names',
    trustedOrigins: ['https://kyc.shop.example'],
    found: ['permissions-policy error', 'microphone-policy warning', 'frame-blocked error'],
  },

  // Who may be framed.
  {
    name: "frame-src 'none'",
    headers: [[CSP, "frame-src 'none'"]],
    found: ['frame-blocked error'],
    line: FRAME_LINE,
    text: /keeps the provider out/,
  },
  {
    name: 'a frame-src for others',
    headers: csp({ 'frame-src': 'https://x.example' }),
    found: ['frame-blocked error'],
    line: `Content-Security-Policy: default-src 'none'; script-src 'self'; connect-src 'self'; frame-src https://x.example 'self' ${ORIGINS.join(' ')}; require-trusted-types-for 'script'; trusted-types lit-html`,
  },
  {
    name: 'a frame-src that lacks an origin of the flow',
    headers: csp({ 'frame-src': "'self' https://app.shuftipro.com" }),
    found: ['frame-blocked error'],
    text: /keeps https:\/\/shuftipro\.com out/,
  },
  {
    name: 'child-src, where there is no frame-src',
    headers: csp({ 'frame-src': '', 'child-src': "'self'" }),
    found: ['frame-blocked error'],
    text: /^child-src of/,
  },
  {
    name: 'default-src, where there is neither',
    headers: [[CSP, "default-src 'self' 'nonce-abc' https://x.example"]],
    found: ['frame-blocked error'],
    line: `Content-Security-Policy: default-src 'self' 'nonce-…' https://x.example; frame-src 'self' https://x.example ${ORIGINS.join(' ')}`,
    // The line holds a nonce that is another one with each answer.
    isPartial: true,
  },
  {
    name: 'wildcards and a scheme in frame-src',
    headers: csp({ 'frame-src': "'self' https://*.shuftipro.com https:" }),
    found: [],
  },
  {
    name: 'frame-src without self',
    headers: csp({ 'frame-src': ORIGINS.join(' ') }),
    found: ['callback-blocked warning'],
  },
  {
    name: 'two policies, each of which must let the flow in',
    headers: [
      [CSP, RIGHT.csp],
      [CSP, "frame-src 'self'"],
    ],
    found: ['frame-blocked error'],
    line: FRAME_LINE,
    isPartial: true,
  },
  {
    name: 'two policies in one header',
    headers: [[CSP, `${RIGHT.csp}, frame-src 'self'`]],
    found: ['frame-blocked error'],
    line: FRAME_LINE,
    isPartial: true,
  },
  {
    name: 'a policy in a <meta>',
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      `<meta http-equiv="content-security-policy" content="frame-src 'self'; sandbox; frame-ancestors 'none'">${SCRIPT}`,
    ),
    found: ['frame-blocked error'],
    line: `<meta http-equiv="Content-Security-Policy" content="frame-src 'self' ${ORIGINS.join(' ')}">`,
    isPartial: true,
  },
  {
    name: 'a <meta> in the body, which counts for nothing',
    html: pageOf(
      `<div><meta http-equiv="content-security-policy" content="frame-src 'none'"></div><kyc-verify></kyc-verify>`,
    ),
    found: [],
  },

  // Whether the script runs.
  {
    name: "script-src 'none'",
    headers: csp({ 'script-src': "'none'" }),
    found: ['script-blocked error'],
    line: `Content-Security-Policy: ${RIGHT.csp}`,
  },
  {
    name: 'no script-src, and a default-src',
    headers: csp({ 'script-src': '' }),
    found: ['script-blocked error'],
  },
  {
    name: 'script-src-elem, which goes before script-src',
    headers: csp({ 'script-src-elem': 'https://x.example' }),
    found: ['script-blocked error'],
    text: /keeps the script out/,
  },
  {
    name: 'a script from elsewhere',
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      '<script src="https://cdn.example/npm/kyc-verify@1/kyc-verify.js" crossorigin></script>',
    ),
    found: ['script-blocked error'],
    line: `Content-Security-Policy: ${RIGHT.csp.replace("script-src 'self'", "script-src 'self' https://cdn.example/npm/kyc-verify@1/")}`,
  },
  {
    name: 'a nonce on the script',
    headers: csp({ 'script-src': "'nonce-abc' 'strict-dynamic'" }),
    html: pageOf('<kyc-verify></kyc-verify>', '<script nonce="abc" src="/kyc-verify.js"></script>'),
    found: [],
  },
  {
    name: 'a nonce that the script lacks',
    headers: csp({ 'script-src': "'nonce-abc'" }),
    found: ['script-blocked error'],
    isPartial: true,
  },
  {
    name: "'self' beside 'strict-dynamic', which overrules it",
    headers: csp({ 'script-src': "'self' 'nonce-abc' 'strict-dynamic'" }),
    found: ['script-blocked error'],
    isPartial: true,
  },
  {
    name: 'the address of the first file alone',
    headers: csp({ 'script-src': 'http://127.0.0.1:*/kyc-verify.js' }),
    found: ['trouble-blocked warning'],
    text: /no return is matched/,
  },
  {
    name: 'the address of the first file alone, on a callback page',
    headers: csp({ 'script-src': 'http://127.0.0.1:*/kyc-verify.js' }),
    html: RETURN,
    found: ['trouble-blocked error'],
  },
  {
    name: 'the address of the first two files alone, with a session-endpoint',
    headers: csp({
      'script-src': 'http://127.0.0.1:*/kyc-verify.js http://127.0.0.1:*/kyc-verify.trouble.js',
    }),
    html: pageOf('<kyc-verify session-endpoint="/kyc"></kyc-verify>'),
    found: ['session-blocked error'],
    text: /starts no session/,
  },
  {
    name: 'the same without one, where that file is not asked for',
    headers: csp({
      'script-src': 'http://127.0.0.1:*/kyc-verify.js http://127.0.0.1:*/kyc-verify.trouble.js',
    }),
    found: [],
  },
  {
    name: 'the module twin, which is all in one file',
    headers: csp({ 'script-src': 'http://127.0.0.1:*/kyc-verify.module.js' }),
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      '<script type="module" src="/kyc-verify.module.js"></script>',
    ),
    found: [],
  },
  {
    name: 'the hash of the first file alone',
    headers: csp({ 'script-src': `'sha384-${hashOf('one')}'` }),
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      `<script src="/kyc-verify.js" integrity="sha384-${hashOf('one')}"></script>`,
    ),
    found: ['trouble-blocked warning'],
  },
  {
    name: 'the hashes of both files, and of the import map that names the second',
    headers: (() => {
      const map = `{"integrity":{"/kyc-verify.trouble.js":"sha384-${hashOf('two')}"}}`;
      const hashes = [hashOf('one'), hashOf('two'), hashOf(map)].map((hash) => `'sha384-${hash}'`);
      return csp({ 'script-src': hashes.join(' ') });
    })(),
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      `<script type="importmap">{"integrity":{"/kyc-verify.trouble.js":"sha384-${hashOf('two')}"}}</script>
       <script src="/kyc-verify.js" integrity="sha384-${hashOf('one')}"></script>`,
    ),
    found: [],
  },
  {
    name: 'an import map that the policy keeps out',
    headers: csp({ 'script-src': `'sha384-${hashOf('one')}' 'sha384-${hashOf('two')}'` }),
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      `<script type="importmap">{"integrity":{"/kyc-verify.trouble.js":"sha384-${hashOf('two')}"}}</script>
       <script src="/kyc-verify.js" integrity="sha384-${hashOf('one')}"></script>`,
    ),
    found: ['trouble-blocked warning'],
  },
  {
    name: 'two hashes on the script, and one in the policy',
    headers: csp({ 'script-src': `'sha384-${hashOf('one')}'` }),
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      `<script src="/kyc-verify.js" integrity="sha384-${hashOf('one')} sha384-${hashOf('two')}"></script>`,
    ),
    found: ['script-blocked error'],
  },
  {
    name: 'a policy in a <meta> behind the script',
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      `${SCRIPT}<meta http-equiv="content-security-policy" content="script-src 'none'">`,
    ),
    found: [],
  },
  {
    name: 'a bundle',
    headers: csp({ 'script-src': "'nonce-abc'" }),
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      '<script type="module" nonce="abc" src="/assets/index-a1b2.js"></script>',
    ),
    found: ['script-missing info'],
  },
  {
    name: 'no script yet, and a policy that lets none in',
    headers: csp({ 'script-src': "'none'" }),
    html: pageOf('<kyc-verify></kyc-verify>', ''),
    found: ['script-missing info', 'script-blocked error'],
    line: `Content-Security-Policy: ${RIGHT.csp}`,
  },
  {
    name: 'no script yet, and a nonce',
    headers: csp({ 'script-src': "'nonce-abc'" }),
    html: pageOf('<kyc-verify></kyc-verify>', ''),
    found: ['script-missing info', 'script-blocked warning'],
    isPartial: true,
  },
  {
    name: 'integrity without crossorigin, from elsewhere',
    headers: [[CSP, '']],
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      `<script src="https://cdn.example/kyc-verify.js" integrity="sha384-${hashOf('one')}"></script>`,
    ),
    found: ['script-integrity error'],
    line: 'crossorigin',
    isPartial: true,
  },
  {
    name: 'a script from elsewhere without crossorigin',
    headers: [[CSP, '']],
    html: pageOf(
      '<kyc-verify></kyc-verify>',
      '<script src="https://cdn.example/kyc-verify.js"></script>',
    ),
    found: ['script-integrity warning'],
    isPartial: true,
  },
  {
    name: 'trusted-types without Lit',
    headers: csp({ 'trusted-types': 'dompurify' }),
    found: ['trusted-types error'],
    line: `Content-Security-Policy: ${RIGHT.csp.replace('trusted-types lit-html', 'trusted-types dompurify lit-html')}`,
  },
  {
    name: "trusted-types 'none'",
    headers: csp({ 'trusted-types': "'none'" }),
    found: ['trusted-types error'],
    line: `Content-Security-Policy: ${RIGHT.csp}`,
  },
  { name: 'trusted-types *', headers: csp({ 'trusted-types': '*' }), found: [] },
  {
    name: 'require-trusted-types-for alone, which lets any policy be made',
    headers: csp({ 'trusted-types': '' }),
    found: [],
  },
  {
    name: 'a sandbox without scripts and origin',
    headers: csp({ sandbox: 'allow-forms' }),
    found: ['sandboxed error'],
    line: `Content-Security-Policy: ${RIGHT.csp}; sandbox allow-forms allow-scripts allow-same-origin`,
    // A sandbox that lets both through still is one.
    isPartial: true,
  },
  {
    name: 'a sandbox with scripts and origin',
    headers: csp({ sandbox: 'allow-scripts allow-same-origin' }),
    found: ['sandboxed warning'],
  },

  // What keeps all pages out.
  {
    name: 'COOP and COEP',
    headers: [
      ['cross-origin-opener-policy', 'same-origin'],
      ['cross-origin-embedder-policy', 'require-corp; report-to="x"'],
    ],
    found: ['cross-origin-isolated error'],
    line: 'Cross-Origin-Embedder-Policy: unsafe-none',
    text: /is cross-origin isolated/,
  },
  {
    name: 'COEP alone',
    headers: [['cross-origin-embedder-policy', 'credentialless']],
    found: ['cross-origin-isolated error'],
    text: /without a word/,
  },
  {
    name: 'COOP alone',
    headers: [['cross-origin-opener-policy', 'same-origin']],
    found: [],
  },
  {
    name: 'COEP twice, which browsers drop',
    headers: [
      ['cross-origin-embedder-policy', 'require-corp'],
      ['cross-origin-embedder-policy', 'require-corp'],
    ],
    found: [],
  },
  {
    name: 'Document-Isolation-Policy',
    headers: [['document-isolation-policy', 'isolate-and-require-corp']],
    found: ['cross-origin-isolated error'],
    isPartial: true,
  },
  {
    name: 'an element that only redirects',
    headers: [
      ['cross-origin-embedder-policy', 'require-corp'],
      [PP, 'camera=()'],
      ...csp({ 'frame-src': '' }),
    ],
    html: pageOf('<kyc-verify display="redirect"></kyc-verify>'),
    found: [],
  },

  // What only reports.
  {
    name: 'report-only policies',
    headers: [
      [`${CSP}-report-only`, "frame-src 'none'; script-src 'none'"],
      [`${PP}-report-only`, 'camera=()'],
      ['cross-origin-embedder-policy-report-only', 'require-corp'],
    ],
    found: [
      'report-only warning',
      'report-only warning',
      'report-only warning',
      'report-only warning',
    ],
    text: /blocks nothing\. Enforced, it would be cross-origin-isolated/,
    line: 'Cross-Origin-Embedder-Policy-Report-Only: unsafe-none',
  },
  {
    name: 'a report-only header that cannot be read',
    headers: [[`${PP}-report-only`, "camera 'none'"]],
    found: ['report-only warning'],
    line: remedyFor('permissions-policy', ORIGINS, shuftiPro.features).replace(
      'Policy',
      'Policy-Report-Only',
    ),
  },
  {
    name: 'report-only policies that are right',
    headers: [
      [`${CSP}-report-only`, RIGHT.csp],
      [`${PP}-report-only`, RIGHT.permissions],
    ],
    found: [],
  },

  // The callback page.
  {
    name: 'a callback page, which frames nothing',
    headers: [[PP, 'camera=()'], ...csp({ 'frame-src': '' })],
    html: RETURN,
    found: [],
  },
  {
    name: 'a callback page that nobody may frame',
    headers: [['x-frame-options', 'deny']],
    html: RETURN,
    found: ['return-framing warning'],
    line: 'X-Frame-Options: SAMEORIGIN',
  },
  {
    name: "a callback page with frame-ancestors 'none'",
    headers: csp({ 'frame-ancestors': "'none'" }),
    html: RETURN,
    found: ['return-framing warning'],
    line: `Content-Security-Policy: ${RIGHT.csp}; frame-ancestors 'self'`,
  },
  {
    name: 'frame-ancestors, which overrules X-Frame-Options',
    headers: [['x-frame-options', 'DENY'], ...csp({ 'frame-ancestors': "'self'" })],
    html: RETURN,
    found: [],
  },
  {
    name: 'X-Frame-Options: SAMEORIGIN',
    headers: [['x-frame-options', 'SAMEORIGIN']],
    html: RETURN,
    found: [],
  },
  {
    name: 'X-Frame-Options of the page with the element, which nobody frames',
    headers: [['x-frame-options', 'DENY']],
    found: [],
  },

  // The markup.
  {
    name: 'no element',
    html: pageOf('<main></main>'),
    found: ['element-missing warning'],
  },
  {
    name: 'an element in a template, and one in a declarative shadow root',
    html: pageOf(
      `<template><kyc-verify session-url="https://saas.veriff.com/v/${SECRET}"></kyc-verify></template>
       <div><template shadowrootmode="open"><kyc-verify></kyc-verify></template></div>`,
    ),
    found: [],
  },
  {
    name: 'a session URL in markup that caches may keep',
    html: pageOf(`<kyc-verify session-url="https://app.shuftipro.com/v/${SECRET}"></kyc-verify>`),
    found: ['session-url-in-markup error'],
    line: 'Cache-Control: no-store',
    // It still is in the markup.
    isPartial: true,
  },
  {
    name: 'a session URL in markup that no cache keeps',
    headers: [NO_STORE],
    html: pageOf(`<kyc-verify session-url="https://app.shuftipro.com/v/${SECRET}"></kyc-verify>`),
    found: ['session-url-in-markup warning'],
  },
  { name: 'a frame that is taken over', headers: [NO_STORE], html: frame(FITTING), found: [] },
  {
    name: 'such a frame in a page that caches may keep',
    headers: [['cache-control', 'private, no-cache']],
    html: frame(FITTING),
    found: ['frame-cacheable error'],
    line: 'Cache-Control: no-store',
  },
  {
    name: 'such a frame with too much in its allow',
    headers: [NO_STORE],
    html: frame('allow="camera *; microphone *" referrerpolicy="strict-origin" title="Identity"'),
    found: ['frame-allow error'],
    line: `allow="${CAMERA}"`,
    isPartial: true,
  },
  {
    name: 'such a frame without a referrer policy, and in a sandbox',
    headers: [NO_STORE],
    html: frame(`allow="${CAMERA}" title="Identity" sandbox="allow-scripts"`),
    found: ['frame-referrer error', 'frame-sandbox error'],
    line: 'referrerpolicy="strict-origin"',
    isPartial: true,
  },
  {
    name: 'such a frame without a title',
    headers: [NO_STORE],
    html: frame(FITTING.replace(' title="Identity"', '')),
    found: ['frame-title warning'],
    isPartial: true,
  },
  {
    name: 'such a frame as renderFrame() makes it, with the hash of its collector',
    headers: [NO_STORE, ...csp({ 'script-src': `'self' 'sha384-${hashOf(frameCollector)}'` })],
    html: pageOf(
      `<kyc-verify>${renderFrame({ sessionUrl: `https://app.shuftipro.com/v/${SECRET}` })}</kyc-verify>`,
    ),
    found: [],
  },
  {
    name: 'such a frame as renderFrame() makes it, with a nonce',
    provider: veriff,
    headers: [
      NO_STORE,
      [PP, ''],
      [CSP, "script-src 'nonce-abc'; frame-src 'self' https://*.veriff.com https://*.veriff.me"],
    ],
    html: pageOf(
      `<kyc-verify>${renderFrame({ sessionUrl: `https://de.veriff.com/v/${SECRET}`, nonce: 'abc' })}</kyc-verify>`,
      '<script nonce="abc" src="/kyc-verify.js"></script>',
    ),
    found: [],
  },
  {
    name: "such a frame on a host of the provider's that is not in the list",
    headers: [NO_STORE],
    html: pageOf(
      `<kyc-verify><iframe src="https://eu.shuftipro.com/v/${SECRET}" referrerpolicy="strict-origin" title="Identity"
        allow="${delegation(shuftiPro.features, ['https://eu.shuftipro.com', ...ORIGINS])}"></iframe></kyc-verify>`,
    ),
    // The headers have to name that origin too.
    found: ['permissions-policy error', 'microphone-policy warning', 'frame-blocked error'],
    text: /lacks https:\/\/eu\.shuftipro\.com\./,
  },
  {
    name: "such a frame on nobody's host",
    headers: [NO_STORE],
    html: pageOf(
      `<kyc-verify provider="shufti-pro"><iframe src="https://evil.example/v/${SECRET}" ${FITTING}></iframe></kyc-verify>`,
    ),
    found: ['frame-origin error'],
    line: 'trusted-origins="https://evil.example"',
    isPartial: true,
  },
  {
    name: 'a collector that the policy keeps out',
    headers: [NO_STORE],
    html: pageOf(
      `<kyc-verify><script>early()</script><iframe src="https://app.shuftipro.com/v/${SECRET}" ${FITTING}></iframe></kyc-verify>`,
    ),
    found: ['collector-blocked warning'],
    isPartial: true,
  },
  {
    name: 'a collector whose hash the policy has',
    headers: [NO_STORE, ...csp({ 'script-src': `'self' 'sha384-${hashOf('early()')}'` })],
    html: pageOf(
      `<kyc-verify><script>early()</script><iframe src="https://app.shuftipro.com/v/${SECRET}" ${FITTING}></iframe></kyc-verify>`,
    ),
    found: [],
  },
  {
    name: 'no viewport and no language',
    html: PAGE.replace(VIEWPORT, '').replace(' lang="en"', ''),
    found: ['viewport warning', 'lang info'],
    isPartial: true,
  },
  {
    name: 'Referrer-Policy: no-referrer',
    headers: [['referrer-policy', 'no-referrer']],
    found: ['referrer-policy info'],
  },
];

/** The right page's headers, with these in place of those of the same name. */
const headersOf = ({ headers = [] }: Case): HeaderPairs => {
  const names = headers.map(([name]) => name);
  const right: HeaderPairs = [
    [CSP, RIGHT.csp],
    [PP, RIGHT.permissions],
  ];
  return [...right.filter(([name]) => !names.includes(name)), ...headers].filter(
    ([, value]) => value !== '',
  );
};

const examine = async (each: Case, { origin }: Site): Promise<Report> => {
  const page = await fetchPage(new URL(`${origin}/verify?${SECRET}`));
  return examinePage({
    ...page,
    providers: [each.provider ?? shuftiPro],
    trustedOrigins: each.trustedOrigins ?? [],
  });
};

const findingsOf = ({ findings, providers }: Report): readonly Finding[] =>
  [...findings, ...providers.flatMap((provider) => provider.findings)].filter(
    ({ severity }) => severity !== 'ok',
  );

const HEADER_LINE = /^([A-Z][\w-]+): (.+)$/;

/** The headers after what the findings ask for. A later line holds all of an earlier one. */
const follow = (headers: HeaderPairs, findings: readonly Finding[]): HeaderPairs => {
  const lines = new Map(
    findings.flatMap(({ fix }) => {
      const [, name, value] = HEADER_LINE.exec(fix?.line ?? '') ?? [];
      return name && value ? [[name.toLowerCase(), value] as const] : [];
    }),
  );
  return [...headers.filter(([name]) => !lines.has(name)), ...lines];
};

describe('the doctor, of a page', () => {
  for (const each of CASES) {
    it(each.name, async () => {
      const site = await servePage(headersOf(each), each.html ?? PAGE);
      const report = await examine(each, site).finally(() => site.close());
      const found = findingsOf(report);
      assert.deepEqual(
        found.map(({ code, severity }) => `${code} ${severity}`),
        each.found,
      );
      if (each.line !== undefined) assert.equal(found.find(({ fix }) => fix)?.fix?.line, each.line);
      if (each.text) assert.match(found[0]?.text ?? '', each.text);
      assert.doesNotMatch(JSON.stringify(report), new RegExp(SECRET));
      assert.equal(report.errors, each.found.filter((text) => text.endsWith(' error')).length);
    });
  }
});

describe('a page that does what the doctor’s lines say', () => {
  const mended = CASES.filter(({ found, isPartial }) => found.length > 0 && !isPartial);
  for (const each of mended) {
    it(each.name, async (t) => {
      const headers = [...headersOf(each)];
      // It looks at them anew with every request.
      const site = await servePage(headers, each.html ?? PAGE);
      t.after(() => site.close());
      const before = findingsOf(await examine(each, site));
      const fixed = before.filter(({ fix }) => HEADER_LINE.test(fix?.line ?? ''));
      headers.splice(0, Infinity, ...follow(headers, before));
      const after = findingsOf(await examine(each, site));
      assert.equal(after.length, before.length - fixed.length);
      assert.ok(after.every(({ severity }) => severity !== 'error'));
    });
  }
});

describe('the doctor', () => {
  it('says of an http page on another host that nobody gets a camera there', () => {
    const report = examinePage({
      url: 'http://192.0.2.1/verify',
      headers: {},
      html: PAGE,
      providers: [shuftiPro],
    });
    assert.deepEqual(
      findingsOf(report).map(({ code, severity }) => [code, severity]),
      [['insecure-context', 'error']],
    );
  });

  it('has one block for every known provider where none is named', () => {
    const report = examinePage({ url: 'https://shop.example/', headers: {}, html: PAGE });
    assert.deepEqual(
      report.providers.map(({ id, name }) => [id, name]),
      [
        ['veriff', 'Veriff'],
        ['shufti-pro', 'Shufti Pro'],
      ],
    );
  });

  it('never counts the page’s own origin to the flow', () => {
    const [report] = examinePage({
      url: 'https://shop.example/',
      headers: { [PP]: RIGHT.permissions },
      html: PAGE,
      providers: [shuftiPro],
      trustedOrigins: ['https://shop.example'],
    }).providers;
    assert.deepEqual(report?.origins, shuftiPro.origins);
  });

  it('reads markup of any depth', () => {
    const html = '<div>'.repeat(20_000);
    const report = examinePage({ url: 'https://shop.example/', headers: {}, html });
    assert.equal(report.errors, 0);
  });
});

describe('what the doctor says', () => {
  it('is in the guide, code by code', () => {
    const read = (path: string): string =>
      readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    const type = /export type Code =([^;]+);/.exec(read('src/doctor/report.ts'))?.[1] ?? '';
    const codes = [...type.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code);
    const [, table = ''] = read('docs/guide/doctor.md').split('## What it says');
    const told = [...table.split('Codes are stable')[0]!.matchAll(/^\| (`.+?) +\|/gm)].flatMap(
      ([, cell = '']) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code),
    );
    assert.deepEqual(told.toSorted(), codes.toSorted());
  });
});
