import { make, makeButton, makeIcon, type IconName } from './dom.js';
import { PICTURES, type PictureStep } from './pictures.js';
import type { View } from './shell.js';

type Act = () => void;

const cancelButton = (onClick: Act): HTMLButtonElement =>
  makeButton({ label: 'Cancel', rank: 'quiet', name: 'cancel', onClick });

/** @param isUnheard - the page is framed, and no referrer told it by whom, so it may not speak */
export const waiting = (isUnheard: boolean): View =>
  isUnheard
    ? {
        icon: 'problem',
        takesFocus: false,
        heading: 'This page does not know who opened it',
        lead: 'The page that frames it sends no referrer, so there is no one that it may answer to.',
      }
    : {
        icon: 'spinner',
        takesFocus: false,
        heading: 'One moment',
        lead: 'Waiting for the page that opened this one.',
      };

const makeNeed = (icon: IconName, name: string, what: string): HTMLElement =>
  make('li', {}, makeIcon(icon), make('span', {}, make('strong', {}, name), ` ${what}`));

export const intro = ({ begin, cancel }: { readonly begin: Act; readonly cancel: Act }): View => ({
  takesFocus: false,
  heading: 'Verify your identity',
  lead: 'Two pictures, about two minutes. You will need:',
  body: [
    make(
      'ul',
      { class: 'needs' },
      makeNeed('document', 'An identity document', 'Passport, ID card or driving licence'),
      makeNeed('camera', 'Your camera', 'Your browser will ask for it'),
      makeNeed('light', 'Even light', 'No glare on the document, no shadow on your face'),
    ),
  ],
  actions: [
    cancelButton(cancel),
    makeButton({ label: 'Begin', rank: 'primary', name: 'begin', pilot: true, onClick: begin }),
  ],
});

export const reload = ({ goOn, cancel }: { readonly goOn: Act; readonly cancel: Act }): View => ({
  icon: 'camera',
  heading: 'The camera needs a reload',
  lead: 'The page that opened this one was asked to reload. If nothing happens, go on here.',
  actions: [
    cancelButton(cancel),
    makeButton({ label: 'Go on', rank: 'primary', name: 'go-on', pilot: true, onClick: goOn }),
  ],
});

/** One picture as the review shows it. */
export interface Shown {
  readonly which: PictureStep;
  readonly url: string;
  readonly retake: Act;
}

const makeCard = ({ which, url, retake }: Shown): HTMLElement => {
  const { alt, retake: spoken } = PICTURES[which];
  return make(
    'li',
    {},
    make('div', { class: 'stage still' }, make('img', { src: url, alt })),
    makeButton({ label: 'Retake', spoken, name: `retake-${which}`, onClick: retake }),
  );
};

export const review = (
  shown: readonly Shown[],
  { submit, cancel }: { readonly submit: Act; readonly cancel: Act },
): View => ({
  step: 3,
  heading: 'Review and hand in',
  lead: 'Both pictures should be sharp and complete.',
  body: [make('ul', { class: 'review' }, ...shown.map(makeCard))],
  actions: [
    cancelButton(cancel),
    makeButton({ label: 'Hand in', rank: 'primary', name: 'submit', pilot: true, onClick: submit }),
  ],
});

export const submitting = (cancel: Act): View => ({
  icon: 'spinner',
  heading: 'Sending your pictures',
  lead: 'Please keep this page open.',
  actions: [cancelButton(cancel)],
});

export const notSent = ({
  submit,
  cancel,
}: {
  readonly submit: Act;
  readonly cancel: Act;
}): View => ({
  icon: 'problem',
  heading: 'Your pictures were not sent',
  lead: 'The provider could not be reached, or would not take them. They are still here: try again.',
  actions: [
    cancelButton(cancel),
    makeButton({ label: 'Try again', rank: 'primary', name: 'submit', onClick: submit }),
  ],
});

/** @param actions - the way back to who sent the person, if there is one */
export const done = (actions: readonly HTMLElement[]): View => ({
  icon: 'done',
  heading: 'Thank you',
  lead: 'Your pictures were handed in. Your part is done.',
  actions,
});

export const canceled = (actions: readonly HTMLElement[]): View => ({
  icon: 'stop',
  heading: 'You have canceled',
  lead: 'Nothing was handed in. You can begin again with the same link.',
  actions,
});

/** A session that cannot be run. */
export const over = (why: 'request-timeout' | 'request-invalid'): View => ({
  icon: 'problem',
  heading: why === 'request-timeout' ? 'This session has ended' : 'This session is not valid',
  lead:
    why === 'request-timeout' ? 'It ran out of time. Ask for a new link.' : 'Ask for a new link.',
});
