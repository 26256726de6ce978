import '../src/define.js';
import type { KycVerifyEventName } from '../src/index.js';
import { byId, onChange } from './dom.js';
import { registerLocales } from './locales.js';
import { recallLook } from './look.js';
import { offerFiles } from './offsite.js';
import { watchServer, writeLine } from './server-log.js';

const EVENTS: readonly KycVerifyEventName[] = [
  'kyc-ready',
  'kyc-started',
  'kyc-submitted',
  'kyc-finished',
  'kyc-canceled',
  'kyc-returned',
  'kyc-decision',
  'kyc-error',
];

const element = document.querySelector('kyc-verify');
if (!element) throw new Error('No <kyc-verify> on the page.');

const form = byId('options', HTMLFormElement);
const locale = byId('locale', HTMLSelectElement);
const decision = byId('decision', HTMLSelectElement);
const refusal = byId('refusal', HTMLElement);

/** The demo's own switches: who one is, and what the provider will decide. */
const tell = async (path: string, body: object): Promise<unknown> => {
  refusal.textContent = '';
  const answer = await fetch(`/demo-api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The demo’s server answered ${String(answer.status)}.`);
  return answer.json();
};

const attempt = (act: () => Promise<unknown>): void => {
  act().catch((error: unknown) => {
    refusal.textContent = error instanceof Error ? error.message : String(error);
  });
};

const applyOptions = async (): Promise<void> => {
  const provider = new FormData(form).get('provider');
  element.locale = locale.value;
  await tell('rule', { decision: decision.value });
  element.provider = provider === 'shufti-pro' ? provider : 'veriff';
};

recallLook();
registerLocales();
for (const name of EVENTS) {
  element.addEventListener(name, ({ detail }) => {
    writeLine('page', name, detail);
  });
}
onChange(form, () => {
  attempt(applyOptions);
});
byId('again', HTMLButtonElement).addEventListener('click', () => {
  attempt(async () => {
    await tell('person', {});
    location.reload();
  });
});
watchServer();
attempt(async () => {
  // Which origins the sandbox is on differs at each start.
  const { trustedOrigins } = (await tell('hello', {})) as { trustedOrigins: string };
  element.trustedOrigins = trustedOrigins;
  await applyOptions();
  await offerFiles();
});
