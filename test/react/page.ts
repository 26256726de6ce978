/** Shows the app, in the mode that the path names. */
import { createElement, StrictMode, type ReactElement } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { App, notes, type Mode } from './app.js';

Object.assign(globalThis, { notes });

addEventListener('error', ({ message }) => {
  notes.errors.push(message);
});

const { error: say } = console;
console.error = (...words: unknown[]) => {
  notes.complaints.push(words.map(String).join(' '));
  say(...words);
};

const mode = location.pathname.slice(1) as Mode;
const trustedOrigins = document.documentElement.dataset['origins'] ?? '';
const root = document.querySelector('#root')!;

// Around everything: within an app it would not run the effects of the first mounting twice.
const appWith = (markup?: string): ReactElement =>
  createElement(
    StrictMode,
    null,
    createElement(App, { mode, trustedOrigins, ...(markup !== undefined && { markup }) }),
  );

if (mode === 'adopted' || mode === 'back') {
  // What the server wrote stays; the browser need not have it.
  hydrateRoot(root, appWith(mode === 'adopted' ? '' : undefined), {
    onRecoverableError: (error) => {
      notes.complaints.push(String(error));
    },
  });
} else {
  createRoot(root).render(appWith());
}
