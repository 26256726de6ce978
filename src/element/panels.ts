import { html, nothing, type TemplateResult } from 'lit';
import type { SessionCover } from '../flow/session-views.js';
import type { KnownTexts } from '../i18n/texts.js';
import { isRedirectable, isRetryable } from '../model/errors.js';

/** What may lie over the frame, or in its place. */
export type Cover = RunCover | SessionCover;

/** Those that need no session of the host's server. */
export type RunCover =
  | 'idle'
  | 'loading'
  | 'finished'
  | 'canceled'
  | 'failed'
  | 'redirected'
  | 'returned'
  | 'leave'
  | 'reload'
  | 'handled';

/** What a person can choose in a panel. */
export interface Choices {
  readonly retry: () => void;
  readonly show: () => void;
  readonly leave: () => void;
  readonly stay: () => void;
  readonly reload: () => void;
  readonly dismissReload: () => void;
  /** Pressed on a link to the provider's page. */
  readonly go: (event: MouseEvent) => void;
}

/** What panels are made of. */
export interface PanelContext {
  readonly texts: KnownTexts;
  readonly choices: Choices;
  readonly isModal: boolean;
  /** Of a failure, else `''`. */
  readonly code: string;
  /** Nobody knows whether the page shows, except the person. */
  readonly isSlow: boolean;
  /** The provider's page, where the person may go to it; a secret. */
  readonly href: string | undefined;
  /** The provider's page leads back here. */
  readonly isRoundTrip: boolean;
  /** Copies this page's own address, where it had better be opened in another browser. */
  readonly copy: Action;
}

/** A button: its text and what a press does; with an address a link, to a new tab if so said. */
export type Action =
  | readonly [label: string, act: (event: MouseEvent) => void, href?: string, target?: '_blank']
  | false
  | undefined
  | '';

/** The first is the primary one. */
export const buttons = (...choices: readonly Action[]): readonly TemplateResult[] =>
  choices
    .filter((choice) => !!choice)
    .map(([label, act, href, target], index) => {
      const part = `${href ? 'link' : 'button'}${index ? '' : ' primary-button'}`;
      return href
        ? html`<a part=${part} href=${href} target=${target ?? nothing} rel="noopener" @click=${act}
            >${label}</a
          >`
        : html`<button type="button" part=${part} @click=${act}>${label}</button>`;
    });

export const panel = (
  mark: string,
  heading: string,
  text: string,
  choices: readonly Action[] = [],
  note?: unknown,
): TemplateResult =>
  html`<div class="panel" part="panel">
    <span class="mark" part="mark" aria-hidden="true">${mark}</span>
    <h2 part="heading">${heading}</h2>
    <p part="text">${text}</p>
    ${note}
    <div class="actions" part="actions">${buttons(...choices)}</div>
  </div>`;

export const codeNote = (code: string, texts: KnownTexts): TemplateResult =>
  html`<small part="code">${texts.code} <bdi>${code}</bdi></small>`;

/** A failure in words; what is between the site and its provider shares one text. */
export const failureText = (
  code: string,
  texts: Readonly<Partial<Record<string, string>>>,
): readonly [heading: string, text: string] => {
  const shared = isRedirectable(code) ? 'frame-blocked' : 'failed';
  return [texts[code] ?? texts[shared] ?? '', texts[`${code}Text`] ?? texts[`${shared}Text`] ?? ''];
};

const failure = (context: PanelContext): TemplateResult => {
  const { texts, code, choices, isModal, href, copy, isRoundTrip } = context;
  const isAgain = isRetryable(code);
  return panel(
    '!',
    ...failureText(code, texts),
    [
      isAgain && [texts.retry, choices.retry],
      code === 'script-missing' && [texts.reloadNow, choices.reload],
      copy,
      href && [texts.continue, choices.go, href],
      href && [texts.newTab, choices.go, href, '_blank'],
      isAgain && [texts.show, choices.show],
      isAgain ? [texts.leaveNow, choices.leave] : isModal && [texts.close, choices.leave],
    ],
    html`${href && isRoundTrip && texts.alone ? html`<p part="text">${texts.alone}</p>` : nothing}
    ${copy ? html`<bdi part="address">${location.href}</bdi>` : nothing} ${codeNote(code, texts)}`,
  );
};

/** What to show for a cover. */
export const panelFor = (cover: RunCover, context: PanelContext): unknown => {
  const { texts, choices, isModal, isSlow, href } = context;
  const close: Action = isModal && [texts.close, choices.leave];
  switch (cover) {
    case 'loading':
      return html`<div class="panel" part="panel">
        <span class="mark spinner" part="spinner"></span>
        <p part="text">${texts.loading}</p>
      </div>`;
    case 'finished':
      return panel('✓', texts.finished, texts.finishedText, [close]);
    case 'canceled':
      return panel('✕', texts.canceled, texts.canceledText, [[texts.retry, choices.retry], close]);
    case 'failed':
      return failure(context);
    case 'redirected':
      return panel('↗', texts.redirected ?? texts.title, texts.redirectedText ?? '', [
        href && [texts.continue, choices.go, href],
        href && [texts.newTab, choices.go, href, '_blank'],
        [texts.leaveNow, choices.leave],
      ]);
    case 'returned':
      return panel('↩', texts.returned ?? texts.title, texts.returnedText ?? '', [close]);
    case 'leave':
      return panel('?', texts.leave, texts.leaveText, [
        [texts.leaveNot, choices.stay],
        isSlow && [texts.retry, choices.retry],
        [texts.leaveNow, choices.leave],
      ]);
    case 'reload':
      return panel('!', texts.reload, texts.reloadText, [
        [texts.reloadNow, choices.reload],
        [texts.reloadNot, choices.dismissReload],
      ]);
    case 'idle':
      return html`<slot></slot>`;
    case 'handled':
      return nothing;
    default:
      return cover satisfies never;
  }
};
