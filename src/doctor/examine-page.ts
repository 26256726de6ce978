import type { Provider } from '../model/provider.js';
import { belongsTo } from '../model/membership.js';
import { readOrigins } from '../session/session-url.js';
import { checkAdopted } from './checks/adopted.js';
import { checkFeatures } from './checks/features.js';
import { checkFrames } from './checks/frames.js';
import { checkManners, checkSecrets } from './checks/markup.js';
import {
  checkOldHeader,
  checkReturnFraming,
  checkSandbox,
  checkStyles,
  checkTrustedTypes,
} from './checks/page-policies.js';
import { checkCollector, checkIntegrity, checkPresence, checkScripts } from './checks/scripts.js';
import { checkIsolation, checkTransport } from './checks/transport.js';
import { complete, type Draft } from './drafts.js';
import { knownProviders } from './known-providers.js';
import { elementsFor, readPage, readReportOnly, writtenSession, type Page } from './page.js';
import { publicUrl, type Finding, type ProviderReport, type Report } from './report.js';

/** What is to be examined, and for whom. */
export interface Examination {
  /** Where the page is in the end, after any redirect. */
  readonly url: string | URL;
  readonly headers: Headers | Readonly<Record<string, string>>;
  readonly html: string;
  /** Default: every provider that the package knows. */
  readonly providers?: readonly Provider[];
  /** Origins that your script names in `trusted-origins`; those in the markup are found there. */
  readonly trustedOrigins?: readonly string[];
}

type Check = (page: Page) => readonly Draft[];

/** What headers alone decide, and so a report-only one may announce. */
const HEADER_CHECKS: readonly Check[] = [
  checkIsolation,
  checkScripts,
  checkTrustedTypes,
  checkSandbox,
];

const run = (page: Page, checks: readonly Check[]): readonly Draft[] =>
  checks.flatMap((check) => check(page));

const draftPage = (page: Page): readonly Draft[] =>
  run(page, [
    checkTransport,
    checkPresence,
    ...HEADER_CHECKS,
    checkStyles,
    checkOldHeader,
    checkIntegrity,
    checkCollector,
    checkSecrets,
    checkReturnFraming,
    checkManners,
  ]);

/** Every origin that the flow may visit in this page: never the page's own. */
const originsOf = (
  page: Page,
  provider: Provider,
  trusted: readonly string[],
): readonly [known: readonly string[], all: readonly string[]] => {
  const elements = elementsFor(page, provider);
  const named = elements.map(({ attributes }) => attributes.get('trusted-origins') ?? '');
  const known = readOrigins([...provider.origins, ...named, ...trusted].join(' ')).filter(
    (origin) => origin !== page.url.origin,
  );
  const written = elements
    .flatMap((element) => writtenSession(element) ?? [])
    .filter((url) => belongsTo(url, { hosts: provider.hosts, origins: known }))
    .map(({ origin }) => origin);
  return [known, [...new Set([...known, ...written])]];
};

/** What a report-only header would break is a warning, under its own code. */
const asReportOnly = (findings: readonly Finding[]): readonly Finding[] =>
  findings
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map((finding) => ({
      ...finding,
      code: 'report-only',
      severity: 'warning',
      text: `Report-only blocks nothing. Enforced, it would be ${finding.code}: ${finding.text}`,
    }));

/** A page, and what its own checks drafted: their changes belong into a provider's lines too. */
interface View {
  readonly page: Page;
  readonly drafts: readonly Draft[];
}

const withoutFrames = ({ markup }: Page): Finding => ({
  code: 'display-redirect',
  severity: 'ok',
  text:
    markup.elements.length === 0
      ? 'A callback page frames nothing: its camera and frame policies do not matter.'
      : "The element leaves for the provider's own page: camera and frame policies do not matter.",
});

const examineProvider = (
  { page, drafts }: View,
  reporting: View | undefined,
  provider: Provider,
  trusted: readonly string[],
): ProviderReport => {
  const { id, name } = provider;
  const [known, origins] = originsOf(page, provider, trusted);
  if (!page.isFraming) return { id, name, origins, findings: [withoutFrames(page)] };
  const draft = (each: Page): readonly Draft[] => [
    ...checkFeatures(each, provider, origins),
    ...checkFrames(each, origins),
  ];
  const own = [...draft(page), ...checkAdopted(page, provider, known)];
  const reported = reporting
    ? complete(reporting.page, draft(reporting.page), reporting.drafts)
    : [];
  return {
    id,
    name,
    origins,
    findings: [...complete(page, own, drafts), ...asReportOnly(reported)],
  };
};

/** Says of a page that was fetched whether its headers and markup let the widget work. Fetches nothing. */
export const examinePage = ({
  url,
  headers,
  html,
  providers = knownProviders,
  trustedOrigins = [],
}: Examination): Report => {
  const page = readPage({ url: new URL(url), headers: new Headers(headers), html });
  const view: View = { page, drafts: draftPage(page) };
  const reportingPage = readReportOnly(page);
  const reporting = reportingPage && {
    page: reportingPage,
    drafts: run(reportingPage, HEADER_CHECKS),
  };
  const findings = [
    ...complete(page, view.drafts),
    ...asReportOnly(reporting ? complete(reporting.page, reporting.drafts) : []),
  ];
  return summarize(
    publicUrl(page.url),
    findings,
    providers.map((each) => examineProvider(view, reporting, each, trustedOrigins)),
  );
};

/** Counts what was found. */
export const summarize = (
  url: string,
  findings: readonly Finding[],
  providers: readonly ProviderReport[],
): Report => {
  const all = [...findings, ...providers.flatMap((each) => each.findings)];
  const count = (severity: Finding['severity']): number =>
    all.filter((finding) => finding.severity === severity).length;
  return { url, findings, providers, errors: count('error'), warnings: count('warning') };
};
