/** A host's app, which `page.ts` shows in a browser and `test/e2e/react.test.ts` on a server. */
import { createElement, useReducer, useState, type ReactElement, type RefAttributes } from 'react';
import {
  KycReturn,
  KycVerify,
  type KycVerifyElement,
  type KycVerifyProps,
} from '../../src/react/index.js';

/** What the app does. */
export type Mode =
  /** Has the component ask for the session. */
  | 'asks'
  /** The same, and the server answers when `notes.answer` is called. */
  | 'late'
  /** The same, in a modal. */
  | 'modal'
  /** The server refuses, and the app hears of it, or does not. */
  | 'refused'
  | 'refused-unheard'
  /** Has no session until the button is pressed. */
  | 'given'
  /** The server rendered the frame. */
  | 'adopted'
  /** Is the callback page, rendered by the server. */
  | 'back';

/** What the tests read. */
export interface Notes {
  /** `kyc-finished veriff 2`: event, provider or code, and the rendering that the handler is of. */
  readonly events: string[];
  readonly errors: string[];
  /** What React itself complains of. */
  readonly complaints: string[];
  asked: number;
  element: KycVerifyElement | null;
  answer?: () => void;
}

export const notes: Notes = { events: [], errors: [], complaints: [], asked: 0, element: null };

interface Settings {
  readonly mode: Mode;
  /** The sandbox's. */
  readonly trustedOrigins: string;
  /** The server's own, of the frame. */
  readonly markup?: string;
}

const fetchSession = async (): Promise<string> => {
  const answer = await fetch('/session', { method: 'POST' });
  return (await answer.json()) as string;
};

const createSession = async (mode: Mode): Promise<string> => {
  notes.asked += 1;
  if (mode.startsWith('refused')) throw new Error('No session today.');
  if (mode === 'late') {
    await new Promise<void>((resolve) => {
      notes.answer = resolve;
    });
  }
  return fetchSession();
};

const remember = (element: KycVerifyElement | null): void => {
  notes.element = element;
};

type VerificationProps = Settings & { readonly url: string | undefined };

const Verification = ({ mode, trustedOrigins, markup, url }: VerificationProps): ReactElement => {
  const [rendering, render] = useReducer((count: number) => count + 1, 1);
  const [phase, setPhase] = useState('idle');
  const note = ({ type, detail }: { type: string; detail: { provider: string } }): void => {
    notes.events.push(`${type} ${detail.provider} ${rendering}`);
  };
  const isAsked = mode !== 'given' && mode !== 'adopted' && !url;
  const props: KycVerifyProps & RefAttributes<KycVerifyElement> = {
    ...(isAsked ? { createSession: () => createSession(mode) } : { sessionUrl: url }),
    ...(markup === undefined
      ? { children: createElement('p', null, 'Before it begins') }
      : { dangerouslySetInnerHTML: { __html: markup } }),
    ref: remember,
    provider: 'veriff',
    trustedOrigins,
    timeout: undefined,
    display: mode === 'modal' ? 'modal' : undefined,
    open: mode === 'modal' ? true : undefined,
    onKycReady: note,
    onKycSubmitted: note,
    onKycFinished: note,
    onKycCanceled: note,
    onKycError: ({ type, detail }) => {
      notes.events.push(`${type} ${detail.code} ${rendering}`);
    },
    onKycPhaseChange: ({ detail }) => {
      setPhase(detail.to);
    },
    onSessionError:
      mode === 'refused'
        ? (error) => {
            notes.errors.push(`${String(error)} ${rendering}`);
          }
        : undefined,
  };
  return createElement(
    'section',
    { 'data-phase': phase, 'data-rendering': rendering },
    createElement('button', { onClick: render }, 'Render'),
    createElement(KycVerify, props),
  );
};

const Back = (): ReactElement =>
  createElement(KycReturn, {
    stay: true,
    onKycError: ({ type, detail }) => {
      notes.events.push(`${type} ${detail.code} 0`);
    },
  });

export const App = (settings: Settings): ReactElement => {
  const [isShown, setShown] = useState(true);
  const [url, setUrl] = useState<string>();
  const toggle = (): void => {
    setShown(!isShown);
  };
  const takeAnother = async (): Promise<void> => {
    setUrl(await fetchSession());
  };
  if (settings.mode === 'back') return createElement(Back);
  return createElement(
    'main',
    null,
    createElement('button', { onClick: toggle }, 'Toggle'),
    createElement('button', { onClick: () => void takeAnother() }, 'Another session'),
    isShown ? createElement(Verification, { ...settings, url }) : null,
  );
};
