import { waitFor, type Engine, type Tab } from '../driver/tab.js';

const ELEMENT = "document.querySelector('kyc-capture')";

/** In the shadow root of `<kyc-capture>`. */
export const collecting = (selector: string): string =>
  `${ELEMENT}?.shadowRoot.querySelector(${JSON.stringify(selector)})`;

/** A button by the words on it, once it is there to be pressed. */
const buttonOf = (words: string): string =>
  `[...(${ELEMENT}?.shadowRoot.querySelectorAll('button') ?? [])].find((each) => ` +
  `each.textContent.trim() === ${JSON.stringify(words)} && !${ELEMENT}.closest('[inert]'))`;

/** What a person chooses on the demo's page besides what is chosen there already. */
export interface DemoChoice {
  readonly provider?: 'veriff' | 'shufti-pro';
  readonly where?: 'kit' | 'page';
  /** What Shufti Pro is asked to verify besides document and face. */
  readonly services?: readonly ('additional' | 'address' | 'consent')[];
  readonly mode?: 'any' | 'image_only' | 'video_only';
}

/** The demo's page "Your own front end", as a person uses it. */
export class CaptureDemo {
  readonly tab: Tab;
  /** How often the page has told its server what is chosen. */
  #told = 0;

  private constructor(tab: Tab) {
    this.tab = tab;
  }

  /** A new tab with the page, for somebody new. */
  static async open(engine: Engine, url: string, choice: DemoChoice = {}): Promise<CaptureDemo> {
    const demo = new CaptureDemo(await engine.newTab());
    await demo.tab.open(`${url}demo/capture.html`);
    await demo.#settled();
    // What still scrolls is no longer where a click is aimed at.
    await demo.tab.evaluate("void (document.documentElement.style.scrollBehavior = 'auto')");
    await demo.tab.click("document.querySelector('#again')");
    await demo.#settled();
    await demo.choose(choice);
    return demo;
  }

  /** Waits until the page has told its server once more what is chosen. */
  async #settled(): Promise<void> {
    this.#told += 1;
    const told =
      "performance.getEntriesByType('resource')" +
      ".filter(({ name }) => name.endsWith('/demo-api/services')).length";
    await this.#wait(`${told} >= ${this.#told} && !!${buttonOf('Start')}`);
  }

  async choose({ provider, where, services = [], mode }: DemoChoice): Promise<void> {
    const wanted = [
      ...(provider ? [`[name=provider][value=${provider}]`] : []),
      ...(where ? [`[name=where][value=${where}]`] : []),
      ...services.map((service) => `[name=service][value=${service}]`),
    ];
    for (const selector of wanted) {
      await this.tab.click(`document.querySelector(${JSON.stringify(selector)})`);
      await this.#settled();
    }
    if (mode) {
      // A browser's own list of options is no part of any page.
      await this.tab.evaluate(
        `void Object.assign(document.querySelector('#mode'), { value: '${mode}' })` +
          `.dispatchEvent(new Event('change', { bubbles: true }))`,
      );
      await this.#settled();
    }
  }

  /** Clicks the element's button with these words, once it is there. */
  async press(words: string): Promise<void> {
    const button = buttonOf(words);
    await this.#wait(`!!${button}`);
    await this.tab.click(button);
  }

  has(words: string): Promise<unknown> {
    return this.tab.evaluate(`!!${buttonOf(words)}`);
  }

  /** Picks a type of document, and goes on. */
  async pick(type: string): Promise<void> {
    const radio = collecting(`input[value="${type}"]`);
    await this.#wait(`!!${radio}`);
    await this.tab.click(radio);
    await this.press('Continue');
  }

  /** Chooses a file by the element's own input, once a proof is to be made. */
  async give(path: string): Promise<void> {
    const input = collecting('[data-input=files]');
    await this.#wait(`!!${input}`);
    await this.tab.choose(input, path);
  }

  /** The file as a proof, as it is. */
  async useFile(path: string): Promise<void> {
    await this.give(path);
    await this.press('Use this');
  }

  /** Turns the camera on; it then is on in each step that follows. */
  async openCamera(): Promise<void> {
    await this.press('Open the camera');
    await this.isFilming();
  }

  /** Waits until the camera shows something. */
  async isFilming(): Promise<void> {
    const video = collecting('.camera video');
    await this.#wait(`${video}?.srcObject?.active && ${video}.currentTime > 0`);
  }

  /** What the camera shows as a proof. */
  async useCamera(): Promise<void> {
    await this.isFilming();
    await this.press('Take the picture');
    await this.press('Use this');
  }

  /** Some of what the camera shows as a proof. */
  async record(): Promise<void> {
    await this.isFilming();
    await this.press('Record a video');
    const video = collecting('.camera video');
    await this.tab.evaluate(`void (globalThis.begun = ${video}.currentTime)`);
    await this.#wait(`${video}.currentTime > begun + 0.5`);
    await this.press('Stop recording');
    await this.press('Use this');
  }

  /** Waits until the element shows these words. */
  async says(words: string): Promise<void> {
    await this.#wait(`${collecting('.body')}?.innerText.includes(${JSON.stringify(words)})`);
  }

  /** Waits until the person has come there. */
  async atStep(context: string, stage: string): Promise<void> {
    const last = "[...document.querySelectorAll('#log [data-event=kyc-capture-step]')].at(-1)";
    await this.#wait(`/\\b${context}\\s[^]*\\b${stage}\\b/.test(${last}?.innerText)`);
  }

  /** Waits for a line of the log, and gives it as text. */
  async logged(name: string, where: 'page' | 'server'): Promise<string> {
    const line = `document.querySelector('#log [data-event=${name}][data-where=${where}]')`;
    return String(await this.#wait(`${line}?.innerText`));
  }

  hasLogged(name: string): Promise<unknown> {
    return this.tab.evaluate(`!!document.querySelector('#log [data-event=${name}]')`);
  }

  /** Sends what was collected, and waits until the server has heard what is decided. */
  async sendAll(): Promise<string> {
    await this.press('Send');
    await this.logged('kyc-submitted', 'page');
    return this.logged('onDecision', 'server');
  }

  async #wait(expression: string): Promise<unknown> {
    try {
      return await waitFor(this.tab, expression);
    } catch (error) {
      const shown = await this.tab.evaluate(
        `[${ELEMENT}?.phase, ${collecting('.body')}?.innerText]`,
      );
      throw new Error(`${String(error)}\nThe element shows: ${String(shown)}`, { cause: error });
    }
  }
}
