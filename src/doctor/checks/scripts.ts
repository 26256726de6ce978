import { governing, policyName, type Policy } from '../csp.js';
import type { Draft } from '../drafts.js';
import type { ScriptTag } from '../markup.js';
import type { Page } from '../page.js';
import { publicUrl } from '../report.js';
import {
  hasNonce,
  isStrictDynamic,
  letsInlineIn,
  letsScriptIn,
  mappedHashes,
  policiesFor,
  requestOf,
  SCRIPT_DIRECTIVES,
  type ScriptRequest,
} from '../scripts.js';

const FILE = /\/kyc-verify(?:\.module)?\.js$/;
const CLASSIC = '/kyc-verify.js';

/** A script of the page, and what the browser asks for because of it. */
interface Asked {
  readonly tag: ScriptTag;
  readonly request: ScriptRequest;
}

const isModule = ({ attributes }: ScriptTag): boolean =>
  attributes.get('type')?.trim().toLowerCase() === 'module';

const asked = (page: Page): readonly Asked[] =>
  page.markup.scripts.flatMap((tag) => {
    const request = requestOf(page, tag);
    return request ? [{ tag, request }] : [];
  });

/** Our own file, under its own name. */
const ownScripts = (page: Page): readonly Asked[] =>
  asked(page).filter(({ request }) => FILE.test(request.url.pathname));

const keptBy = (page: Page, { tag, request }: Asked): readonly Policy[] =>
  policiesFor(page, tag).filter((policy) => !letsScriptIn(policy, request, page.url));

/** The directive to change, and what it holds so far. */
const scriptDirective = (policy: Policy): readonly [name: string, base: readonly string[]] => {
  const [name, sources] = governing(policy, SCRIPT_DIRECTIVES) ?? ['default-src', []];
  return name === 'default-src' ? ['script-src', sources] : [name, sources];
};

/**
 * How to let a script in: by the page's nonce, by its hash, or by its address.
 *
 * @param tag - what the page's own tag asks for, which has to have the nonce
 */
const wayIn = (
  policy: Policy,
  tag: ScriptRequest,
  { hashes }: ScriptRequest,
  source: string,
): Pick<Draft, 'fix' | 'edit'> => {
  const [directive, base] = scriptDirective(policy);
  if (hasNonce(base)) {
    const line = `<script nonce="…" src="${publicUrl(tag.url)}"></script>`;
    return { fix: { action: 'change', line } };
  }
  if (!isStrictDynamic(base)) return { edit: { policy, directive, base, added: [source] } };
  const added = hashes.map((hash) => `'${hash}'`);
  return added.length > 0 ? { edit: { policy, directive, base, added } } : {};
};

/** A list of sources has no `;` and `,` in it. */
const asSource = (url: URL): string => publicUrl(url).replaceAll(';', '%3B').replaceAll(',', '%2C');

/** The folder, which holds the second file too. */
const folderOf = (url: URL, self: URL): string =>
  url.origin === self.origin ? "'self'" : asSource(new URL('.', url));

const blocked = (page: Page, policy: Policy, request: ScriptRequest): Draft => ({
  code: 'script-blocked',
  severity: 'error',
  text: `The ${policyName(policy)} keeps the script out.`,
  ...wayIn(policy, request, request, folderOf(request.url, page.url)),
});

/** A file that the classic script loads from beside itself when it needs it. */
interface Beside {
  readonly name: string;
  readonly code: 'trouble-blocked' | 'session-blocked';
  readonly severity: 'error' | 'warning';
  /** What is missing without it. */
  readonly loss: string;
}

/** Those that this page may need. */
const filesBeside = ({ markup: { hasReturn, elements } }: Page): readonly Beside[] => [
  {
    name: 'kyc-verify.trouble.js',
    code: 'trouble-blocked',
    severity: hasReturn ? 'error' : 'warning',
    loss: 'so that nothing explains an error and no return is matched',
  },
  ...(elements.some(({ attributes }) => attributes.has('session-endpoint'))
    ? ([
        {
          name: 'kyc-verify.session.js',
          code: 'session-blocked',
          severity: 'error',
          loss: 'without which session-endpoint starts no session',
        },
      ] as const)
    : []),
];

const besideBlocked = (
  page: Page,
  { tag, request: main }: Asked,
  { name, code, severity, loss }: Beside,
): readonly Draft[] => {
  const url = new URL(name, main.url);
  const request = { url, nonce: main.nonce, hashes: mappedHashes(page, url) };
  return keptBy(page, { tag, request }).map((policy) => ({
    code,
    severity,
    text: `The ${policyName(policy)} keeps ${name} out, ${loss}.`,
    ...wayIn(policy, main, request, asSource(url)),
  }));
};

const checkFile = (page: Page, found: Asked): readonly Draft[] => {
  const main = keptBy(page, found).map((policy) => blocked(page, policy, found.request));
  if (main.length > 0 || !found.request.url.pathname.endsWith(CLASSIC)) return main;
  return filesBeside(page).flatMap((beside) => besideBlocked(page, found, beside));
};

/** Where no tag names our file: it is in a bundle, or yet to come. */
const checkPlan = (page: Page): readonly Draft[] => {
  const modules = asked(page).filter(({ tag }) => isModule(tag));
  if (modules.some((each) => keptBy(page, each).length === 0)) return [];
  const request = { url: new URL('/kyc-verify.js', page.url), nonce: undefined, hashes: [] };
  return page.policies
    .filter((policy) => !letsScriptIn(policy, request, page.url))
    .map((policy) => {
      const draft = blocked(page, policy, request);
      // With a nonce it depends on a tag that nobody has seen yet.
      return hasNonce(scriptDirective(policy)[1])
        ? { ...draft, severity: 'warning', text: 'The script needs the nonce of this page.' }
        : { ...draft, text: `The ${policyName(policy)} would keep a script of your own site out.` };
    });
};

/** Whether `script-src` lets our files run. */
export const checkScripts = (page: Page): readonly Draft[] => {
  if (page.policies.length === 0)
    return [{ code: 'script-blocked', severity: 'ok', text: 'No policy keeps scripts out.' }];
  const found = ownScripts(page);
  const drafts =
    found.length > 0 ? found.flatMap((each) => checkFile(page, each)) : checkPlan(page);
  const hasWayIn = !drafts.some(({ code }) => code === 'script-blocked');
  return hasWayIn
    ? [
        { code: 'script-blocked', severity: 'ok', text: 'The policies let the script in.' },
        ...drafts,
      ]
    : drafts;
};

/** Whether `integrity` can be checked, and the second file be loaded. */
export const checkIntegrity = (page: Page): readonly Draft[] =>
  ownScripts(page).flatMap(({ tag, request }): readonly Draft[] => {
    const isPlain =
      request.url.origin !== page.url.origin &&
      !tag.attributes.has('crossorigin') &&
      !isModule(tag);
    if (!isPlain) return [];
    const isChecked = request.hashes.length > 0;
    return [
      {
        code: 'script-integrity',
        severity: isChecked ? 'error' : 'warning',
        text: isChecked
          ? 'The script is of another origin and has integrity without crossorigin: browsers refuse it.'
          : 'The script is of another origin without crossorigin: Chromium then loads no kyc-verify.trouble.js beside it.',
        fix: { action: 'add', line: 'crossorigin' },
      },
    ];
  });

/** Whether the inline script of an adopted frame runs. */
export const checkCollector = (page: Page): readonly Draft[] =>
  page.markup.elements
    .filter(({ frame }) => frame)
    .flatMap(({ scripts }) => scripts)
    .filter((tag) => policiesFor(page, tag).some((policy) => !letsInlineIn(policy, tag)))
    .map(() => ({
      code: 'collector-blocked',
      severity: 'warning',
      text: "The policy keeps the inline script beside the iframe out: what the provider's page says before the element is there is lost.",
      fix: { action: 'change', line: '<script nonce="…">' },
    }));

/** Whether there is anything of ours in the page. */
export const checkPresence = (page: Page): readonly Draft[] => {
  const { elements, hasReturn } = page.markup;
  const drafts: Draft[] = [];
  if (ownScripts(page).length === 0)
    drafts.push({
      code: 'script-missing',
      severity: 'info',
      text: 'No script of the page is named kyc-verify.js or kyc-verify.module.js. It may be in a bundle.',
    });
  if (elements.length === 0 && !hasReturn)
    drafts.push({
      code: 'element-missing',
      severity: 'warning',
      text: 'The markup has no <kyc-verify>. If a script makes it, all is well; else this is not the page.',
    });
  return drafts;
};
