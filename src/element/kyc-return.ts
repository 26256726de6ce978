import {
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { hintIn } from '../flow/landing.js';
import { withTrouble } from '../flow/load-trouble.js';
import { KycEvent } from '../model/events.js';
import type { LandingOutcome } from '../redirect/landing.js';
import { KycElement } from './kyc-element.js';
import { codeNote, panel } from './panels.js';

/** The host's scripts come first, which may want to listen. */
const afterParsing = (act: () => void): void => {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', act);
  else act();
};

/**
 * Stands on the callback page, and does all that a return needs: matches it to the run that left,
 * takes the query out of the address, and goes back to the page where the run began. In a frame of
 * `<kyc-verify>`, or in another tab, it tells the page that waits. What it holds is shown meanwhile,
 * and is the whole page where there is no script.
 *
 * @summary Picks a person up at the callback URL, and brings them back to where they began.
 * @tagname kyc-return
 *
 * @slot - The callback page as it is without script.
 * @slot elsewhere - In place of the panel that says that this tab can be closed.
 * @slot return-mismatch - In place of the panel where nobody can tell what the person comes back from.
 *
 * @event {KycEvent<'kyc-returned'>} kyc-returned - The person is back. Not a decision, and not even
 *   an end: ask your server. Cancelable: prevent it to stay on this page.
 * @event {KycEvent<'kyc-error'>} kyc-error - The state is missing, wrong, used or expired
 *   (`return-mismatch`). Cancelable: prevent it to tell the person yourself.
 *
 * @csspart stage - The surface of a panel.
 * @csspart panel - Any panel.
 * @csspart mark - The sign above a panel's heading.
 * @csspart heading - A panel's heading.
 * @csspart text - A panel's sentence.
 * @csspart code - The error code in a panel.
 *
 * @cssstate returned - The return was matched.
 * @cssstate elsewhere - A page in another tab goes on.
 * @cssstate return-mismatch - Nobody can tell what the person comes back from.
 * @cssstate handled - The same, and the host tells the person.
 */
export class KycReturn extends KycElement {
  static override properties: PropertyDeclarations = {
    stay: { type: Boolean },
    landing: { state: true },
  };

  /** Stays on this page after a matched return. Default: goes back to where the run began. */
  declare stay: boolean;

  /** What became of it, once it is known. */
  declare private landing: LandingOutcome | undefined;

  #hasLanded = false;

  constructor() {
    super();
    this.stay = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.isDeferred) afterParsing(this.#land);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('isDeferred') && !this.isDeferred) afterParsing(this.#land);
  }

  protected override render(): TemplateResult {
    const { landing } = this;
    const isTold = landing === 'elsewhere' || landing === 'return-mismatch';
    const { language, texts } = this.wording;
    // There before there is something to say, so that a screen reader says it.
    return html`<div role="status" lang=${language} dir=${texts.dir}>
        ${
          isTold
            ? html`<div class="stage note" part="stage">
                <slot name=${landing}
                  >${panel(
                    '↩',
                    texts[landing] ?? '',
                    texts[`${landing}Text`] ?? '',
                    [],
                    landing === 'return-mismatch' ? codeNote(landing, texts) : nothing,
                  )}</slot
                >
              </div>`
            : nothing
        }
      </div>
      ${isTold ? nothing : html`<slot></slot>`}`;
  }

  readonly #land = (): void => {
    const { href } = location;
    void withTrouble(async ({ land }) => {
      // The page may have moved on meanwhile, or taken this away.
      if (this.#hasLanded || !this.isConnected || location.href !== href) return;
      this.#hasLanded = true;
      this.landing = await land({
        readHint: hintIn,
        stays: () => this.stay,
        emit: (name, detail) => this.dispatchEvent(new KycEvent(name, detail)),
      });
      if (this.landing) this.showState(this.landing);
    });
  };
}
