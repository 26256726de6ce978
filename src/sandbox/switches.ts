/**
 * What a session of the sandbox may be told to do besides running well. Pure: the hosted pages and
 * the server both read it.
 */

/** The vendors whose hosted pages the sandbox plays. */
export type Vendor = 'veriff' | 'shufti-pro';

/**
 * Everything that can be made to go wrong, on demand.
 *
 * | fault | what the session's page does |
 * |---|---|
 * | `silent` | loads and never speaks; Veriff's therefore never shows its flow when framed |
 * | `x-frame-options` | is sent with `X-Frame-Options: DENY` |
 * | `frame-ancestors` | is sent with `Content-Security-Policy: frame-ancestors 'none'` |
 * | `http-204` | is answered with 204, No Content: no page at all, and the browser stays where it is |
 * | `http-404`, `http-500` | is an error page with that status |
 * | `download` | is answered with a file to save (`Content-Disposition: attachment`) |
 * | `hang` | is requested and never answered |
 * | `socket` | is requested, and the connection is cut without an answer |
 * | `refused` | is on a port where nothing listens: only the origin of its URL differs |
 * | `dns` | is on a host that no name server knows: only the origin of its URL differs |
 * | `hop-302` | answers a redirect to the second origin and runs there |
 * | `hop-script` | loads, goes to the second origin by `location.replace`, and runs there |
 * | `reload-request`, `force-reload` | Veriff: after the start asks the host page to reload instead of opening the camera, then lets the person go on anyway |
 * | `cancel-intro`, `cancel-document`, `cancel-face`, `cancel-review` | cancels by itself on reaching that step |
 * | `finish-twice` | posts its last message twice |
 * | `nonsense` | posts everything that is no message of the protocol in between, and goes on properly |
 * | `old-message` | Veriff: no handshake and no words, only `{status: 'finished'}` at the end |
 * | `no-camera` | behaves as on a device without a camera |
 * | `request-timeout`, `request-invalid` | Shufti Pro: posts that `verification_status` at once, and shows it |
 */
export const FAULTS = [
  'silent',
  'x-frame-options',
  'frame-ancestors',
  'http-204',
  'http-404',
  'http-500',
  'download',
  'hang',
  'socket',
  'refused',
  'dns',
  'hop-302',
  'hop-script',
  'reload-request',
  'force-reload',
  'cancel-intro',
  'cancel-document',
  'cancel-face',
  'cancel-review',
  'finish-twice',
  'nonsense',
  'old-message',
  'no-camera',
  'request-timeout',
  'request-invalid',
] as const;

export type Fault = (typeof FAULTS)[number];

const OF_ONE_VENDOR: Readonly<Partial<Record<Fault, Vendor>>> = {
  'reload-request': 'veriff',
  'force-reload': 'veriff',
  'old-message': 'veriff',
  'request-timeout': 'shufti-pro',
  'request-invalid': 'shufti-pro',
};

/** The faults that a vendor's page knows. A session asked for with another one is refused (400). */
export const faultsOf = (vendor: Vendor): readonly Fault[] =>
  FAULTS.filter((fault) => (OF_ONE_VENDOR[fault] ?? vendor) === vendor);

/** What Shufti Pro's page says in `verification_status` after the pictures were handed in. */
export const VERDICTS = [
  'request.received',
  'review.pending',
  'verification.accepted',
  'verification.declined',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** The member `sandbox` of a body that asks for a session. */
export interface Switches {
  /** Default: none. */
  readonly fault?: Fault;
  /**
   * Whether the hosted page walks through its own flow, clicking its own buttons as soon as they
   * are enabled, with the real camera. Default `false`. It stops where the camera is refused.
   */
  readonly pilot?: boolean;
  /** Shufti Pro: the last word. Default `request.received`, as with `show_results: "0"`. */
  readonly verdict?: Verdict;
}

/** Input that does not fit; `message` says how, in English, for the developer. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether a parsed value is an object with named members, so neither `null` nor an array. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const oneOf = <T extends string>(words: readonly T[], value: unknown, name: string): T => {
  const word = words.find((each) => each === value);
  if (word === undefined)
    throw new InvalidInput(`sandbox.${name} must be one of ${words.join(', ')}.`);
  return word;
};

/**
 * Reads the member `sandbox` of a body.
 *
 * @param value - anything that JSON can hold; `undefined` means no switches
 * @throws InvalidInput where a switch is unknown, or not one of this vendor
 */
export const readSwitches = (value: unknown, vendor: Vendor): Switches => {
  if (value === undefined) return {};
  if (!isFields(value)) throw new InvalidInput('sandbox must be an object.');
  for (const name of Object.keys(value)) oneOf(['fault', 'pilot', 'verdict'], name, '*');
  const { fault, pilot, verdict } = value;
  if (pilot !== undefined && typeof pilot !== 'boolean') {
    throw new InvalidInput('sandbox.pilot must be true or false.');
  }
  return {
    ...(fault !== undefined && { fault: oneOf(faultsOf(vendor), fault, 'fault') }),
    ...(pilot !== undefined && { pilot }),
    ...(verdict !== undefined && { verdict: oneOf(VERDICTS, verdict, 'verdict') }),
  };
};
