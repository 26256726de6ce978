import type { Context, Media, Reason, Session } from './sessions.js';
import type { SpecimenKind } from './specimens.js';

/** What a file of that context has to show. */
const wanted = (context: Context): SpecimenKind => {
  if (context === 'consent') return 'consent note';
  return context.startsWith('face') ? 'face' : 'identity card';
};

/** Whether a file passes. One without a mark is taken as genuine: it is somebody's own. */
const passes = ({ specimen, context }: Media): boolean =>
  specimen === undefined || (specimen.isGenuine && specimen.kind === wanted(context));

/** The contexts whose files show that they are no good. */
export const failedContexts = ({ media }: Session): readonly Context[] =>
  [...media.values()].filter((each) => !passes(each)).map(({ context }) => context);

const REASONS: Readonly<Record<Session['vendor'], Readonly<Record<SpecimenKind, Reason>>>> = {
  // Codes and words in the manner of either vendor's table.
  veriff: {
    face: {
      code: '103',
      text: 'Person showing the document does not appear to match document photo',
    },
    'identity card': { code: '102', text: 'Suspected document tampering' },
    'consent note': { code: '102', text: 'Suspected document tampering' },
  },
  'shufti-pro': {
    face: { code: 'SPDR01', text: 'Face could not be verified' },
    'identity card': { code: 'SPDR06', text: 'Document originality could not be verified' },
    'consent note': { code: 'SPDR47', text: 'Consent note could not be verified' },
  },
};

/** Why a session is declined: by its files, and where they are fine, as if the document were not. */
export const declineReason = (session: Session): Reason => {
  const [first = 'document'] = failedContexts(session);
  return REASONS[session.vendor][wanted(first)];
};

export const RESUBMISSION_REASON: Reason = {
  code: '204',
  text: 'Video and/or photo quality insufficient',
};
