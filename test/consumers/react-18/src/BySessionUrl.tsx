import { KycVerify } from 'kyc-verify/react';
import { useState } from 'react';
import { provider } from './provider';
import { createSession } from './session';

/** The page has the session, and may get another one. */
export function BySessionUrl() {
  const [isShown, setShown] = useState(false);
  const [sessionUrl, setSessionUrl] = useState<string>();
  const [status, setStatus] = useState('');

  const begin = async () => {
    setStatus('');
    setShown(true);
    setSessionUrl(undefined);
    setSessionUrl(await createSession());
  };

  return (
    <>
      <h1>Your identity</h1>
      <p>
        <button onClick={begin}>Verify your identity</button>
        <button onClick={begin}>Start over</button>
        <button onClick={() => setShown(false)}>Not now</button>
      </p>
      <p role="status">{status}</p>
      {isShown && (
        <KycVerify
          {...provider}
          sessionUrl={sessionUrl}
          onKycFinished={() => setStatus('Thank you. We are checking.')}
          onKycError={({ detail }) => setStatus(detail.code)}
        />
      )}
    </>
  );
}
