import type { Fault, Vendor } from '../src/sandbox/switches.js';

/** What can be made to go wrong, in the words of somebody who tries the demo. */
export interface FaultWords {
  readonly group: string;
  readonly label: string;
  /** What the person gets, by whose page it is. */
  readonly expect: Readonly<Partial<Record<Vendor, string>>>;
  /** Nothing happens until the timeout, so a demo had better not wait for twenty seconds. */
  readonly isSilent?: true;
}

const both = (text: string): FaultWords['expect'] => ({ veriff: text, 'shufti-pro': text });

const UNSHOWN = 'The page does not show';
const MOVES = 'The page moves on';
const CAMERA = 'The camera';
const CANCELS = 'The person backs out';
const MESSAGES = 'Odd messages';
const SESSION = 'The session';

const NO_PROOF =
  'This provider’s page never greets, so its silence proves nothing: after the timeout a quiet way out appears below the frame';

/** The link leads to a page that works. */
const FORBIDDEN: FaultWords['expect'] = {
  veriff:
    'No sign of life within the timeout: the person reads so, and goes on by a link, in this tab or another.',
  'shufti-pro': `${NO_PROOF}, with a link to the page itself.`,
};

/** The link leads to the same error, as the browser shows it. */
const DEAD: FaultWords['expect'] = {
  veriff:
    'No sign of life within the timeout: the person reads so, and can try again, stop, or follow the link and see for themselves.',
  'shufti-pro': `${NO_PROOF}.`,
};

/** Every fault of the sandbox; the type sees to it that none is missing. */
export const FAULT_WORDS: Readonly<Record<Fault, FaultWords>> = {
  'x-frame-options': {
    group: UNSHOWN,
    label: 'Framing is forbidden (X-Frame-Options)',
    expect: FORBIDDEN,
    isSilent: true,
  },
  'frame-ancestors': {
    group: UNSHOWN,
    label: 'Framing is forbidden (frame-ancestors)',
    expect: FORBIDDEN,
    isSilent: true,
  },
  'http-404': { group: UNSHOWN, label: 'Not found (404)', expect: DEAD, isSilent: true },
  'http-500': { group: UNSHOWN, label: 'Server error (500)', expect: DEAD, isSilent: true },
  'http-204': { group: UNSHOWN, label: 'No content (204)', expect: DEAD, isSilent: true },
  download: {
    group: UNSHOWN,
    label: 'A download',
    expect: {
      veriff:
        'The browser may save a file, and the frame stays empty: after the timeout the person reads that the page does not answer.',
      'shufti-pro': `The browser may save a file, and the frame stays empty. ${NO_PROOF}.`,
    },
    isSilent: true,
  },
  hang: { group: UNSHOWN, label: 'Never answers', expect: DEAD, isSilent: true },
  socket: { group: UNSHOWN, label: 'The connection is cut', expect: DEAD, isSilent: true },
  refused: { group: UNSHOWN, label: 'The connection is refused', expect: DEAD, isSilent: true },
  dns: { group: UNSHOWN, label: 'The host is not found', expect: DEAD, isSilent: true },
  silent: {
    group: UNSHOWN,
    label: 'Loads and never speaks',
    expect: {
      veriff: FORBIDDEN.veriff ?? '',
      'shufti-pro':
        'The flow works, and its end is never told: what ends the run is the callback page that the person comes to inside the frame.',
    },
    isSilent: true,
  },
  'hop-302': {
    group: MOVES,
    label: 'To another origin, by redirect',
    expect: both('The run goes on at the second origin, camera and messages included.'),
  },
  'hop-script': {
    group: MOVES,
    label: 'To another origin, by script',
    expect: both('The run goes on at the second origin, camera and messages included.'),
  },
  'no-camera': {
    group: CAMERA,
    label: 'There is none',
    expect: both('The provider’s page says so and takes a picture from a file instead.'),
  },
  'reload-request': {
    group: CAMERA,
    label: 'The page asks for a reload',
    expect: { veriff: 'The person is asked whether to reload this page or to go on without.' },
  },
  'force-reload': {
    group: CAMERA,
    label: 'The page demands a reload',
    expect: { veriff: 'No page reloads yours: the person is asked, exactly as before a request.' },
  },
  'cancel-intro': {
    group: CANCELS,
    label: 'Before the start',
    expect: both('The run ends as canceled; the person can start again.'),
  },
  'cancel-document': {
    group: CANCELS,
    label: 'At the document',
    expect: both('The run ends as canceled once the document is asked for.'),
  },
  'cancel-face': {
    group: CANCELS,
    label: 'At the face',
    expect: both('The run ends as canceled after the first picture.'),
  },
  'cancel-review': {
    group: CANCELS,
    label: 'At the review',
    expect: both('The run ends as canceled, with both pictures taken and none handed in.'),
  },
  'finish-twice': {
    group: MESSAGES,
    label: 'The end comes twice',
    expect: both('One kyc-finished. What is over stays over.'),
  },
  nonsense: {
    group: MESSAGES,
    label: 'Noise in between',
    expect: both('Everything that is not of the protocol is dropped; the run goes on.'),
  },
  'old-message': {
    group: MESSAGES,
    label: 'An old page without a greeting',
    expect: {
      veriff: 'The page speaks at its end alone, so until then it counts as one that is not there.',
    },
    isSilent: true,
  },
  'request-timeout': {
    group: SESSION,
    label: 'Has run out of time',
    expect: {
      'shufti-pro': 'The person reads that the time is over, and how to get a new session.',
    },
  },
  'request-invalid': {
    group: SESSION,
    label: 'Is not valid',
    expect: { 'shufti-pro': 'The person reads that it cannot be opened, and what to do next.' },
  },
};
