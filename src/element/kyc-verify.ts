import {
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { RunSettings } from '../flow/plan.js';
import { RunController, type RunHost } from '../flow/run-controller.js';
import { closestLanguage } from '../i18n/closest-language.js';
import { fill, onTexts, wordingFor, type Texts, type Wording } from '../i18n/texts.js';
import type { KycError } from '../model/errors.js';
import type { KycCanceledDetail } from '../model/events.js';
import type { Phase } from '../model/phases.js';
import type { Display } from '../model/provider.js';
import { styles } from './kyc-verify.styles.js';
import { buttons, failureKey, panelFor, type Choices, type Cover } from './panels.js';
import { lockScroll } from './scroll-lock.js';

/**
 * Runs an identity verification on a provider's hosted page, from session URL to the end of the
 * person's part.
 *
 * @summary Frames a provider's hosted identity verification and tells the page what happens in it.
 * @tagname kyc-verify
 *
 * @slot - Shown while nothing runs yet.
 * @slot loading - In place of the loading sign.
 * @slot finished - In place of the closing panel.
 * @slot canceled - In place of the panel after the person or the host backed out.
 * @slot failed - In place of the panel that says what went wrong.
 * @slot handled - In place of nothing, where the host prevented `kyc-error`.
 * @slot reload - In place of the question for a reload of the page.
 * @slot leave - In place of the question whether to stop.
 *
 * @event {KycEvent<'kyc-ready'>} kyc-ready - The provider's page is up.
 * @event {KycEvent<'kyc-started'>} kyc-started - The person began.
 * @event {KycEvent<'kyc-progress'>} kyc-progress - The person moved on a step.
 * @event {KycEvent<'kyc-submitted'>} kyc-submitted - The pictures were handed in.
 * @event {KycEvent<'kyc-finished'>} kyc-finished - The person's part is over. Not a decision.
 * @event {KycEvent<'kyc-canceled'>} kyc-canceled - The person or the host backed out.
 * @event {KycEvent<'kyc-reload-request'>} kyc-reload-request - The page needs the camera asked for
 *   again. Cancelable: prevent it to do that yourself.
 * @event {KycEvent<'kyc-error'>} kyc-error - Something went wrong. Cancelable: prevent it to tell
 *   the person yourself.
 * @event {KycEvent<'kyc-phase-change'>} kyc-phase-change - The run is in another phase.
 *
 * @csspart dialog - The dialog of a modal.
 * @csspart stage - The surface that holds everything.
 * @csspart header - The bar of a modal, with its title and close button.
 * @csspart close-button - The close button of a modal.
 * @csspart frame - The provider's iframe.
 * @csspart panel - Any panel shown in place of the frame.
 * @csspart mark - The sign above a panel's heading.
 * @csspart spinner - The loading sign.
 * @csspart heading - A panel's heading.
 * @csspart text - A panel's sentence.
 * @csspart code - The error code in a panel.
 * @csspart actions - A panel's buttons.
 * @csspart button - Any button of a panel.
 * @csspart primary-button - The first button of a panel.
 * @csspart help - The quiet way out beside a frame that gives no sign of life.
 *
 * @cssproperty [--kyc-width=1000px] - Greatest width.
 * @cssproperty [--kyc-height=650px] - Height; in a modal 4rem are added for its header.
 * @cssproperty [--kyc-font=system-ui, sans-serif] - Font family.
 * @cssproperty [--kyc-surface=Canvas] - Background.
 * @cssproperty [--kyc-text=CanvasText] - Text.
 * @cssproperty [--kyc-accent=var(--kyc-text)] - Primary button, signs, focus ring.
 * @cssproperty [--kyc-on-accent=var(--kyc-surface)] - Text on the accent.
 * @cssproperty [--kyc-radius=12px] - Corner radius.
 *
 * @cssstate idle - Nothing is mounted.
 * @cssstate loading - The frame is mounted, and its page has not spoken.
 * @cssstate ready - The page is up.
 * @cssstate started - The person began.
 * @cssstate submitted - The pictures were handed in.
 * @cssstate finished - The person's part is over.
 * @cssstate canceled - The person or the host backed out.
 * @cssstate failed - Something went wrong.
 */
export class KycVerify extends LitElement implements RunHost {
  static override styles = styles;

  static override properties: PropertyDeclarations = {
    sessionUrl: { attribute: 'session-url' },
    provider: {},
    display: {},
    open: { type: Boolean, reflect: true },
    trustedOrigins: { attribute: 'trusted-origins' },
    locale: {},
    timeout: { converter: (text) => Number(text ?? 20_000) },
    texts: { attribute: false },
    isLeaving: { state: true },
  };

  /** The one-time URL from the provider. A secret: it never reflects. Another URL is another run. */
  declare sessionUrl: string | undefined;

  /** `veriff`, `shufti-pro` or a registered id; inferred from the URL's host where absent. */
  declare provider: string | undefined;

  /** `inline` starts when there is a URL, `modal` when it is opened. Default: `inline`. */
  declare display: Display;

  /** Whether the modal is shown. */
  declare open: boolean;

  /** Space-separated origins of a white-label flow: may send messages and use the camera. */
  declare trustedOrigins: string | undefined;

  /** BCP 47. Default: the closest `lang`, else English. */
  declare locale: string | undefined;

  /** Milliseconds to wait for the page's first sign of life; 0 for no limit. Default: 20000. */
  declare timeout: number;

  /** Texts that take the place of ours. */
  declare texts: Partial<Texts> | undefined;

  /** The person is asked whether to stop. */
  declare private isLeaving: boolean;

  readonly #runs = new RunController(this);
  readonly #internals = this.attachInternals();
  #shownCover: Cover | undefined;
  #hadFocus = false;
  /** The modal is opened again after a run that came to nothing. */
  #reopens = false;
  #unlockScroll: (() => void) | undefined;
  #forgetTexts: (() => void) | undefined;

  readonly #choices: Choices = {
    retry: () => {
      this.retry();
    },
    show: () => {
      this.#runs.run?.show();
    },
    leave: () => {
      this.#leave('person');
    },
    stay: () => {
      this.isLeaving = false;
    },
    reload: () => {
      location.reload();
    },
    dismissReload: () => {
      this.#runs.run?.dismissReload();
    },
  };

  constructor() {
    super();
    this.display = 'inline';
    this.open = false;
    this.timeout = 20_000;
    this.isLeaving = false;
  }

  /** The present phase. */
  get phase(): Phase {
    return this.#runs.phase;
  }

  /** Why the run failed; `undefined` in every other phase. */
  get error(): KycError | undefined {
    return this.#runs.run?.error;
  }

  /** @internal */
  get runSettings(): RunSettings {
    const { sessionUrl, provider, trustedOrigins, timeout } = this;
    const display = this.#isModal ? 'modal' : 'inline';
    const [language = ''] = this.#locale.toLowerCase().split('-');
    return { sessionUrl, provider, trustedOrigins, display, timeout, language };
  }

  /** @internal */
  get isRunWanted(): boolean {
    return !!this.sessionUrl && (!this.#isModal || this.open);
  }

  get #isModal(): boolean {
    return this.display === 'modal';
  }

  get #locale(): string {
    return this.locale || (this.isConnected ? closestLanguage(this) : '');
  }

  get #wording(): Wording {
    const { language, texts } = wordingFor(this.#locale);
    return { language, texts: { ...texts, ...this.texts } };
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** What lies over the frame, or in its place. */
  get #cover(): Cover | undefined {
    const { run, phase } = this.#runs;
    if (this.isLeaving) return 'leave';
    if (run?.isReloadAsked) return 'reload';
    if (phase === 'idle') return this.#isModal ? 'loading' : 'idle';
    if (phase === 'failed') return run?.isErrorHandled ? 'handled' : phase;
    return phase === 'loading' || phase === 'finished' || phase === 'canceled' ? phase : undefined;
  }

  get #isHelpShown(): boolean {
    const cover = this.#cover;
    return !!this.#runs.run?.isSlow && (!cover || cover === 'loading');
  }

  /**
   * Starts the run, and opens the modal. Does nothing while a run is on or once the person's part
   * is over; fails with `missing-session-url` where there is no URL.
   */
  start(): void {
    if (!this.#opens()) this.#runs.start();
  }

  /** Ends the run as canceled by the host, and closes the modal. */
  close(): void {
    this.#leave('host');
  }

  /** Starts anew with the same URL, unless the person's part is over. */
  retry(): void {
    if (this.phase !== 'finished' && !this.#opens()) this.#runs.restart();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forgetTexts = onTexts(() => {
      this.requestUpdate();
    });
  }

  /** `moveBefore()` keeps a frame alive where the engine has it. */
  connectedMoveCallback(): void {
    this.#runs.hostMoved();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forgetTexts?.();
    this.#syncDialog(false);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOver = this.phase === 'canceled' || this.phase === 'failed';
    this.#reopens = isOver && this.isRunWanted && changed.has('open');
    if (!this.#runs.run?.hasBegun) this.isLeaving = false;
    this.#hadFocus = !!this.shadowRoot?.activeElement;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#showState();
    this.#syncDialog(this.isConnected && this.open);
    this.#syncFocus();
    if (!this.#isModal || !changed.has('open')) return;
    if (!this.open) this.#leave('host');
    else if (this.#reopens) this.#runs.restart();
  }

  protected override render(): TemplateResult {
    const { language, texts } = this.#wording;
    const cover = this.#cover;
    const { run } = this.#runs;
    if (run?.frame && run.plan) run.frame.title = fill(texts.frame, run.plan.provider.name);
    const stage = html`<div class="stage" part="stage" lang=${language} dir=${texts.dir}>
      ${this.#isModal ? this.#header(texts) : nothing}
      <div class="view">
        <div ?inert=${cover !== undefined}>${this.#runs.frame}</div>
        ${cover ? this.#renderCover(cover, texts) : nothing}
      </div>
      ${this.#isHelpShown ? this.#help(texts) : nothing}
      <p class="status" role="status">${this.#status(texts)}</p>
    </div>`;
    return this.#isModal
      ? html`<dialog
          part="dialog"
          aria-label=${texts.title}
          @cancel=${this.#onCancel}
          @close=${this.#onClose}
        >
          ${stage}
        </dialog>`
      : stage;
  }

  #header(texts: Texts): TemplateResult {
    return html`<div class="bar" part="header">
      <strong>${texts.title}</strong>
      <button
        type="button"
        part="close-button"
        aria-label=${texts.close}
        @click=${this.#askToLeave}
      >
        ✕
      </button>
    </div>`;
  }

  #renderCover(cover: Cover, texts: Texts): TemplateResult {
    const content = panelFor(cover, {
      texts,
      choices: this.#choices,
      isModal: this.#isModal,
      code: this.error?.code,
      isSlow: !!this.#runs.run?.isSlow,
    });
    return html`<div class="cover" tabindex="-1"><slot name=${cover}>${content}</slot></div>`;
  }

  /** For a page that need not speak: nobody knows whether it shows, except the person. */
  #help(texts: Texts): TemplateResult {
    return html`<div class="bar" part="help">
      <span>${texts.slow}</span>
      ${buttons(
        [texts.retry, this.#runs.run?.hasBegun ? this.#askToLeave : this.#choices.retry],
        [texts.leaveNow, this.#askToLeave],
      )}
    </div>`;
  }

  /** What a screen reader says when something changes. */
  #status(texts: Texts): string {
    const cover = this.#cover;
    if (cover === 'handled') return '';
    if (this.#isHelpShown) return texts.slow;
    if (cover === 'failed') return texts[failureKey(this.error?.code, texts)];
    if (cover) return cover === 'idle' ? '' : texts[cover];
    return this.phase === 'ready' || this.phase === 'submitted' ? texts[this.phase] : '';
  }

  #showState(): void {
    try {
      // Older engines have no custom states, or take only names with two dashes.
      const { states } = this.#internals;
      states.clear();
      states.add(this.phase);
    } catch {
      // A state is for styling; the phase itself is in the events.
    }
  }

  #syncDialog(isShown: boolean): void {
    const dialog = this.#dialog;
    if (dialog && isShown && !dialog.open) dialog.showModal();
    if (dialog?.open && !isShown) dialog.close();
    if (dialog?.open) {
      this.#unlockScroll ??= lockScroll();
    } else {
      this.#unlockScroll?.();
      this.#unlockScroll = undefined;
    }
  }

  /** A new panel takes the focus from within the element; so does what comes where it was lost. */
  #syncFocus(): void {
    const cover = this.#cover;
    if (cover === this.#shownCover) return;
    this.#shownCover = cover;
    if (!this.#hadFocus) return;
    // Later, since Firefox drops a focus on a frame while the key press that led to it is under way.
    requestAnimationFrame(() => {
      if (this.shadowRoot?.activeElement && (!cover || cover === 'loading')) return;
      this.renderRoot.querySelector<HTMLElement>(cover ? '.cover' : 'iframe')?.focus();
    });
  }

  /** Opens a closed modal, and gives whether that starts a run. */
  #opens(): boolean {
    if (!this.#isModal || this.open) return false;
    this.open = true;
    return this.isRunWanted;
  }

  readonly #askToLeave = (): void => {
    if (this.#runs.run?.hasBegun) this.isLeaving = true;
    else this.#leave('person');
  };

  /** Escape. An engine lets us object once or twice in a row: ask once, and accept what comes. */
  readonly #onCancel = (event: Event): void => {
    if (event.target !== event.currentTarget || this.isLeaving || !this.#runs.run?.hasBegun) return;
    event.preventDefault();
    this.isLeaving = true;
  };

  /** Comes late: by then the dialog may have been opened again. */
  readonly #onClose = (event: Event): void => {
    if (event.target === this.#dialog && this.open && !this.#dialog?.open) this.#leave('person');
  };

  #leave(by: KycCanceledDetail['by']): void {
    this.isLeaving = false;
    if (this.#isModal) this.open = false;
    this.#runs.cancel(by);
  }
}
