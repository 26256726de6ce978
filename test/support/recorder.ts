import type { KycEvent, KycVerifyEventName } from '../../src/index.js';

export const EVENT_NAMES: readonly KycVerifyEventName[] = [
  'kyc-ready',
  'kyc-started',
  'kyc-progress',
  'kyc-submitted',
  'kyc-finished',
  'kyc-canceled',
  'kyc-reload-request',
  'kyc-redirect',
  'kyc-returned',
  'kyc-decision',
  'kyc-error',
  'kyc-phase-change',
];

/** Writes down every event of an element, or of all below a node. */
export class Recorder {
  readonly events: KycEvent[] = [];
  readonly #target: EventTarget;
  readonly #waiting = new Set<() => void>();

  constructor(target: EventTarget) {
    this.#target = target;
    for (const name of EVENT_NAMES) target.addEventListener(name, this.#record);
  }

  /** Names without the phase changes. */
  get names(): readonly string[] {
    return this.events.map(({ type }) => type).filter((name) => name !== 'kyc-phase-change');
  }

  /** `from>to` of each phase change. */
  get phases(): readonly string[] {
    return this.all('kyc-phase-change').map(({ detail: { from, to } }) => `${from}>${to}`);
  }

  all<N extends KycVerifyEventName>(name: N): readonly KycEvent<N>[] {
    return this.events.filter((event): event is KycEvent<N> => event.type === name);
  }

  /** Resolves with the first event of that name, also one that came before. */
  async first<N extends KycVerifyEventName>(name: N): Promise<KycEvent<N>> {
    for (;;) {
      const [event] = this.all(name);
      if (event) return event;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  stop(): void {
    for (const name of EVENT_NAMES) this.#target.removeEventListener(name, this.#record);
  }

  readonly #record = (event: Event): void => {
    this.events.push(event as KycEvent);
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  };
}
