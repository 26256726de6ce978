import type { CapturePlan, CaptureStep, MediaLimits, VerificationMode } from '../model/capture.js';

/** Bytes. Both vendors' megabytes are read as MiB where that is the larger, as the backend kit does. */
const MIB = 1024 * 1024;

/**
 * Veriff takes 24 MB of base64 and a longer side of up to 1920 px; pictures alone (`Send photos` in its
 * API upload).
 */
const VERIFF_LIMITS: MediaLimits = {
  types: ['image/jpeg', 'image/png', 'application/pdf'],
  pictureBytes: 17_900_000,
  videoBytes: 0,
  longerSide: 1920,
};

/**
 * Shufti Pro takes pictures and PDF up to 16 MB, clips up to 20 MB. It names no size in pixels: an A4
 * page at 300 dpi, which is what text recognition asks for, is 3508 px high.
 */
const SHUFTI_PRO_LIMITS: MediaLimits = {
  types: ['image/jpeg', 'image/png', 'application/pdf', 'video/mp4', 'video/quicktime'],
  pictureBytes: 16 * MIB,
  videoBytes: 20 * MIB,
  longerSide: 3508,
};

const VERIFF_TYPES = ['PASSPORT', 'ID_CARD', 'RESIDENCE_PERMIT', 'DRIVERS_LICENSE'];

const SHUFTI_PRO_TYPES = ['passport', 'id_card', 'driving_license', 'credit_or_debit_card'];

/** What is to be seen of a passport is on one page. */
const withBack = (types: readonly string[]): readonly string[] =>
  types.filter((type) => type.toLowerCase() !== 'passport');

export interface VeriffPlanOptions {
  /** `PASSPORT`, `ID_CARD`, `RESIDENCE_PERMIT`, `DRIVERS_LICENSE`. Default: all of them. */
  readonly documentTypes?: readonly string[];
}

/** Veriff's API upload: `document-front`, `document-back` where there is one, and `face`. */
export const veriffPlan = ({
  documentTypes = VERIFF_TYPES,
}: VeriffPlanOptions = {}): CapturePlan => {
  const document = { subject: 'document', types: documentTypes } as const;
  return {
    provider: 'veriff',
    limits: VERIFF_LIMITS,
    steps: [
      { ...document, context: 'document-front', side: 'front' },
      {
        ...document,
        context: 'document-back',
        side: 'back',
        onlyFor: withBack(documentTypes),
      },
      { context: 'face', subject: 'face' },
    ],
  };
};

/** One service of Shufti Pro's request, as far as it matters to what the person is asked for. */
interface ShuftiProService {
  readonly supported_types?: readonly string[];
  /** Given, whatever its value, the person may add a second proof. */
  readonly additional_proof?: unknown;
  readonly [other: string]: unknown;
}

/**
 * Of a request to Shufti Pro's off-site verification, what matters here; the rest of it is allowed, so
 * that page and server can share one object.
 */
export interface ShuftiProPlanRequest {
  /** Default: `any`. */
  readonly verification_mode?: VerificationMode;
  readonly face?: object;
  readonly document?: ShuftiProService;
  readonly address?: ShuftiProService;
  /** `text` is what is to be written. */
  readonly consent?: ShuftiProService & { readonly text?: string };
  readonly [other: string]: unknown;
}

const stepsOf = (
  subject: 'document' | 'address' | 'consent',
  service: (ShuftiProService & { readonly text?: string }) | undefined,
  defaults?: readonly string[],
): readonly CaptureStep[] => {
  if (!service) return [];
  const types = service.supported_types ?? defaults;
  const step: CaptureStep = {
    context: subject,
    subject,
    ...(types && { types }),
    ...(service.text !== undefined && { text: service.text }),
  };
  if (!('additional_proof' in service)) return [step];
  const additional: CaptureStep = {
    ...step,
    context: `${subject}-additional`,
    side: 'additional',
    isOptional: true,
    ...(subject === 'document' && types && { onlyFor: withBack(types) }),
  };
  return [step, additional];
};

/**
 * Shufti Pro's off-site verification: a proof for each service of the request that has one.
 *
 * @param request - the services. Default: `face` and `document`, of any type
 */
export const shuftiProPlan = (
  request: ShuftiProPlanRequest = { face: {}, document: {} },
): CapturePlan => {
  const { verification_mode: mode, face, document, address, consent } = request;
  const steps: readonly CaptureStep[] = [
    ...stepsOf('document', document, SHUFTI_PRO_TYPES),
    ...(face ? [{ context: 'face', subject: 'face' } as const] : []),
    ...stepsOf('address', address),
    ...stepsOf('consent', consent),
  ];
  return {
    provider: 'shufti-pro',
    limits: SHUFTI_PRO_LIMITS,
    steps: mode ? steps.map((step) => ({ ...step, mode })) : steps,
  };
};

/** What a provider needs at least; `undefined` for one that has no preset. */
export const presetFor = (provider: string): CapturePlan | undefined => {
  if (provider === 'veriff') return veriffPlan();
  return provider === 'shufti-pro' ? shuftiProPlan() : undefined;
};
