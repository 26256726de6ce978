import { fixture, html } from '@open-wc/testing';
import '../../src/define.js';
import type { KycVerify } from '../../src/index.js';
import { Recorder } from './recorder.js';

/** Another origin of the test server, where the scripted hosted page lives. */
export const FRAME_ORIGIN = `http://127.0.0.1:${location.port}`;

/** A hosted page that says what it is told to. */
export const SCRIPTED_PAGE = `${FRAME_ORIGIN}/test/support/pages/puppet.html`;

export interface Mounted {
  readonly element: KycVerify;
  readonly recorder: Recorder;
}

/** Mounts an element, with the scripted page as its session URL unless told otherwise. */
export const mount = async (properties: Partial<KycVerify> = {}): Promise<Mounted> => {
  const element = await fixture<KycVerify>(html`<kyc-verify></kyc-verify>`);
  const recorder = new Recorder(element);
  Object.assign(element, {
    provider: 'veriff',
    trustedOrigins: FRAME_ORIGIN,
    sessionUrl: `${SCRIPTED_PAGE}?${crypto.randomUUID()}`,
    ...properties,
  });
  await element.updateComplete;
  return { element, recorder };
};

/** The shadow root, which is there once the element is connected. */
export const root = (element: KycVerify): ShadowRoot => {
  if (!element.shadowRoot) throw new Error('The element has no shadow root.');
  return element.shadowRoot;
};

export const find = (element: KycVerify, selector: string): HTMLElement => {
  const found = root(element).querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
};

export const frameOf = (element: KycVerify): HTMLIFrameElement =>
  find(element, 'iframe') as HTMLIFrameElement;

/** The text that a person sees, in slots' own content too. */
export const shownText = (element: KycVerify): string => find(element, '.stage').innerText;

/** The panel's button with this text. */
export const button = (element: KycVerify, text: string): HTMLButtonElement => {
  const found = [...root(element).querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent).trim() === text,
  );
  if (!found) throw new Error(`There is no button "${text}" in: ${shownText(element)}`);
  return found;
};

export const press = async (element: KycVerify, text: string): Promise<void> => {
  button(element, text).click();
  await element.updateComplete;
};

/** Every link that the element shows. */
export const links = (element: KycVerify): readonly HTMLAnchorElement[] => [
  ...root(element).querySelectorAll('a'),
];

/** The link with this text, once it is there. */
export const link = async (element: KycVerify, text: string): Promise<HTMLAnchorElement> => {
  for (;;) {
    const found = links(element).find((each) => each.textContent.trim() === text);
    if (found) return found;
    await new Promise(requestAnimationFrame);
  }
};

/** Resolves when the page in this window has answered to a mark, which is asked for by `ask`. */
const answered = (contentWindow: Window | null, ask: (mark: string) => void): Promise<void> => {
  const mark = crypto.randomUUID();
  return new Promise<void>((resolve) => {
    const listen = ({ source, data }: MessageEvent): void => {
      if (source !== contentWindow || data !== mark) return;
      removeEventListener('message', listen);
      resolve();
    };
    addEventListener('message', listen);
    ask(mark);
  });
};

/** Has the scripted page post these, in this order, and waits until the last has been heard. */
export const say = async (element: KycVerify, ...words: readonly unknown[]): Promise<void> => {
  const { contentWindow } = frameOf(element);
  // Messages keep their order, so that the mark's coming means that all before it have been heard.
  await answered(contentWindow, (mark) => {
    for (const word of [...words, mark]) contentWindow?.postMessage({ say: word }, FRAME_ORIGIN);
  });
  await element.updateComplete;
};

/** Waits for the scripted page to be up, however long ago that was: asks until it answers. */
export const loaded = async (element: KycVerify): Promise<void> => {
  await element.updateComplete;
  const { contentWindow } = frameOf(element);
  let isUp = false;
  await answered(contentWindow, (mark) => {
    const ask = (): void => {
      if (isUp) return;
      contentWindow?.postMessage({ say: mark }, '*');
      requestAnimationFrame(ask);
    };
    ask();
  });
  isUp = true;
};

/** A mounted element whose scripted page has spoken these words. */
export const mountAt = async (
  words: readonly unknown[],
  properties: Partial<KycVerify> = {},
): Promise<Mounted> => {
  const mounted = await mount(properties);
  await loaded(mounted.element);
  await say(mounted.element, ...words);
  return mounted;
};

export const WORDS = {
  ready: ['VERIFF_HANDSHAKE'],
  started: ['VERIFF_HANDSHAKE', 'VERIFF_STARTED'],
  submitted: ['VERIFF_HANDSHAKE', 'VERIFF_STARTED', 'VERIFF_SUBMITTED'],
} as const;
