import parsePolicy from 'content-security-policy-parser';

/** One Content-Security-Policy. Where a page has several, each of them must let a thing pass. */
export interface Policy {
  /** The header's name, or `undefined` for a `<meta>`. */
  readonly header: string | undefined;
  /** Where a `<meta>` stands among the page's tags: what comes before it is not held by it. */
  readonly position: number;
  readonly directives: ReadonlyMap<string, readonly string[]>;
}

/** What a `<meta>` cannot say. */
const HEADER_ONLY = ['frame-ancestors', 'report-uri', 'sandbox'];

/** The policies of a header. A comma begins the next one. */
export const headerPolicies = (header: string, value: string | null): readonly Policy[] =>
  (value ?? '')
    .split(',')
    .map((text) => ({ header, position: -1, directives: parsePolicy(text) }))
    .filter(({ directives }) => directives.size > 0);

/** The policy of a `<meta http-equiv>`. */
export const metaPolicy = (content: string, position: number): Policy => ({
  header: undefined,
  position,
  directives: new Map([...parsePolicy(content)].filter(([name]) => !HEADER_ONLY.includes(name))),
});

/** The first of these directives that the policy has: the one that holds. */
export const governing = (
  { directives }: Policy,
  names: readonly string[],
): readonly [name: string, sources: readonly string[]] | undefined => {
  const name = names.find((each) => directives.has(each));
  return name === undefined ? undefined : [name, directives.get(name) ?? []];
};

const NONE = /^'none'$/i;
const NONCE = /^'nonce-.+'$/i;
/** What only scripts and styles know. */
const KEYWORD = /^'(?!self')/i;

/** Adds sources; `'none'` means something alone only. */
export const withSources = (
  sources: readonly string[],
  added: readonly string[],
): readonly string[] => [...new Set([...sources.filter((each) => !NONE.test(each)), ...added])];

/** The sources that mean something in a directive for frames. */
export const frameSources = (sources: readonly string[]): readonly string[] =>
  sources.filter((source) => !KEYWORD.test(source));

/** The policy as it is written. A nonce is another one with each answer, so it is left out. */
const policyText = (directives: Policy['directives']): string =>
  [...directives]
    .map(([name, sources]) =>
      [name, ...sources.map((each) => (NONCE.test(each) ? "'nonce-…'" : each))].join(' '),
    )
    .join('; ');

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** The whole line that a policy with these directives is. */
export const policyLine = ({ header }: Policy, directives: Policy['directives']): string => {
  const text = policyText(directives);
  return header === undefined
    ? `<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(text)}">`
    : `${header}: ${text}`;
};

/** How a finding names it. */
export const policyName = ({ header }: Policy): string =>
  header === undefined ? 'Content-Security-Policy of the <meta>' : `${header} header`;
