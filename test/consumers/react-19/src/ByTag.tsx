import 'kyc-verify/define';
import type {} from 'kyc-verify/react';
import { useState } from 'react';
import { provider } from './provider';
import { createSession } from './session';

/** The element itself, which React 19 knows how to handle. */
export function ByTag() {
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
        <kyc-verify
          {...provider}
          sessionUrl={sessionUrl}
          onkyc-finished={() => setStatus('Thank you. We are checking.')}
          onkyc-error={({ detail }) => setStatus(detail.code)}
        />
      )}
    </>
  );
}
