import { KycVerify } from 'kyc-verify/react';
import { useState } from 'react';
import { provider } from './provider';
import { createSession } from './session';

/** The component asks for the session, once each time that it is mounted. */
export function ByComponent() {
  const [attempt, setAttempt] = useState(0);
  const [status, setStatus] = useState('');

  const begin = () => {
    setStatus('');
    setAttempt((last) => last + 1);
  };

  return (
    <>
      <h1>Your identity</h1>
      <p>
        <button onClick={begin}>Verify your identity</button>
        <button onClick={begin}>Start over</button>
        <button onClick={() => setAttempt(0)}>Not now</button>
      </p>
      <p role="status">{status}</p>
      {attempt > 0 && (
        <KycVerify
          {...provider}
          key={attempt}
          createSession={createSession}
          onSessionError={() => setStatus('Please try again later.')}
          onKycFinished={() => setStatus('Thank you. We are checking.')}
          onKycError={({ detail }) => setStatus(detail.code)}
        />
      )}
    </>
  );
}
