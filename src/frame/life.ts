/** What can be noticed of a frame from outside. `load` comes for error pages too. */
export interface LifeObserver {
  /** The frame has loaded; may be told twice. */
  loaded(): void;
  /** `timeout` milliseconds have passed. */
  timedOut(): void;
  /**
   * The host page's policy kept a page of this origin out.
   *
   * @param policy - the directive of its Content-Security-Policy, or `coep` where it was its
   *   Cross-Origin-Embedder-Policy, which Chromium and WebKit tell of
   * @param origin - that of the blocked page, where the frame may have moved on to it
   */
  blocked(policy: string, origin?: string): void;
}

/** `setTimeout` takes a longer delay for none at all. */
const TOO_LONG = 2 ** 31;

/** The report of a Cross-Origin-Embedder-Policy, which names the frame's whole `src`: a secret. */
interface EmbedderReport {
  readonly disposition?: string;
  readonly blockedURL?: string;
}

const watchEmbedderPolicy = (
  frame: HTMLIFrameElement,
  observer: LifeObserver,
  signal: AbortSignal,
): void => {
  if (!('ReportingObserver' in self)) return;
  const reporting = new ReportingObserver(
    (reports) => {
      for (const { body } of reports) {
        // Chromium shows what is in a report only this way.
        const { disposition, blockedURL } = body?.toJSON() as EmbedderReport;
        // The fragment is left out of a report.
        if (disposition === 'enforce' && blockedURL === frame.src.split('#')[0]) {
          observer.blocked('coep');
        }
      }
    },
    { types: ['coep'] },
  );
  reporting.observe();
  signal.addEventListener('abort', () => {
    reporting.disconnect();
  });
};

/**
 * Watches for the few signs that a frame gives from outside, until `signal` aborts.
 *
 * @param origins - whose blocking concerns this frame
 * @param timeout - milliseconds; 0 or less, or more than 24 days, for no limit
 * @param isGiven - whether the frame was there before us, and may have loaded unseen
 */
export const watchLife = (
  frame: HTMLIFrameElement,
  origins: readonly string[],
  timeout: number,
  observer: LifeObserver,
  signal: AbortSignal,
  isGiven?: boolean,
): void => {
  const loaded = (): void => {
    observer.loaded();
  };
  frame.addEventListener('load', loaded, { once: true, signal });
  if (isGiven && performance.getEntriesByName(frame.src)[0]) loaded();
  document.addEventListener(
    'securitypolicyviolation',
    ({ isTrusted, disposition, effectiveDirective, blockedURI }) => {
      // Of a frame that is blocked, every engine gives the origin and no more.
      const isOurs = effectiveDirective === 'frame-src' && origins.includes(blockedURI);
      if (isTrusted && disposition === 'enforce' && isOurs) {
        observer.blocked(effectiveDirective, blockedURI);
      }
    },
    { signal },
  );
  watchEmbedderPolicy(frame, observer, signal);
  if (timeout > 0 && timeout < TOO_LONG) {
    const timer = setTimeout(() => {
      observer.timedOut();
    }, timeout);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  }
};
