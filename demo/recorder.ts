import type { KycEvent, KycEventDetails, KycEventName, KycVerify } from '../src/index.js';

/** A record, so that the compiler misses the event that is missing. */
const NAMES: Readonly<Record<KycEventName, true>> = {
  'kyc-phase-change': true,
  'kyc-ready': true,
  'kyc-started': true,
  'kyc-progress': true,
  'kyc-submitted': true,
  'kyc-finished': true,
  'kyc-canceled': true,
  'kyc-reload-request': true,
  'kyc-error': true,
};

/** One event as it was told. No detail of any event holds the session URL. */
export interface Entry {
  readonly name: KycEventName;
  /** Milliseconds since the run's frame was mounted. */
  readonly at: number;
  readonly detail: KycEventDetails[KycEventName];
  /** Counts the runs, from 1. */
  readonly run: number;
}

const isPhaseChange = (event: KycEvent): event is KycEvent<'kyc-phase-change'> =>
  event.type === 'kyc-phase-change';

/** Tells of every event of the element, with the time since its run began. */
export const record = (element: KycVerify, tell: (entry: Entry) => void): void => {
  let run = 0;
  let beginning = 0;
  for (const name of Object.keys(NAMES) as KycEventName[]) {
    element.addEventListener(name, (event) => {
      if (isPhaseChange(event) && event.detail.from === 'idle') {
        run += 1;
        beginning = event.timeStamp;
      }
      tell({ name, at: event.timeStamp - beginning, detail: event.detail, run });
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
