import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../i18n/texts.js';
import { isRetryable, type KycErrorCode } from '../model/errors.js';

/** What may lie over the frame, or in its place. */
export type Cover =
  'idle' | 'loading' | 'finished' | 'canceled' | 'failed' | 'leave' | 'reload' | 'handled';

/** What a person can choose in a panel. */
export interface Choices {
  readonly retry: () => void;
  readonly show: () => void;
  readonly leave: () => void;
  readonly stay: () => void;
  readonly reload: () => void;
  readonly dismissReload: () => void;
}

/** What panels are made of. */
export interface PanelContext {
  readonly texts: Texts;
  readonly choices: Choices;
  readonly isModal: boolean;
  readonly code: KycErrorCode | undefined;
  /** Nobody knows whether the page shows, except the person. */
  readonly isSlow: boolean;
}

/** A button: its text and what a press does. */
type Action = readonly [label: string, act: () => void] | false;

/** The first button is the primary one. */
export const buttons = (...choices: readonly Action[]): readonly TemplateResult[] =>
  choices
    .filter((choice) => choice !== false)
    .map(
      ([label, act], index) =>
        html`<button type="button" part=${index ? 'button' : 'button primary-button'} @click=${act}>
          ${label}
        </button>`,
    );

const panel = (
  mark: string,
  heading: string,
  text: string,
  choices: readonly Action[],
  note?: unknown,
): TemplateResult =>
  html`<div class="panel" part="panel">
    <span class="mark" part="mark" aria-hidden="true">${mark}</span>
    <h2 part="heading">${heading}</h2>
    <p part="text">${text}</p>
    ${note}
    <div class="actions" part="actions">${buttons(...choices)}</div>
  </div>`;

/** The codes that have texts of their own; the others are between the site and its provider. */
type ToldCode = KycErrorCode & keyof Texts;

/** The key of a failure's heading; `<key>Text` is that of its sentence. */
export const failureKey = (code: KycErrorCode | undefined, texts: Texts): ToldCode | 'failed' =>
  code && code in texts ? (code as ToldCode) : 'failed';

const failure = ({ texts, code, choices, isModal }: PanelContext): TemplateResult => {
  const key = failureKey(code, texts);
  return panel(
    '!',
    texts[key],
    texts[`${key}Text`],
    code && isRetryable(code)
      ? [
          [texts.retry, choices.retry],
          [texts.show, choices.show],
          [texts.leaveNow, choices.leave],
        ]
      : [isModal && [texts.close, choices.leave]],
    html`<small part="code">${texts.code} <bdi>${code}</bdi></small>`,
  );
};

/** What to show for a cover. */
export const panelFor = (cover: Cover, context: PanelContext): unknown => {
  const { texts, choices, isModal, isSlow } = context;
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
