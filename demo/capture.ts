import '../src/capture.js';
import { shuftiProPlan, veriffPlan, type ShuftiProPlanRequest } from '../src/capture/plans.js';
import type { CapturePlan, VerificationMode } from '../src/model/capture.js';
import type { KycCaptureEventName } from '../src/model/events.js';
import { byId } from './dom.js';
import { registerLocales } from './locales.js';
import { recallLook } from './look.js';
import { clearLines, watchServer, writeLine } from './server-log.js';

const EVENTS: readonly KycCaptureEventName[] = [
  'kyc-capture-step',
  'kyc-captured',
  'kyc-upload-progress',
  'kyc-submitted',
  'kyc-canceled',
  'kyc-error',
];

const MODES: readonly VerificationMode[] = ['any', 'image_only', 'video_only'];

const element = document.querySelector('kyc-capture');
if (!element) throw new Error('No <kyc-capture> on the page.');

const form = byId('options', HTMLFormElement);
const locale = byId('locale', HTMLSelectElement);
const services = byId('services', HTMLFieldSetElement);
const mode = byId('mode', HTMLSelectElement);
const refusal = byId('refusal', HTMLElement);
const stage = byId('stage', HTMLElement);
const over = byId('over', HTMLElement);

/**
 * As if the element had just come: what it collected is gone, and one that has handed everything in
 * would take nothing more.
 */
const beginAnew = async (): Promise<void> => {
  element.close();
  over.hidden = true;
  element.remove();
  // It might have been moved only: it lets go once it is not back at once.
  await Promise.resolve();
  stage.append(element);
};

/** The demo's own switches: who one is, and what the provider is asked for. */
const tell = async (path: string, body: object): Promise<void> => {
  refusal.textContent = '';
  const answer = await fetch(`/demo-api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The demo’s server answered ${String(answer.status)}.`);
};

let last: Promise<unknown> = Promise.resolve();

/** One after another; and nobody begins before the server knows what was chosen. */
const attempt = (act: () => Promise<unknown>): void => {
  stage.inert = true;
  const turn = last
    .then(act)
    .catch((error: unknown) => {
      refusal.textContent = error instanceof Error ? error.message : String(error);
    })
    .finally(() => {
      stage.inert = turn !== last;
    });
  last = turn;
};

/** Of a request to Shufti Pro, what page and server both need to know. */
const requestOf = (asked: readonly FormDataEntryValue[]): ShuftiProPlanRequest => ({
  verification_mode: MODES.find((each) => each === mode.value) ?? 'any',
  ...(asked.includes('document') && {
    document: {
      supported_types: ['passport', 'id_card', 'driving_license', 'credit_or_debit_card'],
      ...(asked.includes('additional') && { additional_proof: '' }),
    },
  }),
  ...(asked.includes('face') && { face: {} }),
  ...(asked.includes('address') && {
    address: { supported_types: ['utility_bill', 'bank_statement', 'rent_agreement'] },
  }),
  ...(asked.includes('consent') && {
    consent: { supported_types: ['handwritten', 'printed'], text: 'I agree to be verified' },
  }),
});

const applyOptions = async (): Promise<void> => {
  const isShufti = new FormData(form).get('provider') === 'shufti-pro';
  // What is disabled is not among the fields.
  services.disabled = mode.disabled = !isShufti;
  const fields = new FormData(form);
  const request = requestOf(fields.getAll('service'));
  const plan: CapturePlan = isShufti ? shuftiProPlan(request) : veriffPlan();
  element.provider = plan.provider;
  element.plan = plan;
  element.captureEndpoint = fields.get('where') === 'kit' ? '/kyc' : undefined;
  await tell('services', { services: request });
};

/** Another language is no other collection. */
const applyLocale = (): void => {
  element.locale = locale.value;
};

recallLook();
registerLocales();
for (const name of EVENTS) {
  element.addEventListener(name, ({ detail }) => {
    // A blob says little in JSON, and a key is nobody's business.
    const shown =
      'proofs' in detail
        ? {
            ...detail,
            proofs: detail.proofs.map(
              ({ context, type, blob }) => `${context}: ${type}, ${String(blob.size)} bytes`,
            ),
          }
        : detail;
    writeLine('page', name, shown);
  });
}
element.addEventListener('kyc-submitted', () => {
  over.hidden = false;
});
form.addEventListener('change', ({ target }) => {
  if (target === locale) {
    applyLocale();
    return;
  }
  attempt(async () => {
    await beginAnew();
    await applyOptions();
  });
});
byId('again', HTMLButtonElement).addEventListener('click', () => {
  attempt(async () => {
    await tell('person', {});
    await beginAnew();
    clearLines();
    // What is asked of the new person, the server does not know yet.
    await applyOptions();
  });
});
watchServer();
applyLocale();
attempt(async () => {
  await tell('hello', {});
  await applyOptions();
});
