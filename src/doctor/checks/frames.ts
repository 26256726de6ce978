import { frameSources, governing, policyName, type Policy } from '../csp.js';
import type { Draft, Edit } from '../drafts.js';
import type { Page } from '../page.js';
import { matchesAny } from '../sources.js';

const DIRECTIVES = ['frame-src', 'child-src', 'default-src'];

const SELF = "'self'";

/** A draft that lets these in. The directive is a new one where another stood in for it. */
const letIn = (policy: Policy, sources: readonly string[], added: readonly string[]): Edit => ({
  policy,
  directive: 'frame-src',
  base: frameSources(sources),
  added,
});

const checkPolicy = (page: Page, policy: Policy, origins: readonly string[]): readonly Draft[] => {
  const [directive, sources] = governing(policy, DIRECTIVES) ?? [];
  if (directive === undefined || !sources) return [];
  const lacking = origins.filter((origin) => !matchesAny(sources, new URL(origin), page.url));
  const isSelfIn = matchesAny(sources, page.url, page.url);
  if (lacking.length > 0)
    return [
      {
        code: 'frame-blocked',
        severity: 'error',
        text: `${directive} of the ${policyName(policy)} keeps ${lacking.length === origins.length ? 'the provider' : lacking.join(' ')} out of the frame.`,
        edit: letIn(policy, sources, isSelfIn ? lacking : [SELF, ...lacking]),
      },
    ];
  return isSelfIn
    ? []
    : [
        {
          code: 'callback-blocked',
          severity: 'warning',
          text: `${directive} of the ${policyName(policy)} keeps your own callback page out of the frame, where some providers load it.`,
          edit: letIn(policy, sources, [SELF]),
        },
      ];
};

/** Whether the page's policies let every origin of the flow into the frame. */
export const checkFrames = (page: Page, origins: readonly string[]): readonly Draft[] => {
  const drafts = page.policies.flatMap((policy) => checkPolicy(page, policy, origins));
  return drafts.some(({ code }) => code === 'frame-blocked')
    ? drafts
    : [
        {
          code: 'frame-blocked',
          severity: 'ok',
          text: 'Every origin of the flow may be framed.',
        },
        ...drafts,
      ];
};
