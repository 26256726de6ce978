import { remedyFor } from '../../environment/remedies.js';
import { isSecure } from '../../model/urls.js';
import type { Draft } from '../drafts.js';
import type { Page } from '../page.js';

/** Whether anybody in this page could be given a camera. */
export const checkTransport = ({ url, isFraming }: Page): readonly Draft[] => [
  isSecure(url)
    ? { code: 'insecure-context', severity: 'ok', text: 'The page is a secure context.' }
    : {
        code: 'insecure-context',
        // A redirect works from there; whoever listens in gets the session URL all the same.
        severity: isFraming ? 'error' : 'warning',
        text: `The page is http. ${remedyFor('insecure-context', [])}`,
      },
];

/** COEP is one word, with parameters that say where reports go. Anything else counts for nothing. */
const embedderPolicy = (value: string | null): string | undefined =>
  /^\s*(require-corp|credentialless)\s*(;.*)?$/.exec(value ?? '')?.[1];

const openerPolicy = (value: string | null): string | undefined =>
  /^\s*(same-origin)\s*(;.*)?$/.exec(value ?? '')?.[1];

/** Whether headers keep pages out that do not send COEP themselves, as no provider's page does. */
export const checkIsolation = ({ headers, isFraming, suffix }: Page): readonly Draft[] => {
  const name = `Cross-Origin-Embedder-Policy${suffix}`;
  const embedder = embedderPolicy(headers.get('cross-origin-embedder-policy'));
  const opener = openerPolicy(headers.get('cross-origin-opener-policy'));
  // Chromium alone has it. The page counts as isolated, and the element frames nothing there.
  const document = headers.get('document-isolation-policy')?.trim() ?? '';
  if (!isFraming) return [];
  const drafts: Draft[] = [];
  if (embedder) {
    const text = opener
      ? `The page is cross-origin isolated, and the provider's page does not load in it.`
      : `With ${name}: ${embedder} the provider's page does not load, in some browsers without a word.`;
    drafts.push({
      code: 'cross-origin-isolated',
      severity: 'error',
      text: `${text} ${remedyFor('cross-origin-isolated', [])}`,
      fix: { action: 'change', line: `${name}: unsafe-none` },
    });
  }
  if (document.startsWith('isolate-and-'))
    drafts.push({
      code: 'cross-origin-isolated',
      severity: 'error',
      text: 'In Chromium the page is cross-origin isolated, and the element frames nothing there.',
      fix: { action: 'remove', line: `Document-Isolation-Policy: ${document}` },
    });
  return drafts.length > 0
    ? drafts
    : [{ code: 'cross-origin-isolated', severity: 'ok', text: 'Nothing isolates the page.' }];
};
