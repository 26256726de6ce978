import { KycVerify } from 'kyc-verify/react';
import { useState } from 'react';
import { provider } from './provider';
import { createSession } from './session';

interface AppProps {
  /** What `renderFrame()` gave, where the server renders the frame. In the browser: an empty text. */
  readonly frame?: string | undefined;
}

export function App({ frame }: AppProps) {
  const [isServed, setServed] = useState(frame !== undefined);
  const [attempt, setAttempt] = useState(0);
  const [status, setStatus] = useState('');

  const begin = () => {
    setStatus('');
    setServed(false);
    setAttempt((last) => last + 1);
  };
  const leave = () => {
    setServed(false);
    setAttempt(0);
  };
  const handlers = {
    onKycFinished: () => setStatus('Thank you. We are checking.'),
    onKycError: () => setStatus('Please try again later.'),
  };

  return (
    <>
      <h1>Your identity</h1>
      <p>
        <button onClick={begin}>Verify your identity</button>
        <button onClick={begin}>Start over</button>
        <button onClick={leave}>Not now</button>
      </p>
      <p role="status">{status}</p>
      {isServed && (
        <KycVerify
          {...provider}
          {...handlers}
          dangerouslySetInnerHTML={{ __html: frame ?? '' }}
          suppressHydrationWarning
        />
      )}
      {attempt > 0 && (
        <KycVerify {...provider} {...handlers} key={attempt} createSession={createSession} />
      )}
    </>
  );
}
