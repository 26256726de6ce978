import { createHash } from 'node:crypto';
import { governing, type Policy } from './csp.js';
import type { ScriptTag } from './markup.js';
import { resolve, type Page } from './page.js';
import { matchesAny } from './sources.js';

/** What the browser asks for, as far as a policy looks at it. */
export interface ScriptRequest {
  readonly url: URL;
  readonly nonce: string | undefined;
  /** Of its integrity, as `sha384-…`. */
  readonly hashes: readonly string[];
}

export const SCRIPT_DIRECTIVES = ['script-src-elem', 'script-src', 'default-src'] as const;

const HASH = /^'?(sha(?:256|384|512))-([\w+/-]+={0,2})'?$/i;

/** `sha384-…`, with either alphabet of base64. */
const normalHash = (text: string): string | undefined => {
  const [, name, digest] = HASH.exec(text) ?? [];
  return name && digest
    ? `${name.toLowerCase()}-${digest.replaceAll('-', '+').replaceAll('_', '/')}`
    : undefined;
};

const hasWord = (sources: readonly string[], word: string): boolean =>
  sources.some((source) => source.toLowerCase() === word);

export const hasNonce = (sources: readonly string[]): boolean =>
  sources.some((source) => /^'nonce-/i.test(source));

export const isStrictDynamic = (sources: readonly string[]): boolean =>
  hasWord(sources, "'strict-dynamic'");

const isNonceMatched = (sources: readonly string[], nonce: string | undefined): boolean =>
  Boolean(nonce) &&
  sources.some((source) => source.replace(/^'nonce-/i, "'") === `'${nonce ?? ''}'`);

const hashesOf = (sources: readonly string[]): readonly (string | undefined)[] =>
  sources.filter((source) => HASH.test(source)).map(normalHash);

/** The hashes of an `integrity` attribute. */
export const readIntegrity = (integrity: string | undefined): readonly string[] =>
  (integrity ?? '').split(/\s+/).flatMap((text) => normalHash(text.split('?')[0] ?? '') ?? []);

/**
 * Whether a policy lets a script in that a tag asks for, or that such a script loads by `import()`:
 * browsers hand on its nonce, and that it came from a tag, which `'strict-dynamic'` minds.
 */
export const letsScriptIn = (policy: Policy, request: ScriptRequest, self: URL): boolean => {
  const [, sources] = governing(policy, SCRIPT_DIRECTIVES) ?? [];
  if (!sources || isNonceMatched(sources, request.nonce)) return true;
  const known = hashesOf(sources);
  if (request.hashes.length > 0 && request.hashes.every((hash) => known.includes(hash)))
    return true;
  return !isStrictDynamic(sources) && matchesAny(sources, request.url, self);
};

/** Whether a policy lets a script run that stands in the page itself. */
export const letsInlineIn = (policy: Policy, { attributes, text }: ScriptTag): boolean => {
  const [, sources] = governing(policy, SCRIPT_DIRECTIVES) ?? [];
  if (!sources || isNonceMatched(sources, attributes.get('nonce'))) return true;
  const known = hashesOf(sources);
  const isHashed = ['sha256', 'sha384', 'sha512'].some((name) =>
    known.includes(`${name}-${createHash(name).update(text).digest('base64')}`),
  );
  const isLax =
    hasWord(sources, "'unsafe-inline'") &&
    known.length === 0 &&
    !hasNonce(sources) &&
    !isStrictDynamic(sources);
  return isHashed || isLax;
};

/** Those policies that hold a tag. */
export const policiesFor = (
  { policies }: Page,
  { position }: Pick<ScriptTag, 'position'>,
): readonly Policy[] => policies.filter((policy) => policy.position < position);

/** What the tag asks for. */
export const requestOf = (page: Page, { attributes }: ScriptTag): ScriptRequest | undefined => {
  const url = resolve(page, attributes.get('src'));
  return (
    url && {
      url,
      nonce: attributes.get('nonce'),
      hashes: readIntegrity(attributes.get('integrity')),
    }
  );
};

const readImportMap = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const map = JSON.parse(text) as { readonly integrity?: unknown } | null;
    return Object(map?.integrity) as Record<string, unknown>;
  } catch {
    return {};
  }
};

/** The hashes that the page's import maps know a module by, as far as the page's policies let them. */
export const mappedHashes = (page: Page, url: URL): readonly string[] =>
  page.markup.scripts
    .filter(({ attributes }) => attributes.get('type')?.toLowerCase() === 'importmap')
    .filter((tag) => policiesFor(page, tag).every((policy) => letsInlineIn(policy, tag)))
    .flatMap(({ text }) => Object.entries(readImportMap(text)))
    .filter(([key]) => resolve(page, key)?.href === url.href)
    .flatMap(([, integrity]) => readIntegrity(typeof integrity === 'string' ? integrity : ''));
