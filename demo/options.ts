import { faultsOf, type Fault, type Vendor } from '../src/sandbox/switches.js';
import type { Display, Fallback } from '../src/index.js';
import { byId, onChange } from './dom.js';
import { FAULT_WORDS } from './faults.js';
import { recallForm, rememberForm } from './form-memory.js';
import { HOST_FAULTS, hostFaultIn, type HostFault } from './host-faults.js';

/** What is chosen in the form, except the look. Without the session URL, which only a start reads. */
export interface Options {
  readonly source: 'sandbox' | 'own';
  /** `''`: to be inferred from the session URL. */
  readonly provider: Vendor | '';
  readonly fault: Fault | undefined;
  readonly pilot: boolean;
  /** Whether the callback page keeps the person. */
  readonly stay: boolean;
  readonly display: Display;
  readonly fallback: Fallback;
  readonly locale: string;
  readonly timeout: number;
}

const FALLBACKS: readonly Fallback[] = ['prompt', 'redirect', 'none'];

const DEFAULT_TIMEOUT = '20000';
const SHORT_TIMEOUT = '5000';

const NO_FAULT = 'The whole way, from the page’s greeting to the end.';

const form = byId('options', HTMLFormElement);
const fault = byId('fault', HTMLSelectElement);
const expectation = byId('expectation', HTMLElement);
const pilot = byId('pilot', HTMLInputElement);
const stay = byId('stay', HTMLInputElement);
const fallback = byId('fallback', HTMLSelectElement);
const ownProvider = byId('own-provider', HTMLSelectElement);
const locale = byId('locale', HTMLSelectElement);
const timeout = byId('timeout', HTMLSelectElement);

/** The value of a group of radio buttons, as one of its words; the first where none fits. */
const chosen = <T extends string>(name: string, words: readonly [T, ...T[]]): T => {
  const value = new FormData(form).get(name);
  return words.find((word) => word === value) ?? words[0];
};

const vendor = (): Vendor => chosen('provider', ['veriff', 'shufti-pro']);

/** The fault that is chosen, if the provider's page knows it. */
const chosenFault = (): Fault | undefined => faultsOf(vendor()).find((id) => id === fault.value);

/** What is chosen now. */
export const readOptions = (): Options => {
  const source = chosen('source', ['sandbox', 'own']);
  const isSandbox = source === 'sandbox';
  const own = ownProvider.value === 'veriff' || ownProvider.value === 'shufti-pro';
  return {
    source,
    provider: isSandbox ? vendor() : own ? (ownProvider.value as Vendor) : '',
    fault: isSandbox ? chosenFault() : undefined,
    pilot: isSandbox && pilot.checked,
    stay: isSandbox && stay.checked,
    display: chosen('display', ['inline', 'modal', 'redirect']),
    fallback: FALLBACKS.find((each) => each === fallback.value) ?? 'prompt',
    locale: locale.value,
    timeout: Number(timeout.value),
  };
};

/** The fault of this very page, as its address says. */
const hostFault = (): HostFault | undefined => {
  const id = hostFaultIn(location.search);
  return id && HOST_FAULTS[id];
};

/** Lists the faults that the provider's page knows, in their groups, and keeps what is chosen. */
const listFaults = (): void => {
  const before = fault.value;
  const ids = faultsOf(vendor());
  const groups = new Map<string, HTMLOptGroupElement>();
  for (const id of Object.keys(FAULT_WORDS) as Fault[]) {
    if (!ids.includes(id)) continue;
    const { group, label } = FAULT_WORDS[id];
    const list = groups.get(group) ?? document.createElement('optgroup');
    list.label = group;
    list.append(new Option(label, id));
    groups.set(group, list);
  }
  fault.replaceChildren(new Option('Nothing', ''), ...groups.values());
  fault.value = before;
  if (fault.selectedIndex < 0) fault.value = '';
};

/** What is known to go wrong without a sign: then nobody wants to wait for long. */
const fittingTimeout = (): string => {
  const id = chosenFault();
  const isSilent = (id && FAULT_WORDS[id].isSilent) ?? hostFault()?.isSilent;
  return isSilent ? SHORT_TIMEOUT : DEFAULT_TIMEOUT;
};

/** Whether somebody chose a timeout: then a fault does not choose another. */
let isTimeoutChosen = false;

const showFault = (): void => {
  const id = chosenFault();
  expectation.textContent = id ? (FAULT_WORDS[id].expect[vendor()] ?? '') : NO_FAULT;
  if (!isTimeoutChosen) timeout.value = fittingTimeout();
};

const showSource = (): void => {
  const isOwn = chosen('source', ['sandbox', 'own']) === 'own';
  byId('sandbox-options', HTMLElement).hidden = isOwn;
  byId('own-options', HTMLElement).hidden = !isOwn;
};

/**
 * Brings the form to life.
 *
 * @param changed - called after each change
 * @param start - called when the form is submitted, as by Enter in a field
 */
export const watchOptions = (changed: (options: Options) => void, start: () => void): void => {
  const show = (): void => {
    listFaults();
    showSource();
    showFault();
    changed(readOptions());
  };
  onChange(timeout, () => {
    isTimeoutChosen = true;
  });
  onChange(form, () => {
    show();
    rememberForm(form);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    start();
  });
  // The faults are those of the provider, so they are listed for the one that is recalled.
  recallForm(form);
  listFaults();
  if (recallForm(form)) isTimeoutChosen = timeout.value !== fittingTimeout();
  show();
};
