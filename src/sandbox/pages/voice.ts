import type { PageConfig } from './config.js';
import { nonsense } from './nonsense.js';

/** What a hosted page says to the page that frames it, in its vendor's words. */
export interface Voice {
  /**
   * Says that the page is up, and resolves when the flow may be shown. Veriff's page waits for the
   * host's answer; with a silent or unknown host it waits for ever.
   */
  greet(signal: AbortSignal): Promise<void>;
  started(): void;
  submitted(): void;
  finished(): void;
  canceled(): void;
  /** Veriff: asks the host page to reload, so that the browser asks for the camera anew. */
  reload(): void;
  /** Shufti Pro: the session is over, or was never good. */
  rejected(status: 'request.timeout' | 'request.invalid'): void;
}

type Post = (message: unknown) => void;

const FLAGS = [
  'isReloadHandled',
  'isVeriffIframeMobile',
  'embeddedConfigured',
  'embedded',
] as const;

/**
 * Whether a message is Veriff's answer to the handshake, as `@veriff/incontext-sdk` 2.5.0 posts it:
 * `{name: 'VERIFF_RENDER', payload: {version, isReloadHandled, isVeriffIframeMobile,
 * embeddedConfigured, embedded}}`. Strict on purpose: a host that answers by halves shall fail here.
 */
export const isRender = (data: unknown): boolean => {
  if (typeof data !== 'object' || data === null) return false;
  const { name, payload } = data as Readonly<Record<string, unknown>>;
  if (name !== 'VERIFF_RENDER' || typeof payload !== 'object' || payload === null) return false;
  const fields = payload as Readonly<Record<string, unknown>>;
  return (
    typeof fields['version'] === 'string' &&
    FLAGS.every((flag) => typeof fields[flag] === 'boolean')
  );
};

const nothing = (): void => undefined;

const awaitRender = (host: Window, embedder: string, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    addEventListener(
      'message',
      (event) => {
        const isHost = event.isTrusted && event.source === host && event.origin === embedder;
        if (isHost && isRender(event.data)) resolve();
      },
      { signal },
    );
  });

/** The words of Veriff's page, as its own client reads them. */
const veriff = (post: Post, config: PageConfig, host: Window | null): Voice => ({
  greet: async (signal) => {
    if (host === null) return;
    const rendered = awaitRender(host, config.embedder ?? '', signal);
    post('VERIFF_HANDSHAKE');
    await rendered;
  },
  started: () => {
    post('VERIFF_STARTED');
  },
  submitted: () => {
    post('VERIFF_SUBMITTED');
  },
  finished: () => {
    post('VERIFF_FINISHED');
  },
  canceled: () => {
    post('VERIFF_CANCELED');
  },
  reload: () => {
    post(config.fault === 'force-reload' ? 'VERIFF_FORCE_RELOAD' : 'VERIFF_RELOAD_REQUEST');
  },
  rejected: nothing,
});

/** Veriff's page before it had words: one object, at the end. */
const oldVeriff = (post: Post): Voice => ({
  greet: () => Promise.resolve(),
  started: nothing,
  submitted: nothing,
  finished: () => {
    post({ status: 'finished' });
  },
  canceled: nothing,
  reload: nothing,
  rejected: nothing,
});

/** Shufti Pro's page speaks at the end alone. */
const shuftiPro = (post: Post, config: PageConfig): Voice => {
  const end = (status: string): void => {
    post({ verification_status: status, request_id: config.requestId });
  };
  return {
    greet: () => Promise.resolve(),
    started: nothing,
    submitted: nothing,
    finished: () => {
      end(config.verdict);
    },
    canceled: () => {
      end('verification.cancelled');
    },
    reload: nothing,
    rejected: end,
  };
};

const createPost = ({ embedder, fault, requestId }: PageConfig, host: Window | null): Post => {
  if (host === null || embedder === null || fault === 'silent') return nothing;
  const post: Post = (message) => {
    host.postMessage(message, embedder);
  };
  if (fault !== 'nonsense') return post;
  return (message) => {
    for (const odd of nonsense(requestId)) post(odd);
    post(message);
  };
};

/** @param host - the window that frames the page; `null` where the page is top-level */
export const createVoice = (config: PageConfig, host: Window | null): Voice => {
  const post = createPost(config, host);
  const voice =
    config.vendor === 'shufti-pro'
      ? shuftiPro(post, config)
      : config.fault === 'old-message'
        ? oldVeriff(post)
        : veriff(post, config, host);
  if (config.fault !== 'finish-twice') return voice;
  return {
    ...voice,
    finished: () => {
      voice.finished();
      voice.finished();
    },
  };
};
