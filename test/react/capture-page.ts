/** An app with `<kyc-capture>`, and no other of our elements. */
import { createElement, StrictMode, useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { shuftiProPlan } from '../../src/capture.js';
import { KycCapture } from '../../src/react/capture.js';

const events: string[] = [];
Object.assign(globalThis, { events });

const plan = shuftiProPlan({ verification_mode: 'image_only', face: {} });

const App = (): ReactElement => {
  const [seen, setSeen] = useState(0);
  return createElement(
    KycCapture,
    {
      plan,
      texts: { start: 'Go' },
      locale: undefined,
      onKycCaptureStep: ({ detail }) => {
        events.push(`${detail.context} ${detail.stage}, seen ${seen}`);
        setSeen(seen + 1);
      },
      onKycCanceled: ({ detail }) => {
        events.push(`canceled by ${detail.by}`);
      },
    },
    createElement('p', { slot: 'canceled' }, 'Come back soon.'),
  );
};

createRoot(document.querySelector('#root')!).render(
  createElement(StrictMode, null, createElement(App)),
);
