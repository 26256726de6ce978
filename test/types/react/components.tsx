/** The components' props. Compiled, never run. */
import { createRef, useRef, type ComponentProps, type ReactElement } from 'react';
import type { KycCanceledDetail, KycEvent } from '../../../src/index.js';
import {
  KycReturn,
  KycVerify,
  type KycVerifyElement,
  type KycVerifyProps,
} from '../../../src/react/index.js';

const URL = 'https://saas.veriff.com/v/a';
const created = async () => URL;

/** All of them at once, with the right details. */
export const everything = (): ReactElement => (
  <KycVerify
    key="first"
    className="wide"
    style={{ minHeight: 650 }}
    id="kyc"
    data-test="yes"
    aria-label="Identity"
    sessionUrl={URL}
    provider="veriff"
    display="modal"
    open
    trustedOrigins="https://id.shop.example"
    fallback="none"
    sessionState="state"
    sessionReference="reference"
    locale="de"
    texts={{ finished: 'Thank you' }}
    timeout={5000}
    onClick={(event) => event.preventDefault()}
    onKycReady={({ detail }) => detail.evidence satisfies 'message' | 'load'}
    onKycStarted={({ detail }) => detail.provider satisfies string}
    onKycProgress={({ detail }) => detail.provider satisfies string}
    onKycSubmitted={({ detail }) => detail.provider satisfies string}
    onKycFinished={(event) => event satisfies KycEvent<'kyc-finished'>}
    onKycCanceled={({ detail }) => detail satisfies KycCanceledDetail}
    onKycReloadRequest={(event) => event.preventDefault()}
    onKycRedirect={({ detail }) => detail.target satisfies 'same-tab' | 'new-tab'}
    onKycReturned={({ detail }) => detail.outcome satisfies 'unknown'}
    onKycDecision={({ detail }) => detail.decision === 'approved' && detail.isFinal}
    onKycError={({ detail }) => detail.code === 'frame-timeout' && detail.retryable}
    onKycPhaseChange={async ({ detail }) => detail.to === 'finished'}
  >
    <p slot="finished">Thank you</p>
  </KycVerify>
);

export const Referred = (): ReactElement => {
  const element = useRef<KycVerifyElement>(null);
  return (
    <>
      <KycVerify ref={element} />
      <KycVerify
        ref={(each) => {
          each?.start();
        }}
      />
      <KycReturn stay locale="et" onKycReturned={(event) => event.preventDefault()} />
      <button onClick={() => element.current?.retry()}>{element.current?.phase}</button>
    </>
  );
};

export const adopted = <KycVerify dangerouslySetInnerHTML={{ __html: '<iframe></iframe>' }} />;

/** A whole integration. */
export const served = (
  <KycVerify sessionEndpoint="/kyc" onKycDecision={({ detail }) => detail.id satisfies string} />
);

/** Props that are passed on, one or the other. */
export const passedOn = (props: KycVerifyProps): ReactElement => <KycVerify {...props} />;
export const maybe = (sessionUrl: string | undefined): ReactElement => (
  <KycVerify sessionUrl={sessionUrl} timeout={undefined} />
);

/** A session is got in either form. */
export const sessions = (
  <>
    <KycVerify createSession={created} onSessionError={(error) => error satisfies unknown} />
    <KycVerify createSession={async () => ({ sessionUrl: URL })} />
    <KycVerify createSession={async () => ({ sessionUrl: URL, sessionState: 'a' })} />
    <KycVerify createSession={created} sessionUrl={undefined} sessionReference="reference" />
  </>
);

/** The settable properties of the element are all there, and nothing else of it is. */
type OwnProps = Exclude<
  keyof ComponentProps<typeof KycVerify>,
  keyof React.HTMLAttributes<unknown> | `on${string}` | 'ref' | 'key' | `${string}-${string}`
>;
type Known =
  | 'sessionUrl'
  | 'sessionEndpoint'
  | 'provider'
  | 'display'
  | 'open'
  | 'trustedOrigins'
  | 'fallback'
  | 'sessionState'
  | 'sessionReference'
  | 'locale'
  | 'texts'
  | 'timeout'
  | 'createSession';
export const props: Readonly<Record<OwnProps, true>> & Readonly<Record<Known, true>> = {
  sessionUrl: true,
  sessionEndpoint: true,
  provider: true,
  display: true,
  open: true,
  trustedOrigins: true,
  fallback: true,
  sessionState: true,
  sessionReference: true,
  locale: true,
  texts: true,
  timeout: true,
  createSession: true,
};

export const wrong = (
  <>
    {/* @ts-expect-error no property of that name */}
    <KycVerify sessionURL={URL} />
    {/* @ts-expect-error an attribute would show the URL */}
    <KycVerify session-url={URL} />
    {/* @ts-expect-error what can only be read */}
    <KycVerify phase="idle" />
    {/* @ts-expect-error what your server says can only be read */}
    <KycVerify decision="approved" />
    {/* @ts-expect-error a method */}
    <KycVerify start={() => undefined} />
    {/* @ts-expect-error what belongs to Lit */}
    <KycVerify renderRoot={document.body} />
    {/* @ts-expect-error what is the element's own affair */}
    <KycVerify isLeaving />
    {/* @ts-expect-error no such display */}
    <KycVerify display="popup" />
    {/* @ts-expect-error a number */}
    <KycVerify timeout="5000" />
    {/* @ts-expect-error no such text */}
    <KycVerify texts={{ done: 'Done' }} />
    {/* @ts-expect-error no such event */}
    <KycVerify onKycApproved={() => undefined} />
    {/* @ts-expect-error the bare tag's name for it */}
    <KycVerify onkyc-finished={() => undefined} />
    {/* @ts-expect-error no such field in this event */}
    <KycVerify onKycFinished={({ detail }) => detail.decision} />
    {/* @ts-expect-error another event's handler */}
    <KycVerify onKycReady={(event: KycEvent<'kyc-error'>) => event} />
    {/* @ts-expect-error no such code */}
    <KycVerify onKycError={({ detail }) => detail.code === 'declined'} />
    {/* @ts-expect-error the URL, or the way to get one: not both */}
    <KycVerify sessionUrl={URL} createSession={created} />
    {/* @ts-expect-error no promise */}
    <KycVerify createSession={() => URL} />
    {/* @ts-expect-error no session URL in it */}
    <KycVerify createSession={async () => ({ url: URL })} />
    {/* @ts-expect-error another element */}
    <KycVerify ref={createRef<HTMLDivElement>()} />
    {/* @ts-expect-error a callback page has no session */}
    <KycReturn sessionUrl={URL} />
    {/* @ts-expect-error no event of a callback page */}
    <KycReturn onKycFinished={() => undefined} />
  </>
);
