import type { KycReturnEventName } from '../element-props.js';
import type {
  KycCaptureEventName,
  KycEvent,
  KycEventName,
  KycVerifyEventName,
} from '../model/events.js';

type Pascal<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${Pascal<Tail>}`
  : Capitalize<S>;

/** `kyc-finished` is heard by `onKycFinished`. */
type HandlerName<N extends KycEventName> = `on${Pascal<N>}`;

/** Props that take the events. */
export type HandlerProps<N extends KycEventName> = {
  readonly [K in N as HandlerName<K>]?: ((event: KycEvent<K>) => void) | undefined;
};

type HandlerTable<N extends KycEventName> = { readonly [K in N as HandlerName<K>]: K };

/** Props and their events. Its type is made of the event table: an event left out is an error. */
export const verifyHandlers = {
  onKycReady: 'kyc-ready',
  onKycStarted: 'kyc-started',
  onKycProgress: 'kyc-progress',
  onKycSubmitted: 'kyc-submitted',
  onKycFinished: 'kyc-finished',
  onKycCanceled: 'kyc-canceled',
  onKycReloadRequest: 'kyc-reload-request',
  onKycRedirect: 'kyc-redirect',
  onKycReturned: 'kyc-returned',
  onKycDecision: 'kyc-decision',
  onKycError: 'kyc-error',
  onKycPhaseChange: 'kyc-phase-change',
} as const satisfies HandlerTable<KycVerifyEventName>;

export const returnHandlers = {
  onKycReturned: 'kyc-returned',
  onKycError: 'kyc-error',
} as const satisfies HandlerTable<KycReturnEventName>;

export const captureHandlers = {
  onKycCaptureStep: 'kyc-capture-step',
  onKycCaptured: 'kyc-captured',
  onKycUploadProgress: 'kyc-upload-progress',
  onKycSubmitted: 'kyc-submitted',
  onKycCanceled: 'kyc-canceled',
  onKycError: 'kyc-error',
} as const satisfies HandlerTable<KycCaptureEventName>;
