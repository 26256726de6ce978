import { remedyFor } from '../../environment/remedies.js';
import type { Feature, Provider } from '../../model/provider.js';
import type { Draft } from '../drafts.js';
import type { Page } from '../page.js';
import { allowListOf, keptFrom, type AllowList } from '../permissions.js';
import type { Code, Severity } from '../report.js';

/** Why a list keeps a feature back, in words. */
const because = (list: AllowList, lacking: readonly string[], all: readonly string[]): string => {
  const ignored = list.ignored.map((text) => {
    if (text === '"self"') return ' Write self without quotes.';
    return text.includes('://') ? ` ${text} counts for nothing without double quotes.` : '';
  });
  const hint = [...new Set(ignored)].join('');
  if (!list.self && list.origins.length === 0) return `nobody may have it.${hint}`;
  if (!list.self)
    return `self is not in the list, and nobody hands on what they do not have.${hint}`;
  if (lacking.length === all.length) return `no origin of the flow is in the list.${hint}`;
  return `the list lacks ${lacking.join(' ')}.${hint}`;
};

/** A feature that does not reach the whole flow. */
interface Kept {
  readonly feature: Feature;
  readonly header: AllowList['header'];
  readonly why: string;
}

const keptBack = (
  { permissions, url }: Page,
  features: readonly Feature[],
  origins: readonly string[],
): readonly Kept[] =>
  features.flatMap((feature) => {
    const list = allowListOf(permissions, feature);
    const lacking = keptFrom(list, origins, url);
    return list && lacking.length > 0
      ? [{ feature, header: list.header, why: because(list, lacking, origins) }]
      : [];
  });

const draft = (
  code: Code,
  severity: Severity,
  { feature, header, why }: Kept,
  origins: readonly string[],
): Draft => ({
  code,
  severity,
  text: `The ${header} header keeps the ${feature} from the provider in Chromium: ${why}`,
  edit: { feature, origins },
});

/** Whether the page's headers let the provider's flow have what it needs. Chromium alone minds them. */
export const checkFeatures = (
  page: Page,
  { features }: Provider,
  origins: readonly string[],
): readonly Draft[] => {
  const kept = keptBack(page, features, origins);
  const drafts = kept.map((each): Draft => {
    if (each.feature === 'camera') return draft('permissions-policy', 'error', each, origins);
    return each.feature === 'microphone'
      ? draft('microphone-policy', 'warning', each, origins)
      : draft('features-policy', 'warning', each, origins);
  });
  if (!page.permissions.dictionary)
    drafts.push({
      code: 'permissions-policy-malformed',
      severity: 'warning',
      text: `Chromium cannot read the Permissions-Policy${page.suffix} header and drops the whole of it, so that it protects nothing.`,
      fix: {
        action: 'change',
        line: remedyFor('permissions-policy', origins, features).replace(':', `${page.suffix}:`),
      },
    });
  const media = (['camera', 'microphone'] as const).filter(
    (feature) => features.includes(feature) && !kept.some((each) => each.feature === feature),
  );
  return [
    ...media.map((feature): Draft => ({
      code: feature === 'camera' ? 'permissions-policy' : 'microphone-policy',
      severity: 'ok',
      text: `The ${feature} may go to every origin of the flow.`,
    })),
    ...drafts,
  ];
};
