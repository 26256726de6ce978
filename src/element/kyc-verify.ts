import {
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { loadSession, session } from '../flow/load-session.js';
import { trouble } from '../flow/load-trouble.js';
import { RunController, type RunHost } from '../flow/run-controller.js';
import { fill, type KnownTexts } from '../i18n/texts.js';
import type { DecisionWord } from '../model/decisions.js';
import { isRedirectable, type KycError } from '../model/errors.js';
import type { KycCanceledDetail } from '../model/events.js';
import { isAway, type Phase } from '../model/phases.js';
import type { Display, Fallback } from '../model/provider.js';
import { KycElement } from './kyc-element.js';
import {
  buttons,
  failureText,
  panel,
  panelFor,
  type Action,
  type Choices,
  type Cover,
  type PanelContext,
  type RunCover,
} from './panels.js';
import { lockScroll } from './scroll-lock.js';

/**
 * Runs an identity verification on a provider's hosted page, from session URL to the end of the
 * person's part; with a session endpoint, from a button to what becomes of it.
 *
 * @summary Frames a provider's hosted identity verification and tells the page what happens in it.
 * @tagname kyc-verify
 *
 * @slot - Shown while nothing runs yet.
 * @slot intro - In place of the panel with the start button, where there is a session endpoint. A
 *   button of yours calls `start()`.
 * @slot loading - In place of the loading sign.
 * @slot finished - In place of the closing panel.
 * @slot checking - In place of the panel that says that the pictures are being checked.
 * @slot verified - In place of the panel that says that the person is verified.
 * @slot declined - In place of the panel that says that they are not.
 * @slot resubmit - In place of the panel that asks for new pictures.
 * @slot unfinished - In place of the panel after a session that expired, was abandoned or called off.
 * @slot canceled - In place of the panel after the person or the host backed out.
 * @slot redirected - In place of the panel while the person is at the provider's own page.
 * @slot returned - In place of the panel after they came back.
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
 * @event {KycEvent<'kyc-decision'>} kyc-decision - Your server has another word for what becomes of
 *   the session. The only event that tells a decision, and your server is where to act on it.
 * @event {KycEvent<'kyc-reload-request'>} kyc-reload-request - The page needs the camera asked for
 *   again. Cancelable: prevent it to do that yourself.
 * @event {KycEvent<'kyc-error'>} kyc-error - Something went wrong. Cancelable: prevent it to tell
 *   the person yourself.
 * @event {KycEvent<'kyc-redirect'>} kyc-redirect - The person goes to the provider's own page.
 *   Cancelable: prevent it to keep them here.
 * @event {KycEvent<'kyc-returned'>} kyc-returned - The person came back at the callback. Not a
 *   decision, and not even an end: ask your server.
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
 * @csspart list - What the person needs, in the panel with the start button.
 * @csspart code - The error code in a panel.
 * @csspart actions - A panel's buttons.
 * @csspart button - Any button of a panel.
 * @csspart primary-button - The first button of a panel.
 * @csspart link - A link to the provider's own page.
 * @csspart address - This page's own address, for another browser.
 * @csspart help - The quiet bar beside a frame that gives no sign of life, or may lack the camera.
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
 * @cssstate creating - Your server is asked for a session.
 * @cssstate loading - The frame is mounted, and its page has not spoken.
 * @cssstate ready - The page is up.
 * @cssstate started - The person began.
 * @cssstate submitted - The pictures were handed in.
 * @cssstate finished - The person's part is over.
 * @cssstate canceled - The person or the host backed out.
 * @cssstate failed - Something went wrong.
 * @cssstate redirected - The person is at the provider's own page.
 * @cssstate returned - The person came back at the callback.
 * @cssstate decided - Your server said how it ended, or that new pictures are needed.
 */
export class KycVerify extends KycElement implements RunHost {
  static override properties: PropertyDeclarations = {
    sessionUrl: { attribute: 'session-url' },
    sessionEndpoint: { attribute: 'session-endpoint' },
    provider: {},
    display: {},
    open: { type: Boolean, reflect: true },
    trustedOrigins: { attribute: 'trusted-origins' },
    fallback: {},
    sessionState: { attribute: 'session-state' },
    sessionReference: { attribute: 'session-reference' },
    timeout: { converter: (text) => Number(text ?? 20_000) },
    isLeaving: { state: true },
    isCopied: { state: true },
  };

  /** The one-time URL from the provider. A secret: it never reflects. Another URL is another run. */
  declare sessionUrl: string | undefined;

  /**
   * Where your server is asked for a session, in place of a URL: the path that the backend kit's
   * handler is mounted at, or a URL. It is asked when the person presses the button, and then tells
   * what becomes of the session.
   */
  declare sessionEndpoint: string | undefined;

  /** `veriff`, `shufti-pro` or a registered id; inferred from the URL's host where absent. */
  declare provider: string | undefined;

  /**
   * `inline` starts when there is a URL, `modal` when it is opened; `redirect` frames nothing, and
   * `start()` leaves for the provider's own page in this tab. Default: `inline`.
   */
  declare display: Display;

  /** Whether the modal is shown. */
  declare open: boolean;

  /** Space-separated origins of a white-label flow: may send messages and use the camera. */
  declare trustedOrigins: string | undefined;

  /**
   * What becomes of a run whose frame cannot serve. `prompt` shows links to the provider's own page,
   * `redirect` goes there without asking, `none` only reports. Default: `prompt`.
   */
  declare fallback: Fallback;

  /**
   * The state that your server made with the session and put into its callback URL. With a session
   * endpoint it is set for you.
   */
  declare sessionState: string | undefined;

  /**
   * Your server's own name for the session, given back in `kyc-returned`. Never the URL. With a
   * session endpoint it is the session's id there, and set for you.
   */
  declare sessionReference: string | undefined;

  /** Milliseconds to wait for the page's first sign of life; 0 for no limit. Default: 20000. */
  declare timeout: number;

  /** The person is asked whether to stop. */
  declare private isLeaving: boolean;

  /** This page's address is in the clipboard. */
  declare private isCopied: boolean;

  readonly #runs = new RunController(this);
  #shownCover: Cover | undefined;
  #hadFocus = false;
  /** The modal is opened again after a run that came to nothing. */
  #reopens = false;
  #unlockScroll: (() => void) | undefined;

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
    go: (event) => {
      this.#go(event);
    },
  };

  constructor() {
    super();
    this.display = 'inline';
    this.open = false;
    this.fallback = 'prompt';
    this.timeout = 20_000;
    this.isLeaving = this.isCopied = false;
  }

  /** The present phase. */
  get phase(): Phase {
    return this.#runs.phase;
  }

  /** Why the run failed; `undefined` in every other phase. */
  get error(): KycError | undefined {
    return this.#runs.run?.error;
  }

  /**
   * Your server's last word for what becomes of the session; `undefined` where there is no session
   * endpoint, or no session yet.
   */
  get decision(): DecisionWord | undefined {
    return this.#runs.run?.status?.decision;
  }

  /** @internal For the provider's page. */
  get language(): string {
    return this.wantedLocale.toLowerCase().split('-')[0] ?? '';
  }

  /** @internal */
  get isRunWanted(): boolean {
    return !!this.sessionUrl && this.display !== 'redirect' && (!this.#isModal || this.open);
  }

  get #isModal(): boolean {
    return this.display === 'modal';
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** What lies over the frame, or in its place. */
  get #cover(): Cover | undefined {
    const { run, phase } = this.#runs;
    if (this.isLeaving) return 'leave';
    if (run?.isReloadAsked) return 'reload';
    const cover =
      this.isServed && !this.#runs.isLooking && session?.sessionCoverOf(phase, run?.status);
    if (cover) return cover;
    if (phase === 'idle') return this.#isModal ? 'loading' : 'idle';
    if (phase === 'failed') return run?.isErrorHandled ? 'handled' : phase;
    if (phase === 'creating') return 'loading';
    return phase === 'ready' || phase === 'started' || phase === 'submitted'
      ? undefined
      : (phase as Cover);
  }

  /** @internal */
  get isServed(): boolean {
    return !!this.sessionEndpoint && !this.sessionUrl;
  }

  get #code(): string {
    return this.error?.code ?? '';
  }

  /** What the quiet bar says, where it has something to say. */
  #hint(texts: KnownTexts): string | undefined {
    const { run } = this.#runs;
    const cover = this.#cover;
    if (!run || (cover && cover !== 'loading')) return undefined;
    if (run.isSlow) return texts.slow;
    return run.warning && texts[`${run.warning}Text`];
  }

  /** The provider's page, where the person may be offered to go to it. */
  get #href(): string | undefined {
    const { run, phase } = this.#runs;
    const isOffered =
      phase === 'redirected' ||
      (this.fallback !== 'none' && (!this.error || isRedirectable(this.#code)));
    return isOffered ? run?.plan?.url.href : undefined;
  }

  /**
   * Starts the run, and opens the modal. Does nothing while a run is on or once the person's part
   * is over; fails with `missing-session-url` where there is neither URL nor session endpoint.
   */
  start(): void {
    if (!this.#opens()) this.#runs.start();
  }

  /** Ends the run as canceled by the host, and closes the modal. */
  close(): void {
    this.#leave('host');
  }

  /**
   * Starts anew with the same URL, or the session that your server then gives, unless the person's
   * part is over.
   */
  retry(): void {
    const { phase, decision } = this;
    if (phase === 'finished' || phase === 'creating' || decision === 'approved') return;
    if (!this.#opens() || isAway(phase)) this.#runs.restart();
  }

  /** `moveBefore()` keeps a frame alive where the engine has it. */
  connectedMoveCallback(): void {
    this.#runs.hostMoved();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#syncDialog(false);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOver = this.phase === 'canceled' || this.phase === 'failed';
    this.#reopens = isOver && this.isRunWanted && changed.has('open');
    if (!this.#runs.run?.hasBegun) this.isLeaving = false;
    const root = this.isConnected && (this.getRootNode() as Document | ShadowRoot);
    this.#hadFocus = !!root && this.contains(root.activeElement);
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.showState(this.phase);
    if (changed.has('sessionEndpoint') && this.isServed) {
      // There before the person presses. Where it cannot be had, they are told now.
      loadSession().catch(() => {
        this.#runs.start();
      });
    }
    this.#syncDialog(this.isConnected && this.open);
    this.#syncFocus();
    if (!this.#isModal) return;
    if (!this.open && changed.get('open')) this.#leave('host');
    if (this.open && this.#reopens) this.#runs.restart();
  }

  protected override render(): TemplateResult {
    const { language, texts } = this.wording;
    const cover = this.#cover;
    const { run, frame } = this.#runs;
    if (run?.frame && run.plan) {
      run.frame.title = fill(texts.frame, { provider: run.plan.provider.name });
    }
    const stage = html`<div class="stage" part="stage" lang=${language} dir=${texts.dir}>
      ${this.#isModal ? this.#header(texts) : nothing}
      <div class="view">
        <div ?inert=${cover !== undefined}>
          <slot name="frame">${frame?.slot ? nothing : frame}</slot>
        </div>
        ${cover ? this.#renderCover(cover, texts) : nothing}
      </div>
      ${this.#help(texts)}
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

  #header(texts: KnownTexts): TemplateResult {
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

  #renderCover(cover: Cover, texts: KnownTexts): TemplateResult {
    const { run } = this.#runs;
    const context: PanelContext = {
      texts,
      choices: this.#choices,
      isModal: this.#isModal,
      code: this.#code,
      isSlow: !!run?.isSlow,
      href: this.#href,
      isRoundTrip: !!this.sessionState,
      copy: this.#copy(texts),
    };
    const view = this.isServed && session?.sessionViewOf(cover, run?.status, context);
    const content = view ? panel(...view) : panelFor(cover as RunCover, context);
    return html`<div class="cover" tabindex="-1"><slot name=${cover}>${content}</slot></div>`;
  }

  /**
   * For a page that need not speak: nobody knows whether it shows, except the person. And for what
   * may keep the camera away from one that does.
   */
  #help(texts: KnownTexts): unknown {
    const { run } = this.#runs;
    const hint = this.#hint(texts);
    if (!run || !hint) return nothing;
    const href = this.#href;
    return html`<div class="bar" part="help">
      <span>${hint}</span>
      ${buttons(
        run.isSlow && [texts.retry, run.hasBegun ? this.#askToLeave : this.#choices.retry],
        this.#copy(texts) || (href && [texts.continue, this.#choices.go, href]),
        run.isSlow ? [texts.leaveNow, this.#askToLeave] : [texts.close, this.#dismissWarning],
      )}
    </div>`;
  }

  /** What a screen reader says when something changes. */
  #status(texts: KnownTexts): string {
    const cover = this.#cover;
    if (cover === 'handled') return '';
    const hint = this.#hint(texts);
    if (hint) return hint;
    if (cover === 'failed') return failureText(this.#code, texts)[0];
    if (cover) return (cover !== 'idle' && texts[cover]) || '';
    return this.phase === 'ready' || this.phase === 'submitted' ? texts[this.phase] : '';
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
      (cover ? this.renderRoot.querySelector<HTMLElement>('.cover') : this.#runs.frame)?.focus();
    });
  }

  /** Opens a closed modal, and gives whether that starts a run. */
  #opens(): boolean {
    if (!this.#isModal || this.open) return false;
    this.open = true;
    return this.isRunWanted;
  }

  /**
   * A pressed link. We go ourselves: before the browser did, the link would be another one, or gone,
   * since the phase changes with it.
   */
  #go(event: MouseEvent): void {
    event.preventDefault();
    const { ctrlKey, metaKey, shiftKey, currentTarget } = event;
    const { target } = currentTarget as HTMLAnchorElement;
    const isElsewhere = ctrlKey || metaKey || shiftKey || target;
    void this.#runs.run?.leave(isElsewhere ? 'new-tab' : 'same-tab', (url) => {
      if (isElsewhere) open(url, '_blank', 'noopener');
      else location.assign(url);
    });
  }

  /** In an app's browser, and where there is no camera at all, another browser is the way on. */
  #copy(texts: KnownTexts): Action {
    const isAdvised = this.#code === 'no-media-devices' || trouble?.isInApp();
    const label = (this.isCopied && texts.copied) || texts.copy;
    return isAdvised && label && [label, this.#copyAddress];
  }

  readonly #copyAddress = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      this.isCopied = true;
    } catch {
      // Where there is no clipboard, the address is there to be read.
    }
  };

  readonly #dismissWarning = (): void => {
    this.#runs.run?.dismissWarning();
    this.#runs.frame?.focus();
  };

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
