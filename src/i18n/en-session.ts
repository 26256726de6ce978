/**
 * The English texts of an element that has its session from the host's server, and is told by it how
 * the check ends; loaded only then. `verified` is the one place where somebody may be called so.
 */
export const enSession = {
  intro: 'Verify your identity',
  introText:
    'You take pictures of your document and of your face on a secure page. Then they are checked.',
  introDocument: 'A valid identity document, such as a passport or an identity card',
  introCamera: 'A device with a camera, and good light',
  introTime: 'A few minutes',
  start: 'Start',
  checking: 'Your pictures are being checked',
  checkingText: 'This can take a while. You may close this page and come back later.',
  verified: 'Your identity is verified',
  verifiedText: 'You have nothing more to do here.',
  declined: 'We could not verify your identity',
  declinedText: 'You may try once more, or ask the people who run this site.',
  resubmit: 'New pictures are needed',
  resubmitText: 'Something could not be seen well enough. Please take the pictures again.',
  unfinished: 'The verification was not finished',
  unfinishedText: 'You can start a new one.',
  goOn: 'Go on with the verification',
  goOnText: 'If you are done, the check begins soon. If not, you can go on.',
  'session-refused': 'The verification cannot be started',
  'session-refusedText': 'Please tell the people who run this site.',
  'not-signed-in': 'You are not signed in',
  'not-signed-inText': 'Sign in on this site, then try again.',
  'session-unavailable': 'The verification cannot be started right now',
  'session-unavailableText': 'Check your connection and wait a moment, then try again.',
} as const;
