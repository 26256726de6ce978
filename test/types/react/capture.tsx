/** `<kyc-capture>` as a component, and as a bare tag. Compiled, never run. */
import { createRef, useRef, type ReactElement } from 'react';
import { shuftiProPlan, veriffPlan, type CapturePlan } from '../../../src/capture.js';
import type { KycEvent } from '../../../src/index.js';
import {
  KycCapture,
  type KycCaptureElement,
  type KycCaptureProps,
} from '../../../src/react/capture.js';

const plan: CapturePlan = veriffPlan({ documentTypes: ['PASSPORT'] });

/** What the server sends will do as it is. */
const request = {
  reference: 'order-0001',
  verification_mode: 'image_only',
  face: { proof: '' },
  document: { supported_types: ['passport'], additional_proof: '', name: '' },
} as const;
export const shared: CapturePlan = shuftiProPlan(request);

export const Everything = (): ReactElement => {
  const element = useRef<KycCaptureElement>(null);
  return (
    <KycCapture
      ref={element}
      className="wide"
      captureEndpoint="/kyc"
      provider="veriff"
      plan={plan}
      locale="de"
      texts={{ takePicture: 'Click', finished: 'Thank you' }}
      onKycCaptureStep={({ detail }) => detail.stage === 'review' && detail.step <= detail.steps}
      onKycCaptured={(event) => {
        event.preventDefault();
        for (const { blob, key } of event.detail.proofs) new FormData().append(key, blob);
      }}
      onKycUploadProgress={({ detail }) => (detail.sent / detail.total) satisfies number}
      onKycSubmitted={({ detail }) => detail.provider satisfies string}
      onKycCanceled={({ detail }) => detail.by === 'person'}
      onKycError={({ detail }) => detail.code === 'camera-busy' && detail.retryable}
    >
      <button slot="intro" onClick={() => element.current?.start()}>
        {element.current?.phase}
      </button>
    </KycCapture>
  );
};

export const passedOn = (props: KycCaptureProps): ReactElement => <KycCapture {...props} />;

export const tag = (
  <kyc-capture
    ref={createRef<KycCaptureElement>()}
    capture-endpoint="/kyc"
    plan={plan}
    onkyc-captured={({ detail }) => detail.proofs satisfies readonly object[]}
  />
);

export const wrong = (
  <>
    {/* @ts-expect-error an attribute's name */}
    <KycCapture capture-endpoint="/kyc" />
    {/* @ts-expect-error no such text */}
    <KycCapture texts={{ click: 'Click' }} />
    {/* @ts-expect-error no plan */}
    <KycCapture plan="veriff" />
    {/* @ts-expect-error what can only be read */}
    <KycCapture phase="idle" />
    {/* @ts-expect-error no URL is framed here */}
    <KycCapture sessionUrl="https://saas.veriff.com/v/a" />
    {/* @ts-expect-error no event of it: nothing here tells a decision */}
    <KycCapture onKycDecision={() => undefined} />
    {/* @ts-expect-error another event's handler */}
    <KycCapture onKycCaptured={(event: KycEvent<'kyc-error'>) => event} />
    {/* @ts-expect-error no such code */}
    <KycCapture onKycError={({ detail }) => detail.code === 'blurred'} />
    {/* @ts-expect-error what can only be read */}
    <kyc-capture error={undefined} />
    {/* @ts-expect-error another event's handler */}
    <kyc-capture onkyc-captured={(event: KycEvent<'kyc-error'>) => event} />
  </>
);
