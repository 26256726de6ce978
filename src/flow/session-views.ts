import type { Texts } from '../i18n/texts.js';
import type { DecisionWord } from '../model/decisions.js';
import type { Phase } from '../model/phases.js';
import type { SessionStatus } from '../model/status.js';

/** What may be shown of a session besides what every run shows. Each has a slot of its name. */
export type SessionCover =
  'intro' | 'checking' | 'verified' | 'declined' | 'resubmit' | 'unfinished';

/** `undefined`: nobody knows yet, and the word for it is "being checked". */
const ENDS: Readonly<Record<DecisionWord, SessionCover | undefined>> = {
  pending: undefined,
  review: undefined,
  unknown: undefined,
  'resubmission-requested': 'resubmit',
  approved: 'verified',
  declined: 'declined',
  expired: 'unfinished',
  abandoned: 'unfinished',
  canceled: 'unfinished',
};

/** What the server's word makes of a phase, where it makes something of it. */
export const sessionCoverOf = (
  phase: Phase,
  status: SessionStatus | undefined,
): SessionCover | undefined => {
  if (phase === 'idle') return 'intro';
  if (!status) return undefined;
  if (phase === 'decided') return ENDS[status.decision];
  const isOver = phase === 'finished' || phase === 'returned' || phase === 'redirected';
  const isIn = status.stage === 'submitted' || status.decision !== 'pending';
  return isOver && isIn && !ENDS[status.decision] ? 'checking' : undefined;
};

type Button = readonly [label: string, act: () => void];

/** What a panel is made of. */
export type SessionView = readonly [
  mark: string,
  heading: string,
  text: string,
  buttons: readonly (Button | false)[],
  note?: Node | undefined,
];

/** What a panel may be made of; the element knows more. */
export interface SessionViewContext {
  readonly texts: Partial<Texts>;
  readonly choices: { readonly retry: () => void; readonly leave: () => void };
  readonly isModal: boolean;
  /** Of a failure, else `''`. */
  readonly code: string;
  readonly href: string | undefined;
}

const element = (name: string, part: string, ...children: readonly (Node | string)[]): Node => {
  const made = document.createElement(name);
  if (part) made.part.add(part);
  made.append(...children);
  return made;
};

/** Not of the page, but of the session: another try may get another one. */
const RENEWABLE = /^(not-signed-in|session-(unavailable|expired|rejected))$/;

/**
 * What to show for a cover; `undefined` where it is what every run shows.
 *
 * @param status - the last that is known
 */
export const sessionViewOf = (
  cover: string,
  status: SessionStatus | undefined,
  { texts, choices, isModal, code, href }: SessionViewContext,
): SessionView | undefined => {
  const key = cover as SessionCover | 'returned' | 'redirected';
  const close: Button | false = isModal && [texts.close ?? '', choices.leave];
  const view = (mark: string, again?: string, note?: Node): SessionView => [
    mark,
    texts[key] ?? '',
    texts[`${key}Text`] ?? '',
    [again !== undefined && [again, choices.retry], close],
    note,
  ];
  switch (cover as SessionCover | 'returned' | 'redirected' | 'failed') {
    case 'intro': {
      const { introDocument = '', introCamera = '', introTime = '' } = texts;
      const items = [introDocument, introCamera, introTime].map((item) => element('li', '', item));
      return view('◎', texts.start, element('ul', 'list', ...items));
    }
    case 'checking':
      return view('…');
    case 'verified':
      return view('✓');
    case 'declined':
      return view('✕', texts.retry);
    case 'resubmit':
    case 'unfinished':
      return view('!', texts.retry);
    case 'returned': {
      // One callback serves finish and cancel alike, and the server has not heard of the end.
      const [mark, heading, , buttons] = view('↩', texts.goOn);
      return status && [mark, heading, texts.goOnText ?? '', buttons];
    }
    case 'redirected':
      // Found after a reload, and without a URL to go on by.
      return href ? undefined : view('↗', texts.goOn);
    case 'failed': {
      if (!RENEWABLE.test(code)) return undefined;
      const note = element('small', 'code', `${texts.code ?? ''} `, element('bdi', '', code));
      const { [code as 'not-signed-in']: heading = texts.failed ?? '' } = texts;
      const text = texts[`${code as 'not-signed-in'}Text`] ?? texts.failedText ?? '';
      return ['!', heading, text, [[texts.retry ?? '', choices.retry], close], note];
    }
    default:
      return undefined;
  }
};
