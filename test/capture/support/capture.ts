import { fixture, html, waitUntil } from '@open-wc/testing';
import '../../../src/capture.js';
import type { KycCapture } from '../../../src/capture/kyc-capture.js';
import { enCapture as words } from '../../../src/i18n/en-capture.js';
import { shuftiProPlan, type ShuftiProPlanRequest } from '../../../src/capture/plans.js';
import type { CapturePlan } from '../../../src/model/capture.js';
import type { KycCaptureEventName, KycEvent } from '../../../src/model/events.js';

const NAMES: readonly KycCaptureEventName[] = [
  'kyc-capture-step',
  'kyc-captured',
  'kyc-upload-progress',
  'kyc-submitted',
  'kyc-canceled',
  'kyc-error',
];

/** One step, for a face. */
export const FACE: CapturePlan = shuftiProPlan({ face: {} });

export const planOf = (request: ShuftiProPlanRequest): CapturePlan => shuftiProPlan(request);

/** The element on the page, with what was heard from it. */
export class Capture {
  readonly element: KycCapture;
  readonly heard: KycEvent<KycCaptureEventName>[] = [];

  constructor(element: KycCapture) {
    this.element = element;
    for (const name of NAMES) {
      element.addEventListener(name, (event) => this.heard.push(event));
    }
  }

  get root(): ShadowRoot {
    if (!this.element.shadowRoot) throw new Error('Nothing is rendered.');
    return this.element.shadowRoot;
  }

  get status(): string {
    return this.root.querySelector('[role=status]')?.textContent ?? '';
  }

  get text(): string {
    return this.root.querySelector('.body')?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  }

  get labels(): readonly string[] {
    return Array.from(this.root.querySelectorAll('.body button'), (button) =>
      button.textContent.trim(),
    );
  }

  get primary(): string {
    return this.root.querySelector('.actions > :first-child')?.textContent.trim() ?? '';
  }

  get video(): HTMLVideoElement | null {
    return this.root.querySelector('.camera video');
  }

  /** `name context stage` of each step event. */
  get places(): readonly string[] {
    return this.all('kyc-capture-step').map(({ detail }) => `${detail.context} ${detail.stage}`);
  }

  all<N extends KycCaptureEventName>(name: N): readonly KycEvent<N>[] {
    return this.heard.filter(({ type }) => type === name) as unknown as readonly KycEvent<N>[];
  }

  last<N extends KycCaptureEventName>(name: N): KycEvent<N> {
    const event = this.all(name).at(-1);
    if (!event) throw new Error(`No ${name} was heard.`);
    return event;
  }

  button(label: string): HTMLButtonElement | undefined {
    return Array.from(this.root.querySelectorAll('button')).find(
      (button) => (button.ariaLabel ?? button.textContent.trim()) === label,
    );
  }

  /** Presses what has this label, once it is there. */
  async press(label: string): Promise<void> {
    await this.until(() => !!this.button(label), `a button “${label}”`);
    this.button(label)?.click();
    await this.element.updateComplete;
  }

  async until(test: () => boolean, what: string): Promise<void> {
    await waitUntil(test, `Waited in vain for ${what}; there is: ${this.text}`, {
      timeout: 10_000,
    });
  }

  /** Waits for the person to be there. */
  async at(place: string): Promise<void> {
    await this.until(() => this.places.at(-1) === place, place);
    await this.element.updateComplete;
  }

  /** As the system's own dialog gives it. */
  choose(file: Blob, name = 'picture.jpg'): void {
    const input = this.root.querySelector<HTMLInputElement>('[data-input=files]');
    if (!input) throw new Error('No file is asked for.');
    const data = new DataTransfer();
    data.items.add(new File([file], name, { type: file.type }));
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** A file, looked at and accepted. */
  async give(file: Blob): Promise<void> {
    await this.until(() => !!this.root.querySelector('[data-input=files]'), 'a file input');
    const before = this.places.length;
    this.choose(file);
    await this.until(() => this.places.length > before, 'the review');
    await this.press(words.use);
  }

  async pick(type: string): Promise<void> {
    const radio = this.root.querySelector<HTMLInputElement>(`input[value="${type}"]`);
    radio?.click();
    this.root.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    await this.element.updateComplete;
  }
}

export interface Wish {
  readonly plan?: CapturePlan | undefined;
  readonly provider?: string;
  readonly endpoint?: string;
  readonly locale?: string;
}

export const mountCapture = async ({
  plan,
  provider,
  endpoint,
  locale,
}: Wish): Promise<Capture> => {
  const element = await fixture<KycCapture>(html`
    <kyc-capture
      .plan=${plan}
      .provider=${provider}
      .captureEndpoint=${endpoint}
      .locale=${locale}
    ></kyc-capture>
  `);
  return new Capture(element);
};

/** Begun, with the first step. */
export const begin = async (wish: Wish): Promise<Capture> => {
  const capture = await mountCapture(wish);
  capture.root.querySelector<HTMLButtonElement>('.actions button')?.click();
  await capture.element.updateComplete;
  return capture;
};

const specimens = new Map<string, Promise<Blob>>();

/** A file of the sandbox's: sharp, well lit, whole. */
export const specimen = (name: string): Promise<Blob> => {
  const known = specimens.get(name);
  const blob = known ?? fetch(`/src/sandbox/specimens/${name}`).then((answer) => answer.blob());
  specimens.set(name, blob);
  return blob;
};

export const FACE_FILE = 'genuine-face.jpg';
export const CARD_FILE = 'genuine-identity-card.jpg';
export const NOTE_FILE = 'genuine-consent-note.png';
