/** Whether the person can see a place: the page it is on, and the part of it that they look at. */
export class Sight {
  readonly #tell: () => void;
  #connection = new AbortController();
  #observer: IntersectionObserver | undefined;
  #place: Element | null = null;
  #isInView = true;
  /** The page is put away, which it is a moment before it is hidden. */
  #isAway = false;

  /** @param tell - called when it may have changed */
  constructor(tell: () => void) {
    this.#tell = tell;
  }

  get isClear(): boolean {
    return !this.#isAway && !document.hidden && this.#isInView;
  }

  /** Begins to hear of the page. */
  open(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    document.addEventListener('visibilitychange', this.#hear, { signal });
    // A page that is kept for the Back button holds no camera.
    addEventListener('pagehide', this.#hear, { signal });
    addEventListener('pageshow', this.#hear, { signal });
  }

  close(): void {
    this.#connection.abort();
    this.watch(null);
  }

  /** The place is this one from now on; with `null` there is none. */
  watch(place: Element | null): void {
    if (place === this.#place) return;
    this.#place = place;
    this.#observer?.disconnect();
    this.#isInView = true;
    if (!place) return;
    this.#observer = new IntersectionObserver((entries) => {
      this.#isInView = entries.at(-1)?.isIntersecting ?? true;
      this.#tell();
    });
    this.#observer.observe(place);
  }

  readonly #hear = (event: Event): void => {
    this.#isAway = event.type === 'pagehide';
    this.#tell();
  };
}
