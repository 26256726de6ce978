/** The English texts that are only needed when something is wrong, and loaded only then. */
export const enTrouble = {
  'insecure-contextText': 'This page came over an insecure connection, so the camera stays off.',
  'cross-origin-isolatedText': 'The settings of this site keep the page out.',
  'permissions-policyText': 'The settings of this site keep the camera off.',
  'no-media-devices': 'This browser cannot use a camera',
  'no-media-devicesText': 'Open this page in another browser, such as Chrome, Firefox or Safari.',
  'microphone-policyText': 'The settings of this site keep the microphone off.',
  'camera-deniedText': 'The camera is blocked for this site. Your browser’s settings can allow it.',
  'no-cameraText': 'No camera was found on this device.',
  'in-app-browserText':
    'Inside an app the camera may stay off. Open this page in your usual browser.',
  'outdated-browserText': 'This browser may be too old for the camera. An update may help.',
  alone: 'It opens on its own, too, and brings you back here.',
  'session-expired': 'The time for this verification is over',
  'session-expiredText': 'Go back and start again.',
  redirected: 'The verification is open on its own page',
  redirectedText: 'Finish it there. This page goes on when you come back.',
  returned: 'Welcome back',
  returnedText: 'This site will tell you how the check ends.',
  'return-mismatch': 'We cannot tell which verification this is',
  'return-mismatchText':
    'If you have done your part, nothing is lost. Go back to where you began to see how it stands.',
  elsewhere: 'You can close this tab',
  elsewhereText: 'The page that you came from goes on.',
  copy: 'Copy this page’s address',
  copied: 'Copied',
} as const;
