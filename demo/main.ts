import '../src/define.js';
import type { Display, Phase } from '../src/index.js';
import { byId } from './dom.js';
import { showSnippets } from './embed.js';
import { watchHost } from './host.js';
import { registerLocales } from './locales.js';
import { rememberLog, watchLog, writeLog } from './log.js';
import { watchLook } from './look.js';
import { readOptions, watchOptions, type Options } from './options.js';
import { record } from './recorder.js';
import { createSession, type Session } from './session.js';
import { followTrack } from './track.js';

const element = document.querySelector('kyc-verify');
if (!element) throw new Error('No <kyc-verify> on the page.');

const run = byId('run', HTMLElement);
const stage = byId('stage', HTMLElement);
const start = byId('start', HTMLButtonElement);
const refusal = byId('refusal', HTMLElement);
const sessionUrl = byId('session-url', HTMLInputElement);
const trustedOrigins = byId('trusted-origins', HTMLInputElement);

/** What stands in a modal's place on the page. */
const BESIDE: Readonly<Record<Phase, string>> = {
  idle: 'The verification opens in a dialog over this page.',
  creating: 'The dialog is open.',
  loading: 'The dialog is open.',
  ready: 'The dialog is open.',
  started: 'The dialog is open.',
  submitted: 'The dialog is open.',
  finished: 'Finished. What came of it, your server learns from the webhook.',
  canceled: 'Canceled. The person can start again.',
  failed: 'Failed. The events below say why.',
  redirected: 'The person is at the provider’s own page.',
  returned: 'The person is back. How it went, your server knows.',
  decided: 'Your server has told how it ended.',
};

/** What stands in the element's place before a run. */
const PLACEHOLDER: Readonly<Record<Display, string>> = {
  inline: 'The provider’s page opens here, from an origin of its own.',
  modal: BESIDE.idle,
  redirect: 'The provider’s page takes the place of this one, and leads back here.',
};

let isBusy = false;

const showPhase = ({ source, display }: Options): void => {
  stage.dataset['display'] = element.phase === 'idle' ? display : element.display;
  byId('beside', HTMLElement).hidden = stage.dataset['display'] !== 'modal';
  byId('beside-text', HTMLElement).textContent = BESIDE[element.phase];
  byId('idle-text', HTMLElement).textContent = PLACEHOLDER[display];
  const subject = source === 'own' ? 'your verification' : 'a sandbox verification';
  start.textContent = element.phase === 'idle' ? `Start ${subject}` : 'Start over';
};

/** The session that is asked for: a new one of the sandbox, or the one that was pasted. */
const obtainSession = async (options: Options): Promise<Session> => {
  const { source, provider, fault, pilot, stay, locale } = options;
  if (source === 'own' || !provider) {
    if (!sessionUrl.value.trim()) {
      sessionUrl.focus();
      throw new Error('Paste a session URL first.');
    }
    return { sessionUrl: sessionUrl.value.trim(), trustedOrigins: trustedOrigins.value };
  }
  return createSession({ provider, pilot, stay, lang: locale, ...(fault && { fault }) });
};

/** Ends the run that may be on, and starts another with what is chosen. */
const begin = async (options: Options): Promise<void> => {
  const session = await obtainSession(options);
  element.open = false;
  element.sessionUrl = undefined;
  await element.updateComplete;
  element.provider = options.provider || undefined;
  element.display = options.display;
  element.fallback = options.fallback;
  element.timeout = options.timeout;
  element.trustedOrigins = session.trustedOrigins;
  element.sessionState = session.sessionState;
  element.sessionReference = session.sessionReference;
  element.sessionUrl = session.sessionUrl;
  element.start();
  showPhase(options);
  // On a phone the frame is below the fold; where it is in view, nothing moves.
  if (options.display === 'inline' && stage.getBoundingClientRect().bottom > innerHeight) {
    run.scrollIntoView({ block: 'start' });
  }
};

const onStart = async (): Promise<void> => {
  if (isBusy) return;
  isBusy = true;
  start.setAttribute('aria-busy', 'true');
  refusal.textContent = '';
  try {
    await begin(readOptions());
  } catch (error) {
    refusal.textContent = error instanceof Error ? error.message : String(error);
  }
  start.removeAttribute('aria-busy');
  isBusy = false;
};

registerLocales();
watchLook();
watchHost();
const past = watchLog();
for (const entry of past) followTrack(entry);
record(
  element,
  (entry) => {
    followTrack(entry);
    writeLog(entry);
    if (entry.name === 'kyc-phase-change') showPhase(readOptions());
  },
  past.at(-1),
);
watchOptions(
  (options) => {
    element.locale = options.locale;
    if (element.phase === 'idle') element.display = options.display;
    showPhase(options);
    showSnippets(options);
  },
  () => void onStart(),
);
start.addEventListener('click', () => void onStart());
// On the way to the provider's page: the run goes on when this page is there again.
addEventListener('pagehide', () => rememberLog(element.phase === 'redirected'));
