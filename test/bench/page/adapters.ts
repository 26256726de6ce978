/** Takes away what was put into the page. */
export type Unmount = () => void;

/** What a run told the page. */
export interface Listener {
  /** A step of the run, of whatever name. */
  readonly step: (name: string) => void;
  readonly finished: () => void;
}

/** A candidate, used from a script as its documentation says. */
export interface Adapter {
  /** What the provider's page says in `listen` to be told of as a step. */
  readonly step: unknown;
  readonly mount: (place: HTMLElement, url: string, listener?: Listener) => Unmount;
  /** All that was mounted has been rendered. */
  readonly settled: () => Promise<unknown>;
}

interface KycElement extends HTMLElement {
  sessionUrl: string;
  provider: string;
  trustedOrigins: string;
  readonly updateComplete: Promise<unknown>;
}

/** What the candidates' scripts leave in the page. */
interface Globals {
  readonly KycVerify: {
    readonly generic: (description: object) => object;
    readonly registerProvider: (provider: object) => void;
  };
  readonly veriffSDK: {
    readonly createVeriffFrame: (options: object) => { readonly close: () => void };
  };
  readonly DiditSDK: {
    readonly DiditSdk: {
      readonly shared: {
        onEvent?: (event: { readonly type: string }) => void;
        onComplete?: () => void;
        readonly startVerification: (options: object) => Promise<void>;
        readonly destroy: () => void;
      };
    };
  };
}

const globals = globalThis as unknown as Globals;
const nothingToWaitFor = (): Promise<unknown> => Promise.resolve();

let places = 0;

/** SDKs find their place by an id. */
const idOf = (place: HTMLElement): string => {
  places += 1;
  place.id ||= `place-${places}`;
  return place.id;
};

/** The frame alone, and nobody who listens: what all the others are compared with in a flood. */
const frame: Adapter = {
  step: { type: 'bench:real' },
  mount: (place, url) => {
    const iframe = document.createElement('iframe');
    iframe.src = url;
    iframe.allow = 'microphone; camera';
    iframe.width = '1000';
    iframe.height = '650';
    place.append(iframe);
    return () => {
      iframe.remove();
    };
  },
  settled: nothingToWaitFor,
};

/** The snippet, with its listener, which nothing in it ever takes away. */
const bare: Adapter = {
  ...frame,
  mount: (place, url, listener) => {
    const unmount = frame.mount(place, url);
    addEventListener(
      'message',
      (event: MessageEvent<{ status?: string; type?: string } | null>) => {
        if (event.data?.status === 'finished') {
          unmount();
          listener?.finished();
        } else if (event.data?.type === 'bench:real') {
          listener?.step('real');
        }
      },
    );
    return unmount;
  },
};

const veriff: Adapter = {
  step: 'VERIFF_SUBMITTED',
  mount: (place, url, listener) => {
    const options = { embedded: true, embeddedOptions: { rootElementID: idOf(place) } };
    const onEvent = (name: string): void => {
      if (name === 'FINISHED') listener?.finished();
      else listener?.step(name === 'SUBMITTED' ? 'real' : name);
    };
    return globals.veriffSDK.createVeriffFrame({ url, ...options, onEvent }).close;
  },
  settled: nothingToWaitFor,
};

const didit: Adapter = {
  step: { type: 'didit:step_changed', data: { step: 'real' } },
  mount: (place, url, listener) => {
    const { shared } = globals.DiditSDK.DiditSdk;
    shared.onEvent = ({ type }) => {
      // Its own word, when the page mounts it.
      if (type !== 'didit:started') listener?.step(type === 'didit:step_changed' ? 'real' : type);
    };
    shared.onComplete = () => {
      listener?.finished();
    };
    const configuration = { embedded: true, embeddedContainerId: idOf(place) };
    void shared.startVerification({ url, configuration });
    return () => {
      shared.destroy();
    };
  },
  settled: nothingToWaitFor,
};

/** A provider whose page may take the same step again and again, and knows all words of the stranger. */
const registerSteps = (origin: string): void => {
  const { generic, registerProvider } = globals.KycVerify;
  const read = (data: { readonly type?: string; readonly status?: string } | null | string) => {
    if (data === 'VERIFF_FINISHED') return 'finished';
    if (typeof data === 'string' || !data) return undefined;
    if (data.status === 'finished' || data.type === 'didit:completed') return 'finished';
    return data.type?.startsWith('bench:') ? 'progress' : undefined;
  };
  registerProvider(generic({ id: 'bench', origins: [origin], features: ['camera'], read }));
};

const kycVerify: Adapter = {
  step: { type: 'bench:real' },
  mount: (place, url, listener) => {
    const kyc = document.createElement('kyc-verify') as KycElement;
    const { origin } = new URL(url);
    if (listener) {
      registerSteps(origin);
      kyc.addEventListener('kyc-progress', () => {
        listener.step('real');
      });
      kyc.addEventListener('kyc-finished', listener.finished);
    }
    kyc.provider = listener ? 'bench' : 'veriff';
    kyc.trustedOrigins = origin;
    place.append(kyc);
    kyc.sessionUrl = url;
    return () => {
      kyc.remove();
    };
  },
  settled: () =>
    Promise.all(
      [...document.querySelectorAll<KycElement>('kyc-verify')].map((each) => each.updateComplete),
    ),
};

export const adapters: Readonly<Record<string, Adapter>> = {
  frame,
  bare,
  veriff,
  didit,
  'kyc-verify': kycVerify,
};
