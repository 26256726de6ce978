import type { Provider } from '../model/provider.js';
import { parseUrl } from '../model/urls.js';
import { headerPolicies, metaPolicy, type Policy } from './csp.js';
import { readMarkup, type Markup, type VerifyTag } from './markup.js';
import { readPermissions, type Permissions } from './permissions.js';

/** A page as it was fetched. */
export interface PageInput {
  /** Where the page is in the end, after any redirect. */
  readonly url: URL;
  readonly headers: Headers;
  readonly html: string;
}

/** A page as the checks see it. */
export interface Page {
  readonly url: URL;
  readonly headers: Headers;
  readonly markup: Markup;
  readonly policies: readonly Policy[];
  readonly permissions: Permissions;
  /** `-Report-Only` where the page is looked at as if such headers were enforced. */
  readonly suffix: '' | '-Report-Only';
  /** Whether anything is framed: not on a callback page, and not where the element only redirects. */
  readonly isFraming: boolean;
}

/** Reads headers and markup. */
export const readPage = ({ url, headers, html }: PageInput): Page => {
  const markup = readMarkup(html);
  const { elements, hasReturn } = markup;
  return {
    url,
    headers,
    markup,
    policies: [
      ...headerPolicies('Content-Security-Policy', headers.get('content-security-policy')),
      ...markup.policies.map(({ content, position }) => metaPolicy(content, position)),
    ],
    permissions: readPermissions(headers.get('permissions-policy'), headers.get('feature-policy')),
    suffix: '',
    isFraming:
      elements.length === 0
        ? !hasReturn
        : elements.some(({ attributes }) => attributes.get('display') !== 'redirect'),
  };
};

/** The same page as if what it only reports on were enforced; `undefined` where it reports nothing. */
export const readReportOnly = (page: Page): Page | undefined => {
  const names = ['content-security-policy', 'permissions-policy', 'cross-origin-embedder-policy'];
  const found = names.map((name) => [name, page.headers.get(`${name}-report-only`)] as const);
  if (found.every(([, value]) => value === null)) return undefined;
  const headers = new Headers(
    found.flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]])),
  );
  return {
    ...page,
    headers,
    policies: headerPolicies(
      'Content-Security-Policy-Report-Only',
      headers.get('content-security-policy'),
    ),
    permissions: readPermissions(headers.get('permissions-policy'), null),
    suffix: '-Report-Only',
  };
};

/** An address of the page's markup, resolved. */
export const resolve = ({ url, markup }: Page, address: string | undefined): URL | undefined => {
  if (address === undefined || address.trim() === '') return undefined;
  const base = URL.canParse(markup.base ?? '', url.href) ? new URL(markup.base ?? '', url) : url;
  return URL.canParse(address, base.href) ? new URL(address, base) : undefined;
};

/** The session URL that the host wrote into the markup, if any: of the frame, or of the element. */
export const writtenSession = ({ attributes, frame }: VerifyTag): URL | undefined =>
  parseUrl(frame?.get('src') ?? attributes.get('session-url') ?? '');

const isAbout = (provider: Provider, { attributes }: VerifyTag): boolean =>
  (attributes.get('provider') ?? provider.id) === provider.id;

/** The elements that may run this provider's flow. */
export const elementsFor = ({ markup }: Page, provider: Provider): readonly VerifyTag[] =>
  markup.elements.filter((element) => isAbout(provider, element));
