import { governing, policyName, type Policy } from '../csp.js';
import type { Draft } from '../drafts.js';
import type { Page } from '../page.js';
import { matchesAny } from '../sources.js';

const has = (words: readonly string[], word: string): boolean =>
  words.some((each) => each.toLowerCase() === word);

/** Lit makes a policy as it loads, and throws where it may not. */
export const checkTrustedTypes = ({ policies }: Page): readonly Draft[] => {
  const naming = policies.filter(({ directives }) => directives.has('trusted-types'));
  const lacking = naming.filter(({ directives }) => {
    const names = directives.get('trusted-types') ?? [];
    return !names.includes('lit-html') && !names.includes('*');
  });
  if (lacking.length > 0)
    return lacking.map((policy) => ({
      code: 'trusted-types',
      severity: 'error',
      text: `The ${policyName(policy)} does not let Lit, which the script brings, make its policy "lit-html", and so the script does not run.`,
      edit: { policy, directive: 'trusted-types', base: [], added: ['lit-html'] },
    }));
  const isMinded = policies.some(
    ({ directives }) =>
      directives.has('trusted-types') || directives.has('require-trusted-types-for'),
  );
  return isMinded
    ? [{ code: 'trusted-types', severity: 'ok', text: 'Trusted Types let the script run.' }]
    : [];
};

/** What a sandboxed page may do, so may every page that it frames. */
export const checkSandbox = ({ policies }: Page): readonly Draft[] =>
  policies.flatMap((policy): readonly Draft[] => {
    const words = policy.directives.get('sandbox');
    if (!words) return [];
    const lacking = ['allow-scripts', 'allow-same-origin'].filter((word) => !has(words, word));
    if (lacking.length === 0)
      return [
        {
          code: 'sandboxed',
          severity: 'warning',
          text: "The provider's page inherits the sandbox of this one, and needs more than a sandbox mostly allows. Leave the directive out.",
        },
      ];
    return [
      {
        code: 'sandboxed',
        severity: 'error',
        text: `The sandbox directive lacks ${lacking.join(' and ')}: without them neither the script nor the camera works.`,
        edit: { policy, directive: 'sandbox', base: [], added: lacking },
      },
    ];
  });

const STYLES = ['style-src-elem', 'style-src-attr', 'style-src', 'default-src'];

/** Said since everybody looks for it. */
export const checkStyles = ({ policies }: Page): readonly Draft[] =>
  policies.some((policy) => governing(policy, STYLES))
    ? [
        {
          code: 'style-src',
          severity: 'ok',
          text: 'Styles need nothing: constructable style sheets hold under any style-src, and connect-src is for your own requests alone.',
        },
      ]
    : [];

/** Where this is said, `X-Frame-Options` counts for nothing. */
const ancestorsOf = (policies: readonly Policy[]): readonly Policy[] =>
  policies.filter(({ directives }) => directives.has('frame-ancestors'));

const forbidsItself = (value: string): boolean =>
  value.split(',').some((word) => word.trim().toLowerCase() === 'deny');

/** A callback page may be loaded inside the frame, and so must let its own origin frame it. */
export const checkReturnFraming = ({ url, headers, markup, policies }: Page): readonly Draft[] => {
  if (!markup.hasReturn) return [];
  const text =
    'Some providers load the callback page inside the frame, and this one lets no page of its own origin frame it.';
  const saying = ancestorsOf(policies);
  const lacking = saying.filter(
    ({ directives }) => !matchesAny(directives.get('frame-ancestors') ?? [], url, url),
  );
  if (lacking.length > 0)
    return lacking.map((policy) => ({
      code: 'return-framing',
      severity: 'warning',
      text,
      edit: { policy, directive: 'frame-ancestors', base: [], added: ["'self'"] },
    }));
  return saying.length === 0 && forbidsItself(headers.get('x-frame-options') ?? '')
    ? [
        {
          code: 'return-framing',
          severity: 'warning',
          text,
          fix: { action: 'change', line: 'X-Frame-Options: SAMEORIGIN' },
        },
      ]
    : [
        {
          code: 'return-framing',
          severity: 'ok',
          text: 'Your own pages may frame this callback page.',
        },
      ];
};

/** Noted since nobody looks for it there. */
export const checkOldHeader = ({ headers, isFraming }: Page): readonly Draft[] =>
  isFraming && headers.has('feature-policy')
    ? [
        {
          code: 'feature-policy',
          severity: 'info',
          text: 'Feature-Policy is the old name of Permissions-Policy. Chromium still minds it, for every feature that the new header does not name.',
        },
      ]
    : [];
