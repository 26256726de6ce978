/** Where tests run, and the other origin of the same server. */
export const HERE = location.origin;
export const ELSEWHERE = `http://${location.hostname === 'localhost' ? '127.0.0.1' : 'localhost'}:${location.port}`;

/** The page that does as it is told, see `pages/puppet-page.ts`. */
export const puppetUrl = (origin: string): string => `${origin}/test/support/pages/puppet.html`;

/** What a puppet says of itself when it is up. */
export interface Hello {
  readonly hello: string;
  readonly referrer: string;
}

const isHello = (data: unknown): data is Hello =>
  typeof data === 'object' && data !== null && 'hello' in data;

/**
 * The next message that fits. Call it after what is to be tested has begun to listen: then that has
 * had its turn when the promise resolves.
 */
export const nextMessage = (
  fits: (event: MessageEvent<unknown>) => boolean,
): Promise<MessageEvent<unknown>> =>
  new Promise((resolve) => {
    const listen = (event: MessageEvent<unknown>): void => {
      if (!fits(event)) return;
      removeEventListener('message', listen);
      resolve(event);
    };
    addEventListener('message', listen);
  });

/** A window of another document, of another origin as a rule, that does as it is told. */
export class Puppet {
  readonly hello: Hello;
  readonly window: Window;

  constructor({ data, source }: MessageEvent<unknown>) {
    this.hello = data as Hello;
    this.window = source as Window;
  }

  /** Makes it post `data` to this window; resolves when that was delivered here. */
  say(data: unknown): Promise<MessageEvent<unknown>> {
    return this.#told({ say: data });
  }

  /** Everything that was posted to it from here until now. */
  async heard(): Promise<readonly unknown[]> {
    const { data } = await this.#told({ heard: true });
    return data as readonly unknown[];
  }

  /** Makes it go to another page, a puppet again. */
  async navigate(url: string): Promise<Puppet> {
    return new Puppet(await this.#told({ navigate: url }));
  }

  /** Makes it frame another puppet. */
  async nest(url: string): Promise<Puppet> {
    const hello = nextMessage(
      ({ source, data }) => source === this.window.frames[0] && isHello(data),
    );
    this.window.postMessage({ nest: url }, '*');
    return new Puppet(await hello);
  }

  #told(command: object): Promise<MessageEvent<unknown>> {
    const answer = nextMessage(({ source }) => source === this.window);
    this.window.postMessage(command, '*');
    return answer;
  }
}

/** Puts a frame into the document and waits for the puppet in it. */
export const mountPuppet = async (frame: HTMLIFrameElement): Promise<Puppet> => {
  const hello = nextMessage(({ source, data }) => source === frame.contentWindow && isHello(data));
  document.body.append(frame);
  return new Puppet(await hello);
};

/** A puppet in a window of its own, or `undefined` where the engine lets a test open none. */
export const openPuppet = async (url: string): Promise<Puppet | undefined> => {
  const hello = nextMessage(({ data, source }) => source !== window && isHello(data));
  return window.open(url) ? new Puppet(await hello) : undefined;
};
