/**
 * The English texts that every page needs; the others are in `en-trouble.ts`. `{provider}` stands
 * for the provider's name. None of them may say that somebody is verified: nothing on this page knows.
 */
export const en = {
  /** Writing direction: `ltr` or `rtl`. */
  dir: 'ltr',
  title: 'Identity verification',
  frame: 'Identity verification by {provider}',
  loading: 'Opening the secure page',
  ready: 'The page is open',
  submitted: 'Your pictures were sent',
  finished: 'Thank you, your part is done',
  finishedText: 'The check goes on without you. This site will tell you how it ends.',
  canceled: 'The verification was stopped',
  canceledText: 'You can start again at any time.',
  'frame-timeout': 'The page does not answer',
  'frame-timeoutText': 'Check your connection, then try again.',
  'frame-blocked': 'The page cannot be shown here',
  'frame-blockedText': 'Please tell the people who run this site.',
  continue: 'Continue in this tab',
  newTab: 'Open in a new tab',
  failed: 'This verification cannot be opened',
  failedText: 'Go back and start again. If that fails, tell the people who run this site.',
  code: 'Error code:',
  reload: 'The camera must be allowed again',
  reloadText: 'Your browser asks again after a reload.',
  reloadNow: 'Reload this page',
  reloadNot: 'Not now',
  leave: 'Stop the verification?',
  leaveText: 'What you have done so far may be lost.',
  leaveNow: 'Stop',
  leaveNot: 'Keep going',
  slow: 'Is the page not showing?',
  retry: 'Try again',
  show: 'Show the page',
  close: 'Close',
} as const;
