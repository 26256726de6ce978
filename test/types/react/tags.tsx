/** The bare tags in the JSX of React 19. Compiled, never run. */
import { useRef, type ReactElement } from 'react';
import type { KycVerify } from '../../../src/index.js';
import type {} from '../../../src/react/index.js';

const URL = 'https://saas.veriff.com/v/a';

export const Tags = (): ReactElement => {
  const element = useRef<KycVerify>(null);
  return (
    <>
      <kyc-verify
        ref={element}
        key="first"
        className="wide"
        sessionUrl={URL}
        trusted-origins="https://id.shop.example"
        session-reference="reference"
        display="inline"
        open={false}
        texts={{ finished: 'Thank you' }}
        timeout={0}
        onkyc-finished={({ detail }) => detail.provider satisfies string}
        onkyc-error={({ detail }) => detail.code === 'frame-timeout'}
        onkyc-phase-change={({ detail }) => detail.from satisfies string}
      >
        <p slot="loading">One moment</p>
      </kyc-verify>
      <kyc-return stay lang="de" onkyc-returned={(event) => event.preventDefault()}>
        <h1>Welcome back</h1>
      </kyc-return>
    </>
  );
};

export const wrong = (
  <>
    {/* @ts-expect-error no property of that name */}
    <kyc-verify sessionURL={URL} />
    {/* @ts-expect-error what can only be read */}
    <kyc-verify phase="idle" />
    {/* @ts-expect-error no such display */}
    <kyc-verify display="popup" />
    {/* @ts-expect-error a number: React sets the property */}
    <kyc-verify timeout="5000" />
    {/* @ts-expect-error an attribute takes text */}
    <kyc-verify session-state={5} />
    {/* @ts-expect-error the component's name for it */}
    <kyc-verify onKycFinished={() => undefined} />
    {/* @ts-expect-error no such field in this event */}
    <kyc-verify onkyc-finished={({ detail }) => detail.decision} />
    {/* @ts-expect-error no handler */}
    <kyc-verify onkyc-error="go()" />
    {/* @ts-expect-error a callback page has no session */}
    <kyc-return sessionUrl={URL} />
  </>
);
