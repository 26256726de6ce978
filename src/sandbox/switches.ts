import { outcomesOf, type Outcome } from './outcomes.js';

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

/**
 * What can go wrong with a session's webhooks.
 *
 * | word | what is sent |
 * |---|---|
 * | `twice` | each of them, two times |
 * | `late` | each of them, some seconds after it is due |
 * | `out-of-order` | nothing until there is a decision, and then all of them, the last one first |
 * | `badly-signed` | each of them, with a signature that is wrong in one digit |
 * | `none` | nothing |
 */
export const WEBHOOK_FAULTS = ['twice', 'late', 'out-of-order', 'badly-signed', 'none'] as const;

export type WebhookFault = (typeof WEBHOOK_FAULTS)[number];

/** An outcome, or `none`: no decision until somebody makes one. */
export type Rule = Outcome | 'none';

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
  /**
   * What becomes of the session. Default: what its page was told to say in `verdict`, and else what
   * is in the files. A second attempt, after `resubmission`, goes by the files alone.
   */
  readonly decision?: Rule;
  /**
   * Milliseconds until the decision: from the submission, or for an outcome that has none, such as
   * `expired`, from the creation. Default: the sandbox's `decisionAfter`.
   */
  readonly after?: number;
  /** Default: each webhook once, at once, in order and rightly signed. */
  readonly webhooks?: WebhookFault;
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

const SWITCHES = ['fault', 'pilot', 'verdict', 'decision', 'after', 'webhooks'] as const;

/** A day, in milliseconds: timers that are longer than 24 of them fire at once. */
const LONGEST = 24 * 60 * 60 * 1000;

const readAfter = (value: unknown): number => {
  if (typeof value !== 'number' || !(value >= 0 && value <= LONGEST)) {
    throw new InvalidInput(`sandbox.after must be a number of milliseconds, at most ${LONGEST}.`);
  }
  return value;
};

/** The rules that a session of the vendor may be given. */
export const rulesOf = (vendor: Vendor): readonly Rule[] => [...outcomesOf(vendor), 'none'];

/**
 * Reads the member `sandbox` of a body.
 *
 * @param value - anything that JSON can hold; `undefined` means no switches
 * @throws InvalidInput where a switch is unknown, or not one of this vendor
 */
export const readSwitches = (value: unknown, vendor: Vendor): Switches => {
  if (value === undefined) return {};
  if (!isFields(value)) throw new InvalidInput('sandbox must be an object.');
  for (const name of Object.keys(value)) oneOf(SWITCHES, name, '*');
  const { fault, pilot, verdict, decision, after, webhooks } = value;
  if (pilot !== undefined && typeof pilot !== 'boolean') {
    throw new InvalidInput('sandbox.pilot must be true or false.');
  }
  return {
    ...(fault !== undefined && { fault: oneOf(faultsOf(vendor), fault, 'fault') }),
    ...(pilot !== undefined && { pilot }),
    ...(verdict !== undefined && { verdict: oneOf(VERDICTS, verdict, 'verdict') }),
    ...(decision !== undefined && { decision: oneOf(rulesOf(vendor), decision, 'decision') }),
    ...(after !== undefined && { after: readAfter(after) }),
    ...(webhooks !== undefined && { webhooks: oneOf(WEBHOOK_FAULTS, webhooks, 'webhooks') }),
  };
};
