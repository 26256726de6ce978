import type { KycEvent, KycEventDetails, KycVerifyEventName, KycVerify } from '../src/index.js';

/** A record, so that the compiler misses the event that is missing. */
const NAMES: Readonly<Record<KycVerifyEventName, true>> = {
  'kyc-phase-change': true,
  'kyc-ready': true,
  'kyc-started': true,
  'kyc-progress': true,
  'kyc-submitted': true,
  'kyc-finished': true,
  'kyc-canceled': true,
  'kyc-reload-request': true,
  'kyc-redirect': true,
  'kyc-returned': true,
  'kyc-decision': true,
  'kyc-error': true,
};

/** A run, which may outlast the page that it began on. */
export interface Run {
  /** Counts the runs, from 1. */
  readonly run: number;
  /** Milliseconds since 1970. */
  readonly began: number;
}

/** One event as it was told. No detail of any event holds the session URL. */
export interface Entry extends Run {
  readonly name: KycVerifyEventName;
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly detail: KycEventDetails[KycVerifyEventName];
}

/** Whether a run begins with it: it leaves `idle`, or sends the person away from there. */
const isBeginning = (event: KycEvent, { phase }: KycVerify): boolean =>
  event.type === 'kyc-phase-change'
    ? (event as KycEvent<'kyc-phase-change'>).detail.from === 'idle'
    : event.type === 'kyc-redirect' && phase === 'idle';

/** Whether it goes on with a run of another page: the person is away still, or is back. */
const isResumed = ({ type, detail }: KycEvent): boolean =>
  type === 'kyc-phase-change' && ['redirected', 'returned'].includes((detail as { to: string }).to);

/**
 * Tells of every event of the element, with the time since its run began.
 *
 * @param past - the run that the page before this one left, if it left any
 */
export const record = (element: KycVerify, tell: (entry: Entry) => void, past?: Run): void => {
  let run = past?.run ?? 0;
  let began = past?.began ?? 0;
  /** Whether the phase that follows is of a run that has begun already. */
  let isBegun = past !== undefined;
  for (const name of Object.keys(NAMES) as KycVerifyEventName[]) {
    element.addEventListener(name, (event) => {
      const now = performance.timeOrigin + event.timeStamp;
      if (isBeginning(event, element)) {
        if (!isBegun || !isResumed(event)) {
          run += 1;
          began = now;
        }
        isBegun = name === 'kyc-redirect';
      }
      tell({ name, at: now - began, detail: event.detail, run, began });
    });
  }
};

/** `+0 ms`, `+840 ms`, `+3.2 s`, `+1:04 min`. */
export const since = (at: number): string => {
  if (at < 999.5) return `+${at.toFixed(0)} ms`;
  if (at < 59_950) return `+${(at / 1000).toFixed(1)} s`;
  const seconds = Math.round(at / 1000);
  return `+${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
};
