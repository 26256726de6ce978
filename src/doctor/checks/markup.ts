import type { Draft } from '../drafts.js';
import { writtenSession, type Page } from '../page.js';

const NO_STORE = { action: 'change', line: 'Cache-Control: no-store' } as const;

const isStored = (headers: Headers): boolean =>
  !(headers.get('cache-control') ?? '')
    .split(',')
    .some((word) => word.trim().toLowerCase() === 'no-store');

/** Whether the markup holds what nobody else may have, and whether a cache may keep it. */
export const checkSecrets = (page: Page): readonly Draft[] => {
  const { elements } = page.markup;
  const stored = isStored(page.headers);
  const drafts: Draft[] = [];
  if (elements.some(({ attributes }) => (attributes.get('session-url') ?? '') !== ''))
    drafts.push({
      code: 'session-url-in-markup',
      severity: stored ? 'error' : 'warning',
      text: stored
        ? 'The markup holds a session URL, a secret, and caches may keep it. Set the property in the browser, or send the header.'
        : 'The markup holds a session URL, a secret. Set the property in the browser instead.',
      ...(stored && { fix: NO_STORE }),
    });
  if (elements.some((element) => element.frame && writtenSession(element)))
    drafts.push(
      stored
        ? {
            code: 'frame-cacheable',
            severity: 'error',
            text: 'The markup holds a frame with its session URL, a secret, and caches may keep it.',
            fix: NO_STORE,
          }
        : { code: 'frame-cacheable', severity: 'ok', text: 'No cache keeps the rendered frame.' },
    );
  return drafts;
};

/** What a person notices. */
export const checkManners = ({ markup, headers }: Page): readonly Draft[] => {
  const drafts: Draft[] = [];
  if (!markup.hasViewport)
    drafts.push({
      code: 'viewport',
      severity: 'warning',
      text: 'Phones show the page as a small picture of a wide one.',
      fix: {
        action: 'add',
        line: '<meta name="viewport" content="width=device-width, initial-scale=1">',
      },
    });
  if (!markup.hasLanguage)
    drafts.push({
      code: 'lang',
      severity: 'info',
      text: "Without a lang the widget's texts are in the browser's language, whatever the page's is.",
      fix: { action: 'add', line: '<html lang="en">' },
    });
  if (/(^|,)\s*no-referrer\s*$/i.test(headers.get('referrer-policy') ?? ''))
    drafts.push({
      code: 'referrer-policy',
      severity: 'info',
      text: 'Referrer-Policy: no-referrer does no harm: the frame has a policy of its own, and sends your origin.',
    });
  return drafts;
};
