/**
 * What a hosted page tells its own server of its run. The inspection endpoint lists the reports in
 * order, so that a test can ask why a page went no further.
 */
export const REPORTS = [
  'started',
  'camera-live',
  'camera-refused',
  'camera-missing',
  'camera-failed',
  'microphone-live',
  'microphone-missing',
  'canceled',
] as const;

export type Report = (typeof REPORTS)[number];
