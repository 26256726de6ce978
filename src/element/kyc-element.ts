import { LitElement, type PropertyDeclarations } from 'lit';
import { closestLanguage } from '../i18n/closest-language.js';
import { onTexts, wordingFor, type SomeTexts, type Wording } from '../i18n/texts.js';
import { styles } from './kyc.styles.js';

/** What the elements share: their look, their language, and their custom states. */
export abstract class KycElement extends LitElement {
  static override styles = styles;

  static override properties: PropertyDeclarations = {
    locale: {},
    texts: { attribute: false },
    isDeferred: { type: Boolean, attribute: 'defer-hydration' },
  };

  /** BCP 47. Default: the closest `lang`, else English. */
  declare locale: string | undefined;

  /** Texts that take the place of ours. */
  declare texts: SomeTexts | undefined;

  /**
   * @internal A framework that makes a server's markup its own has yet to set the properties.
   * The attribute is the community protocol's.
   */
  declare isDeferred: boolean;

  readonly #internals = this.attachInternals();
  #forgetTexts: (() => void) | undefined;

  /** The language that is wanted, known or not. */
  protected get wantedLocale(): string {
    return this.locale || (this.isConnected ? closestLanguage(this) : '');
  }

  /** Looked up at every rendering, so that a later language, or text, is seen. */
  protected get wording(): Wording {
    const { language, texts } = wordingFor(this.wantedLocale);
    return { language, texts: { ...texts, ...this.texts } };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forgetTexts = onTexts(() => {
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forgetTexts?.();
  }

  protected showState(state: string): void {
    try {
      // Older engines have no custom states, or take only names with two dashes.
      const { states } = this.#internals;
      states.clear();
      states.add(state);
    } catch {
      // A state is for styling; what it says is in the events.
    }
  }
}
