import { frameRemedyFor } from '../../environment/remedies.js';
import { delegation } from '../../frame/frame.js';
import { belongsTo } from '../../model/membership.js';
import type { Provider } from '../../model/provider.js';
import type { Draft } from '../drafts.js';
import type { Attributes } from '../markup.js';
import { elementsFor, writtenSession, type Page } from '../page.js';

const inWords = (rest: string): string =>
  `The iframe inside <kyc-verify> is replaced, which loads the session URL a second time: it ${rest}`;

const checkAttributes = (frame: Attributes, allow: string): readonly Draft[] => {
  const drafts: Draft[] = [];
  if (frame.get('allow') !== allow)
    drafts.push({
      code: 'frame-allow',
      severity: 'error',
      text: inWords('must have exactly the allow that the flow needs.'),
      fix: { action: 'change', line: `allow="${allow}"` },
    });
  if (frame.get('referrerpolicy')?.toLowerCase() !== 'strict-origin')
    drafts.push({
      code: 'frame-referrer',
      severity: 'error',
      text: inWords(frameRemedyFor('referrerpolicy')),
      fix: { action: 'change', line: 'referrerpolicy="strict-origin"' },
    });
  for (const name of ['sandbox', 'srcdoc'].filter((each) => frame.has(each)))
    drafts.push({
      code: 'frame-sandbox',
      severity: 'error',
      text: inWords(frameRemedyFor('sandbox')),
      fix: { action: 'remove', line: name },
    });
  return drafts;
};

/** Whether a frame that the host rendered itself is taken over as it stands. */
export const checkAdopted = (
  page: Page,
  provider: Provider,
  known: readonly string[],
): readonly Draft[] =>
  elementsFor(page, provider).flatMap((element): readonly Draft[] => {
    const url = writtenSession(element);
    if (!element.frame || !url) return [];
    if (!belongsTo(url, { hosts: provider.hosts, origins: known }))
      // Without a name it may be another provider's, and that one's business.
      return element.attributes.get('provider') === provider.id
        ? [
            {
              code: 'frame-origin',
              severity: 'error',
              text: `The iframe inside <kyc-verify> is on ${url.origin}, which is neither ${provider.name}'s nor in trusted-origins.`,
              fix: { action: 'add', line: `trusted-origins="${url.origin}"` },
            },
          ]
        : [];
    const allow = delegation(provider.features, [...new Set([url.origin, ...known])]);
    const drafts = [...checkAttributes(element.frame, allow)];
    if (!element.frame.get('title')?.trim())
      drafts.push({
        code: 'frame-title',
        severity: 'warning',
        text: 'The iframe inside <kyc-verify> has no title, so that screen readers have no name for it.',
        fix: { action: 'add', line: `title="Identity verification by ${provider.name}"` },
      });
    return drafts.length > 0
      ? drafts
      : [
          {
            code: 'frame-allow',
            severity: 'ok',
            text: 'The rendered frame is taken over as it is.',
          },
        ];
  });
